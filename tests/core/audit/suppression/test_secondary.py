"""No small group can be computed back from what is published."""

import time
from collections import Counter
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.audit.suppression.secondary import Key, Sized, hidden_keys

MINIMUM = 10


def of_one(**sizes: int) -> dict[Key, Sized]:
    return {("a", name): Sized(n, {"a": name}) for name, n in sizes.items()}


def of_two(cells: dict[tuple[str, str], int]) -> dict[Key, Sized]:
    """The groups of two attributes and of their combinations; empty combinations are left out."""
    found: dict[Key, Sized] = {}
    for place, name in enumerate("ab"):
        for value in sorted({cell[place] for cell in cells}):
            n = sum(people for cell, people in cells.items() if cell[place] == value)
            found[name, value] = Sized(n, {name: value})
    for (x, y), people in cells.items():
        found["a & b", f"{x} & {y}"] = Sized(people, {"a": x, "b": y})
    return found


@pytest.mark.parametrize(
    ("groups", "hidden"),
    [
        (of_one(x=100, y=200), set()),
        (of_one(x=5, y=200), {"x", "y"}),
        (of_one(x=5, y=200, z=50), {"x", "z"}),
        (of_one(x=3, y=4, z=50, w=90), {"x", "y", "z"}),  # 3 + 4 would still be under 10
        (of_one(x=6, y=7, z=50, w=90), {"x", "y"}),
        (of_one(x=2, y=3), {"x", "y"}),
    ],
)
def test_one_attribute(groups: dict[Key, Sized], hidden: set[str]) -> None:
    """A small group takes the next smallest with it, until the hidden rest is large enough."""
    assert {value for _, value in hidden_keys(groups, MINIMUM)} == hidden


def test_intersections_of_a_hidden_group() -> None:
    """Whatever is combined with a hidden group is hidden, however large."""
    sizes = {"x": 4, "y": 20, "z": 99}
    groups = of_two({(a, b): n for a, n in sizes.items() for b in "kl"})

    hidden = hidden_keys(groups, MINIMUM)

    assert {("a", "x"), ("a", "y"), ("a & b", "y & k"), ("a & b", "y & l")} <= hidden


def test_a_small_cell_between_large_groups() -> None:
    """One small combination needs three others: in its row, its column, and across."""
    groups = of_two(
        {
            ("x", "k"): 4,
            ("x", "l"): 50,
            ("x", "m"): 60,
            ("y", "k"): 70,
            ("y", "l"): 80,
            ("y", "m"): 90,
            ("z", "k"): 91,
            ("z", "l"): 92,
            ("z", "m"): 93,
        }
    )

    hidden = hidden_keys(groups, MINIMUM)

    assert {value for _, value in hidden} == {"x & k", "x & l", "y & k", "y & l"}


def known_sums(groups: dict[Key, Sized]) -> list[dict[Key, int]]:
    """Every sum that a reader knows: groups of one attribute, and a group's own combinations."""
    single = [key for key, group in groups.items() if len(group.parts) == 1]
    totals = [{key: 1 for key in single if key[0] == name} for name in "ab"]
    rows = [
        {
            other: 1
            for other, group in groups.items()
            if len(group.parts) > 1 and key in group.parts.items()
        }
        | {key: -1}
        for key in single
    ]
    return [*totals, *(row for row in rows if len(row) > 1)]


