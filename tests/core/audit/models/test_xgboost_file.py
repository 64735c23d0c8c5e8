"""XGBoost models give what XGBoost gives, and files built to do harm are not parsed."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import xgboost

from workbench.audit.models import xgboost_file
from workbench.audit.models.loading import load
from workbench.audit.models.model import TOO_DEEP_MODEL, Trees
from workbench.basics.errors import DataRefused

NAMES = ["duration", "amount", "age"]


@pytest.fixture
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


def trained_on(features: pd.DataFrame, target: Any, **more: Any) -> xgboost.Booster:
    data = xgboost.DMatrix(features, target, enable_categorical=True)
    settings = {"objective": "binary:logistic", "max_depth": 3, "nthread": 1}
    return xgboost.train(settings | more, data, 10)


def test_probabilities_are_its_own(rows: pd.DataFrame, tmp_path: Path) -> None:
    """Probabilities per class equal XGBoost's, for two classes and for three."""
    two = (rows["credit_risk"] == 1).astype(int)
    three = two + (rows["age"] > 40)
    table = pa.Table.from_pandas(rows[NAMES], preserve_index=False)
    path = tmp_path / "model"
    for target, more in ((two, {}), (three, {"objective": "multi:softprob", "num_class": 3})):
        booster = trained_on(rows[NAMES], target, **more)
        path.write_bytes(bytes(booster.save_raw("ubj")))

        output = load(path, []).output(table)

        theirs = booster.predict(xgboost.DMatrix(rows[NAMES])).reshape(len(rows), -1)
        assert output[:, -theirs.shape[1] :] == pytest.approx(theirs, abs=1e-6)


def test_stored_categories(rows: pd.DataFrame, tmp_path: Path) -> None:
    """Text columns are coded as in training: the score equals XGBoost's own on the frame."""
    features = rows[[*NAMES, "housing", "purpose"]].astype(
        {"housing": "category", "purpose": "category"}
    )
    booster = trained_on(features, (rows["credit_risk"] == 1).astype(int))
    path = tmp_path / "model"
    booster.save_model(tmp_path / "model.json")
    (tmp_path / "model.json").rename(path)
    table = pa.Table.from_pandas(rows, preserve_index=False)

    loaded = load(path, [])

    theirs = booster.predict(xgboost.DMatrix(features, enable_categorical=True))
    assert loaded.output(table)[:, 1] == pytest.approx(theirs, abs=1e-6)


def test_training_that_stopped_early(rows: pd.DataFrame, tmp_path: Path) -> None:
    """Only the rounds up to the best one count, in scores and in their explanation."""
    booster = trained_on(rows[NAMES], (rows["credit_risk"] == 1).astype(int))
    booster.set_attr(best_iteration="3")
    path = tmp_path / "model"
    path.write_bytes(bytes(booster.save_raw("json")))
    table = pa.Table.from_pandas(rows[NAMES], preserve_index=False)

    inside = load(path, []).inside(1, table)

    theirs = booster.predict(
        xgboost.DMatrix(rows[NAMES]), output_margin=True, iteration_range=(0, 4)
    )
    assert isinstance(inside, Trees)
    assert inside.score(table) == pytest.approx(theirs, abs=1e-6)


@pytest.mark.parametrize("binary", [True, False])
def test_a_bomb_of_brackets(tmp_path: Path, *, binary: bool) -> None:
    """A file nested thousands deep is refused before XGBoost, which recurses, reads it."""
    start = b"{L\x00\x00\x00\x00\x00\x00\x00\x07learner" if binary else b'{"learner":'
    path = tmp_path / "model"
    path.write_bytes(start + b"[" * 100_000)

    with pytest.raises(DataRefused) as refused:
        load(path, [])

    assert refused.value.message == TOO_DEEP_MODEL


def test_brackets_in_names_are_no_nesting(rows: pd.DataFrame, tmp_path: Path) -> None:
    """The twin: many brackets inside strings do no harm."""
    booster = trained_on(rows[NAMES], (rows["credit_risk"] == 1).astype(int))
    words = json.loads(bytes(booster.save_raw("json")))
    words["learner"]["attributes"]["note"] = '[{"' * 200
    path = tmp_path / "model"
    path.write_text(json.dumps(words))

    assert load(path, []).features == tuple(NAMES)


def test_every_objective_has_a_scale() -> None:
    """Classes are only read from objectives that have them."""
    assert all(
        objective.startswith(("binary", "multi"))
        for objective, scale in xgboost_file.SCALES.items()
        if scale == "log-odds"
    )
    assert np.isin(list(xgboost_file.SCALES.values()), ["log-odds", "score", "prediction"]).all()
