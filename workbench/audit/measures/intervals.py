"""Intervals of shares, means and of two of them side by side; arrays in, arrays out.

``z`` is the number of standard errors, as of a normal distribution; the usual 95 % have ``Z``.
"""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtrit

from workbench.audit.arrays import Reals

Ends = tuple[Reals, Reals]

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def wilson(share: npt.ArrayLike, of: npt.ArrayLike, z: npt.ArrayLike = Z) -> Ends:
    """The interval of a share among ``of`` people (Wilson 1927); ends lie between 0 and 1.

    ``of`` may be fractional (an effective number). It starts exactly at 0 for a share of 0 and
    ends exactly at 1 for a share of 1, but never has no width. Nobody (``of`` 0): not-a-number.
    """
    p, n, z2 = np.asarray(share, float), np.asarray(of, float), np.square(np.asarray(z, float))
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    # At the ends the formula is exactly 0 or 1; rounding must not say otherwise.
    low = np.where(p <= 0, np.minimum(p, middle), np.clip(middle - half, 0, p))
    high = np.where(p >= 1, np.maximum(p, middle), np.clip(middle + half, p, 1))
    return low, high


def mean_interval(mean: Reals, spread: Reals, of: Reals, z: float = Z) -> Ends:
    """The interval of a mean by Student's t with ``of`` − 1 degrees of freedom.

    ``spread`` is the standard deviation of one person's number (divided by ``of`` − 1). One
    person alone has no interval: the ends are infinite.
    """
    degrees = np.maximum(of - 1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = stdtrit(degrees, float(ndtr(z))) * spread / np.sqrt(of)
    half = np.where(degrees > 0, half, np.inf)
    return mean - half, mean + half


def difference(one: Reals, ends: Ends, other: Reals, other_ends: Ends) -> Ends:
    """The interval of ``one`` − ``other`` from their own (MOVER: Zou and Donner 2008).

    With Wilson's intervals this is method 10 of Newcombe (1998). It never leaves the range that
    a difference can have. Both must be independent.
    """
    value = one - other
    down = np.hypot(one - ends[0], other_ends[1] - other)
    up = np.hypot(ends[1] - one, other - other_ends[0])
    return value - down, value + up


def ratio(one: Reals, ends: Ends, other: Reals, other_ends: Ends) -> Ends:
    """The interval of ``one`` / ``other`` from their own (MOVER-R: Donner and Zou 2012).

    For numbers of 0 and more. It starts at 0 where ``one`` may be 0; where ``other`` may be 0 it
    has no end (infinite). Not-a-number where ``other`` is 0. Both must be independent.
    """
    product = one * other
    with np.errstate(divide="ignore", invalid="ignore"):
        # The roots of (one − ratio · other)² = displacement² + ratio² · other displacement².
        square, rest = other_ends[1] * (2 * other - other_ends[1]), ends[0] * (2 * one - ends[0])
        root = np.sqrt(np.maximum(product**2 - square * rest, 0))
        low = np.where(rest > 0, rest / (product + root), 0.0)
        square, rest = other_ends[0] * (2 * other - other_ends[0]), ends[1] * (2 * one - ends[1])
        root = np.sqrt(np.maximum(product**2 - square * rest, 0))
        high = np.where(square > 0, (product + root) / square, np.inf)
    undefined = ~(other > 0)
    return np.where(undefined, np.nan, low), np.where(undefined, np.nan, high)
