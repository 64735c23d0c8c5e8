"""SHAP values are exact where they are said to be: compared with counting out every coalition."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import skops.io
import xgboost
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from tests.examples import onnx_models, tree_values
from tests.examples.coalitions import counted_out
from workbench.audit.explanation import explainers, shap_values, tree_models
from workbench.audit.explanation.explainers import explainer
from workbench.audit.explanation.shap_values import Explained
from workbench.audit.explanation.trees import shapley
from workbench.audit.intake import sample
from workbench.audit.models import features
from workbench.audit.models.lightgbm_text import LightgbmModel
from workbench.audit.models.loading import load
from workbench.basics.errors import DataRefused

NAMES = ["duration", "amount", "age", "installment_rate"]
LIGHT = {"num_leaves": 7, "verbose": -1, "num_threads": 1}


@pytest.fixture(scope="session")
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


def good(rows: pd.DataFrame) -> Any:
    return (rows["credit_risk"] == 1).astype(int)


def three(rows: pd.DataFrame) -> Any:
    return good(rows) + (rows["duration"] > 24)


def explained(
    tmp_path: Path, data: bytes, rows: pd.DataFrame, names: Iterable[str], place: int = 1
) -> Explained:
    path = tmp_path / "model"
    path.write_bytes(data)
    table = pa.Table.from_pandas(rows[list(names)], preserve_index=False)
    return explainer(load(path, list(names)), place, table, seed=1).explain(table)


def exact(trees: list[Any], rows: pd.DataFrame, values: Any, tolerance: float) -> None:
    """Each row's values are those of counting out all coalitions on the trees."""
    for row, found in zip(rows.to_numpy(dtype=float), values, strict=True):

        def value(known: frozenset[int], row: Any = row) -> float:
            return sum(tree_values.worth(tree, row, known) for tree in trees)

        assert found == pytest.approx(counted_out(value, rows.shape[1]), abs=tolerance)


@pytest.mark.parametrize("place", [0, 1])
def test_lightgbm_is_exact(tmp_path: Path, rows: pd.DataFrame, place: int) -> None:
    """For LightGBM, values are exact towards either class, and say of what."""
    data = lightgbm.Dataset(rows[NAMES], good(rows))
    booster = lightgbm.train({"objective": "binary", **LIGHT}, data, 10)

    found = explained(
        tmp_path, booster.model_to_string().encode(), rows.head(5), NAMES, place=place
    )

    sign = 1 if place else -1
    exact(tree_values.of_lightgbm(booster), rows.head(5)[NAMES], sign * found.values, 1e-12)
    assert found.additivity_error < 1e-12
    assert "not for the probability" in found.explainer
    assert "in closed form" in found.explainer


def test_xgboost_is_exact(tmp_path: Path, rows: pd.DataFrame) -> None:
    """For XGBoost, values are exact but for its single precision."""
    data = xgboost.DMatrix(rows[NAMES], good(rows))
    booster = xgboost.train({"objective": "binary:logistic", "max_depth": 3}, data, 10)

    found = explained(tmp_path, bytes(booster.save_raw("ubj")), rows.head(5), NAMES)

    exact(tree_values.of_xgboost(booster), rows.head(5)[NAMES], found.values, 1e-5)
    assert found.additivity_error < 1e-5


@pytest.mark.parametrize("place", [0, 1])
def test_forests_are_exact(tmp_path: Path, rows: pd.DataFrame, place: int) -> None:
    """For a forest, values are exact shares of the probability of the asked class."""
    forest = RandomForestClassifier(5, max_depth=4, random_state=1).fit(rows[NAMES], good(rows))

    found = explained(tmp_path, skops.io.dumps(forest), rows.head(5), NAMES, place=place)

    trees = tree_values.of_sklearn(list(forest.estimators_), place, 1 / 5)
    exact(trees, rows.head(5)[NAMES], found.values, 1e-12)
    assert (found.scale, found.exact) == ("probability", True)


@pytest.mark.parametrize(
    ("estimator", "target", "scale"),
    [
        (GradientBoostingClassifier(n_estimators=5, random_state=1), good, "log-odds"),
        (HistGradientBoostingClassifier(max_iter=5), good, "log-odds"),
        (HistGradientBoostingClassifier(max_iter=5), three, "score"),
        (RandomForestClassifier(5, random_state=1), three, "probability"),
        (GradientBoostingRegressor(n_estimators=5, random_state=1), three, "prediction"),
        (HistGradientBoostingRegressor(max_iter=5), three, "prediction"),
        (RandomForestRegressor(5, max_depth=4, random_state=1), three, "prediction"),
    ],
)
def test_trees_add_up(
    tmp_path: Path, rows: pd.DataFrame, estimator: Any, target: Any, scale: str
) -> None:
    """For trees of scikit-learn, base and values add up to the score on the stated scale."""
    estimator.fit(rows[NAMES], target(rows))
    place = 1 if hasattr(estimator, "classes_") else 0

    found = explained(tmp_path, skops.io.dumps(estimator), rows, NAMES, place=place)

    assert (found.scale, found.values.shape) == (scale, (1000, 4))
    assert found.additivity_error < 1e-9
    assert "in closed form" in found.explainer


