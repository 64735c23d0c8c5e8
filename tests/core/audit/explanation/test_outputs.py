"""What is taken apart is the model's own output, in the unit that is named."""

from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from workbench.audit.explanation import shap_values
from workbench.audit.explanation.explainers import Explainer, explainer
from workbench.audit.explanation.shap_values import Explained, require_output
from workbench.audit.models.loading import load
from workbench.audit.models.model import Model
from workbench.basics.errors import DataRefused

NAMES = ["duration", "amount", "age", "installment_rate"]
FOREST = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6, "feature_fraction": 0.8}
TREES = 12


@pytest.fixture
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


def light(
    folder: Path, rows: pd.DataFrame, target: Any, **settings: Any
) -> tuple[Model, Explainer, pa.Table]:
    quiet = {"num_leaves": 7, "verbose": -1, "num_threads": 1, "seed": 1}
    data = lightgbm.Dataset(rows[NAMES], target)
    booster = lightgbm.train({**quiet, **settings}, data, TREES)
    path = folder / "model"
    path.write_text(booster.model_to_string())
    table = pa.Table.from_pandas(rows[NAMES], preserve_index=False)
    model = load(path, NAMES)
    place = 1 if model.classes else 0
    return model, explainer(model, place, table, seed=1), table


def test_a_forest_of_lightgbm_is_a_mean(tmp_path: Path, rows: pd.DataFrame) -> None:
    """Its raw scores are sums of trees; the effects are those of the prediction all the same."""
    model, way, table = light(tmp_path, rows, rows["amount"], objective="regression", **FOREST)

    found = require_output(way.explain(table), model.output(table)[:, 0])

    predicted = model.output(table)[:, 0]
    assert found.base + found.values.sum(axis=1) == pytest.approx(predicted)
    assert (found.scale, found.exact) == ("prediction", True)


def test_a_forest_of_decisions(tmp_path: Path, rows: pd.DataFrame) -> None:
    """The log-odds of the predicted probability, not so many times as there are trees."""
    good = (rows["credit_risk"] == 1).astype(int)
    model, way, table = light(tmp_path, rows, good, objective="binary", **FOREST)

    found = require_output(way.explain(table), model.output(table)[:, 1])

    chance = model.output(table)[:, 1]
    assert found.scores == pytest.approx(np.log(chance / (1 - chance)))


def test_a_root_of_numbers(tmp_path: Path, rows: pd.DataFrame) -> None:
    """Trained on roots, the trees' sum is a score, and is called one."""
    settings = {"objective": "regression", "reg_sqrt": True}
    _, way, table = light(tmp_path, rows, rows["amount"], **settings)

    assert way.explain(table).scale == "score"


def test_trees_with_equations(tmp_path: Path, rows: pd.DataFrame) -> None:
    """No library takes linear trees apart: they are asked, and the error of that is stated."""
    settings = {"objective": "regression", "linear_tree": True}
    model, way, table = light(tmp_path, rows.head(60), rows["amount"].head(60), **settings)

    found = require_output(way.explain(table), model.output(table)[:, 0])

    assert not found.exact
    assert found.estimate_error is not None


@pytest.mark.parametrize(
    ("scale", "output"),
    [("prediction", [1.0, 2.0]), ("log-odds", [0.7310586, 0.8807971]), ("probability", [1.0, 2.0])],
)
def test_another_output(scale: Any, output: list[float]) -> None:
    """A score that is not the output is refused, whatever adds up to it; the right one passes."""
    found = Explained(np.array([[1.0], [2.0]]), 0.0, np.array([1.0, 2.0]), scale, "", "")
    assert require_output(found, np.array(output)) is found

    with pytest.raises(DataRefused) as refused:
        require_output(found, np.array(output) + 0.01)

    assert refused.value.message == shap_values.NOT_THE_OUTPUT
