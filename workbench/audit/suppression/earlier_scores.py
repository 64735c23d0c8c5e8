"""What the score bins of an earlier published result and of a new one tell together.

The rules are those of ``earlier``.
"""

from dataclasses import dataclass
from functools import cached_property

from workbench.audit.parts import ScoreBin
from workbench.audit.suppression.earlier import tells_change
from workbench.audit.suppression.secondary import Sized
from workbench.audit.suppression.smallness import Numbers, Place, count

Count = tuple[int, int]  # with the favourable outcome, of how many


@dataclass(frozen=True)
class EarlierScores:
    """The score bins of an earlier published result beside the new ones."""

    new: Numbers
    old: Numbers

    @cached_property
    def public(self) -> frozenset[Place]:
        """The bins shown with the very same counts."""
        return frozenset(
            place for place, (one, before) in self._pairs.items() if one.share == before.share
        )

    @cached_property
    def telling(self) -> frozenset[Place]:
        """The bins that were hidden, have other edges or differ by too few people."""
        return frozenset(
            place
            for place, (one, before) in self._pairs.items()
            if before.share.status == "suppressed"
            or self._tells(one.share.of or 0, _less(count(one.share), count(before.share)))
        )

    def is_untold(self, table: str, hidden: frozenset[Place]) -> bool:
        """Whether no bin of the attribute can be shown.

        That is so where their edges are others, or where the hidden bins of a group, together,
        differ by too few people.
        """
        values = self.new.calibrations[table].keys() & self.old.calibrations.get(table, {}).keys()
        return any(
            self._is_reshaped(table, value) or self._tells_rest(table, value, hidden)
            for value in values
        )

    def _tells_rest(self, table: str, value: str, hidden: frozenset[Place]) -> bool:
        rest = self._judged(table, value)
        inside = [place for place in hidden if place[:2] == (table, value)]
        if rest is None or not inside:
            return False
        for place, (one, before) in self._pairs.items():
            if place[:2] == (table, value) and place not in hidden:
                rest = _less(rest, _less(count(one.share), count(before.share)))
        new = self.new.calibrations[table][value]
        return self._tells(sum(new[place[2]].share.of or 0 for place in inside), rest)

    def _judged(self, table: str, value: str) -> Count | None:
        """How the group's people with the favourable outcome, and all, differ from before."""
        sides = [numbers.groups.get(table, {}).get(value) for numbers in (self.new, self.old)]
        counts = [
            (side.metrics["true_positive_rate"].of, side.n)
            for side in sides
            if side and "true_positive_rate" in side.metrics
        ]
        known = [(top, n) for top, n in counts if top is not None and n is not None]
        return _less(*known) if len(known) == len(sides) else None

    @cached_property
    def _pairs(self) -> dict[Place, tuple[ScoreBin, ScoreBin]]:
        return {
            (table, value, place): (one, before)
            for table, values in self.new.calibrations.items()
            for value, bins in values.items()
            for place, (one, before) in enumerate(
                zip(bins, self.old.calibrations.get(table, {}).get(value, ()), strict=False)
            )
        }

    def _is_reshaped(self, table: str, value: str) -> bool:
        new, old = (side.calibrations[table][value] for side in (self.new, self.old))
        return [(one.start, one.end) for one in new] != [(one.start, one.end) for one in old]

    def _tells(self, people: int, change: Count) -> bool:
        thresholds = self.new.plan.thresholds
        return tells_change(Sized(change[1], {}, {"share": change}), people, thresholds)


def _less(one: Count, other: Count) -> Count:
    return one[0] - other[0], one[1] - other[1]
