"""What else must be hidden because a reader could bound a hidden number to one value.

``hiding`` makes sure that no hidden number follows from sums. Here a solver looks for what follows
when counts are also whole and not below 0 (see ``bounds``), and further groups are hidden until
nothing does. What everybody's numbers, an earlier published result or the group of a score bin tell
by themselves cannot be taken back and is left out. Loads a solver, so it runs where audits run.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from workbench.audit.parts import Guard
from workbench.audit.results import AuditResult
from workbench.audit.suppression import asked as asked_for
from workbench.audit.suppression import hiding, publication
from workbench.audit.suppression.asked import Asked, Subject
from workbench.audit.suppression.bounds import NoSuchCounts, Sum, only_values
from workbench.audit.suppression.hiding import Hidden
from workbench.audit.suppression.reader import World, told, worlds
from workbench.audit.suppression.secondary import Key, Sums, sums
from workbench.audit.suppression.smallness import TIERS, Numbers, Place, sized
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

CONTRADICTION = later(
    "The numbers of this result contradict each other: no people can have them all. Run the audit "
    "again and send its result as it was written."
)
EITHER, FIRST = slice(None), slice(0, 1)


def guarded(result: AuditResult) -> AuditResult:
    """The result with its guard, so that it can be published; raises what ``guard`` raises."""
    return result.model_copy(update={"guard": guard(result)})


def guard(result: AuditResult, earlier: Sequence[AuditResult] = ()) -> Guard:
    """What else to hide, beside these earlier results as they were published.

    Each earlier one is set beside the new one alone. Deterministic; hides small groups first.
    Raises DataRefused where no people can have all the numbers.
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
        asked = [*asked_for.of_groups(world, numbers, hidden, new)]
        public = [*told(world, old, old, before)] if old else []
        if old:
            asked += asked_for.before(world, old, before)
        bins = [*asked_for.of_bins(world, numbers, hidden, new)]
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
    except NoSuchCounts as error:
        if world.editions > 1:  # not everybody of one result can be in the other one
            return []
        raise DataRefused(CONTRADICTION) from error
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
        elif near := _neighbour(known, everywhere, one.key):
            shares |= near
        else:  # no share is left to hide: sizes tell it
            own = {one.key} & numbers.members.keys() - hidden.groups
            sizes |= own or _neighbour(known, hidden.groups, one.key)
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