def test_missing_values_take_their_way(tmp_path: Path, rows: pd.DataFrame) -> None:
    """Rows with missing numbers add up, too, in LightGBM, XGBoost and scikit-learn."""
    holed = rows[NAMES].astype(float).mask(np.random.default_rng(1).random((1000, 4)) < 0.2)
    data = lightgbm.Dataset(holed, good(rows))
    light = lightgbm.train({"objective": "binary", **LIGHT}, data, 10)
    extreme = xgboost.train({"objective": "binary:logistic"}, xgboost.DMatrix(holed, good(rows)), 5)
    forest = HistGradientBoostingClassifier(max_iter=5).fit(holed, good(rows))

    for model in (light.model_to_string().encode(), bytes(extreme.save_raw()),
                  skops.io.dumps(forest)):  # fmt: skip
        found = explained(tmp_path, model, holed, NAMES)

        assert found.additivity_error < 1e-5
        assert "in closed form" in found.explainer


def test_categories_and_several_classes(tmp_path: Path, trained: tuple[pd.DataFrame, Path]) -> None:
    """LightGBM's splits by category and its trees per class agree with its own contributions."""
    table, path = trained
    model = load(path, [])
    assert isinstance(model, LightgbmModel)
    cells = pa.Table.from_pandas(table[list(model.features)], preserve_index=False)

    found = explainer(model, 1, cells, seed=1).explain(cells)

    theirs = np.asarray(model.booster.predict(model.matrix(cells), pred_contrib=True))
    assert found.values == pytest.approx(theirs[:, :-1], abs=1e-12)
    assert "in closed form" in found.explainer
    several = lightgbm.train(
        {"objective": "multiclass", "num_class": 3, **LIGHT},
        lightgbm.Dataset(table[NAMES], three(table)),
        5,
    )
    for place in range(3):
        part = explained(tmp_path, several.model_to_string().encode(), table, NAMES, place=place)
        assert (part.scale, part.additivity_error < 1e-12) == ("score", True)


def test_stored_categories(trained: tuple[pd.DataFrame, Path]) -> None:
    """Text columns are coded as in training: the score equals LightGBM's own on the frame."""
    table, path = trained
    model = load(path, [])
    assert isinstance(model, LightgbmModel)
    frame = table[list(model.features)].copy()
    for name in model.categories:
        frame[name] = frame[name].astype("category")

    ours = model.booster.predict(model.matrix(pa.Table.from_pandas(table)))

    assert np.array_equal(np.asarray(ours), np.asarray(model.booster.predict(frame)))


def test_linear_uses_every_row_as_background(tmp_path: Path, rows: pd.DataFrame) -> None:
    """For logistic regression a value is the coefficient times the distance from the mean."""
    scaled = (rows[NAMES] - rows[NAMES].mean()) / rows[NAMES].std() + 3
    model = LogisticRegression().fit(scaled, good(rows))

    for place, sign in ((1, 1), (0, -1)):
        found = explained(tmp_path, skops.io.dumps(model), scaled, NAMES, place=place)

        expected = ((scaled - scaled.mean()) * model.coef_[0]).to_numpy()
        assert sign * found.values == pytest.approx(expected, abs=1e-12)
        assert found.additivity_error < 1e-12


def test_linear_regression(tmp_path: Path, rows: pd.DataFrame) -> None:
    """A linear regression is explained exactly in the unit of what it predicts."""
    model = LinearRegression().fit(rows[NAMES], rows["amount"] + rows["age"])

    found = explained(tmp_path, skops.io.dumps(model), rows, NAMES, place=0)

    assert (found.scale, found.exact, found.explainer) == (
        "prediction", True, "shap.LinearExplainer (exact)"
    )  # fmt: skip
    assert found.additivity_error < 1e-6


def test_a_pipeline_adds_up(tmp_path: Path, rows: pd.DataFrame) -> None:
    """Any other classifier is explained by permutations of its own columns, text included."""
    names = ["status", "duration", "housing"]
    encoder = make_column_transformer(
        (OneHotEncoder(), ["status", "housing"]), remainder="passthrough"
    )
    model = make_pipeline(encoder, LogisticRegression(max_iter=2000)).fit(rows[names], good(rows))

    found = explained(tmp_path, skops.io.dumps(model), rows.head(20), names)

    assert (found.scale, found.values.shape, found.exact) == ("log-odds", (20, 3), False)
    assert found.additivity_error < 1e-9
    assert np.ptp(found.values, axis=0).min() > 0
    # This pipeline is a sum of functions of one column each: every order gives the same.
    assert found.estimate_error == pytest.approx(0, abs=1e-9)


