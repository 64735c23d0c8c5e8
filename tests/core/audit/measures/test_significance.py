"""Probabilities are those of scipy, and by drawing where scipy's formula does not hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.examples.frames import PLAN, frame_from, frame_of
from workbench.audit.measures.estimates import estimated
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.significance import homogeneity, table_probability, welch

SEED = [1, 2]


def probability(frame: Frame, *metrics: str) -> float:
    found = homogeneity(
        [estimated(name, frame) for name in metrics], range(len(frame.keys)), frame, PLAN
    )
    assert found is not None
    return found


@given(st.lists(st.tuples(st.integers(60, 500), st.integers(60, 500)), min_size=2, max_size=6))
def test_many_people(table: list[tuple[int, int]]) -> None:
    """With many people it is the chi-square test, without Yates' correction."""
    expected = stats.chi2_contingency(table, correction=False).pvalue

    assert table_probability(np.array(table, float), SEED) == pytest.approx(expected, abs=1e-12)


def test_two_small_groups() -> None:
    """With few people in two groups it is Fisher's exact test: tea first, four cups each."""
    table = np.array([[3.0, 1.0], [1.0, 3.0]])

    assert table_probability(table, SEED) == pytest.approx(34 / 70)


def test_several_small_groups() -> None:
    """With few people in several groups, drawn tables come close to the exact probability."""
    table = np.array([[4.0, 1.0], [1.0, 4.0], [0.0, 5.0]])
    # All 15 people in a row, any 5 of them the favourable ones: every table with its probability.
    ways = {
        (one, two): float(stats.multivariate_hypergeom.pmf([one, two, 5 - one - two], [5, 5, 5], 5))
        for one in range(6)
        for two in range(6 - one)
    }
    apart = {cell: sum((hits - 5 / 3) ** 2 for hits in (*cell, 5 - sum(cell))) for cell in ways}
    exact = sum(chance for cell, chance in ways.items() if apart[cell] >= apart[4, 1] - 1e-9)

    found = table_probability(table, SEED)

    assert found == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 9999) ** 0.5)
    assert table_probability(table, SEED) == found


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-9, 9), min_size=3, max_size=20), min_size=2, max_size=5))
@pytest.mark.filterwarnings("ignore")
def test_means_equal_scipy(groups: list[list[float]]) -> None:
    """Means are compared by Welch's analysis of variance, as scipy does from the rows."""
    spread = np.array([np.std(group, ddof=1) for group in groups])
    found = welch(
        np.array([np.mean(group) for group in groups]), spread, np.array([*map(len, groups)], float)
    )

    if spread.min() < 1e-6:
        return
    assert found == pytest.approx(stats.f_oneway(*groups, equal_var=False).pvalue, rel=1e-6)


def test_means_without_spread() -> None:
    """Where a group's numbers do not vary, no probability is stated."""
    nothing = np.array([0.0, 1.0])

    assert welch(np.array([1.0, 2.0]), nothing, np.array([9.0, 9.0])) is None


def test_several_metrics() -> None:
    """Of two metrics counts the smaller probability, times two."""
    frame = frame_of({"a": (30, 20, 20, 30), "b": (20, 20, 30, 30)})
    one, other = (probability(frame, name) for name in ("true_positive_rate", "precision"))

    assert probability(frame, "true_positive_rate", "precision") == 2 * min(one, other)


def test_weights_count_for_less() -> None:
    """Weights that differ make the same shares less significant."""
    rows = [(group, 1, said) for group, many in (("a", 30), ("b", 20)) for said in [1] * many]
    rows += [(group, 1, said) for group, many in (("a", 20), ("b", 30)) for said in [0] * many]
    groups, true, said = (list(column) for column in zip(*rows, strict=True))
    weights = [1.0, 3.0] * 50

    plain = probability(frame_from(groups, true, said), "true_positive_rate")
    weighted = probability(frame_from(groups, true, said, weights), "true_positive_rate")

    # (1 + 3)² / (1² + 3²) = 1.6 people are worth as much as 2 equal ones.
    statistic = stats.chi2.isf(plain, 1) * 0.8
    assert weighted == pytest.approx(stats.chi2.sf(statistic, 1))


def test_nobody_differs() -> None:
    """Where everybody has the same, nothing differs."""
    assert probability(frame_of({"a": (9, 0, 0, 0), "b": (9, 0, 0, 0)}), "accuracy") == 1


@pytest.mark.parametrize("swap", [False, True])
def test_few_beside_very_many(*, swap: bool) -> None:
    """With few people beside 10^12, a binomial test takes the place of Fisher's, which it nears."""
    table = np.array([[2.0, 8.0], [10**12, 10**12]])
    other = np.array([[2.0, 8.0], [6e5, 6e5]])

    assert table_probability(table.T if swap else table, SEED) == pytest.approx(112 / 1024)
    fisher = stats.fisher_exact(other.astype(int)).pvalue
    assert table_probability(other, SEED) == pytest.approx(fisher, rel=3e-3)


def test_several_beside_very_many() -> None:
    """More groups are each tested against all the others; the rarest one decides."""
    table = np.array([[2.0, 8.0], [10**12, 10**12], [10**12, 10**12]])

    assert table_probability(table, SEED) == pytest.approx(3 * 112 / 1024)
    assert table_probability(np.array([[0, 20], *table[1:]]), SEED) < 1e-4
