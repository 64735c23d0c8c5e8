"""Effects are counted from the sample that was handed in, exactly, and the result says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import skops.io
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures

from tests.examples import onnx_models
from tests.examples.coalitions import counted_out
from workbench.audit import AuditPlan, AuditResult, audited
from workbench.audit.explanation import backgrounds
from workbench.audit.explanation.explainers import explainer
from workbench.audit.intake import dataset, sample
from workbench.audit.models import features
from workbench.audit.models.loading import load
from workbench.audit.parts_explanation import Explanation
from workbench.audit.plan import NO_MODEL
from workbench.audit.words.ways import AUDITED, HANDED_IN
from workbench.basics.errors import InvalidInput

Planner = Callable[..., AuditPlan]
NAMES = ["duration", "age", "installment_rate"]
ROWS = (3, 1, 200)
NOT_USED = "model/background"


@pytest.fixture
def plan(plan_for: Planner) -> AuditPlan:
    asked = {"task": "regression", "outcome": "amount", "positive": "", "edges": {}}
    return plan_for(**asked, attributes=["sex"], explained_rows=list(ROWS))


@pytest.fixture
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


@pytest.fixture
def behind(rows: pd.DataFrame) -> pd.DataFrame:
    """Other people than the audited ones: longer, older, some of them twice."""
    return pd.concat(
        [rows[NAMES].head(60).add([12, 9, 1]), rows[NAMES].tail(5), rows[NAMES].tail(5)]
    )


def told(
    folder: Path, estimator: Any, rows: pd.DataFrame, plan: AuditPlan, behind: Any = None
) -> AuditResult:
    """The audit of what the fitted estimator says of the rows; ``behind`` is the background."""
    skops.io.dump(estimator, folder / "model.skops")
    said = rows.assign(prediction=estimator.predict(rows[list(estimator.feature_names_in_)]))
    said.to_parquet(folder / "rows.parquet")
    if isinstance(behind, pd.DataFrame):
        behind.to_csv(folder / "behind.csv", index=False)
        behind = folder / "behind.csv"
    return audited(folder / "rows.parquet", plan, folder / "model.skops", background=behind)


def explanation(result: AuditResult) -> Explanation:
    assert result.explanation is not None
    return result.explanation


def effects(found: Explanation) -> list[list[float]]:
    """The effects per explained row, in the order of the columns."""
    return [
        [part.effect for name in NAMES for part in row.contributions if part.feature == name]
        for row in found.row_explanations
    ]


def exact(estimator: Any, behind: pd.DataFrame, row: Any) -> list[float]:
    """The Shapley values of one row against all rows of the background, by definition."""

    def value(known: frozenset[int]) -> float:
        mixed = np.array(behind, dtype=float)
        mixed[:, sorted(known)] = row[sorted(known)]
        return float(estimator.predict(pd.DataFrame(mixed, columns=NAMES)).mean())

    return counted_out(value, len(NAMES))


# Products of two columns: each order and its reverse halve them, so that estimates are exact.
CURVED = make_pipeline(PolynomialFeatures(2), LinearRegression())


@pytest.mark.parametrize("estimator", [LinearRegression(), CURVED], ids=["linear", "asked"])
def test_effects_count_from_the_background(
    tmp_path: Path, rows: pd.DataFrame, behind: pd.DataFrame, plan: AuditPlan, estimator: Any
) -> None:
    """They are those of counting out all coalitions against it, and not those against the table."""
    estimator.fit(rows[NAMES], rows["amount"])
    truth = [exact(estimator, behind, rows[NAMES].to_numpy(dtype=float)[n - 1]) for n in ROWS]

    result = told(tmp_path, estimator, rows, plan, behind)
    without = told(tmp_path, estimator, rows, plan)

    found = explanation(result)
    assert np.array(effects(found)) == pytest.approx(np.array(truth), rel=1e-8)
    assert found.base_value == pytest.approx(float(estimator.predict(behind).mean()))
    assert np.abs(np.array(effects(explanation(without))) - np.array(truth)).max() > 50
    assert found.background == "70 rows of the background sample that was handed in"
    assert "audited" in explanation(without).background
    assert NOT_USED not in {one.id for one in result.findings}


def test_the_file_is_named_by_its_hash(
    tmp_path: Path, rows: pd.DataFrame, behind: pd.DataFrame, plan: AuditPlan
) -> None:
    """Hash, size and rows stand in the provenance; without a background, not even their names."""
    estimator = LinearRegression().fit(rows[NAMES], rows["amount"])

    with_it = told(tmp_path, estimator, rows, plan, behind).provenance
    without = told(tmp_path, estimator, rows, plan).provenance

    file = tmp_path / "behind.csv"
    same = dataset.read(file)
    assert (with_it.background_sha256, with_it.background_rows) == (same.sha256, 70)
    assert with_it.background_size == file.stat().st_size
    assert not [name for name in without.model_dump(mode="json") if "background" in name]


def test_only_what_it_holds_matters(
    tmp_path: Path, rows: pd.DataFrame, behind: pd.DataFrame, plan: AuditPlan
) -> None:
    """In any order of rows and columns, as CSV or Parquet, with other columns beside."""
    estimator = CURVED.fit(rows[NAMES], rows["amount"])
    other = behind.sample(frac=1, random_state=2)[NAMES[::-1]].assign(name="x")
    other.to_parquet(tmp_path / "other.parquet")

    one = told(tmp_path, estimator, rows, plan, behind)
    two = told(tmp_path, estimator, rows, plan, tmp_path / "other.parquet")

    assert explanation(one) == explanation(two)
    assert one.provenance.background_sha256 != two.provenance.background_sha256


def test_of_many_rows_some_are_drawn(
    tmp_path: Path, rows: pd.DataFrame, plan: AuditPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as the audited ones at most, by the seed of the plan; all are in the provenance."""
    monkeypatch.setattr(sample, "MOST_ROWS", 80)
    estimator = LinearRegression().fit(rows[NAMES], rows["amount"])
    other = plan.model_copy(update={"seed": plan.seed + 1})

    first, again, another = (
        told(tmp_path, estimator, rows, each, rows[NAMES]) for each in (plan, plan, other)
    )

    assert explanation(first).background == HANDED_IN.every.format(rows=80)
    assert first.provenance.background_rows == len(rows)
    assert explanation(first) == explanation(again)
    assert explanation(first).base_value != explanation(another).base_value


