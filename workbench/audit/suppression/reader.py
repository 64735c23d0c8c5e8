"""What a reader knows of the counts behind a published result: every shown number as a sum.

The unknown counts are people by their values of all attributes, their score bin, and tp, fp, fn, tn
or other. A group that a result does not list has nobody in it. Beside an earlier published result
the worst is assumed: everybody in the smaller one is in the larger one too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from workbench.audit.arrays import Places
from workbench.audit.metrics import EVERYBODY, RATES, Count
from workbench.audit.parts import Group, Measure, ScoreBin
from workbench.audit.plan import AuditPlan
from workbench.audit.suppression.bounds import Sum
from workbench.audit.suppression.smallness import Groups, Numbers, count
from workbench.audit.suppression.tradeoff_hiding import is_judged

FAVOURABLE: tuple[Count, ...] = ("tp", "fn")
SELECTED: tuple[Count, ...] = ("tp", "fp")
REFUSED: tuple[Count, ...] = ("fn", "tn", "other")
# So many counts a solver works through in seconds.
MOST_COUNTS = 5_000

Parts = Mapping[str, str]


@dataclass(frozen=True)
class World:
    """The unknown counts; ``atoms`` are the finest groups, of people who share all values.

    ``bins`` is how many score bins there are (1: none are told apart). With two ``editions``, the
    first half of the counts are people in both results, the second those in the larger one only.
    """

    atoms: tuple[Parts, ...]
    bins: int = 1
    editions: int = 1

    @property
    def size(self) -> int:
        """How many counts there are."""
        return self.editions * len(self.atoms) * self.bins * len(EVERYBODY)

    def has(self, parts: Parts) -> bool:
        """Whether these values can be told apart here."""
        return not self.atoms or parts.keys() <= self.atoms[0].keys()

    def places(
        self,
        parts: Parts,
        columns: Sequence[Count] = EVERYBODY,
        bins: slice = slice(None),
        editions: slice = slice(None),
    ) -> Places:
        """The counts that make up the people with these values, in these columns and bins."""
        inside = [place for place, atom in enumerate(self.atoms) if parts.items() <= atom.items()]
        chosen = [EVERYBODY.index(column) for column in columns]
        return self._numbered[editions, inside][:, :, bins][..., chosen].ravel()

    @cached_property
    def _numbered(self) -> Places:
        shape = self.editions, len(self.atoms), self.bins, len(EVERYBODY)
        return np.arange(self.size, dtype=np.intp).reshape(shape)


def worlds(numbers: Numbers, editions: int = 1) -> Iterator[World]:
    """One of all attributes; where that is too large, one for each table of the result."""
    bins = max((len(b) for each in numbers.calibrations.values() for b in each.values()), default=1)
    whole = World(_crossed(numbers.groups), bins, editions)
    if 0 < whole.size <= MOST_COUNTS:
        yield whole
        return
    for groups in numbers.groups.values():
        atoms = tuple(group.parts for group in groups.values())
        alone = World(atoms, bins, editions)
        yield alone if alone.size <= MOST_COUNTS else World(atoms, 1, editions)


def _crossed(tables: Groups) -> tuple[Parts, ...]:
    """Everybody by all attributes, without those whom a table would list; () for too many."""
    listed = [[group.parts for group in groups.values()] for groups in tables.values()]
    there = {frozenset(parts.items()) for each in listed for parts in each}
    names = [frozenset(each[0]) for each in listed]
    found: list[Parts] = [{}]
    for values in (each for each in listed if len(each[0]) == 1):
        if len(found) * len(values) > MOST_COUNTS:
            return ()
        found = [{**one, **part} for one in found for part in values]
        inside = [each for each in names if each <= found[0].keys()]
        found = [
            one
            for one in found
            if all(frozenset((name, one[name]) for name in each) in there for each in inside)
        ]
    return tuple(found)


def told(
    world: World, shown: Numbers, real: Numbers, editions: slice = slice(None)
) -> Iterator[Sum]:
    """All numbers of a published result (``shown``) as sums of the counts of these editions.

    ``real`` are the numbers behind it: hidden score bins have known ends, and tradeoffs tell of
    them.
    """
    members = [group for groups in shown.groups.values() for group in groups.values()]
    for group in (shown.overall, *members):
        if world.has(group.parts):
            yield from _of_group(world, group, editions, shown.plan)
    if world.bins > 1:
        for table, groups in shown.calibrations.items():
            for value, bins in groups.items():
                if world.has({table: value}):
                    yield from _of_bins(world, {table: value}, bins, editions, shown.plan)
        yield from _of_cut(world, real, editions)
        yield from _of_tradeoffs(world, shown, real, editions)


def _of_group(world: World, group: Group, editions: slice, plan: AuditPlan) -> Iterator[Sum]:
    if group.n is not None:
        yield Sum(world.places(group.parts, editions=editions), group.n)
    for name, rate in RATES.items():
        if name in group.metrics:
            yield from _of_share(
                group.metrics[name],
                world.places(group.parts, rate.bottom, editions=editions),
                world.places(group.parts, rate.top, editions=editions),
                plan,
            )


def _of_bins(
    world: World, parts: Parts, bins: Sequence[ScoreBin], editions: slice, plan: AuditPlan
) -> Iterator[Sum]:
    for place, one in enumerate(bins):
        here = slice(place, place + 1)
        yield from _of_share(
            one.share,
            world.places(parts, EVERYBODY, here, editions),
            world.places(parts, FAVOURABLE, here, editions),
            plan,
        )


def _of_share(measure: Measure, every: Places, some: Places, plan: AuditPlan) -> Iterator[Sum]:
    if measure.of is not None:
        yield from _of_counts(count(measure), every, some, plan)


def _of_counts(
    counts: tuple[int, int], every: Places, some: Places, plan: AuditPlan
) -> Iterator[Sum]:
    top, of = counts
    yield Sum(every, of)
    if not plan.weight:  # a weighted share is no number of people
        yield Sum(some, top)


def _of_cut(world: World, real: Numbers, editions: slice) -> Iterator[Sum]:
    """Where a threshold on the score decides: nobody above is refused, nobody below selected."""
    bins = next((b for each in real.calibrations.values() for b in each.values()), ())
    for place, one in enumerate(bins):
        for columns, side in ((REFUSED, one.start), (SELECTED, -one.end)):
            sign = 1 if columns is REFUSED else -1
            if real.cut is not None and side >= sign * real.cut:
                yield Sum(world.places({}, columns, slice(place, place + 1), editions), 0)


def _of_tradeoffs(world: World, shown: Numbers, real: Numbers, editions: slice) -> Iterator[Sum]:
    """A threshold where a score bin begins tells how many people lie above, by outcome."""
    for table, tradeoff in shown.tradeoffs.items():
        policies = (*tradeoff.common, *tradeoff.by_group)
        scores = {score for policy in policies for score in policy.thresholds.values()}
        for value, bins in real.calibrations.get(table, {}).items():
            group = real.groups[table][value]
            if not world.has(group.parts) or not is_judged(group, real.plan.thresholds):
                continue
            for place in (at for at, one in enumerate(bins) if one.start in scores):
                counts = [count(one.share) for one in bins[place:]]
                above = slice(place, None)
                yield from _of_counts(
                    (sum(top for top, _ in counts), sum(of for _, of in counts)),
                    world.places({table: value}, EVERYBODY, above, editions),
                    world.places({table: value}, FAVOURABLE, above, editions),
                    real.plan,
                )
