"""What earlier published results and a new one tell together.

A published edition stays public. Whoever compares it with a later one subtracts: the same group had
403 people then and has 406 now, so three came. Nobody can know how many people both audits share,
so the worst is assumed twice: that all people of one are in the other, so that the difference is a
group of its own, and that equal sizes are the same people. Rules, beside those in ``hiding``:

- What an earlier edition hides of a group stays hidden, of each group and metric.
- A difference in size of fewer than ``publish_minimum`` people hides the group; otherwise the
  difference follows the rules for shares as a group of so many people. Where the size is the same,
  other counts show for how many of these people something changed: such a change is a count within
  the group. The same holds for all hidden groups of a sum together.
- What was shown with the very same counts is known, so hiding it protects no other group.
- Where another point on the same score decides, few people between that point and an earlier score
  bin, or threshold where a bin begins, hide the group's shares.
- Groups that were formed in another way (other edges, other values) cannot be compared with the
  earlier ones, so an attribute with such groups is not shown at all.
- Where everybody's numbers differ by too few people, nothing of the result can be shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from workbench.audit.parts import Group, ScoreBin
from workbench.audit.plan import Thresholds
from workbench.audit.suppression.secondary import Key, Sized
from workbench.audit.suppression.smallness import FEW, Numbers, count, sized

Names = tuple[str, ...]


@dataclass(frozen=True)
class Earlier:
    """A new result's numbers (``new``) beside those of one that was published (``old``)."""

    new: Numbers
    old: Numbers

    @cached_property
    def reshaped(self) -> frozenset[Key]:
        """The groups of attributes whose groups were formed in another way."""
        odd = {
            table
            for table in self.new.groups.keys() & self.old.groups.keys()
            if self._is_reshaped(table)
        }
        return frozenset(
            key for key, group in self.new.members.items() if not odd.isdisjoint(group.parts)
        )

    def _is_reshaped(self, table: str) -> bool:
        edges = [numbers.plan.edges.get(table) for numbers in (self.new, self.old)]
        values, known = self.new.groups[table].keys(), self.old.groups[table].keys()
        # A value that only one side has is a group of nobody on the other; but where both sides
        # have such values, a group may only have got another name. Pairs of values are no names.
        is_single = all(table in group.parts for group in self.new.groups[table].values())
        return edges[0] != edges[1] or (is_single and bool(values - known and known - values))

    def hidden(self, names: Names) -> frozenset[Key]:
        """The groups that the earlier result hides, in any of these metrics."""
        return frozenset(
            key
            for key, group in self.old.members.items()
            if key in self.new.members and _said(group, names) is None
        )

    def public(self, names: Names) -> frozenset[Key]:
        """The groups of which the earlier result shows the very same counts."""
        return frozenset(
            key
            for key, group in self.new.members.items()
            if key in self.old.members
            and key not in self.reshaped
            and _said(self.old.members[key], names) == sized(group, names)
        )

    def telling(self, names: Names) -> frozenset[Key]:
        """The groups whose difference to the earlier result tells about too few people."""
        return frozenset(
            key
            for key, group in self.new.members.items()
            if self._tells(self._change(key, names), group.n or 0)
            or ("selection_rate" in names and self._cuts_differ and self._divides(key))
        )

    @cached_property
    def is_telling(self) -> bool:
        """Whether the difference of everybody's numbers tells about too few people."""
        overall = self.new.overall
        names = tuple(overall.metrics.keys() & self.old.overall.metrics.keys())
        change = _less(sized(overall, names), sized(self.old.overall, names))
        return self._tells(change, overall.n or 0)

    def told(self, equation: Mapping[Key, int], hidden: Set[Key], names: Names) -> bool:
        """Whether the hidden parts of this sum, together, differ by too few people."""
        parts = [key for key, factor in equation.items() if factor > 0]
        table = parts[0][0]
        inside = [key for key in parts if key in hidden]
        if not inside or table not in self.old.groups or not self.reshaped.isdisjoint(parts):
            return False
        change = self._whole(equation, hidden, names)
        if change is None:
            return False
        for key in (*(part for part in parts if part not in hidden), *self._gone(equation, table)):
            part = self._change(key, names)
            change = _less(change, part) if part else change
        people = sum(self.new.members[key].n or 0 for key in inside)
        return self._tells(change, people)

    def _gone(self, equation: Mapping[Key, int], table: str) -> list[Key]:
        """Groups of this sum that only the earlier result has."""
        wider = [self.new.members[key].parts for key, factor in equation.items() if factor < 0]
        shared = wider[0].items() if wider else {}.items()
        return [
            (table, value)
            for value, group in self.old.groups[table].items()
            if value not in self.new.groups[table] and shared <= group.parts.items()
        ]

    def _whole(self, equation: Mapping[Key, int], hidden: Set[Key], names: Names) -> Sized | None:
        """How much what the parts add up to differs; None where it is not known."""
        wider = [key for key, factor in equation.items() if factor < 0]
        if wider:
            return None if wider[0] in hidden else self._change(wider[0], names)
        if any(len(self.new.members[key].parts) > 1 for key in equation):
            return None
        return _less(sized(self.new.overall, names), sized(self.old.overall, names))

    def _change(self, key: Key, names: Names) -> Sized | None:
        """The group's counts minus the earlier ones; None where those are not known."""
        if key[0] not in self.old.groups or key in self.reshaped:
            return None
        new, old = self.new.members.get(key), self.old.members.get(key)
        nobody = Sized(0, {}, dict.fromkeys(names, (0, 0)))
        before = nobody if old is None else _said(old, names)
        now = nobody if new is None else sized(new, names)
        return before and _less(now, before)

    def _tells(self, change: Sized | None, people: int) -> bool:
        """Whether this difference, of so many people now, tells about too few."""
        if change is None:
            return False
        thresholds = self.new.plan.thresholds
        moved = {abs(part) for top, of in change.counts.values() for part in (top, of - top)}
        if self._cuts_differ and not moved.isdisjoint(range(1, thresholds.publish_minimum)):
            return True
        return tells_change(change, people, thresholds)

    def _divides(self, key: Key) -> bool:
        """Whether few people lie between the new point and where an earlier score bin begins."""
        bins = self.old.calibrations.get(key[0], {}).get(key[1], ())
        group = self.new.members[key]
        if not {"selection_rate", "true_positive_rate"} <= group.metrics.keys():
            return False
        (hit, favourable), (chosen, people) = (
            count(group.metrics[name]) for name in ("true_positive_rate", "selection_rate")
        )
        above, below = (hit, chosen - hit), (favourable - hit, people - chosen - favourable + hit)
        return any(
            0 < abs(one - other) < self.new.plan.thresholds.publish_minimum
            for side, sums in (
                (above, [*_sums(bins[::-1]), *self._above_thresholds(key)]),
                (below, _sums(bins)),
            )
            for known in sums
            for one, other in zip(side, known, strict=True)
        )

    def _above_thresholds(self, key: Key) -> Iterator[tuple[int, int]]:
        """How many lie above the earlier tradeoff's thresholds that begin a score bin."""
        tradeoff = self.old.tradeoffs.get(key[0])
        policies = (*tradeoff.common, *tradeoff.by_group) if tradeoff else ()
        scores = {policy.thresholds.get(name) for policy in policies for name in ("", key[1])}
        above = self.new.calibrations.get(key[0], {}).get(key[1], ())[::-1]
        for bins_above, known in enumerate(_sums(above), 1):
            if above[bins_above - 1].start in scores:
                yield known

    @cached_property
    def _cuts_differ(self) -> bool:
        """Whether both decide by the same score from another point on.

        Then what lies between both points is a range of scores, and small as such.
        """
        plans = [self.new.plan, self.old.plan]
        points = [(plan.threshold, plan.top_k) for plan in plans]
        return bool(plans[0].score) and plans[0].score == plans[1].score and points[0] != points[1]


