"""The explanation's charts: well-formed, the same bytes each time, with words in both languages."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from workbench.audit.charts import explanation as charts
from workbench.audit.parts_explanation import (
    Contribution,
    Decomposition,
    Effect,
    Explanation,
    Proxy,
    RowExplanation,
    Spread,
    Swarm,
)
from workbench.audit.plan import MISSING, AuditPlan

Planner = Callable[..., AuditPlan]
LONG = "a very long name of a column that does not fit on one line of a narrow screen"


def result(plan: AuditPlan, **changes: Any) -> Any:
    parts = [Contribution(feature=f"x{n}", value=str(n), effect=1.0 / (n + 1)) for n in range(12)]
    total = sum(part.effect for part in parts)
    told = Explanation(
        model_kind="",
        explainer="",
        scale="log-odds",
        background="",
        rows=100,
        rows_in_table=100,
        seed=1,
        base_value=-1.0,
        agreement=None,
        features={f"x{n}": Effect(mean=0.1, mean_absolute=n / 10) for n in range(12)},
        groups={},
        spreads=(
            Spread(feature=LONG, part="low", n=40, quantiles=(-0.4, -0.2, -0.1, 0.0, 0.1)),
            Spread(feature="housing", part=MISSING, n=10, quantiles=(0.0, 0.0, 0.1, 0.2, 0.3)),
        ),
        swarms=(Swarm(feature="x2", effects=(0.1, -0.2), places=(1.0, 0.0)),),
        decompositions=(
            Decomposition(
                attribute="sex",
                group="female",
                reference="male",
                gap=-0.25,
                shares={"x1": -0.3, "x2": 0.05},
                additivity_error=0.0,
            ),
        ),
        row_explanations=(
            RowExplanation(
                row=7,
                score=-1 + total,
                base_value=-1.0,
                contributions=tuple(parts),
                additivity_error=0.0,
            ),
        ),
        max_additivity_error=0.0,
    )
    together = tuple(f"x{n}" for n in range(3))
    given = {
        "provenance": SimpleNamespace(plan=plan),
        "explanation": told,
        "proxies": {
            "sex": (
                Proxy(features=("x1",), area=0.55, low=0.48, high=0.62, n=100),
                Proxy(features=("x2",), area=0.9, low=0.85, high=0.95, n=100),
                Proxy(features=together, area=0.95, low=0.9, high=1.0, n=100),
            ),
            "age": (),
        },
    }
    return SimpleNamespace(**(given | changes))


@pytest.fixture
def plan(plan_for: Planner) -> AuditPlan:
    return plan_for(names={"x2": {"de": "Wohnort", "en": "place"}})


def test_names_and_words(plan: AuditPlan) -> None:
    """Each chart is there, in both languages, as well-formed SVG without a date."""
    made = charts.draw(result(plan))

    assert set(made) == {
        "drivers",
        "shares/sex/female",
        "proxies/sex",
        "swarm",
        "spreads",
        "row/7",
    }
    for chart in made.values():
        for language in ("de", "en"):
            assert ET.fromstring(chart.pictures[language]).tag.endswith("svg")
            assert "<dc:date>" not in chart.pictures[language]
            assert chart.words.title[language]
            assert chart.words.text[language].endswith(".")


def test_the_same_bytes(plan: AuditPlan) -> None:
    """Drawn twice, every picture has the same bytes."""
    first, second = charts.draw(result(plan)), charts.draw(result(plan))

    assert all(first[name].pictures == second[name].pictures for name in first)


def test_texts_tell_the_numbers(plan: AuditPlan) -> None:
    """Who sees no picture reads the same numbers, the strongest first."""
    made = {name: chart.words.text["en"] for name, chart in charts.draw(result(plan)).items()}

    assert made["drivers"].startswith("x11: 1.10; x10: 1.00")
    assert made["shares/sex/female"].startswith("The whole gap is −0.250. x1: −0.300; place: 0.05")
    assert made["proxies/sex"].startswith(
        "all columns together: 95 of 100 pairs, interval 90 to 100; place: 90 of 100"
    )
    assert "half of 40 people between −0.200 and 0.000" in made["spreads"]
    assert "x0: 0: +1.00; x1: 1: +0.50" in made["row/7"]
    assert "other columns (3): +" in made["row/7"]


def test_without_an_explanation(plan: AuditPlan) -> None:
    """Proxies need no model; without both there is nothing to draw."""
    assert set(charts.draw(result(plan, explanation=None))) == {"proxies/sex"}
    assert charts.draw(result(plan, explanation=None, proxies={})) == {}
