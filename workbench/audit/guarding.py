"""What else must be hidden because a reader could bound a hidden number to one value.

``hiding`` makes sure that no hidden number follows from sums. Here a solver looks for what follows
when counts are also whole and not below 0 (see ``bounds``), and further groups are hidden until
nothing does. What everybody's numbers, an earlier published result or the group of a score bin tell
by themselves cannot be taken back and is left out. Loads a solver, so it runs where audits run.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from workbench.audit import hiding, publication
from workbench.audit.bounds import NoSuchCounts, Places, Sum, only_values
from workbench.audit.hiding import Hidden
from workbench.audit.metrics import EVERYBODY, RATES, Count
from workbench.audit.parts import Guard
from workbench.audit.plan import Thresholds
from workbench.audit.reader import FAVOURABLE, World, told, worlds
from workbench.audit.results import AuditResult
from workbench.audit.smallness import FEW, TIERS, Numbers, Place, count, sized
from workbench.audit.suppression import Key, Sums, sums

UNFAVOURABLE: tuple[Count, ...] = ("fp", "tn", "other")
EITHER, FIRST = slice(None), slice(0, 1)
# A group, and which of its score bins.
Subject = tuple[Key, int | None]


@dataclass(frozen=True, eq=False)
class Asked:
    """A hidden number of a group, or of its score bin; told, it matters up to ``most``."""

    key: Key
    places: Places
    is_size: bool = False
    bin: int | None = None
    most: float = float("inf")

    @property
    def of(self) -> Subject:
        """What the number is about."""
        return self.key, self.bin


def guarded(result: AuditResult) -> AuditResult:
    """The result with its guard, so that it can be published."""
    return result.model_copy(update={"guard": guard(result)})


def guard(result: AuditResult, earlier: Sequence[AuditResult] = ()) -> Guard:
    """What else to hide, beside these earlier results as they were published.

    Each earlier one is set beside the new one alone. Deterministic; hides small groups first.
    """
    numbers, before = result.numbers, [one.numbers for one in earlier]
    found, open_ = Guard(), set[Subject]()
    while True:
        hidden = hiding.found(numbers, before, found)
        # What was told is asked again until it no longer is, then everything once more: what is
        # hidden for one number's sake can change what is hidden for another's.
        loose = _loose(numbers, hidden, before, open_)
        wider = _wider(numbers, hidden, found, loose)
        if wider == found and not open_:
            return found
        found, open_ = wider, {one.of for one in loose} if wider != found else set()


def _loose(
    numbers: Numbers, hidden: Hidden, before: Sequence[Numbers], about: Set[Subject]
) -> list[Asked]:
    """One number that is told of each group and score bin; ``about`` these only, if there are."""
    loose = {
        each.of: each for old in (None, *before) for each in _told(numbers, hidden, old, about)
    }
    return list(loose.values())


def _told(
    numbers: Numbers, hidden: Hidden, old: Numbers | None, about: Set[Subject]
) -> Iterator[Asked]:
    """The hidden numbers that have one value only, beside at most one earlier result."""
    if not hidden.anything and not hidden.bins:
        return
    everything = Hidden(
        dict.fromkeys(hidden.tiers, frozenset(numbers.members)), _places(numbers), {}
    )
    known, of_groups, of_bins = (
        _shown(numbers, one)
        for one in (hidden, everything, replace(everything, tiers=hidden.tiers))
    )
    new, before = _editions(numbers, old)
    for world in worlds(numbers, 1 if old is None else 2):
        asked = [*_asked_of_groups(world, numbers, hidden, new)]
        public = [*told(world, old, old, before)] if old else []
        if old:
            asked += _asked_before(world, old, before)
        bins = [*_asked_of_bins(world, numbers, hidden, new)]
        facts = [*told(world, known, numbers, new), *public]
        for questions, floor in ((asked, of_groups), (bins, of_bins)):
            chosen = [one for one in questions if not about or one.of in about]
            loose = _settled(world, facts, chosen)
            given = _settled(world, [*told(world, floor, numbers, new), *public], loose)
            yield from (one for one in loose if one not in given)


def _settled(world: World, known: Sequence[Sum], asked: Sequence[Asked]) -> list[Asked]:
    """Those of the asked numbers that have one value only, and one that matters."""
    try:
        values = only_values(world.size, known, [one.places for one in asked])
    except NoSuchCounts:  # not everybody of one result can be in the other one
        return []
    return [asked[place] for place, value in values.items() if value <= asked[place].most]


def _shown(numbers: Numbers, hidden: Hidden) -> Numbers:
    return replace(
        numbers,
        groups=publication.shown_groups(numbers.groups, hidden),
        calibrations=publication.shown_bins(numbers.calibrations, hidden),
        tradeoffs=hidden.tradeoffs,
    )


def _editions(numbers: Numbers, old: Numbers | None) -> tuple[slice, slice]:
    """Which counts make up the new result, and which the old one: the smaller is in the larger."""
    is_larger = old is None or (numbers.overall.n or 0) >= (old.overall.n or 0)
    return (EITHER, FIRST) if is_larger else (FIRST, EITHER)


def _places(numbers: Numbers) -> frozenset[Place]:
    return frozenset(
        (table, value, place)
        for table, values in numbers.calibrations.items()
        for value, bins in values.items()
        for place in range(len(bins))
    )


def _asked_of_groups(
    world: World, numbers: Numbers, hidden: Hidden, editions: slice
) -> Iterator[Asked]:
    """Sizes and counts of groups that are hidden because they tell about few people."""
    thresholds = numbers.plan.thresholds
    for key, group in numbers.members.items():
        if not world.has(group.parts):
            continue
        n = group.n or 0
        if key in hidden.groups and n < thresholds.publish_minimum:
            yield Asked(key, world.places(group.parts, editions=editions), is_size=True)
        if numbers.plan.weight:
            continue
        counts = {
            columns: people
            for name in group.metrics.keys() & RATES.keys()
            if hidden.metric(key, name)
            for columns, people in _sides(name, count(group.metrics[name]))
        }
        for columns in sorted(
            one for one, people in counts.items() if matters(people, n, thresholds)
        ):
            places = world.places(group.parts, columns, editions=editions)
            yield Asked(key, places)


def _sides(name: str, counted: tuple[int, int]) -> Iterator[tuple[tuple[Count, ...], int]]:
    """Whom a rate counts, and whom it leaves out, each with how many they are."""
    rate, (top, of) = RATES[name], counted
    yield rate.top, top
    yield tuple(column for column in rate.bottom if column not in rate.top), of - top


def matters(people: int, n: int, thresholds: Thresholds) -> bool:
    """Whether so many people of a group of ``n`` are too few to be told; see ``smallness``."""
    least = 0 if n < thresholds.assess_minimum else 1
    is_few = n < thresholds.certain_minimum and least <= people <= FEW
    return is_few or n < thresholds.publish_minimum


def _asked_of_bins(
    world: World, numbers: Numbers, hidden: Hidden, editions: slice
) -> Iterator[Asked]:
    """Sizes and counts of hidden score bins; where scores are not told apart, none."""
    thresholds = numbers.plan.thresholds
    for table, value, place in sorted(hidden.bins if world.bins > 1 else ()):
        top, n = count(numbers.calibrations[table][value][place].share)
        if not n or not world.has({table: value}):
            continue
        sides = ((EVERYBODY, n), (FAVOURABLE, top), (UNFAVOURABLE, n - top))
        for columns, people in sides:
            is_size = columns is EVERYBODY
            if n < thresholds.publish_minimum or (not is_size and matters(people, n, thresholds)):
                here = slice(place, place + 1)
                places = world.places({table: value}, columns, here, editions)
                yield Asked((table, value), places, is_size, place)


def _asked_before(world: World, old: Numbers, editions: slice) -> Iterator[Asked]:
    """What the earlier result hides of its groups: it must stay so."""
    for key, group in old.members.items():
        if not world.has(group.parts):
            continue
        if group.n is None:
            places = world.places(group.parts, editions=editions)
            yield Asked(key, places, is_size=True, most=old.plan.thresholds.publish_minimum - 1)
        for name, measure in group.metrics.items():
            if name in RATES and measure.status == "suppressed":
                for columns, _ in _sides(name, (0, 0)):
                    places = world.places(group.parts, columns, editions=editions)
                    yield Asked(key, places, most=FEW)


def _wider(numbers: Numbers, hidden: Hidden, found: Guard, loose: Iterable[Asked]) -> Guard:
    """The guard with one thing more for each number that is told; the same if nothing is left."""
    sizes, shares, bins = set(found.sizes), set(found.shares), set(found.bins)
    everywhere = frozenset.intersection(*(hidden.tiers[tier] for tier in TIERS))
    known = sums({key: sized(group, ()) for key, group in numbers.members.items()})
    for one in loose:
        if one.bin is not None:
            bins |= _more_bins(numbers, hidden, one.key)
        elif one.is_size:
            sizes |= _neighbour(known, hidden.groups, one.key)
        elif one.key in numbers.members and one.key not in everywhere:
            shares.add(one.key)
        elif within := _bins_within(numbers, hidden, one.key):
            bins |= within
        else:
            shares |= _neighbour(known, everywhere, one.key)
    return Guard(sizes=tuple(sorted(sizes)), shares=tuple(sorted(shares)), bins=tuple(sorted(bins)))


def _bins_within(numbers: Numbers, hidden: Hidden, key: Key) -> set[Place]:
    """The shown score bins of the group and of the wider ones that it is part of."""
    parts = numbers.members[key].parts.items() if key in numbers.members else ()
    return {place for place in _places(numbers) - hidden.bins if (place[0], place[1]) in parts}


def _neighbour(known: Sums, hidden: frozenset[Key], key: Key) -> set[Key]:
    """The smallest shown group of a sum with this one, parts before the whole; else of all."""
    shown = known.groups.keys() - hidden
    near = {
        (each, factor)
        for sum_ in known.equations
        if key in sum_
        for each, factor in sum_.items()
        if each in shown
    } or {(each, 1) for each in shown}
    ranked = sorted((factor < 0, known.groups[each].n, each) for each, factor in near)
    return {each for *_, each in ranked[:1]}


def _more_bins(numbers: Numbers, hidden: Hidden, key: Key) -> set[Place]:
    """All score bins of the group; where they are hidden already, of the attribute; else all."""
    every = _places(numbers)
    for length in (2, 1, 0):
        near = {one for one in every if one[:length] == key[:length]}
        if not near <= hidden.bins:
            return near
    return set(every)
