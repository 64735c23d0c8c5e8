"""Which sums of counts can have one value only, where other sums are known and no count is below 0.

Elimination (see ``elimination``) finds what follows from sums alone. But a reader also knows that
people are counted in whole numbers from 0 on: where one of three groups nearly fills their sum,
little is left for the others. So a solver of integer programs (HiGHS, in scipy) looks for other
counts that fit all known sums too. Two that differ prove that a number is not told; a number that
is the same at its lowest and at its highest is.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, vstack

from workbench.audit.arrays import Flags, Places, Reals

# Draws that settle less than this share of what is open, so often in a row, end the drawing.
PROGRESS, PATIENCE = 0.2, 2
# A search is given up after so many steps (not seconds: the same on every machine). What it leaves
# open counts as told, so that rather too much is hidden.
STEPS = 2_000
INFEASIBLE = 2
NOWHERE: Places = np.zeros(0, dtype=np.intp)


class NoSuchCounts(Exception):
    """No counts at all fit the known sums."""


@dataclass(frozen=True)
class Sum:
    """The counts at these places add up to ``value``."""

    places: Places
    value: int


def only_values(size: int, known: Sequence[Sum], asked: Sequence[Places]) -> dict[int, int]:
    """Which of the ``asked`` sums have one value only: its value by the position in ``asked``.

    There are ``size`` counts. The same numbers always give the same answer. Raises NoSuchCounts.
    """
    if not asked:
        return {}
    search = _Search.of(size, known, asked)
    search.draw()
    for position in range(len(asked)):
        alone = search.wanted[[position]].toarray().ravel()
        for sign in (1, -1):
            if search.open[position]:
                search.solve(sign * alone)
    return {int(position): int(search.lowest[position]) for position in np.flatnonzero(search.open)}


@dataclass
class _Search:
    """Counts that fit the known sums, one after the other, and what they make of those asked."""

    rule: LinearConstraint
    wanted: csr_array
    lowest: Reals
    highest: Reals

    @classmethod
    def of(cls, size: int, known: Sequence[Sum], asked: Sequence[Places]) -> Self:
        """Without the counts that are 0 anyway; those that no sum tells apart are one count."""
        sums, wanted = _rows([one.places for one in known], size), _rows(asked, size)
        zero = np.concatenate([NOWHERE, *(one.places for one in known if not one.value)])
        kept = _distinct(vstack([sums, wanted]).tocsc(), set(zero.tolist()))
        values = np.array([one.value for one in known], dtype=float)
        return cls(
            rule=LinearConstraint(sums[:, kept], values, values),
            wanted=wanted[:, kept],
            lowest=np.full(len(asked), np.inf),
            highest=np.full(len(asked), -np.inf),
        )

    @property
    def open(self) -> Flags:
        """Which of the asked sums had the same value in all counts found so far."""
        return self.lowest >= self.highest

    def draw(self) -> None:
        """Look for counts that lie far apart in many open sums at once."""
        generator, idle = np.random.default_rng(1), 0
        while idle < PATIENCE and (before := int(self.open.sum())):
            signs = generator.choice([-1.0, 1.0], len(self.open))
            objective = self.wanted.T @ np.where(self.open, signs, 0)
            self.solve(objective)
            self.solve(-objective)
            idle = 0 if self.open.sum() <= (1 - PROGRESS) * before else idle + 1

    def solve(self, objective: Reals) -> None:
        """Find the counts for which this is lowest, and note what they make of the asked sums."""
        # Where it simplifies first, HiGHS has called sums impossible that real people had.
        for presolve in (True, False):
            answer = milp(
                objective,
                constraints=self.rule,
                integrality=np.ones(len(objective), dtype=np.int64),
                bounds=Bounds(0, np.inf),
                options={"node_limit": STEPS, "presolve": presolve},
            )
            if answer.status != INFEASIBLE:
                break
        else:
            raise NoSuchCounts
        if answer.x is not None:
            found = self.wanted @ np.round(answer.x)
            np.minimum(self.lowest, found, out=self.lowest)
            np.maximum(self.highest, found, out=self.highest)


def _rows(places: Sequence[Places], size: int) -> csr_array:
    """One row per sum, with a 1 for each count in it."""
    ends = np.cumsum([0, *map(len, places)])
    every = np.concatenate([NOWHERE, *places])
    return csr_array((np.ones(len(every)), every, ends), shape=(len(places), size))


def _distinct(columns: csc_array, without: Set[int]) -> list[int]:
    """One count of each kind: those that are in the same sums, whatever they are, are alike."""
    found: dict[bytes, int] = {}
    for place in range(columns.shape[1]):
        if place not in without:
            inside = columns.indices[columns.indptr[place] : columns.indptr[place + 1]]
            found.setdefault(np.sort(inside).tobytes(), place)
    return sorted(found.values()) or [0]  # a solver needs at least one
