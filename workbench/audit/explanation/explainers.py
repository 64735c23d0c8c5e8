"""One model, some rows → SHAP values in the model's own unit, by a named explainer.

Tree models are explained exactly, on the margin where they have one; everything else by
permutations of its columns on few rows. Every result is checked: a row's values and the base
value must add up to the model's score.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shap
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from workbench.audit.models.features import frame, matrix
from workbench.audit.models.loading import LightgbmModel, Model, SklearnModel
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

NOT_ADDITIVE = later(
    "The explanation of this model does not add up to its score (off by {error}), so it is not "
    "shown. Send the model in another format, or run the audit without it."
)

MARGIN_TREES = (GradientBoostingClassifier, HistGradientBoostingClassifier)
PROBABILITY_TREES = (DecisionTreeClassifier, ExtraTreesClassifier, RandomForestClassifier)
MOST_ROWS = 10_000
# Permutations ask the model some hundred thousand times for these few rows already.
PERMUTATION_ROWS, BACKGROUND_ROWS, PERMUTATIONS = 200, 100, 5
TOLERANCE = 1e-5

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Explained:
    """SHAP values (row, feature) with ``base + values.sum(axis=1)`` = ``scores``."""

    values: Reals
    base: float
    scores: Reals
    scale: Literal["log-odds", "probability"]
    explainer: str
    background: str

    @property
    def additivity_error(self) -> float:
        """How far a row's values are from adding up to its score, at most."""
        return float(np.abs(self.base + self.values.sum(axis=1) - self.scores).max())


def rows_for(model: Model) -> int:
    """How many rows the explainer of this model takes at most."""
    return PERMUTATION_ROWS if _explainer(model) is _permutation else MOST_ROWS


def explain(model: Model, rows: pa.Table, seed: int) -> Explained:
    """The SHAP values of the rows, towards the model's second class.

    Raises DataRefused when they do not add up to the scores.
    """
    found: Explained = _explainer(model)(model, rows, seed)
    size = max(1.0, float(np.abs(found.scores).max()))
    if found.additivity_error > TOLERANCE * size:
        raise DataRefused(NOT_ADDITIVE, error=f"{found.additivity_error:.1g}")
    return found


def _explainer(model: Model) -> Any:
    if isinstance(model, LightgbmModel):
        return _native
    if isinstance(model.estimator, HistGradientBoostingClassifier):
        # TreeExplainer does not know its splits by category.
        categorical = getattr(model.estimator, "is_categorical_", None)
        return _tree if categorical is None or not np.any(categorical) else _permutation
    if isinstance(model.estimator, (*MARGIN_TREES, *PROBABILITY_TREES)):
        return _tree
    return _linear if isinstance(model.estimator, LogisticRegression) else _permutation


def _native(model: LightgbmModel, rows: pa.Table, _seed: int) -> Explained:
    cells = model.matrix(rows)
    found: Reals = np.asarray(model.booster.predict(cells, pred_contrib=True))
    return Explained(
        values=found[:, :-1],
        base=float(found[0, -1]),
        scores=np.asarray(model.booster.predict(cells, raw_score=True)),
        scale="log-odds",
        explainer="LightGBM pred_contrib (TreeSHAP, path-dependent; exact on the log-odds)",
        background="the training rows counted in the model's trees",
    )


def _tree(model: SklearnModel, rows: pa.Table, _seed: int) -> Explained:
    cells = matrix(rows, model.features, {})
    explainer = shap.TreeExplainer(model.estimator, feature_perturbation="tree_path_dependent")
    values = np.asarray(explainer.shap_values(cells, check_additivity=False))
    base = np.atleast_1d(np.asarray(explainer.expected_value, dtype=float))
    margin = isinstance(model.estimator, MARGIN_TREES)
    named = pd.DataFrame(cells, columns=list(model.features))
    known = hasattr(model.estimator, "feature_names_in_")
    fed: Any = named if known else cells
    scores = (
        model.estimator.decision_function(fed) if margin else model.estimator.predict_proba(fed)
    )
    return Explained(
        values=values[..., 1] if values.ndim > 2 else values,
        base=float(base[-1]),
        scores=np.asarray(scores if margin else scores[:, 1], dtype=float).ravel(),
        scale="log-odds" if margin else "probability",
        explainer="shap.TreeExplainer (path-dependent; exact)",
        background="the training rows counted in the model's trees",
    )


def _linear(model: SklearnModel, rows: pa.Table, _seed: int) -> Explained:
    cells = matrix(rows, model.features, {})
    # The default background would silently be cut to 100 rows.
    masker = shap.maskers.Independent(cells, max_samples=len(cells))
    explainer = shap.LinearExplainer(
        (model.estimator.coef_[0], float(model.estimator.intercept_[0])), masker
    )
    return Explained(
        values=np.asarray(explainer.shap_values(cells)),
        base=float(explainer.expected_value),
        scores=cells @ model.estimator.coef_[0] + float(model.estimator.intercept_[0]),
        scale="log-odds",
        explainer="shap.LinearExplainer (exact)",
        background=f"all {len(cells)} explained rows",
    )


def _permutation(model: SklearnModel, rows: pa.Table, seed: int) -> Explained:
    coded, decode = _codes(frame(rows, model.features))
    background = coded[:BACKGROUND_ROWS]
    masker = shap.maskers.Independent(background, max_samples=BACKGROUND_ROWS)

    def probability(cells: Reals) -> Reals:
        found: Reals = model.estimator.predict_proba(decode(cells))[:, 1]
        return found

    explainer = shap.PermutationExplainer(probability, masker, seed=seed)
    evaluations = PERMUTATIONS * (2 * len(model.features) + 1)
    found = explainer(coded, max_evals=evaluations, silent=True)
    return Explained(
        values=np.asarray(found.values),
        base=float(np.ravel(found.base_values)[0]),
        scores=probability(coded),
        scale="probability",
        explainer=f"shap.PermutationExplainer ({PERMUTATIONS} permutations; an estimate)",
        background=f"{len(background)} of the explained rows",
    )


def _codes(cells: pd.DataFrame) -> tuple[Reals, Any]:
    """The frame as numbers, which is all that a masker can mix, and the way back to the frame."""
    texts = {
        name: pd.Categorical(cells[name])
        for name in cells
        if not pd.api.types.is_numeric_dtype(cells[name])
    }
    columns = [texts[name].codes if name in texts else cells[name].to_numpy() for name in cells]
    kinds = {name: cells[name].dtype for name in cells if name not in texts}

    def decode(numbers: Reals) -> pd.DataFrame:
        made = pd.DataFrame(numbers, columns=cells.columns)
        for name, values in texts.items():
            codes = made[name].astype(int)
            made[name] = pd.Categorical.from_codes(codes, dtype=values.dtype).astype(
                cells[name].dtype
            )
        return made.astype(kinds)

    return np.column_stack(columns).astype(float), decode
