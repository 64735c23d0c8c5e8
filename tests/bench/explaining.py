"""What explaining trees costs: rows per second against shap.TreeExplainer, and how exact it is.

Both explain the same rows of the same models; the error is how far a row's values are from adding
up to the model's score, at most.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd
import pyarrow as pa
import shap
import skops.io
import xgboost
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)

from tests.bench import goals
from workbench.audit.explanation.explainers import explainer
from workbench.audit.models.loading import load

ROWS = 10_000
# TreeExplainer needs minutes for more rows of a forest; its speed does not depend on how many.
ROWS_OF_PEER = {"scikit-learn RandomForest": 300}
TREES = 100


def explain(rows: pd.DataFrame, target: Any, folder: Path) -> None:
    """Print, per kind of model, our rows per second beside TreeExplainer's, with both errors.

    ``rows`` are numbers; ``target`` is 0 or 1 per row. At most 10,000 rows are explained.
    """
    for name, (fitted, data) in _models(rows, np.asarray(target)).items():
        path = folder / "model"
        path.write_bytes(data)
        asked = rows.head(ROWS)
        some = asked.head(ROWS_OF_PEER.get(name, len(asked)))
        speed, error = _ours(path, asked)
        peer, difference = _peer(fitted, path, some)
        print(  # noqa: T201
            f"SHAP {name}: {speed:,.0f} rows/s (off by {error:.1g}); shap.TreeExplainer: "
            f"{peer:,.0f} rows/s (ours differs by {difference:.1g}); ratio {speed / peer:.1f} "
            f"{goals.SHAPLEY.said(speed / peer)}"
        )


def _models(rows: pd.DataFrame, target: Any) -> dict[str, tuple[Any, bytes]]:
    binary = {"objective": "binary", "verbose": -1, "seed": 1}
    light = lightgbm.train(binary, lightgbm.Dataset(rows, target), TREES)
    logistic = {"objective": "binary:logistic", "max_depth": 6, "seed": 1}
    extreme = xgboost.train(logistic, xgboost.DMatrix(rows, target), TREES)
    fitted = {
        "scikit-learn GradientBoosting": GradientBoostingClassifier(random_state=1),
        "scikit-learn HistGradientBoosting": HistGradientBoostingClassifier(random_state=1),
        "scikit-learn RandomForest": RandomForestClassifier(TREES, max_depth=10, random_state=1),
    }
    return {
        "LightGBM": (light, light.model_to_string().encode()),
        "XGBoost": (extreme, bytes(extreme.save_raw("ubj"))),
        **{
            name: (model.fit(rows, target), skops.io.dumps(model)) for name, model in fitted.items()
        },
    }


def _ours(path: Path, rows: pd.DataFrame) -> tuple[float, float]:
    """Rows per second, everything after loading included, and the largest additivity error."""
    table = pa.Table.from_pandas(rows, preserve_index=False)
    model = load(path, ())
    seconds, found = _timed(lambda: explainer(model, 1, table, 1).explain(table))
    return len(rows) / seconds, found.additivity_error


def _peer(fitted: Any, path: Path, rows: pd.DataFrame) -> tuple[float, float]:
    """Its rows per second, and how far our values differ from its own, at most."""

    def work() -> Any:
        told = shap.TreeExplainer(fitted, feature_perturbation="tree_path_dependent")
        return np.asarray(told.shap_values(rows, check_additivity=False))

    seconds, theirs = _timed(work)
    table = pa.Table.from_pandas(rows, preserve_index=False)
    ours = explainer(load(path, ()), 1, table, 1).explain(table).values
    if theirs.ndim > 2:
        theirs = theirs[..., 1]
    return len(rows) / seconds, float(np.abs(ours - theirs).max())


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made
