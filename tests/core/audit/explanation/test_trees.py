"""The closed form is the Shapley value of any tree, whatever its shape."""

from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples.coalitions import counted_out
from workbench.audit.explanation import trees
from workbench.audit.explanation.trees import Forest, Tree, shapley

FEATURES = 4
Grown = tuple[int, float, Any, Any] | float

leaf = st.floats(-10, 10, allow_subnormal=False)
grown: st.SearchStrategy[Grown] = st.recursive(
    leaf,
    lambda below: st.tuples(
        st.integers(0, FEATURES - 1), st.sampled_from([-1.0, 0.0, 1.0]), below, below
    ),
    max_leaves=12,
)
cells = st.lists(
    st.lists(st.sampled_from([-2.0, -0.5, 0.5, 2.0, np.nan]), min_size=FEATURES, max_size=FEATURES),
    min_size=1,
    max_size=3,
)


def planted(root: Grown, covers: list[int]) -> Tree:
    """The tree as arrays; each leaf gets the next number of rows (some get none)."""
    parts: dict[str, list[Any]] = {
        name: [] for name in ("left", "right", "features", "thresholds", "values", "covers")
    }

    def add(node: Grown) -> int:
        place = len(parts["left"])
        for part in parts.values():
            part.append(-1)
        parts["thresholds"][place] = 0.0
        if not isinstance(node, tuple):
            parts["values"][place] = node
            parts["covers"][place] = covers[place % len(covers)]
            return place
        parts["features"][place], parts["thresholds"][place] = node[0], node[1]
        parts["values"][place] = 0.0
        for side, child in zip(("left", "right"), node[2:], strict=True):
            parts[side][place] = add(child)
        parts["covers"][place] = sum(
            parts["covers"][parts[side][place]] for side in ("left", "right")
        )
        return place

    add(root)
    return Tree(
        left=parts["left"],
        right=parts["right"],
        missing=parts["left"],
        features=parts["features"],
        thresholds=np.array(parts["thresholds"]),
        by_category=[False] * len(parts["left"]),
        values=np.array(parts["values"]),
        covers=np.array(parts["covers"], dtype=float),
    )


def worth(tree: Tree, node: int, row: list[float], known: frozenset[int]) -> float:
    if tree.left[node] < 0:
        return float(tree.values[node])
    sides = tree.left[node], tree.right[node]
    if tree.features[node] in known:
        goes_right = row[tree.features[node]] > tree.thresholds[node]  # a missing value does not
        return worth(tree, sides[int(goes_right)], row, known)
    whole = tree.covers[node]
    shares = [tree.covers[side] / whole if whole else 0.5 for side in sides]
    return sum(
        share * worth(tree, side, row, known) for share, side in zip(shares, sides, strict=True)
    )


@settings(max_examples=150, deadline=None)
@given(grown, cells, st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_any_tree(root: Grown, given_rows: list[list[float]], covers: list[int]) -> None:
    """Values equal the counted-out ones, for repeated features, empty branches, missing values."""
    tree = planted(root, covers)

    found = shapley(Forest((tree,), np.float64), np.array(given_rows))

    for row, values in zip(given_rows, found, strict=True):
        expected = counted_out(partial(worth, tree, 0, row), FEATURES)
        assert values == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("depth", [3, 8])
def test_deep_ways_need_no_table(monkeypatch: pytest.MonkeyPatch, depth: int) -> None:
    """With more features than a table holds, only occurring patterns are computed: no change."""
    draw = np.random.default_rng(1)

    def grow(level: int) -> Grown:
        if level == depth:
            return float(draw.normal())
        return int(draw.integers(0, 8)), float(draw.normal()), grow(level + 1), grow(level + 1)

    forest = Forest((planted(grow(0), [3, 1, 7, 2]),), np.float64)
    rows = draw.normal(size=(50, 8))
    with_tables = shapley(forest, rows)
    monkeypatch.setattr(trees, "TABLE_FEATURES", 1)

    assert shapley(forest, rows) == pytest.approx(with_tables, abs=1e-12)
