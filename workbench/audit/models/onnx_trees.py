"""Tree ensembles in an ONNX graph as plain arrays, in the form that ``shap.TreeExplainer`` takes.

The operations TreeEnsembleClassifier and TreeEnsembleRegressor of ai.onnx.ml
(https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html) say where each node
leads, but not how many rows of training went there. So the rows of a background are sent down
the trees and counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
import pyarrow as pa
from scipy.special import expit, softmax

from workbench.audit.arrays import Counts, Flags, Reals
from workbench.audit.models.model import Scale, Trees

OPERATIONS = {"TreeEnsembleClassifier": "class", "TreeEnsembleRegressor": "target"}
# A node that none of the counted rows reaches still needs a share to be passed on.
HARDLY_ANYBODY = 1e-9
TOLERANCE = 1e-5

Matrix = Callable[[pa.Table], Reals]


@dataclass(frozen=True)
class Tree:
    """One tree, node by node; -1 instead of a child marks a leaf. ``values``: (nodes, outputs)."""

    left: Counts
    right: Counts
    missing: Counts
    features: Counts
    thresholds: Reals
    values: Reals

    def leaves(self, cells: Reals) -> Counts:
        """The leaf that each row ends in."""
        at = np.zeros(len(cells), dtype=np.int64)
        rows = np.arange(len(cells))
        while len(rows):
            here = at[rows]
            found = cells[rows, self.features[here]]
            down = np.where(found <= self.thresholds[here], self.left[here], self.right[here])
            at[rows] = np.where(np.isnan(found), self.missing[here], down)
            rows = rows[self.left[at[rows]] >= 0]
        return at

    def covers(self, cells: Reals) -> Reals:
        """How many of the rows pass each node."""
        counts = np.bincount(self.leaves(cells), minlength=len(self.left)).astype(float)
        counts[self.left < 0] += HARDLY_ANYBODY
        for node in self._children_first():
            if self.left[node] >= 0:
                counts[node] = counts[self.left[node]] + counts[self.right[node]]
        return counts

    def _children_first(self) -> list[int]:
        order, ahead = [], [0]
        while ahead:
            node = ahead.pop()
            order.append(node)
            if self.left[node] >= 0:
                ahead += [int(self.left[node]), int(self.right[node])]
        return order[::-1]


@dataclass(frozen=True)
class Ensemble:
    """The trees of a graph, what is added to their sum, and how it becomes the model's output."""

    trees: tuple[Tree, ...]
    base: Reals
    link: str

    def scores(self, cells: Reals) -> Reals:
        """The sum of all trees, per row and output."""
        rounded = _as_read(cells)
        found: Reals = self.base + sum(
            (tree.values[tree.leaves(rounded)] for tree in self.trees),
            np.zeros((len(cells), len(self.base))),
        )
        return found

    def repeats(self, cells: Reals, output: Reals) -> bool:
        """Whether these trees alone give the model's output (rows, classes) for the rows."""
        scores = self.scores(cells)
        if self.link == "LOGISTIC" and scores.shape[1] == 1:
            share = expit(scores[:, 0])
            made: Reals = np.column_stack([1 - share, share])
        elif self.link == "SOFTMAX":
            made = softmax(scores, axis=1)
        else:
            made = expit(scores) if self.link == "LOGISTIC" else scores
        size = max(1.0, float(np.abs(output).max(initial=0)))
        return made.shape == output.shape and bool(np.allclose(made, output, atol=TOLERANCE * size))

    def view(self, place: int, classes: int, matrix: Matrix, background: Reals) -> Trees:
        """The trees as far as they make the score for the class at ``place``."""
        single = len(self.base) == 1
        output = 0 if single else place
        sign = -1 if single and classes == 2 and place == 0 else 1
        plain: Scale = "probability" if classes else "prediction"
        scales: dict[str, Scale] = {"LOGISTIC": "log-odds", "SOFTMAX": "score"}
        return Trees(
            score=lambda table: sign * self.scores(matrix(table))[:, output],
            scale=scales.get(self.link, plain),
            source=self._for_shap(_as_read(background)),
            output=output,
            sign=sign,
            counted="",
        )

    def _for_shap(self, background: Reals) -> dict[str, Any]:
        trees = [
            {
                "children_left": tree.left,
                "children_right": tree.right,
                "children_default": tree.missing,
                "features": tree.features,
                "thresholds": tree.thresholds,
                "values": tree.values,
                "node_sample_weight": tree.covers(background),
            }
            for tree in self.trees
        ]
        return {"trees": trees, "base_offset": self.base, "input_dtype": np.float32}


