"""SHAP values are exact where they are said to be: compared with counting out every coalition."""

from collections.abc import Callable, Iterable
from itertools import combinations
from math import factorial
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import skops.io
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from workbench.audit.explanation import explainers
from workbench.audit.explanation.explainers import Explained, explain
from workbench.audit.models import features
from workbench.audit.models.loading import LightgbmModel, load
from workbench.basics.errors import DataRefused

NAMES = ["duration", "amount", "age", "installment_rate"]
Value = Callable[[frozenset[int]], float]


@pytest.fixture(scope="session")
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


def good(rows: pd.DataFrame) -> Any:
    return (rows["credit_risk"] == 1).astype(int)


def counted_out(value: Value, count: int) -> list[float]:
    """The Shapley value of each feature by its definition: all coalitions of the others."""
    found = []
    for feature in range(count):
        others = [other for other in range(count) if other != feature]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for chosen in map(frozenset, combinations(others, size)):
                total += weight * (value(chosen | {feature}) - value(chosen))
        found.append(total)
    return found


def down(node: dict[str, Any], row: Any, known: frozenset[int]) -> float:
    """What a tree says when only some features are known: the mean over its training rows."""
    if "leaf_value" in node:
        return float(node["leaf_value"])
    left, right = node["left_child"], node["right_child"]
    if node["split_feature"] in known:
        return down(left if row[node["split_feature"]] <= node["threshold"] else right, row, known)
    sizes = [each.get("internal_count", each.get("leaf_count")) for each in (left, right)]
    share = float(sizes[0] / sum(sizes))
    return share * down(left, row, known) + (1 - share) * down(right, row, known)


def explained(tmp_path: Path, data: bytes, rows: pd.DataFrame, names: Iterable[str]) -> Explained:
    path = tmp_path / "model"
    path.write_bytes(data)
    table = pa.Table.from_pandas(rows[list(names)], preserve_index=False)
    return explain(load(path, list(names)), table, seed=1)


def test_lightgbm_is_exact(tmp_path: Path, rows: pd.DataFrame) -> None:
    """For a LightGBM model the values are those of counting out all coalitions."""
    parameters = {"objective": "binary", "num_leaves": 7, "verbose": -1, "num_threads": 1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(rows[NAMES], good(rows)), 10)
    some = rows.head(5)

    found = explained(tmp_path, booster.model_to_string().encode(), some, NAMES)

    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    for row, values in zip(some[NAMES].to_numpy(), found.values, strict=True):

        def value(known: frozenset[int], row: Any = row) -> float:
            return sum(down(tree, row, known) for tree in trees)

        assert values == pytest.approx(counted_out(value, len(NAMES)), abs=1e-9)
    assert found.additivity_error < 1e-12


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


@pytest.mark.parametrize(
    ("estimator", "scale"),
    [
        (GradientBoostingClassifier(n_estimators=5, random_state=1), "log-odds"),
        (HistGradientBoostingClassifier(max_iter=5), "log-odds"),
        (RandomForestClassifier(5, max_depth=4, random_state=1), "probability"),
    ],
)
def test_trees_add_up(tmp_path: Path, rows: pd.DataFrame, estimator: Any, scale: str) -> None:
    """For tree models of scikit-learn base and values add up to the score on the stated scale."""
    estimator.fit(rows[NAMES], good(rows))

    found = explained(tmp_path, skops.io.dumps(estimator), rows, NAMES)

    assert (found.scale, found.values.shape) == (scale, (1000, 4))
    assert found.additivity_error < 1e-6


def test_linear_uses_every_row_as_background(tmp_path: Path, rows: pd.DataFrame) -> None:
    """For logistic regression a value is the coefficient times the distance from the mean."""
    scaled = (rows[NAMES] - rows[NAMES].mean()) / rows[NAMES].std() + 3
    model = LogisticRegression().fit(scaled, good(rows))

    found = explained(tmp_path, skops.io.dumps(model), scaled, NAMES)

    assert found.values == pytest.approx(
        ((scaled - scaled.mean()) * model.coef_[0]).to_numpy(), abs=1e-12
    )
    assert found.additivity_error < 1e-12


def test_a_pipeline_adds_up(tmp_path: Path, rows: pd.DataFrame) -> None:
    """Any other classifier is explained by permutations of its own columns, text included."""
    names = ["status", "duration", "housing"]
    encoder = make_column_transformer(
        (OneHotEncoder(), ["status", "housing"]), remainder="passthrough"
    )
    model = make_pipeline(encoder, LogisticRegression(max_iter=2000)).fit(rows[names], good(rows))

    found = explained(tmp_path, skops.io.dumps(model), rows.head(20), names)

    assert (found.scale, found.values.shape) == ("probability", (20, 3))
    assert found.additivity_error < 1e-9
    assert np.ptp(found.values, axis=0).min() > 0


def test_what_does_not_add_up_is_not_shown(
    tmp_path: Path, rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: values that miss the score are refused, not published."""
    model = LogisticRegression(max_iter=2000).fit(rows[NAMES], good(rows))
    wrong = Explained(np.zeros((3, 4)), 0.0, np.ones(3), "log-odds", "", "")
    monkeypatch.setattr(explainers, "_linear", lambda *_: wrong)

    with pytest.raises(DataRefused) as refused:
        explained(tmp_path, skops.io.dumps(model), rows.head(3), NAMES)

    assert refused.value.message == explainers.NOT_ADDITIVE


def test_columns_must_match(tmp_path: Path, rows: pd.DataFrame) -> None:
    """A column the model needs is named with the nearest in the table, and must hold numbers."""
    model = skops.io.dumps(LogisticRegression(max_iter=2000).fit(rows[NAMES], good(rows)))
    path = tmp_path / "model"
    path.write_bytes(model)
    renamed = rows.rename(columns={"amount": "Amounts"})
    texts = rows.assign(amount="much")

    with pytest.raises(DataRefused, match="“Amounts”") as missing:
        explain(load(path, []), pa.Table.from_pandas(renamed), seed=1)
    with pytest.raises(DataRefused) as text:
        explain(load(path, []), pa.Table.from_pandas(texts), seed=1)

    assert missing.value.message == features.NO_FEATURE
    assert text.value.message == features.TEXT_FOR_NUMBERS
