"""Where scores are cut: the ends of score bins, and thresholds that tell about nobody alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.audit.measures.frames import Counts, Histogram
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
    from two of all these is never about fewer. From the plan's own cut outward; its numbers are
    known from the groups' rates, so it counts even where it is itself too near an end. The ends of
    score bins are avoided where LEAST_THRESHOLDS others are left. Empty with fewer than these.
    """
    space = _Space.of(scores, rows, plan, taken)
    own = [int(place) for place in np.flatnonzero(scores.edges[:-1] == plan.threshold)]
    for ends in (frozenset(bin_ends(scores)) - {0, *own}, frozenset[int]()):
        found = space.thinned(own, ends)
        if len(found) >= LEAST_THRESHOLDS:
            return found
    return []


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

    def thinned(self, own: Sequence[int], without: frozenset[int]) -> list[int]:
        """At most MOST_THRESHOLDS places far enough apart, and from the plan's ``own`` one."""
        last = self.below.shape[1] - 1
        first = own[0] if own else 0
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
            if self._is_apart(place, 0) and self._is_apart(place, last)
        ]
        step = -(-len(found) // MOST_THRESHOLDS) or 1
        return found[found.index(first) % step if first in found else 0 :: step]

    def _is_apart(self, one: int, other: int) -> bool:
        few = abs(self.below[:, one] - self.below[:, other]) < self.minimum
        return one == other or not few.any()

    def _is_possible(self, place: int) -> bool:
        start = int(self.cuts[np.searchsorted(self.cuts, place, side="right") - 1])
        end = int(self.cuts[np.searchsorted(self.cuts, place)])
        ends = (0, start, end, self.below.shape[1] - 1)
        between = abs(self.taken - self.everybody[place])
        few = (between < self.minimum) & (between.sum(axis=1, keepdims=True) > 0)
        return all(self._is_apart(place, other) for other in ends) and not few.any()
