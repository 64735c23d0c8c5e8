"""Exact Shapley values of tree ensembles, many rows at once and in double precision.

A tree whose branches are weighed by how many rows of training took them (the path-dependent game
of TreeSHAP, Lundberg et al. 2020, https://doi.org/10.1038/s42256-019-0138-9) is a sum over its
leaves. Take a leaf of value w with k different features on its path. For feature j let z_j be the
share of rows that its branches pass on towards the leaf, and o_j whether the explained row takes
these branches (1 or 0). Then the Shapley value of feature i at this leaf is

    w (o_i - z_i) ∫_0^1 ∏_{j≠i} (t o_j + (1 - t) z_j) dt

(Owen's multilinear extension, 1972). The integrand is a polynomial of degree k - 1 in t, so
Gauss-Legendre quadrature with ⌈k/2⌉ points gives the integral exactly. It depends on the row only
through the pattern (o_1 … o_k), so one table of 2^k numbers per leaf and feature serves all rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.audit.arrays import Flags, Reals

Patterns = npt.NDArray[np.uint64]

# Up to here a table of all patterns is cheaper than finding out which ones occur.
TABLE_FEATURES = 12
CATEGORIES = 64  # more do not fit into the number that holds them
SELDOM = 20  # how much dearer a leaf beyond that is, per row
# A branch that nobody took still divides; as a share this is nothing.
NOBODY = 1e-150


@dataclass(frozen=True)
class Tree:
    """One tree for one output, node by node; -1 instead of a left child marks a leaf.

    At most ``thresholds`` goes left; where ``by_category``, the numbers c go left whose 2^c are in
    the sum that is twice the threshold (so shap writes it).
    """

    left: Any
    right: Any
    missing: Any
    features: Any
    thresholds: Reals
    by_category: Any
    values: Reals
    covers: Reals

    def taken(self, node: int, column: Reals) -> Flags:
        """Whether each row goes left at the node; a missing value goes its own way."""
        if self.by_category[node]:
            chosen = int(2 * self.thresholds[node])
            going = np.array([chosen >> number & 1 for number in range(CATEGORIES)], dtype=bool)
            known = (column >= 0) & (column < CATEGORIES)
            found: Flags = known & going[np.where(known, column, 0).astype(int)]
            return found
        right: Flags = column > self.thresholds[node]
        if self.missing[node] == self.left[node]:
            return ~right
        left: Flags = column <= self.thresholds[node]
        return left


@dataclass(frozen=True)
class Forest:
    """Trees whose sum makes the score, but for a constant; they read numbers of ``precision``."""

    trees: tuple[Tree, ...]
    precision: Any

    @property
    def work(self) -> int:
        """What explaining one row costs, in readings of a table."""
        sizes = (len(features) for tree in self.trees for features in _leaf_features(tree))
        return sum(size if size <= TABLE_FEATURES else SELDOM * size for size in sizes)


def shapley(forest: Forest, cells: Reals) -> Reals:
    """The Shapley values (row, feature) of the trees' sum.

    With the mean of that sum over the rows counted in the trees, they add up to the sum.
    """
    columns = np.ascontiguousarray(cells.astype(forest.precision).astype(float).T)
    values = np.zeros_like(columns)
    for tree in forest.trees:
        _add_tree(tree, columns, values)
    return np.ascontiguousarray(values.T)


@dataclass(frozen=True)
class _Way:
    """The way to a node: its features, the share z of each, and the pattern of every row."""

    node: int
    features: tuple[int, ...]
    shares: Reals
    patterns: Patterns


def _add_tree(tree: Tree, columns: Reals, values: Reals) -> None:
    none = np.zeros(columns.shape[1], dtype=np.uint64)
    ahead = [_Way(0, (), np.zeros(0), none)]
    while ahead:
        way = ahead.pop()
        if tree.left[way.node] < 0:
            if way.features:
                _add(values, way, float(tree.values[way.node]))
            continue
        left, right, halves = _children(tree, way, columns)
        leaves = tree.left[left.node] < 0 and tree.left[right.node] < 0
        if leaves and halves and len(left.features) <= TABLE_FEATURES:
            _add_pair(values, left, right, tree)
        else:
            ahead += [left, right]


def _children(tree: Tree, way: _Way, columns: Reals) -> tuple[_Way, _Way, bool]:
    """The ways to both children, and whether their patterns differ in the last feature only."""
    node, feature = way.node, int(tree.features[way.node])
    children = int(tree.left[node]), int(tree.right[node])
    goes_left = tree.taken(node, columns[feature])
    new = feature not in way.features
    features = (*way.features, feature) if new else way.features
    shares = np.append(way.shares, 1.0) if new else way.shares
    place = features.index(feature)
    bit = np.uint64(1 << place)
    if new:
        to_left = way.patterns | np.where(goes_left, bit, np.uint64(0))
        patterns = to_left, to_left ^ bit
    else:
        without = way.patterns & ~bit
        patterns = (
            np.where(goes_left, way.patterns, without),
            np.where(goes_left, without, way.patterns),
        )
    made = []
    for child, pattern in zip(children, patterns, strict=True):
        passed = shares.copy()
        passed[place] = max(passed[place] * _share(tree, node, child), NOBODY)
        made.append(_Way(child, features, passed, pattern))
    return made[0], made[1], new


def _share(tree: Tree, node: int, child: int) -> float:
    """The share of the node's rows that go on to the child."""
    whole = tree.covers[node]
    return float(tree.covers[child] / whole) if whole > 0 else 1 / 2


