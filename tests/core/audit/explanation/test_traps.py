"""Traps of the libraries, each shown with exact counting on a small model, and that we avoid it."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shap
import skops.io
import xgboost
from scipy.special import expit
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from tests.examples import tree_values
from tests.examples.coalitions import counted_out
from workbench.audit.explanation.explainers import explainer
from workbench.audit.explanation.shap_values import Explained
from workbench.audit.models.loading import load

NAMES = ["duration", "amount", "age", "installment_rate"]
MANY = 12


@pytest.fixture(scope="session")
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


def good(rows: pd.DataFrame) -> Any:
    return (rows["credit_risk"] == 1).astype(int)


def explained(
    tmp_path: Path, data: bytes, rows: pd.DataFrame, background: pd.DataFrame | None = None
) -> Explained:
    path = tmp_path / "model"
    path.write_bytes(data)
    table, behind = (
        pa.Table.from_pandas(each, preserve_index=False)
        for each in (rows, rows if background is None else background)
    )
    model = load(path, list(rows.columns))
    return explainer(model, 1, behind, seed=1).explain(table)


def among(background: Any, row: Any, known: frozenset[int]) -> Any:
    """The background rows with the known features of the row."""
    mixed = np.array(background, dtype=float)
    chosen = sorted(known)
    mixed[:, chosen] = row[chosen]
    return mixed


def test_probabilities_of_trees(tmp_path: Path, rows: pd.DataFrame) -> None:
    """TreeExplainer's "probability" adds up and is still wrong; ours is exact on the margin."""
    cells = rows[NAMES].to_numpy(dtype=float)
    model = GradientBoostingClassifier(n_estimators=100, learning_rate=0.3, random_state=1)
    model.fit(rows[NAMES], good(rows))
    background = cells[:40]
    theirs = shap.TreeExplainer(model, background, model_output="probability")
    row = cells[100]

    def margin(mixed: Any) -> Any:
        return model.decision_function(pd.DataFrame(mixed, columns=NAMES))

    found = theirs.shap_values(row[None, :])[0]
    truth = counted_out(
        lambda known: float(expit(margin(among(background, row, known))).mean()), len(NAMES)
    )
    assert sum(found) == pytest.approx(sum(truth), abs=1e-6)
    assert np.abs(found - truth).max() > 1e-3

    ours = explained(tmp_path, skops.io.dumps(model), rows.loc[[100], NAMES])

    trees = tree_values.of_sklearn([each[0] for each in model.estimators_], 0, 0.3)
    assert ours.scale == "log-odds"
    assert ours.values[0] == pytest.approx(
        counted_out(
            lambda known: sum(tree_values.worth(tree, row, known) for tree in trees), len(NAMES)
        ),
        abs=1e-12,
    )


@pytest.fixture(scope="session")
def many() -> tuple[pd.DataFrame, Any]:
    """Twelve features that all matter, a little, and act together."""
    draw = np.random.default_rng(1)
    cells = draw.normal(size=(400, MANY))
    target = cells.sum(axis=1) + cells[:, 0] * cells[:, 1] + draw.normal(size=400) > 0
    model = MLPClassifier((8,), max_iter=2000, random_state=1).fit(cells, target.astype(int))
    return pd.DataFrame(cells, columns=[f"x{number}" for number in range(MANY)]), model


def test_dropped_features(tmp_path: Path, many: tuple[pd.DataFrame, Any]) -> None:
    """KernelExplainer drops features by default; our estimates keep all, within their error."""
    cells, model = many
    background, some = cells.head(20), cells.iloc[[100]]
    row = some.to_numpy()[0]

    def share(mixed: Any) -> Any:
        return model.predict_proba(mixed)[:, 1]

    @cache
    def value(known: frozenset[int]) -> float:
        return float(share(among(background, row, known)).mean())

    truth = counted_out(value, MANY)
    kernel = shap.KernelExplainer(share, background.to_numpy(), silent=True)
    theirs = kernel.shap_values(some.to_numpy(), nsamples=500, silent=True)

    ours = explained(tmp_path, skops.io.dumps(model), some, background)

    assert np.count_nonzero(theirs) <= 10 < MANY
    assert np.count_nonzero(ours.values) == MANY
    assert ours.estimate_error is not None
    assert ours.estimate_error > 0
    errors = ours.values - np.array(truth)
    assert np.sqrt(np.mean(errors**2)) < 2 * ours.estimate_error
    assert np.abs(errors).max() < 6 * ours.estimate_error


def test_a_cut_background(tmp_path: Path, rows: pd.DataFrame) -> None:
    """LinearExplainer takes 100 rows of a background and says nothing; ours takes all."""
    cells = (rows[NAMES] - rows[NAMES].mean()) / rows[NAMES].std()
    model = LogisticRegression().fit(cells, good(rows))
    background = cells.to_numpy()
    row = background[3]

    def value(known: frozenset[int]) -> float:
        return float(among(background, row, known).mean(axis=0) @ model.coef_[0])

    truth = counted_out(value, len(NAMES))
    theirs = shap.LinearExplainer(model, background).shap_values(row[None, :])[0]

    ours = explained(tmp_path, skops.io.dumps(model), cells.iloc[[3]], cells)

    assert np.abs(theirs - truth).max() > 0.005
    assert ours.values[0] == pytest.approx(truth, abs=1e-12)


def test_a_base_that_comes_late(tmp_path: Path, rows: pd.DataFrame) -> None:
    """TreeExplainer's base of an XGBoost model is wrong before the values are computed."""
    data = xgboost.DMatrix(rows[NAMES], (rows["credit_risk"] == 2).astype(int))
    settings = {"objective": "binary:logistic", "max_depth": 3}
    booster = xgboost.train(settings, data, 20)
    theirs = shap.TreeExplainer(booster)
    before = float(np.ravel(theirs.expected_value)[0])
    theirs.shap_values(data)
    trees = tree_values.of_xgboost(booster)
    start = float(booster.predict(data, output_margin=True)[0]) - sum(
        tree_values.worth(tree, rows[NAMES].to_numpy(dtype=float)[0], frozenset(range(4)))
        for tree in trees
    )
    truth = start + sum(tree_values.worth(tree, None, frozenset()) for tree in trees)

    ours = explained(tmp_path, bytes(booster.save_raw("json")), rows[NAMES])

    assert abs(before - truth) > 0.01
    assert float(np.ravel(theirs.expected_value)[0]) == pytest.approx(truth, abs=1e-5)
    assert ours.base == pytest.approx(truth, abs=1e-5)
