"""What every explainer gives: Shapley values with the score that they must add up to."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from workbench.audit.arrays import Reals
from workbench.audit.models.model import Scale
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

NOT_ADDITIVE = later(
    "The explanation of this model does not add up to its score (off by {error}), so it is not "
    "shown. Send the model in another format, or run the audit without it."
)
NOT_THE_OUTPUT = later(
    "The score that this explanation takes apart is not the model's own output (off by {error}), "
    "so it is not shown. Send the model in another format, or run the audit without it."
)
# Relative to the largest score; some libraries count in single precision.
TOLERANCE = 1e-5
# From a score in each unit to the model's own output; other scores have a way of their own.
OUTPUTS: dict[Scale, Callable[[Reals], Reals]] = {
    "log-odds": expit,
    "probability": np.asarray,
    "prediction": np.asarray,
}


@dataclass(frozen=True)
class Explained:
    """Shapley values (row, feature) with ``base + values.sum(axis=1)`` = ``scores``.

    ``explainer`` and ``background`` say in words how and against whom. Where values are drawn
    (not ``exact``), ``estimate_error`` is their standard error, on average.
    """

    values: Reals
    base: float
    scores: Reals
    scale: Scale
    explainer: str
    background: str
    exact: bool = True
    estimate_error: float | None = None

    @property
    def additivity_error(self) -> float:
        """How far a row's values are from adding up to its score, at most."""
        return float(np.abs(self.base + self.values.sum(axis=1) - self.scores).max(initial=0))

    @property
    def adds_up(self) -> bool:
        """Whether base and values make the score, but for rounding."""
        size = max(1.0, float(np.abs(self.scores).max(initial=0)))
        return self.additivity_error <= TOLERANCE * size  # false for "not a number", too


def require_sum(found: Explained) -> Explained:
    """The same values. Raises DataRefused when they do not add up to the scores."""
    if not found.adds_up:
        raise DataRefused(NOT_ADDITIVE, error=f"{found.additivity_error:.1g}")
    return found


def require_output(found: Explained, output: Reals) -> Explained:
    """The same values. Raises DataRefused when their scores are not the model's ``output``.

    That values add up to a score says nothing about whether it is the right one.
    """
    turned = OUTPUTS.get(found.scale)
    if turned is not None:
        error = float(np.abs(turned(found.scores) - output).max(initial=0))
        if not error <= TOLERANCE * max(1.0, float(np.abs(output).max(initial=0))):
            raise DataRefused(NOT_THE_OUTPUT, error=f"{error:.1g}")
    return found
