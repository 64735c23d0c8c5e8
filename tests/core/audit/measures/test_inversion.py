"""The ends of the widest gap, where chance picks the groups: in a normal model, without rates."""

import numpy as np
import numpy.typing as npt
import pytest

from workbench.audit.measures import inversion
from workbench.audit.measures.draws import Spread
from workbench.audit.measures.intervals import Z

AUDITS = 600
Reals = npt.NDArray[np.float64]


def spread(middle: Reals, errors: Reals, draw: np.random.Generator, draws: int = 400) -> Spread:
    noise = errors[:, None] * draw.standard_normal((len(middle), draws))
    return Spread(middle, noise.astype(np.float32))


# Where groups lie, in standard errors.
SCENES = {
    "a row of three": (0, 1, 2),
    "a row of six": (0, 0.6, 1.2, 1.8, 2.4, 3),
    "one apart": (0, 0, 0, 0, 0, 4),
    "one on either side": (0, 2, 2, 2, 2, 2, 2, 4),
    "two halves": (0, 0, 0, 0, 3, 3, 3, 3),
    "far apart": (0, 10, 20, 30),
}


def _missed(scene: str, *, steps: bool) -> float:
    """How often the true size is taken for impossible; without ``steps``, by what one pair has."""
    middle = np.array(SCENES[scene], dtype=float)
    draw, errors, true = np.random.default_rng(7), np.ones(len(middle)), float(np.ptp(middle))
    missed = 0
    for _ in range(AUDITS):
        found = spread(middle + draw.standard_normal(len(middle)), errors, draw)
        beyond = (np.ptp(found.middle) - true) / np.sqrt(2)
        near = inversion.near_width([found], true) if steps else Z
        far = inversion.far_width([found], true) if steps else Z
        missed += beyond > near or beyond < -far
    return missed / AUDITS


@pytest.mark.parametrize("scene", SCENES)
def test_holds_the_true_size(scene: str) -> None:
    """Wherever the others lie; three standard errors of 600 audits are 2.7 %."""
    assert 0.01 <= _missed(scene, steps=True) <= 0.077


def test_what_one_pair_has_does_not() -> None:
    """The twin: the ordinary interval misses the gap of two times four groups far too often."""
    assert _missed("two halves", steps=False) > 0.15


def test_no_choice_no_correction() -> None:
    """One pair that stands out has the ordinary ends, whoever lies between."""
    draw = np.random.default_rng(1)
    found = [spread(np.array([0.0, 10, 11, 20]), np.ones(4), draw)]

    assert inversion.near_width(found, 18.0) == inversion.far_width(found, 22.0) == Z
    assert inversion.critical(found) > Z


def test_order_does_not_matter() -> None:
    """The same groups in another order have the same ends."""
    found = spread(
        np.array([0.0, 0.5, 1, 2.5]), np.array([1.0, 2, 0.5, 1]), np.random.default_rng(2)
    )
    turned = Spread(found.middle[::-1].copy(), found.deviations[::-1].copy())

    for width in (inversion.near_width, inversion.far_width):
        assert width([found], 1.5) == pytest.approx(width([turned], 1.5), rel=1e-5)
    assert inversion.critical([found]) == pytest.approx(inversion.critical([turned]), rel=1e-5)


def test_the_end_meets_its_own_width() -> None:
    """Where the end lies, the truth would give it the width that put it there."""
    ends = inversion.meeting(lambda apart: 2 - apart / 10, lambda width: 5 - width, (3.0, 1.0))

    assert 5 - ends == pytest.approx(10 / 3, abs=0.07)


def test_without_a_gap_the_end_stays() -> None:
    """Beyond no gap there is nothing to draw an end in for; nor is there without an end."""
    assert inversion.meeting(lambda _: Z, lambda width: 2 - width, (3.0, Z)) == 3.0
    assert inversion.meeting(lambda _: 1.0, lambda _: np.inf, (0.5, Z)) == Z