def tells_change(change: Sized, people: int, thresholds: Thresholds) -> bool:
    """Whether counts that differ so much tell about too few of these people."""
    differing = abs(change.n)
    if 0 < differing < thresholds.publish_minimum:
        return True
    if (differing or people) >= thresholds.certain_minimum:
        return False
    least = 0 if 0 < differing < thresholds.assess_minimum else 1
    counted = [(top, of) for top, of in change.counts.values() if top or of]
    return any(least <= abs(part) <= FEW for top, of in counted for part in (top, of - top))


def _sums(bins: Iterable[ScoreBin]) -> Iterator[tuple[int, int]]:
    """How many people are in the first bins, with the favourable outcome and the other."""
    favourable = other = 0
    for one in takewhile(lambda one: one.share.of is not None, bins):
        top, of = count(one.share)
        favourable, other = favourable + top, other + of - top
        yield favourable, other


def _said(group: Group, names: Names) -> Sized | None:
    """What a published result says of the group; None where any of it is hidden."""
    measures = [group.metrics[name] for name in names if name in group.metrics]
    if group.n is None or any(measure.status == "suppressed" for measure in measures):
        return None
    return sized(group, names)


def _less(one: Sized, other: Sized) -> Sized:
    """The difference, of whatever both count."""
    counts = {
        name: (one.counts[name][0] - top, one.counts[name][1] - of)
        for name, (top, of) in other.counts.items()
        if name in one.counts
    }
    return Sized(one.n - other.n, one.parts, counts)