def test_branches_in_onnx_are_weighed_by_it(tmp_path: Path, rows: pd.DataFrame) -> None:
    """With the rows of training, few audited ones have the effects of the model as trained."""
    cells = rows[NAMES].astype("float32").astype(float)
    fitted = GradientBoostingClassifier(n_estimators=10, random_state=1)
    fitted.fit(cells.to_numpy(), rows["credit_risk"] == 1)
    (tmp_path / "onnx").write_bytes(onnx_models.from_sklearn(fitted, len(NAMES)))
    skops.io.dump(fitted, tmp_path / "skops")
    training = pa.Table.from_pandas(cells, preserve_index=False)
    few = training.slice(0, 30)

    ours, native = (
        explainer(load(tmp_path / name, NAMES), 1, training, 1, HANDED_IN).explain(few)
        for name in ("onnx", "skops")
    )
    without = explainer(load(tmp_path / "onnx", NAMES), 1, few, 1).explain(few)

    assert ours.values == pytest.approx(native.values, abs=1e-6)
    assert ours.background == HANDED_IN.counted.format(rows=len(rows))
    assert "background sample" not in native.background
    assert np.abs(without.values - native.values).max() > 0.01
    assert without.background == AUDITED.counted.format(rows=30)


def test_trees_with_counts_of_their_own_do_not_use_it(
    credit: Path, model: Path, plan_for: Planner, tmp_path: Path, rows: pd.DataFrame
) -> None:
    """The explanation is the same as without, and a caveat says why, in both languages."""
    rows.head(100).to_csv(tmp_path / "behind.csv", index=False)

    found = audited(credit, plan_for(), model, background=tmp_path / "behind.csv")
    without = audited(credit, plan_for(), model)

    assert found.explanation == without.explanation
    assert found.provenance.background_rows == 100
    (said,) = (one for one in found.findings if one.id == NOT_USED)
    assert said.kind == "caveat"
    assert said.text["en"].startswith("The background that was handed in is not used, because")
    assert "Der mitgegebene Hintergrund wird nicht verwendet, weil" in said.text["de"]
    assert "Trainingszeilen" in said.text["de"]
    assert NOT_USED not in {one.id for one in without.findings}


def but(behind: pd.DataFrame, **changed: Any) -> pd.DataFrame:
    return behind.assign(**changed)


@pytest.mark.parametrize(
    "wrong",
    [
        (lambda b: b.rename(columns={"age": "Ages"}), features.NO_FEATURE, "“age”.*“Ages”"),
        (lambda b: but(b, age="old"), backgrounds.OTHER_VALUES, "“age”"),
        (lambda b: but(b, age=None), backgrounds.OTHER_VALUES, "“age”"),
        (lambda b: but(b, age=[None, *b["age"][1:]]), features.DOES_NOT_READ, "NaN"),
        (lambda b: but(b, age=True), backgrounds.OTHER_VALUES, "“age”"),
        (lambda b: b.head(0), dataset.NO_ROWS, "no rows"),
        (lambda b: b.head(9), backgrounds.TOO_FEW, r"\(9\).*at least 10"),
    ],
    ids=["column", "texts", "nothing", "missing", "kind", "empty", "few"],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path,
    rows: pd.DataFrame,
    behind: pd.DataFrame,
    plan: AuditPlan,
    wrong: tuple[Callable[[pd.DataFrame], pd.DataFrame], str, str],
) -> None:
    """A sentence says what is wrong, and that it is wrong with the background; mended, it is used.

    Ten rows are just enough.
    """
    change, message, said = wrong
    estimator = LinearRegression().fit(rows[NAMES], rows["amount"])

    with pytest.raises(InvalidInput, match=said) as refused:
        told(tmp_path, estimator, rows, plan, change(behind))

    assert refused.value.fields == {"background": message}
    assert told(tmp_path, estimator, rows, plan, behind.head(10)).explanation


def test_texts_must_be_texts_there_too(tmp_path: Path, rows: pd.DataFrame, plan: AuditPlan) -> None:
    """A model that reads anything still mixes both tables, so a column is of one kind in both."""
    names = ["housing", "duration"]
    coded = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), names[:1]), remainder="passthrough"
    )
    estimator = make_pipeline(coded, LinearRegression()).fit(rows[names], rows["amount"])

    found = told(tmp_path, estimator, rows, plan, rows[names].head(50))

    assert explanation(found).background == HANDED_IN.some.format(rows=50)
    with pytest.raises(InvalidInput) as refused:
        told(tmp_path, estimator, rows, plan, but(rows[names].head(50), housing=7))
    assert refused.value.fields == {"background": backgrounds.OTHER_VALUES}


def test_without_a_model_there_is_nothing_to_count(
    credit: Path, model: Path, plan_for: Planner
) -> None:
    """It is refused before anything is read; beside a model the same file is read."""
    with pytest.raises(InvalidInput) as refused:
        audited(credit, plan_for(), background=credit)

    assert refused.value.fields == {"background": NO_MODEL}
    assert audited(credit, plan_for(), model, background=credit).provenance.background_rows == 1000
