"""Where scores are cut: the ends of score bins, and thresholds that tell about nobody alone."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from workbench.audit.arrays import Counts, Flags
from workbench.audit.measures.frames import Histogram
from workbench.audit.plan import AuditPlan
from workbench.audit.suppression.tradeoff_hiding import LEAST_THRESHOLDS

BINS = 10
MOST_THRESHOLDS = 101


def bin_ends(scores: Histogram) -> list[int]:
    """Where the ten bins begin and end, as places in the edges."""
    edges = scores.edges
    if edges[0] >= 0 and edges[-1] <= 1:
        wanted = np.linspace(0, 1, BINS + 1)
        places = [int(np.abs(edges - edge).argmin()) for edge in wanted]
    else:
        reached = np.concatenate([[0], scores.people.sum(axis=(0, 2)).cumsum()])
        steps = np.linspace(0, reached[-1], BINS + 1)
        places = [int(place) for place in np.searchsorted(reached, steps)]
    return sorted({0, *places, len(edges) - 1})


def thresholds(
    scores: Histogram, rows: list[int], plan: AuditPlan, taken: Sequence[float]
) -> list[int]:
    """Thresholds, as places in the edges, with enough people of either outcome between any two.

    Also beyond the outermost ones, and towards the ends of the score bins: what a reader computes
    from two of all these is never about fewer. From the cut of the plan outward; its numbers are
    known from the groups' rates, so it counts even where it is itself too near an end. The ends of
    score bins are avoided where LEAST_THRESHOLDS others are left. Empty with fewer than these.
    The lowest edge is none, because it chooses everybody; nor is the cut of the ``top_k``, because
    it is the score of a single person.
    """
    space = _Space.of(scores, rows, plan, taken)
    known = _known(scores, plan)
    untold = {0, *(known if plan.top_k is not None else ())}
    for ends in (frozenset(bin_ends(scores)) - set(known), frozenset[int]()):
        found = space.thinned(known, ends, untold)
        if len(found) >= LEAST_THRESHOLDS:
            return found
    return []


def own_thresholds(
    scores: Histogram,
    rows: list[int],
    plan: AuditPlan,
    common: Sequence[int],
    taken: Sequence[float],
) -> list[list[int]]:
    """For each of these groups further thresholds between the ``common`` ones, for itself alone.

    They are never shown for another group, so only in their own group enough people of either
    outcome lie between any two of all, and towards the ends of score bins; they are none of these
    ends. Nothing else follows from them: together with what is known of everybody at a threshold
    ``taken`` by another attribute, one group's number would tell about the remaining groups, so
    enough of everybody lie between both. For the same reason none is a threshold of all groups.
    """
    beside = {*bin_ends(scores), *_known(scores, plan), *common}
    found = [_Space.of(scores, [row], plan, taken).between(beside) for row in rows]
    shared = set(found[0]).intersection(*found[1:])
    return [[place for place in places if place not in shared] for places in found]


def _known(scores: Histogram, plan: AuditPlan) -> list[int]:
    """Where the plan cuts, if it decides by the score: all groups' rates are known there."""
    cut = scores.cut if plan.threshold is None else plan.threshold
    return [int(place) for place in np.flatnonzero(scores.edges[:-1] == cut)]


@dataclass(frozen=True)
class _Space:
    """How many people lie below each edge: by group and outcome, everybody, and at ``taken``.

    Arrays of shape (groups, edges, 2), (edges, 2) and (taken, 2).
    """

    below: Counts
    everybody: Counts
    taken: Counts
    cuts: Counts
    minimum: int

    @classmethod
    def of(
        cls, scores: Histogram, rows: list[int], plan: AuditPlan, taken: Sequence[float]
    ) -> "_Space":
        """The space of these groups' thresholds."""
        below = np.pad(scores.people.cumsum(axis=1), ((0, 0), (1, 0), (0, 0)))
        everybody = below.sum(axis=0)
        places = np.searchsorted(scores.edges, np.array(taken, dtype=float))
        minimum = plan.thresholds.publish_minimum
        return cls(below[rows], everybody, everybody[places], np.array(bin_ends(scores)), minimum)

    def thinned(self, known: Sequence[int], without: frozenset[int], untold: Set[int]) -> list[int]:
        """At most MOST_THRESHOLDS places far enough apart, and from the ``known`` one."""
        last = self.below.shape[1] - 1
        first = known[0] if known else 0
        kept = [first]
        for way in (range(first + 1, last), range(first - 1, -1, -1)):
            nearest = first
            for place in way:
                is_free = place not in without and self._is_apart(place, nearest)
                if is_free and self._is_possible(place):
                    kept.append(place)
                    nearest = place
        found = [
            place
            for place in sorted(kept)
            if place not in untold and self._is_apart(place, 0) and self._is_apart(place, last)
        ]
        step = -(-len(found) // MOST_THRESHOLDS) or 1
        return found[found.index(first) % step if first in found else 0 :: step]

    def between(self, beside: Set[int]) -> list[int]:
        """Places far enough apart, also from those ``beside``, and from all that is taken."""
        kept: list[int] = []
        steps = sorted(beside)
        for start, end in pairwise(steps):
            nearest = start
            for place in range(start + 1, end):
                is_free = self._is_apart(place, nearest) and self._is_apart(place, end)
                if is_free and not self._few_of_all(place).any():
                    kept.append(place)
                    nearest = place
        return kept

    def _is_apart(self, one: int, other: int) -> bool:
        few = abs(self.below[:, one] - self.below[:, other]) < self.minimum
        return one == other or not few.any()

    def _is_possible(self, place: int) -> bool:
        start = int(self.cuts[np.searchsorted(self.cuts, place, side="right") - 1])
        end = int(self.cuts[np.searchsorted(self.cuts, place)])
        ends = (0, start, end, self.below.shape[1] - 1)
        anybody = abs(self.taken - self.everybody[place]).sum(axis=1, keepdims=True) > 0
        is_few = (self._few_of_all(place) & anybody).any()
        return all(self._is_apart(place, other) for other in ends) and not is_few

    def _few_of_all(self, place: int) -> Flags:
        """Whether few of everybody lie between the place and each taken one, by outcome."""
        return np.asarray(abs(self.taken - self.everybody[place]) < self.minimum)
