"""Sums of numbers that do not depend on the order of rows or on the engine.

Floating-point addition rounds, so its last digits depend on the order. Here every number is first
turned into a whole number of steps, each for itself: x · 2^shift, rounded to the nearest (of two
that are as near, to the even one), with ``shift`` so that the largest number in size has at most
50 bits. Counts numbers are added exactly, and the sum is turned back at the end. A number is thus
off by at most 2^-50 (1e-15) of the largest one (or 2^-1000, which only numbers smaller than any
measurement notice); whole numbers up to 2^49 not at all. No sum overflows below 2^38 rows: an
engine that adds in 128 bits gives it as one number, others in two parts, of the upper and the
lower 25 bits of the steps.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa

from workbench.audit.arrays import Counts, Places, Reals
from workbench.audit.intake.engines import Engine

BITS, HALF = 50, 25
MASK = (1 << HALF) - 1
# Beyond this, a scale itself would leave the range of floating-point numbers.
LARGEST_SHIFT = 1_000


@dataclass(frozen=True)
class Step:
    """A number's unit: one step is 2^-``shift``."""

    shift: int

    def steps(self, number: ibis.Value, engine: Engine) -> ibis.Value:
        """The number as a whole number of steps, of at most 50 bits."""
        return engine.nearest(number * math.ldexp(1.0, self.shift))


def step_for(bound: float) -> Step:
    """The step for numbers whose size is at most ``bound``."""
    _, exponent = math.frexp(bound)  # bound < 2^exponent
    shift = BITS - exponent if bound else 0
    return Step(max(-LARGEST_SHIFT, min(LARGEST_SHIFT, shift)))


@ibis.udf.agg.builtin(name="sum", signature=(("int64",), "decimal(38, 0)"))
def _wide(steps):  # type: ignore[no-untyped-def]
    """The engine's own sum, whose result Ibis would squeeze into 64 bits."""


def asked(name: str, steps: ibis.Value, engine: Engine) -> dict[str, ibis.Value]:
    """The aggregates of which ``answered`` makes the sum of so many steps per row."""
    if engine.adds_wide:
        return {name: _wide(steps)}
    return {_high(name): (steps >> HALF).sum(), _low(name): (steps & MASK).sum()}


def answered(table: pa.Table, name: str, step: Step) -> "Sums":
    """The sums that ``asked`` asked for, one per line of the answer."""
    if name in table.column_names:
        return Sums(*_halves(table[name]), step)
    return Sums(np.asarray(table[_high(name)]), np.asarray(table[_low(name)]), step)


def _high(name: str) -> str:
    return f"{name} high"


def _low(name: str) -> str:
    return f"{name} low"


def _halves(totals: pa.ChunkedArray) -> tuple[Counts, Counts]:
    """What the two sums would have been, of sums of at most 88 bits, as far as their sum goes."""
    array = totals.combine_chunks()
    words = np.frombuffer(array.buffers()[1], dtype="<i8").reshape(-1, 2)
    lower, upper = words[array.offset : array.offset + len(array)].T
    return (upper << (64 - HALF)) | (lower.view("<u8") >> HALF).view("<i8"), lower & MASK


@dataclass(frozen=True)
class Sums:
    """The exact sums of one number, one entry per cell: ``high`` · 2^25 + ``low`` steps."""

    high: Counts
    low: Counts
    step: Step

    def added(self, places: Sequence[Places], shape: tuple[int, ...]) -> Reals:
        """The sums over all cells with the same place in a table of that shape."""
        size = math.prod(shape)
        flat = np.ravel_multi_index(tuple(places), shape)
        high, low = np.zeros((2, size), dtype=np.int64)
        np.add.at(high, flat, self.high)
        np.add.at(low, flat, self.low)
        turned = [
            math.ldexp(float((upper << HALF) + lower), -self.step.shift)
            for upper, lower in zip(high.tolist(), low.tolist(), strict=True)
        ]
        return np.array(turned, dtype=np.float64).reshape(shape)
