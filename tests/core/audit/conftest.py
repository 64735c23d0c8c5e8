"""German credit data (see workbench/demo/SOURCES.md) with a model trained here and now."""

from collections.abc import Callable
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import pytest

from workbench.audit.plan import AuditPlan, planned

CREDIT = Path(__file__).parents[3] / "workbench" / "demo" / "german_credit.csv"


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, Path]:
    """The applications with ``sex`` and ``prediction``, and the model that predicts."""
    table = pd.read_csv(CREDIT)
    features = table.drop(columns="credit_risk")
    for name in features.select_dtypes(exclude="number"):
        features[name] = features[name].astype("category")
    good = (table["credit_risk"] == 1).astype(int)
    parameters = {"objective": "binary", "num_leaves": 8, "verbose": -1, "num_threads": 1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(features, good), 30)
    model = tmp_path_factory.mktemp("model") / "model.txt"
    booster.save_model(model)
    table["prediction"] = np.where(np.asarray(booster.predict(features)) > 0.5, 1, 2)
    women = table["personal_status_sex"].isin(["A92", "A95"])
    table["sex"] = np.where(women, "female", "male")
    return table, model


@pytest.fixture
def credit(trained: tuple[pd.DataFrame, Path], tmp_path: Path) -> Path:
    """The applications as a CSV file."""
    path = tmp_path / "credit.csv"
    trained[0].to_csv(path, index=False)
    return path


@pytest.fixture(scope="session")
def model(trained: tuple[pd.DataFrame, Path]) -> Path:
    """The LightGBM model as text."""
    return trained[1]


Planner = Callable[..., AuditPlan]


@pytest.fixture
def plan_for() -> Planner:
    """A plan for the applications; any part of it can be changed."""

    def make(**changes: object) -> AuditPlan:
        values: dict[str, object] = {
            "outcome": "credit_risk",
            "positive": "1",
            "prediction": "prediction",
            "attributes": ["sex", "age", "foreign_worker"],
            "edges": {"age": [25, 35, 50]},
            "reason": "Credit decides about participation.",
            "references": {"sex": "male"},
            "labels": {
                "sex": {
                    "female": {"de": "Frauen", "en": "women"},
                    "male": {"de": "Männer", "en": "men"},
                }
            },
            "draws": 200,
        }
        return planned(values | changes)

    return make
