"""What of a result stays hidden: groups, some metrics of small groups, score bins, tradeoffs.

The secondary suppression is in ``secondary``; what is small, and which metrics are hidden
together, in ``smallness``; score bins in ``score_hiding``, tradeoffs in ``tradeoff_hiding``. What
was published of the same system before counts as known: see ``earlier``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import RATES
from workbench.audit.parts import Guard, Tradeoff
from workbench.audit.suppression.earlier import Earlier
from workbench.audit.suppression.score_hiding import hidden_bins
from workbench.audit.suppression.secondary import Equation, Key, Small, protected, sums
from workbench.audit.suppression.smallness import SIZE, TIER_OF, TIERS, Numbers, Place, sized, tells
from workbench.audit.suppression.tradeoff_hiding import shown_tradeoffs


@dataclass(frozen=True)
class Hidden:
    """The groups hidden in each tier, the hidden score bins, and the tradeoffs that are shown."""

    tiers: Mapping[str, frozenset[Key]]
    bins: frozenset[Place]
    tradeoffs: Mapping[str, Tradeoff]

    @property
    def groups(self) -> frozenset[Key]:
        """The groups of which nothing is shown."""
        return self.tiers[SIZE]

    @property
    def anything(self) -> frozenset[Key]:
        """The groups of which at least some metric is hidden."""
        return frozenset().union(*self.tiers.values())

    def metric(self, key: Key, name: str) -> bool:
        """Whether this group's metric is hidden.

        Beside hidden score bins no mean score is shown: where people have only a few different
        scores, how many have which would follow from their sum.
        """
        if name == "mean_score" and not self._with_hidden_bins.isdisjoint(key[0].split(" & ")):
            return True
        return key in self.tiers[TIER_OF[name]]

    @cached_property
    def _with_hidden_bins(self) -> frozenset[str]:
        """The attributes that have a hidden score bin of a group that is shown."""
        return frozenset(place[0] for place in self.bins if place[:2] not in self.groups)

    def gap(self, key: Key, name: str) -> bool:
        """Whether this group is hidden in any of the metrics that the gap compares."""
        return any(self.metric(key, metric) for metric in GAPS[name].metrics)

    def of(self, table: str) -> object:
        """Everything that is hidden of an attribute, and its tradeoff, to be compared."""
        tiers = [{key for key in keys if key[0] == table} for keys in self.tiers.values()]
        bins = {place for place in self.bins if place[0] == table}
        return tiers, bins, self.tradeoffs.get(table)


def found(numbers: Numbers, earlier: Sequence[Numbers], guard: Guard) -> Hidden:
    """What must be hidden so that nothing small can be computed back.

    Everybody's numbers count as known, and so does what ``earlier`` published results show. What
    only bounds tell is not looked for here: ``guard`` says what else is hidden for their sake.
    Deterministic.
    """
    beside = [Earlier(numbers, one) for one in earlier]
    tiers = _tiers_beside(numbers, beside, guard) if beside else _tiers(numbers, guard)
    touched = frozenset(table for keys in tiers.values() for table, _ in keys)
    bins = hidden_bins(numbers, tiers, beside, frozenset(guard.bins))
    touched |= {table for table in numbers.tradeoffs if _is_bare(numbers, table, guard)}
    return Hidden(tiers, bins.hidden, shown_tradeoffs(numbers, bins, touched, earlier))


def _is_bare(numbers: Numbers, table: str, guard: Guard) -> bool:
    """Whether no score bin of the attribute is shown for the sake of bounds."""
    guarded = {place for place in guard.bins if place[0] == table}
    return bool(guarded) and len(guarded) == sum(map(len, numbers.calibrations[table].values()))


def _tiers(numbers: Numbers, guard: Guard) -> dict[str, frozenset[Key]]:
    """The groups hidden in each tier."""
    thresholds, members = numbers.plan.thresholds, numbers.members
    known = sums({key: sized(group, ()) for key, group in members.items()})
    tiers = {
        SIZE: protected(known, lambda group: group.n < thresholds.publish_minimum, guard.sizes)
    }
    is_telling = tells(thresholds)
    for tier, names in TIERS.items():
        known = sums({key: sized(group, names) for key, group in members.items()})
        # The last tier comes after those that must lie within it.
        before = frozenset().union(*tiers.values()) if tier == "outcome" else tiers[SIZE]
        every = members if is_telling(sized(numbers.overall, names)) else ()
        tiers[tier] = protected(known, is_telling, {*before, *every, *guard.shares})
    return tiers


def _tiers_beside(
    numbers: Numbers, beside: Sequence[Earlier], guard: Guard
) -> dict[str, frozenset[Key]]:
    """The groups hidden in each tier where something was published before.

    Then all shares of a group are hidden together: an earlier edition may have shown how many
    people had the favourable outcome, from which, with some of the shares, the others follow.
    """
    thresholds, rates = numbers.plan.thresholds, tuple(RATES)
    apart = _tiers(numbers, guard)
    sizes = _guarded(
        numbers, beside, (), apart[SIZE], lambda group: group.n < thresholds.publish_minimum
    )
    start = sizes.union(*apart.values())
    shares = _guarded(numbers, beside, rates, start, tells(thresholds))
    return {SIZE: sizes, **dict.fromkeys(TIERS, shares)}


def _guarded(
    numbers: Numbers,
    beside: Sequence[Earlier],
    names: tuple[str, ...],
    start: frozenset[Key],
    is_small: Small,
) -> frozenset[Key]:
    """What to hide of the groups, by the counts behind these metrics, beside what is public."""

    def told(equation: Equation, hidden: set[Key]) -> bool:
        return any(one.told(equation, hidden, names) for one in beside)

    own = Earlier(numbers, numbers)
    start = start.union(
        own.hidden(names),
        *(part for one in beside for part in (one.reshaped, one.hidden(names), one.telling(names))),
    )
    public = frozenset().union(*(one.public(names) for one in beside))
    known = sums(
        {key: sized(group, names) for key, group in numbers.members.items()}, public=public
    )
    return protected(known, is_small, start, told=told)
