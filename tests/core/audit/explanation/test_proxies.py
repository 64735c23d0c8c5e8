"""Proxies: a column that tells the group is found, one that says nothing is not."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.audit.explanation import proxies
from workbench.audit.intake import sample, sources
from workbench.audit.parts_explanation import Proxy
from workbench.audit.plan import AuditPlan, planned

PEOPLE = 1_500
ORDER = {"sex": ("f", "m"), "region": ("east", "north", "west")}
COLUMNS = ("first_name", "shoe", "noise", "street")


@pytest.fixture
def plan() -> AuditPlan:
    return planned(
        {
            "prediction": "chosen",
            "positive": "1",
            "attributes": ["sex", "region"],
            "reason": "test",
            "features": COLUMNS,
        }
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    draw = np.random.default_rng(1)
    male = draw.random(PEOPLE) < 0.5
    region = draw.choice(["east", "north", "west"], PEOPLE)
    street = np.char.add(region, draw.integers(1, 4, PEOPLE).astype(str))
    rows = pd.DataFrame(
        {
            "sex": np.where(male, "m", "f"),
            "region": region,
            "first_name": np.where(male, "Emil", "Dora"),  # gives sex away
            "shoe": np.round(38 + 4 * male + 2 * draw.normal(size=PEOPLE)),
            "noise": draw.normal(size=PEOPLE),
            "street": street,
            "chosen": draw.integers(0, 2, PEOPLE),
        }
    )
    path = tmp_path / "rows.csv"
    rows.to_csv(path, index=False)
    return path


def told(
    table: Path, plan: AuditPlan, columns: tuple[str, ...] = COLUMNS
) -> dict[str, tuple[Proxy, ...]]:
    with sources.opened(table) as source:
        return proxies.found(sample.drawn(source, plan, ORDER, columns, sample.MOST_ROWS), plan)


def test_it_works(table: Path, plan: AuditPlan) -> None:
    """Areas: 1 for a giveaway, the known one for a partly telling column, 0.5 for noise."""
    found = told(table, plan)

    sex = {proxy.features: proxy for proxy in found["sex"]}
    assert list(sex) == [*((name,) for name in COLUMNS), COLUMNS]
    assert sex[("first_name",)].area == 1
    # Φ(4 / (2 √2)) for two normal curves two standard deviations apart
    assert sex[("shoe",)].area == pytest.approx(0.921, abs=0.02)
    assert sex[("noise",)].low < 0.5 < sex[("noise",)].high
    assert sex[COLUMNS].area == pytest.approx(1, abs=1e-3)
    region = {proxy.features: proxy for proxy in found["region"]}
    assert region[("street",)].area == 1
    assert region[("shoe",)].low < 0.5 < region[("shoe",)].high
    assert all(proxy.n == PEOPLE for proxy in sex.values())


def test_the_attribute_itself_is_no_proxy(table: Path, plan: AuditPlan) -> None:
    """A feature that is the attribute says nothing new; for the other attribute it counts."""
    found = told(table, plan, ("sex", "noise"))

    assert [proxy.features for proxy in found["sex"]] == [("noise",)]
    assert [proxy.features for proxy in found["region"]] == [
        ("sex",), ("noise",), ("sex", "noise")
    ]  # fmt: skip


def test_repeatable_in_any_order(table: Path, plan: AuditPlan, tmp_path: Path) -> None:
    """The same plan gives exactly the same numbers, shuffled rows or not."""
    shuffled = tmp_path / "shuffled.csv"
    pd.read_csv(table).sample(frac=1, random_state=2).to_csv(shuffled, index=False)

    assert told(table, plan) == told(shuffled, plan)


def test_too_few_people(table: Path, plan: AuditPlan, tmp_path: Path) -> None:
    """With one group large enough, nothing can be told apart."""
    small = tmp_path / "small.csv"
    rows = pd.read_csv(table)
    pd.concat([rows[rows["sex"] == "f"], rows[rows["sex"] == "m"].head(20)]).to_csv(
        small, index=False
    )

    assert told(small, plan)["sex"] == ()


def test_intervals_of_what_says_nothing(plan: AuditPlan) -> None:
    """For columns without any information, at least 90 of 100 intervals hold 0.5."""
    held, runs = 0, 60
    for seed in range(runs):
        draw = np.random.default_rng(seed)
        names = draw.choice(["f", "m"], 500).astype(object)
        coded = {"shoe": (np.round(draw.normal(38, 2, size=500)), False)}
        (found,) = proxies._proxies(names, "sex", coded, plan)
        held += found.low <= 0.5 <= found.high

    assert held / runs >= 0.9
