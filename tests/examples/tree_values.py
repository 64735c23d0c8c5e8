"""What trees are worth when only some features are known: straight from the models' own dumps."""

import json
from typing import Any

import lightgbm
import xgboost


def of_lightgbm(booster: lightgbm.Booster) -> list[Any]:
    """The trees of a LightGBM model as nested dictionaries with numeric splits."""

    def node(given: dict[str, Any]) -> dict[str, Any]:
        if "leaf_value" in given:
            return {"value": given["leaf_value"], "cover": given.get("leaf_count", 1)}
        return {
            "feature": given["split_feature"],
            "left_if": lambda x, at=given["threshold"]: x <= at,
            "left": node(given["left_child"]),
            "right": node(given["right_child"]),
            "cover": given["internal_count"],
        }

    return [node(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def of_xgboost(booster: xgboost.Booster) -> list[Any]:
    """The same of an XGBoost model; covers are sums of second derivatives."""
    names = booster.feature_names or []

    def node(given: dict[str, Any]) -> dict[str, Any]:
        if "leaf" in given:
            return {"value": given["leaf"], "cover": given["cover"]}
        children = {child["nodeid"]: child for child in given["children"]}
        return {
            "feature": names.index(given["split"]),
            "left_if": lambda x, at=given["split_condition"]: x < at,
            "left": node(children[given["yes"]]),
            "right": node(children[given["no"]]),
            "cover": given["cover"],
        }

    return [
        node(json.loads(tree)) for tree in booster.get_dump(with_stats=True, dump_format="json")
    ]


def of_sklearn(trees: list[Any], place: int, scale: float) -> list[Any]:
    """The same of scikit-learn's trees, for one output, times ``scale``."""

    def node(tree: Any, number: int) -> dict[str, Any]:
        cover = tree.weighted_n_node_samples[number]
        if tree.children_left[number] < 0:
            return {"value": scale * tree.value[number][0][place], "cover": cover}
        return {
            "feature": tree.feature[number],
            "left_if": lambda x, at=tree.threshold[number]: x <= at,
            "left": node(tree, tree.children_left[number]),
            "right": node(tree, tree.children_right[number]),
            "cover": cover,
        }

    return [node(tree.tree_, 0) for tree in trees]


def worth(node: dict[str, Any], row: Any, known: frozenset[int]) -> float:
    """What a tree says when only the ``known`` features are: the mean over its training rows."""
    if "value" in node:
        return float(node["value"])
    if node["feature"] in known:
        side = "left" if node["left_if"](row[node["feature"]]) else "right"
        return worth(node[side], row, known)
    left, right = node["left"], node["right"]
    share = left["cover"] / (left["cover"] + right["cover"])
    return float(share * worth(left, row, known) + (1 - share) * worth(right, row, known))
