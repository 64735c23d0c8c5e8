"""A sum has one value only if no other whole counts from 0 on fit what is known."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.audit.suppression.bounds import NoSuchCounts, Sum, only_values

MOST = 4  # no count of the small examples is larger


def at(*places: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.array(places, dtype=np.intp)


def test_what_is_left_for_others() -> None:
    """By hand: x + y = 3 and y + z = 0 leave x = 3; of x + y = 3 alone, nothing follows."""
    both = [Sum(at(0, 1), 3), Sum(at(1, 2), 0)]

    assert only_values(3, both, [at(0), at(1), at(0, 2)]) == {0: 3, 1: 0, 2: 3}
    assert only_values(3, both[:1], [at(0), at(1), at(0, 1)]) == {2: 3}


def test_nobody_is_counted_by_halves() -> None:
    """Three people in pairs that share nobody: each pair of three holds one of them or none."""
    # x + y = 1, y + z = 1 and x + z = 1 would fit 1/2 each, and no whole numbers.
    pairs = [Sum(at(0, 1), 1), Sum(at(1, 2), 1), Sum(at(0, 2), 1)]

    with pytest.raises(NoSuchCounts):
        only_values(3, pairs, [at(0)])


def test_no_counts_fit() -> None:
    """A part that is larger than the whole is no possible count."""
    with pytest.raises(NoSuchCounts):
        only_values(2, [Sum(at(0, 1), 3), Sum(at(0), 4)], [at(1)])


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[int], list[list[int]], list[list[int]]]:
    """Four counts, up to four known sums of them, and what is asked."""
    counts = draw(st.lists(st.integers(0, MOST), min_size=4, max_size=4))
    some = st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True)
    return counts, draw(st.lists(some, max_size=4)), draw(st.lists(some, min_size=1, max_size=4))


@settings(max_examples=60, deadline=None)
@given(systems())
def test_counted_out(system: tuple[list[int], list[list[int]], list[list[int]]]) -> None:
    """For any small system: the same as trying out all counts there can be."""
    counts, sums, asked = system
    # The sum of all keeps the number of possible counts finite.
    known = [[0, 1, 2, 3], *sums]
    possible = [
        tried
        for tried in product(range(sum(counts) + 1), repeat=4)
        if all(sum(tried[i] for i in each) == sum(counts[i] for i in each) for each in known)
    ]
    expected = {
        number: sum(counts[i] for i in each)
        for number, each in enumerate(asked)
        if len({sum(tried[i] for i in each) for tried in possible}) == 1
    }

    rules = [Sum(at(*each), sum(counts[i] for i in each)) for each in known]

    assert only_values(4, rules, [at(*each) for each in asked]) == expected
