"""How many people weighted ones are worth: both numbers and what lies between, by hand."""

import numpy as np
import pytest

from workbench.audit.measures import effective
from workbench.audit.measures.effective import Weighed


def weighed(*weights: float) -> Weighed:
    numbers = np.array(weights)
    return Weighed(*(np.array([(numbers**power).sum()]) for power in (0, 1, 2)))


def worth(hits: list[float], misses: list[float]) -> float:
    return float(effective.of_share(weighed(*hits), weighed(*hits, *misses))[0])


def linearised(hits: list[float], misses: list[float]) -> float:
    """p (1 − p) / v, with half an average person on either side, person by person."""
    everyone = np.array([*hits, *misses])
    selected = np.array([1.0] * len(hits) + [0.0] * len(misses))
    half, square = everyone.mean() / 2, (everyone**2).mean() / 2
    whole = everyone.sum() + 2 * half
    p = ((everyone * selected).sum() + half) / whole
    spread = (everyone**2 * (selected - p) ** 2).sum() + square * ((1 - p) ** 2 + p**2)
    return float(p * (1 - p) * whole**2 / spread)


def test_weights_that_go_with_the_outcome() -> None:
    """All hits weigh 1, all misses 4: no chance about it, so the linearised number counts."""
    hits, misses = [1.0] * 40, [4.0] * 60

    found = worth(hits, misses)

    assert found == pytest.approx(linearised(hits, misses))
    assert found > (40 + 240) ** 2 / (40 + 16 * 60)


def test_the_smaller_number_counts() -> None:
    """Few hits that weigh much: the linearised number is the smaller one."""
    hits, misses = [4.0] * 12, [1.0] * 60

    assert worth(hits, misses) == pytest.approx(linearised(hits, misses))
    assert worth(hits, misses) < (48 + 60) ** 2 / (16 * 12 + 60)


def test_between_both() -> None:
    """Means 1.5 and 2.5, variance 0.25 each: by hand, Q = 1 / chance, and 1 − 1 / Q is told."""
    hits, misses = [1.0, 2.0] * 6, [2.0, 3.0] * 14
    kish = (18 + 70) ** 2 / (6 * 5 + 14 * 13)
    chance = (12 + 28) * 0.25 / 38 * (1 / 12 + 1 / 28)
    linear = linearised(hits, misses)
    assert linear > kish

    told = 1 - chance

    assert worth(hits, misses) == pytest.approx(1 / (told / linear + (1 - told) / kish))


@pytest.mark.parametrize(
    ("hits", "misses"),
    [
        ([1.0, 4.0] * 20, [1.0, 4.0] * 30),  # the same weights on either side
        ([0.1] * 40, [0.1] * 60),  # equal weights, whatever rounding leaves of their difference
        ([1.0] * 9, [4.0] * 60),  # too few hits to know what hits weigh
        ([], [1.0, 2.0] * 20),
    ],
)
def test_kish(hits: list[float], misses: list[float]) -> None:
    """The twin: nothing shows that weights go with the outcome, so Kish's number is the most."""
    everyone = np.array([*hits, *misses])

    assert worth(hits, misses) == pytest.approx(everyone.sum() ** 2 / (everyone**2).sum())


def test_nobody() -> None:
    assert worth([], []) == 0


@pytest.mark.parametrize(
    ("apart", "told"),
    # Weights 1 and 3 by half: n / Kish = 1.25. Mean and heavy mean are this far apart.
    [(0.0, 0.0), (0.01, 0.0), (0.5, 1 - 2 / 100 * (1.25**4 - 2 * 1.25**2 + 1.25) / 0.25)],
)
def test_means(apart: float, told: float) -> None:
    """A mean whose heavy ones differ by more than chance is more certain than Kish's number."""
    everyone, variance, linear = (
        weighed(*[1.0] * 50, *[3.0] * 50),
        np.array([2.0]),
        np.array([95.0]),
    )

    found = effective.of_mean(everyone, np.array([7.0]), variance, linear, np.array([7 + apart]))

    assert everyone.kish == 80
    assert found[0] == pytest.approx(1 / (told / 95 + (1 - told) / 80))
