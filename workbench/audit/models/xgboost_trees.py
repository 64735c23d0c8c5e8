"""What an XGBoost file states about its trees, checked before XGBoost follows it unchecked.

XGBoost jumps to the children, columns and categories that a file names without looking whether
they exist, so one wrong number can end the process. Source of the layout: the model schema in
XGBoost's documentation (“Introduction to Model IO”).
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.audit.arrays import Counts
from workbench.audit.models.model import DAMAGED_MODEL, OTHER_KIND, TOO_DEEP_MODEL
from workbench.basics.errors import DataRefused

Words = Mapping[str, Any]

# XGBoost and SHAP follow a tree by calling themselves once per level.
MOST_LEVELS = 512
# XGBoost keeps categories as 32-bit reals, which are exact below this.
MOST_CATEGORIES = 2**24
NO_PARENT = (-1, 2**31 - 1)
COUNT = re.compile(r"[0-9]{1,9}")
PER_NODE = ("left_children", "right_children", "parents", "split_indices", "default_left")
REALS_PER_NODE = ("split_conditions", "base_weights", "loss_changes", "sum_hessian")
BOOSTERS = {"gbtree", "dart"}


def check(words: Words) -> None:
    """Refuse a file whose trees point outside of themselves, or contradict its own counts.

    ``words`` is the whole file as plain objects. Raises DataRefused.
    """
    try:
        _check_learner(words["learner"])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise DataRefused(DAMAGED_MODEL) from error


def _hold(fact: object) -> None:
    if not fact:
        raise DataRefused(DAMAGED_MODEL)


def _check_learner(learner: Words) -> None:
    booster = learner["gradient_booster"]
    if booster["name"] not in BOOSTERS:
        raise DataRefused(OTHER_KIND, kind=f"XGBoost, {booster['name']}")
    model = booster["gbtree"]["model"] if booster["name"] == "dart" else booster["model"]
    if any(_count(tree["tree_param"].get("size_leaf_vector", "1")) > 1 for tree in model["trees"]):
        raise DataRefused(OTHER_KIND, kind="XGBoost, multi_output_tree")
    counts = learner["learner_model_param"]
    features, classes = _count(counts["num_feature"]), _count(counts["num_class"])
    groups = max(1, classes, _count(counts.get("num_target", "1")))
    for name in ("feature_names", "feature_types"):
        _hold(len(learner.get(name, ())) in {0, features})
    _hold(str(counts["base_score"]).count(",") + 1 in {1, groups})
    stated = learner["objective"].get("softmax_multiclass_param", {}).get("num_class", classes)
    _hold(_count(str(stated)) == classes)
    rounds = _check_rounds(model, groups)
    best = learner.get("attributes", {}).get("best_iteration")
    _hold(best is None or _count(best) < rounds)
    if booster["name"] == "dart":
        _hold(len(_reals(booster["weight_drop"])) == len(model["trees"]))
    for place, tree in enumerate(model["trees"]):
        _hold(tree["id"] == place)
        _check_tree(tree, features)
    _check_names(model.get("cats"), features)


def _check_rounds(model: Words, groups: int) -> int:
    """How many rounds there are; every tree belongs to one, and to one of the classes."""
    trees = len(model["trees"])
    settings = model["gbtree_model_param"]
    each = groups * max(1, _count(settings.get("num_parallel_tree", "1")))
    group_of = _wholes(model["tree_info"])
    _hold(trees == _count(settings["num_trees"]) == len(group_of))
    _hold(groups <= max(1, trees) and _within(group_of, 0, groups))
    if "iteration_indptr" not in model:  # written since XGBoost 2.0
        return trees // each
    starts = _wholes(model["iteration_indptr"])
    _hold(len(starts) and starts[0] == 0 and starts[-1] == trees and (np.diff(starts) >= 0).all())
    return len(starts) - 1


def _check_tree(tree: Words, features: int) -> None:
    settings = tree["tree_param"]
    nodes, width = _count(settings["num_nodes"]), _count(settings["num_feature"])
    wholes = {name: _wholes(tree[name]) for name in PER_NODE}
    _hold(nodes > 0 and width <= features)
    _hold(all(len(each) == nodes for each in wholes.values()))
    _hold(all(len(_reals(tree[name])) == nodes for name in REALS_PER_NODE))
    left, right, parents, splits, defaults = wholes.values()
    inner = left != -1
    _hold(np.array_equal(inner, right != -1))
    _hold(_within(splits[inner], 0, width) and _within(defaults, 0, 2))
    _check_branches(left, right, parents)
    _hold(_count(settings.get("num_deleted", "0")) < nodes)
    if "split_type" in tree:  # written since XGBoost 1.3
        _check_categories(tree, nodes)


def _check_branches(left: Counts, right: Counts, parents: Counts) -> None:
    """Every branching node is reached once from the root, and its children know it."""
    nodes = len(left)
    inner = np.flatnonzero(left != -1)
    children = np.concatenate([left[inner], right[inner]])
    _hold(_within(children, 1, nodes) and len(np.unique(children)) == len(children))
    _hold(parents[0] in NO_PARENT and np.array_equal(parents[children], np.tile(inner, 2)))
    _hold(_within(parents[~np.isin(parents, NO_PARENT)], 0, nodes))
    level, reached = np.zeros(1, dtype=np.int64), 0
    for _ in range(MOST_LEVELS):
        level = level[left[level] != -1]
        if not len(level):
            _hold(reached == len(inner))
            return
        reached += len(level)
        level = np.concatenate([left[level], right[level]])
    raise DataRefused(TOO_DEEP_MODEL)


def _check_categories(tree: Words, nodes: int) -> None:
    """Each node that splits by category has a stretch of its own in the list of categories."""
    kinds = _wholes(tree["split_type"])
    known = _wholes(tree["categories"])
    starts, sizes = _wholes(tree["categories_segments"]), _wholes(tree["categories_sizes"])
    _hold(len(kinds) == nodes and _within(kinds, 0, 2))
    _hold(np.array_equal(_wholes(tree["categories_nodes"]), np.flatnonzero(kinds)))
    _hold(len(starts) == len(sizes) == np.count_nonzero(kinds))
    _hold(_within(known, 0, MOST_CATEGORIES) and _within(sizes, 0, len(known) + 1))
    _hold(_within(starts, 0, len(known) + 1) and _within(starts + sizes, 0, len(known) + 1))


def _check_names(stored: Words | None, features: int) -> None:
    """The names of categories (since XGBoost 3.1): stretches that lie one after the other."""
    if stored is None:
        return
    lists, ends = stored["enc"], _wholes(stored["feature_segments"])
    order = _wholes(stored["sorted_idx"])
    if not lists:
        _hold(not len(order) and len(ends) in {0, features + 1} and not ends.any())
        return
    _hold(len(lists) == features and len(ends) == features + 1 and ends[0] == 0)
    sizes = np.diff(ends)
    _hold((sizes >= 0).all() and ends[-1] == len(order))
    for each, size, start in zip(lists, sizes, ends, strict=False):
        _hold(_names_in(each) == size)
        _hold(np.array_equal(np.sort(order[start : start + size]), np.arange(size)))


def _names_in(stored: Words) -> int:
    """How many names one column's list holds; texts lie in one row, cut at the offsets."""
    if "offsets" not in stored:
        return len(_reals(stored["values"]))
    cuts, letters = _wholes(stored["offsets"]), _wholes(stored["values"])
    _hold(_within(letters, -128, 128))
    if not len(cuts):
        _hold(not len(letters))
        return 0
    _hold(cuts[0] == 0 and cuts[-1] == len(letters) and (np.diff(cuts) >= 0).all())
    text = letters.astype(np.int8).tobytes()
    names = [text[start:end].decode() for start, end in pairwise(cuts)]
    return len(names)


def _within(values: Counts, least: int, end: int) -> bool:
    return bool(((values >= least) & (values < end)).all())


def _count(text: str) -> int:
    """A count; the file holds them as text."""
    _hold(COUNT.fullmatch(text))
    return int(text)


def _wholes(values: Any) -> Counts:
    """Whole numbers or truths as they stand in the file, and nothing that is cut to fit."""
    found = np.asarray(values)
    exact = found.dtype.kind in "bi" or found.dtype == np.uint8
    _hold(found.ndim == 1 and (exact or not len(found)))
    return found.astype(np.int64)


def _reals(values: Any) -> npt.NDArray[Any]:
    found = np.asarray(values)
    _hold(found.ndim == 1 and (found.dtype.kind in "bif" or not len(found)))
    return found