def test_the_stated_error_is_that_of_the_background_too(tmp_path: Path, rows: pd.DataFrame) -> None:
    """A sum of columns is the same in every order, but not against every hundred other people."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    model.fit(rows[NAMES], good(rows))
    path = tmp_path / "model"
    path.write_bytes(skops.io.dumps(model))
    table = pa.Table.from_pandas(rows[NAMES], preserve_index=False)

    found = explainer(load(path, NAMES), 1, table, seed=1).explain(table.slice(0, 40))

    # Of a sum, the exact value is the slope times the distance from everybody's mean.
    scaler, linear = model.steps[0][1], model.steps[1][1]
    cells = scaler.transform(rows[NAMES])
    exact = (cells[:40] - cells.mean(axis=0)) * linear.coef_[0]
    real = float(np.sqrt(((found.values - exact) ** 2).mean()))
    assert found.estimate_error is not None
    assert real / 2.5 < found.estimate_error < real * 2.5


@pytest.mark.parametrize("target", [good, three])
def test_onnx_trees_are_explained_as_trees(tmp_path: Path, rows: pd.DataFrame, target: Any) -> None:
    """Trees in ONNX equal the native ones where the counted rows are those of training."""
    cells = rows[NAMES].to_numpy(dtype=np.float32).astype(float)
    fitted = GradientBoostingClassifier(n_estimators=10, random_state=1).fit(cells, target(rows))

    found = explained(tmp_path, onnx_models.from_sklearn(fitted, 4), rows, NAMES)

    assert found.exact
    assert found.additivity_error < 1e-12
    if len(fitted.classes_) == 2:
        named = pd.DataFrame(cells, columns=NAMES)
        native = explained(tmp_path, skops.io.dumps(fitted), named, NAMES)
        assert found.values == pytest.approx(native.values, abs=1e-6)


def test_what_does_not_add_up_is_not_shown(
    tmp_path: Path, rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: values that miss the score are refused, not published."""
    model = LogisticRegression(max_iter=2000).fit(rows[NAMES], good(rows))
    wrong = Explained(np.zeros((3, 4)), 0.0, np.ones(3), "log-odds", "", "")
    monkeypatch.setattr(explainers, "_linear", lambda *_: wrong)

    with pytest.raises(DataRefused) as refused:
        explained(tmp_path, skops.io.dumps(model), rows.head(3), NAMES)

    assert refused.value.message == shap_values.NOT_ADDITIVE


def test_the_fast_way_must_prove_right(
    tmp_path: Path, rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fast way that flips the sign, or swaps columns, is dropped for the library, by name."""
    forest = RandomForestClassifier(5, max_depth=4, random_state=1).fit(rows[NAMES], good(rows))
    right = explained(tmp_path, skops.io.dumps(forest), rows.head(50), NAMES)

    for wrong in (lambda *given: -shapley(*given), lambda *given: shapley(*given)[:, ::-1]):
        monkeypatch.setattr(tree_models, "shapley", wrong)
        found = explained(tmp_path, skops.io.dumps(forest), rows.head(50), NAMES)

        assert found.explainer.startswith("shap.TreeExplainer")
        assert found.values == pytest.approx(right.values, abs=1e-9)


def test_large_forests_get_fewer_rows(tmp_path: Path, rows: pd.DataFrame) -> None:
    """How many rows are explained follows from the size of the trees, not from the clock."""
    path = tmp_path / "model"
    table = pa.Table.from_pandas(rows[NAMES], preserve_index=False)
    forest = RandomForestClassifier(5, max_depth=4, random_state=1).fit(rows[NAMES], good(rows))
    path.write_bytes(skops.io.dumps(forest))
    way = explainer(load(path, []), 1, table, seed=1)

    assert way.rows_at_most == sample.MOST_ROWS
    assert way.forest is not None
    assert 5 * 4 < way.forest.work <= 5 * 16 * 4


def test_columns_must_match(tmp_path: Path, rows: pd.DataFrame) -> None:
    """A column the model needs is named with the nearest in the table, and must hold numbers."""
    model = skops.io.dumps(LogisticRegression(max_iter=2000).fit(rows[NAMES], good(rows)))
    path = tmp_path / "model"
    path.write_bytes(model)
    texts = pa.Table.from_pandas(rows.assign(amount="much"))

    with pytest.raises(DataRefused, match="“Amounts”") as missing:
        features.require(["duration", "Amounts", "age"], load(path, []).features)
    with pytest.raises(DataRefused) as text:
        explainer(load(path, []), 1, texts, seed=1).explain(texts)

    assert missing.value.message == features.NO_FEATURE
    assert text.value.message == features.TEXT_FOR_NUMBERS
