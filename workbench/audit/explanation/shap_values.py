"""What every explainer gives: Shapley values with the score that they must add up to."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.audit.models.model import Scale
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

Reals = npt.NDArray[np.float64]

NOT_ADDITIVE = later(
    "The explanation of this model does not add up to its score (off by {error}), so it is not "
    "shown. Send the model in another format, or run the audit without it."
)
# Relative to the largest score; some libraries count in single precision.
TOLERANCE = 1e-5


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
