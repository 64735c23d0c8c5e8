"""Products of numbers per row, named by their factors, so that none is summed twice.

A factor belongs to one of two audits of the same rows; side 0 is the earlier, side 1 the later.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
import numpy as np

from workbench.audit.arrays import Places, Reals
from workbench.audit.measures import exact
from workbench.audit.measures.cells import Numbers
from workbench.audit.measures.folding import WEIGHT, Cells

Pair = tuple[int, int]
BEFORE, AFTER = 0, 1
SIDES = (BEFORE, AFTER)
PAIRS: tuple[Pair, ...] = ((BEFORE, BEFORE), (BEFORE, AFTER), (AFTER, AFTER))


@dataclass(frozen=True)
class Factor:
    """A number per row, of at most this size."""

    name: str
    number: ibis.Value
    size: float


def at(name: str, side: int) -> str:
    """What a number of one of the audits is called as a factor."""
    return f"{name} {side}"


def numbers(products: Iterable[Sequence[Factor]]) -> Numbers:
    """What is to be summed: each product once, in steps that fit its size."""
    return {
        named([factor.name for factor in factors]): (
            reduce(lambda one, other: one * other, [factor.number for factor in factors]),
            exact.step_for(math.prod(factor.size for factor in factors)),
        )
        for factors in products
        if factors
    }


def weights_of(counted: Cells, sides: Sequence[int]) -> list[str]:
    """The factors by which people count in these audits: none for one without weights."""
    names = [at(WEIGHT, side) for side in sides]
    return [name for name in names if name in counted.sums]


def summed(
    counted: Cells, factors: Sequence[str], places: Sequence[Places], shape: tuple[int, ...]
) -> Reals:
    """The sums of a product over all cells with the same place; of no factor, the people."""
    if factors:
        return counted.sums[named(factors)].added(places, shape)
    people = np.zeros(shape)
    np.add.at(people, tuple(places), counted.people)
    return people


def named(factors: Sequence[str]) -> str:
    """What the product of these factors is called among the sums."""
    return " × ".join(factors)