def determined(groups: dict[Key, Sized], hidden: frozenset[Key]) -> set[Key]:
    """Which hidden counts follow from the shown ones, by the null space of all known sums."""
    unknown = sorted(hidden)
    matrix = np.array([[row.get(key, 0) for key in unknown] for row in known_sums(groups)])
    _, sizes, space = np.linalg.svd(matrix.astype(float))
    free = space[(sizes > 1e-9).sum() :]
    return {key for place, key in enumerate(unknown) if np.allclose(free[:, place], 0)}


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("vwxyz"), st.sampled_from("klmn")),
        st.integers(1, 60),
        min_size=4,
    )
)
def test_nothing_can_be_computed_back(cells: dict[tuple[str, str], int]) -> None:
    """For any table: what is hidden stays unknown, and no hidden rest is a small group."""
    groups = of_two(cells)
    hidden = hidden_keys(groups, MINIMUM)

    assert all(group.n >= MINIMUM or key in hidden for key, group in groups.items())
    assert all(
        key in hidden for key, group in groups.items() if not hidden.isdisjoint(group.parts.items())
    )
    if len(hidden) < len(groups):
        assert determined(groups, hidden) == set()
        for name in "ab":
            rest = [groups[key].n for key in hidden if key[0] == name]
            assert not rest or (len(rest) > 1 and sum(rest) >= MINIMUM)


def test_the_check_can_fail() -> None:
    """The twin: hiding only the small group of one attribute leaves it determined."""
    groups = of_one(x=5, y=200, z=50)

    assert determined(groups, frozenset({("a", "x")})) == {("a", "x")}


def of_many(people: list[tuple[str, ...]]) -> dict[Key, Sized]:
    """All groups of all combinations of the people's attributes a, b, c, …"""
    found: dict[Key, Sized] = {}
    attributes = "abcdef"[: len(people[0])]
    for depth in range(1, len(attributes) + 1):
        for places in combinations(range(len(attributes)), depth):
            for values, n in Counter(tuple(one[at] for at in places) for one in people).items():
                parts = {attributes[at]: value for at, value in zip(places, values, strict=True)}
                found[" & ".join(parts), " & ".join(values)] = Sized(n, parts)
    return found


def known_of_many(groups: dict[Key, Sized], hidden: frozenset[Key]) -> set[Key]:
    """Which hidden counts follow, by the null space of what the finest combinations add up to."""
    finest = max(len(group.parts) for group in groups.values())
    cells = [group.parts.items() for group in groups.values() if len(group.parts) == finest]
    consists = {
        key: np.array([group.parts.items() <= cell for cell in cells], dtype=float)
        for key, group in groups.items()
    }
    shown = [np.ones(len(cells)), *(row for key, row in consists.items() if key not in hidden)]
    _, sizes, space = np.linalg.svd(np.array(shown))
    free = space[(sizes > 1e-9).sum() :]
    return {key for key in hidden if np.allclose(free @ consists[key], 0, atol=1e-9)}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.sampled_from("klm"), st.sampled_from("rs")),
        min_size=30,
        max_size=400,
    )
)
def test_three_attributes(people: list[tuple[str, ...]]) -> None:
    """Of three attributes too, with all their combinations, nothing hidden follows."""
    groups = of_many(people)
    hidden = hidden_keys(groups, MINIMUM)

    assert all(group.n >= MINIMUM or key in hidden for key, group in groups.items())
    if len(hidden) < len(groups):
        assert known_of_many(groups, hidden) == set()


def test_the_check_of_three_attributes_can_fail() -> None:
    """The twin: with only the small combination hidden, it follows."""
    people: list[tuple[str, ...]] = [("x", "k", "r")] * 5
    people += [("x", "k", "s")] * 50 + [("y", "l", "r")] * 50
    groups = of_many(people)

    assert known_of_many(groups, frozenset({("a & b & c", "x & k & r")}))


def test_two_thousand_groups() -> None:
    """Two thousand groups of four attributes take no more than a few seconds."""
    random = Random(1)
    values = [["abcdef"[int(6 * random.random() ** 1.5)] for _ in range(4)] for _ in range(20_000)]
    groups = of_many([tuple(one) for one in values])
    begun = time.perf_counter()

    hidden = hidden_keys(groups, MINIMUM)

    assert len(groups) > 2_000
    assert 300 < len(hidden) < len(groups)
    assert time.perf_counter() - begun < 10
