"""The way of one audit: in any order of rows, with and without a model, on real data."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import skops.io
from sklearn.ensemble import RandomForestClassifier

from workbench.audit import AuditPlan, audited

Planner = Callable[..., AuditPlan]


@pytest.fixture
def folder(credit: Path, model: Path) -> Path:
    (credit.parent / "model.txt").write_bytes(model.read_bytes())
    return credit.parent


def test_the_order_of_rows_does_not_matter(
    folder: Path, trained: tuple[pd.DataFrame, Path], plan_for: Planner
) -> None:
    """Shuffled rows give the same result, but for the hash of the file."""
    shuffled = folder / "shuffled.csv"
    trained[0].sample(frac=1, random_state=3).to_csv(shuffled, index=False)

    first, second = (
        audited(path, plan_for(), folder / "model.txt")
        for path in (folder / "credit.csv", shuffled)
    )

    assert first.provenance.data_sha256 != second.provenance.data_sha256
    assert first.model_copy(update={"provenance": second.provenance}) == second


def test_what_drives_the_model(folder: Path, plan_for: Planner) -> None:
    """The explanation fits the predictions, and its shares add up to the gap of two groups."""
    found = audited(folder / "credit.csv", plan_for(), folder / "model.txt")

    explanation = found.explanation
    assert explanation is not None
    assert explanation.agreement is not None
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
        audited(credit, plan_for(positive=value), folder / "model.txt") for value in "12"
    )
    forest = RandomForestClassifier(5, max_depth=3, random_state=1)
    table = trained[0]
    forest.fit(table[["duration", "amount"]], table["credit_risk"])
    skops.io.dump(forest, folder / "forest.skops")
    said = table.assign(prediction=forest.predict(table[["duration", "amount"]]))
    said.to_csv(folder / "said.csv", index=False)
    third, fourth = (
        audited(folder / "said.csv", plan_for(positive=value), folder / "forest.skops")
        for value in "12"
    )

    for one, two in ((first, second), (third, fourth)):
        assert one.explanation is not None
        assert two.explanation is not None
        for name, effect in one.explanation.features.items():
            assert effect.mean == pytest.approx(-two.explanation.features[name].mean)
        assert one.explanation.agreement is not None
        assert two.explanation.agreement is not None
        assert one.explanation.agreement.share == two.explanation.agreement.share
    assert second.explanation is not None
    assert second.explanation.agreement is not None
    assert second.explanation.agreement.reversed
    assert fourth.explanation is not None
    assert fourth.explanation.agreement is not None
    assert not fourth.explanation.agreement.reversed
