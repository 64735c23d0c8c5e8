"""A whole audit in the jail: as outside, with pictures, and with a sentence when refused."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from workbench.audit import auditing, resultfile, tasks
from workbench.audit.plan import NO_COLUMN, AuditPlan
from workbench.audit.results import AuditResult, Comparison, published
from workbench.basics.errors import DataRefused
from workbench.isolation import runner

Planner = Callable[..., AuditPlan]


def quiet(_share: float, _step: str) -> None:
    """Nobody watches."""


@pytest.fixture
def folder(credit: Path, model: Path) -> Path:
    (credit.parent / "model.txt").write_bytes(model.read_bytes())
    return credit.parent


def test_it_works_in_the_jail(folder: Path, plan_for: Planner) -> None:
    """The jailed process gives exactly the result of this one, and tells how far it is."""
    order = {"data": "credit.csv", "model": "model.txt", "plan": plan_for().model_dump(mode="json")}
    shares: list[float] = []

    jailed = runner.run(
        "workbench.audit.tasks:run",
        folder,
        order,
        wall_seconds=120,
        report=lambda share, _step: shares.append(share),
    )

    here = tasks.run(folder, order, quiet)
    first, second = (AuditResult.model_validate(found["result"]) for found in (jailed, here))
    timeless = first.provenance.model_copy(update={"seconds": second.provenance.seconds})
    assert first.model_copy(update={"provenance": timeless}) == second
    assert jailed["charts"] == here["charts"]
    assert jailed["rows"] == here["rows"]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_charts(folder: Path, plan_for: Planner) -> None:
    """Each chart is well-formed, names no date, and has a title and text in both languages."""
    order = {"data": "credit.csv", "model": "model.txt", "plan": plan_for().model_dump(mode="json")}

    answer = tasks.run(folder, order, quiet)

    result, charts = AuditResult.model_validate(answer["result"]), answer["charts"]
    assert isinstance(charts, dict)
    assert set(result.charts) == set(charts)
    assert {"rate/sex/selection_rate", "drivers", "shares/sex/female"} <= set(charts)
    for name, pictures in charts.items():
        for language in ("de", "en"):
            root = ET.fromstring(pictures[language])
            assert root.tag.endswith("svg")
            assert "<dc:date>" not in pictures[language]
            assert result.charts[name].title[language]
            assert result.charts[name].text[language]
    assert "310 counted" in result.charts["rate/sex/selection_rate"].text["en"]
    json.dumps(answer)


def test_single_people_are_drawn_apart(folder: Path, plan_for: Planner) -> None:
    """Their charts are in no list that is published, nor are their words in the result."""
    plan = plan_for(explained_rows=(3,)).model_dump(mode="json")

    answer = tasks.run(folder, {"data": "credit.csv", "model": "model.txt", "plan": plan}, quiet)

    charts, rows = answer["charts"], answer["rows"]
    assert isinstance(charts, dict)
    assert isinstance(rows, dict)
    result = AuditResult.model_validate(answer["result"])
    assert set(rows) == {"swarm", "row/3"}
    assert ET.fromstring(rows["row/3"]["pictures"]["de"]).tag.endswith("svg")
    assert rows["row/3"]["words"]["text"]["en"].startswith("From ")
    assert not [name for name in (*charts, *result.charts) if name.startswith(("row/", "swarm"))]
    assert result.explanation is not None
    assert result.explanation.row_explanations  # twin: the whole result has the row
    assert "effects/sex" in charts


def test_a_broken_plan_is_refused(folder: Path, plan_for: Planner) -> None:
    """A plan that does not fit the table, or itself, is refused with a sentence."""
    plan = plan_for().model_dump(mode="json")

    with pytest.raises(DataRefused) as column:
        tasks.run(folder, {"data": "credit.csv", "plan": plan | {"outcome": "risk"}}, quiet)
    with pytest.raises(DataRefused):
        tasks.run(folder, {"data": "credit.csv", "plan": plan | {"attributes": []}}, quiet)

    assert column.value.message == NO_COLUMN


def test_a_damaged_model_cannot_hurt(folder: Path, plan_for: Planner) -> None:
    """A model file that crashes or confuses its loader ends in a sentence, not in a crash."""
    text = (folder / "model.txt").read_bytes()
    (folder / "broken.txt").write_bytes(text.replace(b"num_leaves=8", b"num_leaves=99999999"))
    plan = plan_for().model_dump(mode="json")

    with pytest.raises(DataRefused):
        runner.run(
            "workbench.audit.tasks:run",
            folder,
            {"data": "credit.csv", "model": "broken.txt", "plan": plan},
            wall_seconds=120,
        )


@pytest.mark.parametrize("data", ["rows.csv", None])
def test_the_same_rows_are_compared_with_their_table(tmp_path: Path, data: str | None) -> None:
    """With the table, changes have intervals; without it, a sentence says why they have none."""
    draw = np.random.default_rng(5)
    group = draw.choice(["a", "b"], 2_000)
    outcome = draw.integers(0, 2, 2_000)
    flips = draw.random((2, 2_000)) < np.where(group == "a", 0.1, 0.35)
    rows = {"g": group, "outcome": outcome, "old": outcome ^ flips[0], "new": outcome ^ flips[1]}
    pd.DataFrame(rows).astype({"old": int, "new": int}).to_csv(tmp_path / "rows.csv", index=False)
    for side, column in (("before", "old"), ("after", "new")):
        plan = AuditPlan(
            outcome="outcome", positive="1", prediction=column, attributes=("g",), reason="test"
        )
        result = published(auditing.audited(tmp_path / "rows.csv", plan))
        (tmp_path / side).write_bytes(resultfile.write(result))

    answer = tasks.compared(tmp_path, {"before": "before", "after": "after", "data": data}, quiet)

    found = Comparison.model_validate(answer["result"])
    assert found.same_data
    assert found.changes
    assert {change.low is None for change in found.changes} == {data is None}
    assert (found.untested is None) == (data is not None)
