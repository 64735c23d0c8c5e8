"""Weighted means of people's effects, and how far two groups' means lie apart, with uncertainty."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from workbench.audit.arrays import Reals

People = tuple[Reals, Reals]  # effects (row, column), weight per row

Z = float(norm.ppf(0.975))


@dataclass(frozen=True)
class Apart:
    """One group's mean minus the other's, with its interval of 95 %."""

    value: float
    low: float
    high: float


def mean(values: Reals, weights: Reals) -> Reals:
    """The weighted mean of each column. At least one weight is above 0."""
    # No matrix product: its last digits depend on where in memory the numbers happen to lie.
    return np.asarray((weights[:, np.newaxis] * values).sum(axis=0) / weights.sum())


def apart(here: People, there: People) -> list[Apart]:
    """Per column, how far two groups lie apart, each row being drawn for itself.

    The interval is Welch's with the normal distribution, for weighted means by linearisation
    (Särndal, Swensson, Wretman 1992, Model Assisted Survey Sampling, section 5.5): the variance of
    a mean is Σ w² (x − mean)² / (Σ w)² · n / (n − 1). Fair from about 30 rows per group on.
    """
    values = mean(*here) - mean(*there)
    errors = Z * np.sqrt(_variance(*here) + _variance(*there))
    return [
        Apart(float(value), float(value - error), float(value + error))
        for value, error in zip(values, errors, strict=True)
    ]


def _variance(values: Reals, weights: Reals) -> Reals:
    count, off = len(values), values - mean(values, weights)
    squares = ((weights[:, np.newaxis] * off) ** 2).sum(axis=0)
    return np.asarray(squares / weights.sum() ** 2 * count / max(1, count - 1))