def _add(values: Reals, way: _Way, leaf_value: float) -> None:
    count = len(way.features)
    if count <= TABLE_FEATURES:
        table, places = _table(way.shares, leaf_value, _all_patterns(count)), way.patterns
    else:
        occurring, found = np.unique(way.patterns, return_inverse=True)
        bits = np.arange(count, dtype=np.uint64)[:, None]
        on = (occurring[None, :] >> bits & np.uint64(1)).astype(bool)
        table, places = _table(way.shares, leaf_value, on), found.astype(np.uint64)
    for feature, column in zip(way.features, table, strict=True):
        values[feature] += column.take(places)


def _add_pair(values: Reals, left: _Way, right: _Way, tree: Tree) -> None:
    """Two leaves of one node at once: what is on for one of them is off for the other."""
    count = len(left.features)
    patterns = _all_patterns(count)
    table = _table(left.shares, float(tree.values[left.node]), patterns)
    other = _table(right.shares, float(tree.values[right.node]), patterns)
    halves = other.reshape(count, 2, -1)  # the last feature is the highest bit
    table = table + halves[:, ::-1].reshape(count, -1)
    for feature, column in zip(left.features, table, strict=True):
        values[feature] += column.take(left.patterns)


def _table(shares: Reals, leaf_value: float, on: Flags) -> Reals:
    """The values (feature, pattern) of a leaf; ``on`` (feature, pattern) holds the o_j."""
    at, weights = _quadrature(len(shares))
    taken = at + (1 - at) * shares[:, None]  # (feature, point): o_j = 1
    passed = (1 - at) * shares[:, None]  # o_j = 0
    whole = np.ones((len(at), on.shape[1]))
    for place, flags in enumerate(on):
        whole *= np.where(flags, taken[place][:, None], passed[place][:, None])
    if_on = (weights / taken * (leaf_value * (1 - shares))[:, None]) @ whole
    if_off = (weights / passed * (-leaf_value * shares)[:, None]) @ whole
    return np.where(on, if_on, if_off)


@cache
def _all_patterns(count: int) -> Flags:
    """Every pattern of so many features (feature, pattern), the first feature as lowest bit."""
    return (np.arange(2**count)[None, :] >> np.arange(count)[:, None] & 1).astype(bool)


@cache
def _quadrature(count: int) -> tuple[Reals, Reals]:
    """Points in 0 to 1 and weights, exact for polynomials of degree ``count`` - 1."""
    points, weights = np.polynomial.legendre.leggauss((count + 1) // 2)
    return (points + 1) / 2, weights / 2


def _leaf_features(tree: Tree) -> Iterator[frozenset[int]]:
    """The features on the way to each leaf."""
    ahead = [(0, frozenset[int]())]
    while ahead:
        node, features = ahead.pop()
        if tree.left[node] < 0:
            yield features
            continue
        here = features | {int(tree.features[node])}
        ahead += [(int(tree.left[node]), here), (int(tree.right[node]), here)]
