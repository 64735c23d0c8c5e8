"""Uncertainty of gaps: people drawn anew from the cells, many times, with a stated seed."""

import zlib

import numpy as np
import numpy.typing as npt

from workbench.audit.measures.cells import Counts, Frame
from workbench.audit.plan import AuditPlan

PERCENTILES = (2.5, 97.5)


def resampled(frame: Frame, plan: AuditPlan) -> Counts:
    """As many tables as the plan's ``draws``, shaped (draws, groups, 4), each of as many people.

    Drawing from the multinomial distribution of the cells is the same as drawing people with
    replacement. The seed is mixed with the frame's name, so that a result does not depend on
    which other attributes are audited with it.
    """
    generator = np.random.default_rng([plan.seed, zlib.crc32(frame.name.encode())])
    people = int(frame.counts.sum())
    drawn = generator.multinomial(people, frame.counts.ravel() / people, size=plan.draws)
    return drawn.reshape(plan.draws, *frame.counts.shape)


def interval(drawn: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of the drawn values; draws in which nobody was left to count do not count."""
    low, high = np.nanpercentile(drawn, PERCENTILES)
    return float(low), float(high)
