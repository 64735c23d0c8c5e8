"""Tree ensembles explained exactly: fast by tables of patterns, checked by the library's own way.

Everything happens on the margin. ``TreeExplainer(model_output="probability")`` adds up, too, but
does not give the Shapley values of the probability, so it is not used.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import shap

from workbench.audit.arrays import Reals
from workbench.audit.explanation.shap_values import TOLERANCE, Explained
from workbench.audit.explanation.trees import Forest, Tree, shapley
from workbench.audit.models.model import Model, Trees
from workbench.audit.words.ways import BY_LIBRARY, CLOSED_FORM, UNITS

CHECKED_ROWS = 20


def forest_of(trees: Trees) -> Forest | None:
    """The trees of one output as arrays; None where splits by category need the library itself."""
    try:
        model = shap.TreeExplainer(trees.source, feature_perturbation="tree_path_dependent").model
    except (NotImplementedError, ValueError, AssertionError, KeyError, IndexError):
        return None  # more than TreeExplainer can read; the library explains it natively
    if model.cat_feature_indices is not None:
        return None
    used = model.tree_limit if model.tree_limit and model.tree_limit > 0 else len(model.trees)
    numbers, column = range(used), trees.output
    if trees.stacked > 1:
        numbers, column = range(trees.output, used, trees.stacked), 0
    made = [_tree(model, number, column, trees.sign) for number in numbers]
    carrying = tuple(tree for tree in made if np.any(tree.values))
    return Forest(carrying, model.input_dtype)


def explain_trees(model: Model, trees: Trees, forest: Forest | None, rows: pa.Table) -> Explained:
    """The Shapley values of the rows, by the fastest way that proves right on these rows."""
    cells, scores = model.matrix(rows), trees.score(rows)
    if forest is not None:
        quick = _closed_form(forest, trees, cells, scores)
        if quick is not None:
            return quick
    values, base = _by_library(trees, cells)
    said = BY_LIBRARY.format(peer=_peer(trees), unit=UNITS[trees.scale])
    return Explained(values, base, scores, trees.scale, said, trees.counted)


def _closed_form(forest: Forest, trees: Trees, cells: Reals, scores: Reals) -> Explained | None:
    """The values by tables; None when they miss a score, or what the library finds on some rows."""
    theirs, base = _by_library(trees, cells[:CHECKED_ROWS])
    said = CLOSED_FORM.format(unit=UNITS[trees.scale], peer=_peer(trees), rows=len(theirs))
    values = shapley(forest, cells)
    found = Explained(values, base, scores, trees.scale, said, trees.counted)
    size = max(1.0, float(np.abs(theirs).max(initial=0)))
    agrees = np.allclose(values[: len(theirs)], theirs, rtol=0, atol=TOLERANCE * size)
    return found if agrees and found.adds_up else None


def _by_library(trees: Trees, cells: Reals) -> tuple[Reals, float]:
    """Values and base as the model's own library, or else shap, computes them."""
    if trees.native is not None:
        found = trees.sign * trees.native(cells)
        return found[:, :-1], float(found[0, -1])
    explainer = shap.TreeExplainer(trees.source, feature_perturbation="tree_path_dependent")
    values = np.asarray(explainer.shap_values(cells, check_additivity=False), dtype=float)
    if values.ndim > 2:
        values = values[..., trees.output]
    # Read only now: for some models it is not settled before the values are computed.
    base = np.ravel(np.asarray(explainer.expected_value, dtype=float))
    return trees.sign * values, trees.sign * float(base[trees.output if len(base) > 1 else 0])


def _peer(trees: Trees) -> str:
    return trees.native_name or "shap.TreeExplainer"


def _tree(model: Any, number: int, output: int, sign: int) -> Tree:
    return Tree(
        left=model.children_left[number].tolist(),
        right=model.children_right[number].tolist(),
        missing=model.children_default[number].tolist(),
        features=model.features[number].tolist(),
        thresholds=np.asarray(model.thresholds[number], dtype=float),
        by_category=(model.threshold_types[number] > 0).tolist(),
        values=sign * np.asarray(model.values[number, :, output], dtype=float),
        covers=np.asarray(model.node_sample_weight[number], dtype=float),
    )