def ensemble(stored: onnx.ModelProto) -> Ensemble | None:
    """The graph's trees; None when it has none, several of them, or uses a rare kind of split."""
    nodes = [node for node in stored.graph.node if node.op_type in OPERATIONS]
    if len(nodes) != 1:
        return None
    given = {each.name: onnx.helper.get_attribute_value(each) for each in nodes[0].attribute}
    link = given.get("post_transform", b"NONE").decode()
    modes = set(given.get("nodes_modes", [])) - {b"LEAF"}
    plain = given.get("aggregate_function", b"SUM") == b"SUM"
    if not plain or not modes <= {b"BRANCH_LEQ", b"BRANCH_LT"} or link not in LINKS:
        return None
    return _read(given, OPERATIONS[nodes[0].op_type], link)


LINKS = ("NONE", "LOGISTIC", "SOFTMAX")


def _read(given: Mapping[str, Any], word: str, link: str) -> Ensemble:
    ids = np.asarray(given[f"{word}_ids"], dtype=np.int64)
    columns = 1 if len(set(ids)) == 1 else int(ids.max()) + 1
    places = np.zeros_like(ids) if columns == 1 else ids
    owners = np.asarray(given["nodes_treeids"])
    leaf_owners = np.asarray(given[f"{word}_treeids"])
    weights = np.asarray(given[f"{word}_weights"], dtype=float)
    leaf_nodes = np.asarray(given[f"{word}_nodeids"])
    trees = []
    for tree in dict.fromkeys(owners.tolist()):
        mine, leaves = owners == tree, leaf_owners == tree
        trees.append(_tree(given, mine, columns, (leaf_nodes[leaves], places[leaves]),
                           weights[leaves]))  # fmt: skip
    base = np.zeros(columns)
    stated = np.asarray(given.get("base_values", []), dtype=float)
    if len(stated):
        base = stated[-columns:]
    made = Ensemble(tuple(trees), base, link)
    two = word == "class" and columns == 1 and link == "NONE"
    return _both_classes(made) if two else made


def _tree(
    given: Mapping[str, Any],
    mine: Flags,
    columns: int,
    leaves: tuple[Counts, Counts],
    weights: Reals,
) -> Tree:
    def part(name: str) -> Any:
        return np.asarray(given[name])[mine]

    place_of = {int(node): place for place, node in enumerate(part("nodes_nodeids"))}
    branch = part("nodes_modes") != b"LEAF"

    def children(name: str) -> Counts:
        to = [place_of[int(node)] if inner else -1 for node, inner in zip(part(name), branch,
                                                                          strict=True)]  # fmt: skip
        return np.asarray(to, dtype=np.int64)

    left, right = children("nodes_truenodeids"), children("nodes_falsenodeids")
    tracks = given.get("nodes_missing_value_tracks_true")
    to_left = part("nodes_missing_value_tracks_true") == 1 if tracks else np.zeros(len(left), bool)
    thresholds = part("nodes_values").astype(np.float32)
    # "Less than" on numbers of single precision is "at most" the next smaller one.
    below = np.nextafter(thresholds, np.float32(-np.inf))
    strict = part("nodes_modes") == b"BRANCH_LT"
    values = np.zeros((len(left), columns))
    ends = np.array([place_of[int(node)] for node in leaves[0]], dtype=np.int64)
    np.add.at(values, (ends, leaves[1]), weights)
    return Tree(
        left=left,
        right=right,
        missing=np.where(to_left, left, right),
        features=part("nodes_featureids").astype(np.int64),
        thresholds=np.where(strict, below, thresholds).astype(float),
        values=values,
    )


def _both_classes(one: Ensemble) -> Ensemble:
    """A share of the second class only, made into shares of both."""
    part = 1 / len(one.trees)
    trees = []
    for tree in one.trees:
        second = tree.values[:, 0]
        first = np.where(tree.left < 0, part - second, 0.0)
        trees.append(Tree(tree.left, tree.right, tree.missing, tree.features, tree.thresholds,
                          np.column_stack([first, second])))  # fmt: skip
    return Ensemble(tuple(trees), np.array([-one.base[0], one.base[0]]), one.link)


def _as_read(cells: Reals) -> Reals:
    """The numbers as the runtime reads them: in single precision."""
    return cells.astype(np.float32).astype(float)
