"""Intervals of shares, means and pairs are those of the published tables and of scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from workbench.audit.measures import intervals

SHARES = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def of_pair(hits: int, of: int) -> tuple[np.ndarray, intervals.Ends]:
    share = np.array([hits / of])
    return share, intervals.wilson(share, of)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [  # Wilson's formula with z = 1.959964, worked out by hand
        (8, 10, 0.490162, 0.943318),
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        (50, 100, 0.403832, 0.596168),
    ],
)
def test_wilson_by_hand(hits: int, of: int, low: float, high: float) -> None:
    """The interval is Wilson's, and ends exactly at 0 and 1."""
    _, (lows, highs) = of_pair(hits, of)

    assert (lows[0], highs[0]) == pytest.approx((low, high), abs=1e-6)
    assert lows[0] != 0 or hits == 0
    assert highs[0] != 1 or hits == of


@given(SHARES)
def test_wilson_equals_scipy(pair: tuple[int, int]) -> None:
    """For all counts the interval is scipy's, and holds the share itself."""
    theirs = stats.binomtest(*pair).proportion_ci(method="wilson")

    share, (low, high) = of_pair(*pair)

    assert (low[0], high[0]) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert low[0] <= share[0] <= high[0]


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [  # Newcombe (1998), Interval estimation for the difference …, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    """Differences of two shares have the intervals that Newcombe published."""
    found = intervals.difference(*of_pair(*one), *of_pair(*other))

    assert (found[0][0], found[1][0]) == pytest.approx((low, high), abs=5e-5)


@given(SHARES, SHARES)
def test_any_two_shares(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Any interval stays in range, holds the value, and turns around with the pair."""
    first, second = of_pair(*one), of_pair(*other)
    value = first[0] - second[0]

    low, high = intervals.difference(*first, *second)
    back = intervals.difference(*second, *first)

    assert -1 - 1e-12 <= low[0] <= value[0] <= high[0] <= 1 + 1e-12
    assert (back[0][0], back[1][0]) == pytest.approx((-high[0], -low[0]))


@given(SHARES, SHARES)
def test_any_ratio(one: tuple[int, int], other: tuple[int, int]) -> None:
    """A ratio's interval says the same as that of the ratio the other way round."""
    first, second = of_pair(*one), of_pair(*other)

    low, high = intervals.ratio(*first, *second)

    if other[0] == 0:
        assert np.isnan([low[0], high[0]]).all()
        return
    ratio = (first[0] / second[0])[0]
    assert 0 <= low[0] <= ratio * (1 + 1e-9)
    assert high[0] >= ratio * (1 - 1e-9)
    if one[0]:
        back = intervals.ratio(*second, *first)
        assert (1 / back[1][0], 1 / back[0][0]) == pytest.approx((low[0], high[0]), rel=1e-6)
    else:
        assert low[0] == 0


def test_a_ratio_solves_its_equation() -> None:
    """At either end, the distance from no contrast equals both displacements together."""
    (one, ends), (other, others) = of_pair(30, 100), of_pair(60, 120)

    low, high = (end[0] for end in intervals.ratio(one, ends, other, others))

    for end, displaced in ((low, (ends[0], others[1])), (high, (ends[1], others[0]))):
        distance = (one - end * other)[0] ** 2
        moved = (one - displaced[0])[0] ** 2 + (end * (other - displaced[1])[0]) ** 2
        assert distance == pytest.approx(moved)


@given(st.lists(st.floats(-1000, 1000), min_size=2, max_size=50))
def test_a_mean_equals_scipy(numbers: list[float]) -> None:
    """The interval of a mean is scipy's t-interval."""
    mean, spread = np.array([np.mean(numbers)]), np.array([np.std(numbers, ddof=1)])

    low, high = intervals.mean_interval(mean, spread, np.array([float(len(numbers))]))

    half = stats.t.ppf(0.975, len(numbers) - 1) * spread[0] / len(numbers) ** 0.5
    assert (low[0], high[0]) == pytest.approx((mean[0] - half, mean[0] + half))


def test_one_person_has_no_interval() -> None:
    """The mean of one person could be anything."""
    low, high = intervals.mean_interval(np.array([3.0]), np.array([0.0]), np.array([1.0]))

    assert (low[0], high[0]) == (-np.inf, np.inf)
