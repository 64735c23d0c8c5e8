"""How often intervals of simulated audits hold the truth."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from workbench.audit.parts import Gap, Measure

ROUNDING = 1e-12


class Held(NamedTuple):
    """Of a number of some kind: whether its interval holds the truth, and half of it does."""

    kind: str
    whole: bool
    half: bool


def held(kind: str, number: Gap | Measure, true: float) -> Held:
    """See Held."""
    return Held(kind, holds(number, true), holds(number, true, 0.5))


def holds(number: Gap | Measure, true: float, part: float = 1.0) -> bool:
    """Whether the truth lies in the interval, or in this part of its width around the value."""
    assert number.value is not None
    low = -np.inf if number.low is None else number.low
    high = np.inf if number.high is None else number.high
    down, up = (part * abs(end - number.value) for end in (low, high))
    return number.value - down - ROUNDING <= true <= number.value + up + ROUNDING


def shares(audits: Sequence[Sequence[Held]], *, halved: bool = False) -> dict[str, float]:
    """For each kind the mean, over the audits that state it, of the share that holds.

    At least half of the audits must state it.
    """
    kinds = defaultdict(list)
    for audit in audits:
        found = defaultdict(list)
        for one in audit:
            found[one.kind].append(one.half if halved else one.whole)
        for kind, each in found.items():
            kinds[kind].append(np.mean(each))
    assert min(len(each) for each in kinds.values()) >= len(audits) / 2
    return {kind: float(np.mean(each)) for kind, each in kinds.items()}
