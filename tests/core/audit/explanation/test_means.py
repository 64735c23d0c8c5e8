"""Weighted means and their distance: against other libraries, a hand-made case and a simulation."""

import numpy as np
import pytest
from scipy.stats import ttest_ind

from workbench.audit.explanation.means import apart, mean


def test_by_hand() -> None:
    """Weights 1 and 3 of the values 0 and 4: 3."""
    assert mean(np.array([[0.0], [4.0]]), np.array([1.0, 3.0])).tolist() == [3.0]


def test_without_weights() -> None:
    """The same standard error as Welch's test by SciPy has."""
    draw = np.random.default_rng(1)
    here, there = draw.normal(1, 2, (400, 1)), draw.normal(0, 1, (900, 1))

    (found,) = apart((here, np.ones(400)), (there, np.ones(900)))

    tested = ttest_ind(here[:, 0], there[:, 0], equal_var=False)
    assert found.value == pytest.approx(here.mean() - there.mean())
    error = found.value / tested.statistic
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * error)


@pytest.mark.parametrize("is_weighted", [False, True])
def test_the_interval_holds_the_truth(is_weighted: bool) -> None:
    """About 95 % of 2,000 intervals of skewed effects hold the true distance, with weights too."""
    draw = np.random.default_rng(7)
    held, runs, sizes = 0, 2_000, (80, 300)
    for _ in range(runs):
        groups = []
        for size, middle in zip(sizes, (1.0, 2.0), strict=True):
            # A weight says for how many a row stands: rows with weight 3 were drawn too rarely.
            weights = draw.choice([1.0, 3.0], size, p=[0.75, 0.25])
            values = draw.exponential(middle, (size, 1)) + (weights[:, None] == 3)
            groups.append((values, weights if is_weighted else np.ones(size)))
        (found,) = apart(*groups)
        held += found.low <= -1 <= found.high
    assert 0.93 <= held / runs <= 0.97


def test_weights_that_are_all_alike_change_nothing() -> None:
    """Everybody standing for seven is everybody standing for one."""
    draw = np.random.default_rng(3)
    people = [(draw.normal(size=(50, 2)), np.ones(50)) for _ in range(2)]

    sevenfold = [(values, weights * 7) for values, weights in people]

    for one, other in zip(apart(*people), apart(*sevenfold), strict=True):
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))
