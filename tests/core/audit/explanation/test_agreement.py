"""A model is explained only if it repeats the predictions in the table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import skops.io
from sklearn.linear_model import LinearRegression, LogisticRegression

from workbench.audit.explanation import agreement
from workbench.audit.explanation.agreement import judged
from workbench.audit.intake.sample import Sample
from workbench.audit.models.loading import load
from workbench.audit.models.model import Model
from workbench.audit.parts_explanation import Agreement
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused

NAMES = ["duration", "amount", "age"]
Planner = Callable[..., AuditPlan]


@pytest.fixture(scope="session")
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


@pytest.fixture
def judge(rows: pd.DataFrame, tmp_path: Path) -> Callable[..., tuple[int, Agreement]]:
    """What is said about a fitted estimator and the given predictions."""

    def run(estimator: Any, given: Any, plan: AuditPlan) -> tuple[int, Agreement]:
        return judged(loaded(estimator, tmp_path), sample(rows, given), plan)

    return run


def loaded(estimator: Any, folder: Path) -> Model:
    path = folder / "model"
    light = isinstance(estimator, lightgbm.Booster)
    path.write_bytes(estimator.model_to_string().encode() if light else skops.io.dumps(estimator))
    return load(path, NAMES)


def sample(rows: pd.DataFrame, given: Any) -> Sample:
    table = pa.Table.from_pandas(rows[NAMES], preserve_index=False)
    return Sample(table, {}, np.asarray(given, dtype=float), np.ones(len(rows)), len(rows))


def classifier(rows: pd.DataFrame, labels: Any = None) -> LogisticRegression:
    target = rows["credit_risk"] if labels is None else labels
    return LogisticRegression(max_iter=3000).fit(rows[NAMES], target)


def test_decisions(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """The share of equal decisions counts, towards the plan's favourable value."""
    fitted = classifier(rows)
    given = fitted.predict(rows[NAMES]) == 1
    given[:50] = ~given[:50]

    place, found = judge(fitted, given, plan_for(positive="1"))

    assert (place, found.share, found.n, found.reversed) == (0, 0.95, 1000, False)
    assert found.tolerance is None


def test_another_model_is_refused(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """Below 90 of 100 equal decisions there is no explanation, and the sentence says how many."""
    fitted = classifier(rows)
    given = fitted.predict(rows[NAMES]) == 1
    given[:101] = ~given[:101]

    with pytest.raises(DataRefused) as refused:
        judge(fitted, given, plan_for(positive="1"))

    assert refused.value.message == agreement.LOW_AGREEMENT
    assert refused.value.values == {"share": 89, "n": 1000, "count": 2}


def test_no_better_than_always_the_same(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """Where 97 of 100 have the same prediction, repeating 95 of 100 shows nothing."""
    rare = classifier(rows, np.where(rows["amount"] > 15_000, 2, 1))
    given = np.ones(len(rows), dtype=bool)
    given[np.flatnonzero(rare.predict(rows[NAMES]) == 1)[:30]] = False

    with pytest.raises(DataRefused) as refused:
        judge(rare, given, plan_for(positive="1"))

    assert refused.value.message == agreement.NO_BETTER
    judge(rare, rare.predict(rows[NAMES]) == 1, plan_for(positive="1"))


@pytest.mark.parametrize("is_number", [True, False])
def test_a_model_of_another_kind(
    judge: Any, rows: pd.DataFrame, plan_for: Planner, *, is_number: bool
) -> None:
    """A model of numbers, or of three classes, is called one; the version is not blamed."""
    given = np.arange(len(rows)) % 2 == 0
    made: Any = LinearRegression() if is_number else LogisticRegression(max_iter=3000)
    target = rows["duration"] / 10 if is_number else rows["duration"] % 3
    made.fit(rows[NAMES], target)

    with pytest.raises(DataRefused) as refused:
        judge(made, given, plan_for(positive="1"))

    expected = agreement.PREDICTS_NUMBER if is_number else agreement.OTHER_CLASSES
    assert refused.value.message == expected


def test_named_classes_are_never_turned(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """A model that knows the favourable value and always says the other is another model."""
    fitted = classifier(rows)

    with pytest.raises(DataRefused):
        judge(fitted, fitted.predict(rows[NAMES]) != 1, plan_for(positive="1"))


def test_numbered_classes_are_turned(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """A model that only says 0 or 1 is read in the way that fits, and the result says so."""
    data = lightgbm.Dataset(rows[NAMES], (rows["credit_risk"] == 1).astype(int))
    booster = lightgbm.train({"objective": "binary", "verbose": -1, "num_threads": 1}, data, 10)
    says_one = np.asarray(booster.predict(rows[NAMES])) > 0.5

    straight = judge(booster, says_one, plan_for(positive="1"))
    turned = judge(booster, ~says_one, plan_for(positive="2"))

    assert (straight[0], straight[1].reversed, straight[1].share) == (1, False, 1)
    assert (turned[0], turned[1].reversed, turned[1].share) == (0, True, 1)


def test_scores(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """With a score, probabilities are compared within a stated tolerance: rounding is no fault."""
    fitted = classifier(rows)
    plan = plan_for(prediction="", score="risk", threshold=0.5, positive="2")
    given = fitted.predict_proba(rows[NAMES])[:, 1]

    place, found = judge(fitted, np.round(given, 3), plan)

    assert (place, found.share) == (1, 1)
    assert found.tolerance == pytest.approx(
        0.01 * (np.quantile(given, 0.95) - np.quantile(given, 0.05)), rel=0.02
    )
    with pytest.raises(DataRefused):
        judge(fitted, np.clip(given + 0.1, 0, 1), plan)


def test_regression(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """Numbers are compared with numbers; a classifier is no model of numbers."""
    plan = plan_for(task="regression", positive="", outcome="amount", references={})
    fitted = LinearRegression().fit(rows[NAMES], rows["amount"])
    given = fitted.predict(rows[NAMES])

    assert judge(fitted, np.round(given), plan)[1].share == 1
    with pytest.raises(DataRefused) as refused:
        judge(classifier(rows), given, plan)
    with pytest.raises(DataRefused):
        judge(fitted, given * 1.2, plan)

    assert refused.value.message == agreement.NUMBERS_NEEDED


def test_several_classes(judge: Any, rows: pd.DataFrame, plan_for: Planner) -> None:
    """The favourable class stands against all others; one that the model does not know is named."""
    labels = np.select([rows["age"] < 30, rows["age"] < 50], ["young", "middle"], "old")
    fitted = classifier(rows, labels)
    chosen = fitted.predict(rows[NAMES])

    place, found = judge(fitted, chosen == "old", plan_for(positive="old"))
    with pytest.raises(DataRefused) as refused:
        judge(fitted, chosen == "old", plan_for(positive="ancient"))

    assert (place, found.share) == (1, 1)  # classes by alphabet: middle, old, young
    assert refused.value.message == agreement.UNKNOWN_CLASS
