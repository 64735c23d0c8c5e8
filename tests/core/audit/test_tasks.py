"""A whole audit: in the jail as outside, in any order of rows, with a picture for each number."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
import skops.io
from sklearn.ensemble import RandomForestClassifier

from workbench.audit import tasks
from workbench.audit.plan import NO_COLUMN, AuditPlan
from workbench.audit.results import AuditResult
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
    assert AuditResult.model_validate(jailed["result"]) == AuditResult.model_validate(
        here["result"]
    )
    assert jailed["charts"] == here["charts"]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_the_order_of_rows_does_not_matter(
    folder: Path, trained: tuple[pd.DataFrame, Path], plan_for: Planner
) -> None:
    """Shuffled rows give the same result, but for the hash of the file."""
    shuffled = folder / "shuffled.csv"
    trained[0].sample(frac=1, random_state=3).to_csv(shuffled, index=False)

    first, second = (
        tasks.audited(path, folder / "model.txt", plan_for(), quiet)
        for path in (folder / "credit.csv", shuffled)
    )

    assert first.provenance.data_sha256 != second.provenance.data_sha256
    assert first.model_copy(update={"provenance": second.provenance}) == second


def test_what_drives_the_model(folder: Path, plan_for: Planner) -> None:
    """The explanation fits the predictions, and its shares add up to the gap of two groups."""
    found = tasks.audited(folder / "credit.csv", folder / "model.txt", plan_for(), quiet)

    explanation = found.explanation
    assert explanation is not None
    assert explanation.agreement.share == 1
    assert explanation.agreement.n == explanation.rows == 1000
    assert explanation.max_additivity_error < 1e-12
    first = explanation.decompositions[0]
    assert (first.group, first.reference) == ("female", "male")
    for part in explanation.decompositions:
        assert sum(part.shares.values()) == pytest.approx(part.gap, abs=1e-12)
        assert part.additivity_error < 1e-12


def test_effects_point_towards_the_favourable_outcome(
    folder: Path, trained: tuple[pd.DataFrame, Path], plan_for: Planner
) -> None:
    """Whichever outcome counts as favourable, effects point towards it."""
    credit = folder / "credit.csv"
    first, second = (
        tasks.audited(credit, folder / "model.txt", plan_for(positive=value), quiet)
        for value in "12"
    )
    forest = RandomForestClassifier(5, max_depth=3, random_state=1)
    table = trained[0]
    forest.fit(table[["duration", "amount"]], table["credit_risk"])
    skops.io.dump(forest, folder / "forest.skops")
    third, fourth = (
        tasks.audited(
            folder / "credit.csv", folder / "forest.skops", plan_for(positive=value), quiet
        )
        for value in "12"
    )

    for one, two in ((first, second), (third, fourth)):
        assert one.explanation is not None
        assert two.explanation is not None
        for name, effect in one.explanation.features.items():
            assert effect.mean == pytest.approx(-two.explanation.features[name].mean)
        assert one.explanation.agreement.share == two.explanation.agreement.share
    assert second.explanation is not None
    assert second.explanation.agreement.reversed
    assert fourth.explanation is not None
    assert not fourth.explanation.agreement.reversed


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
