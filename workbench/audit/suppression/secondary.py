"""Which numbers must stay hidden so that no small group can be computed back.

Hiding a small group is not enough: the total minus the shown groups gives it away. Official
statistics call hiding further groups for this reason secondary suppression. What a reader can
compute exactly follows linearly from the known sums, so this is checked by elimination: a hidden
count that the equations determine is not hidden. As no count is below 0, hidden parts of which
nobody counts, or everybody, are known too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from workbench.audit.suppression.elimination import determined

Key = tuple[str, str]  # attribute or "a & b", value or "x & y"
Equation = dict[Key, int]  # group → 1, the group that the others add up to → −1


@dataclass(frozen=True)
class Sized:
    """How many people share which values: {"sex": "female"} or one value of each of several.

    ``counts`` are (some of them, of how many) for whatever is counted among them.
    """

    n: int
    parts: Mapping[str, str]
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)


Small = Callable[[Sized], bool]
Told = Callable[[Equation, set[Key]], bool]


@dataclass(frozen=True)
class Sums:
    """All sums that hold between groups: ``equations``, and per group its next narrower ones.

    ``latent`` groups are shown and hidden by nobody; ``public`` ones are known already, whether
    they are hidden or not, so hiding them protects no other.
    """

    groups: Mapping[Key, Sized]
    latent: frozenset[Key]
    equations: tuple[Equation, ...]
    narrower: Mapping[Key, list[Key]]
    public: frozenset[Key] = frozenset()


def hidden_keys(groups: Mapping[Key, Sized], minimum: int) -> frozenset[Key]:
    """The groups to hide: all with fewer than ``minimum`` people, and what protects them.

    The overall number of people counts as known. Afterwards no hidden count is determined by
    the shown ones, no hidden rest of a sum is smaller than ``minimum``, and every intersection
    with a hidden group is hidden. Deterministic; hides smaller groups before larger ones.
    """
    return protected(sums(groups), lambda group: group.n < minimum)


def sums(
    groups: Mapping[Key, Sized],
    latent: frozenset[Key] = frozenset(),
    public: frozenset[Key] = frozenset(),
) -> Sums:
    """How the groups add up: those of an attribute to everybody, narrower ones to each wider one.

    ``latent`` and ``public``: see ``Sums``; the latent ones only link the sums of others.
    """
    names = {frozenset(group.parts.items()): key for key, group in groups.items()}
    equations: dict[tuple[str, frozenset[tuple[str, str]]], Equation] = {}
    narrower: dict[Key, list[Key]] = defaultdict(list)
    for key, group in groups.items():
        parts = frozenset(group.parts.items())
        for part in group.parts.items():
            wider = names.get(parts - {part})
            equation = equations.setdefault((key[0], parts - {part}), {wider: -1} if wider else {})
            equation[key] = 1
            if wider and wider not in latent:
                narrower[wider].append(key)
    return Sums(groups, latent, tuple(equations.values()), dict(narrower), public)


def protected(
    known: Sums,
    is_small: Small,
    hidden: Iterable[Key] = (),
    coverable: Callable[[Key], bool] = lambda _key: True,
    told: Told = lambda _equation, _hidden: False,
) -> frozenset[Key]:
    """What to hide so that nothing small can be known: it, what is ``hidden``, and covers.

    What ``is_small`` says must not be known of a shown group, of hidden ones together whose sum
    follows from the shown ones, and no hidden group may follow from all sums. ``told`` may find
    further reasons why the hidden parts of a sum must not be known together. Only groups that are
    ``coverable`` and not public are hidden for the sake of others. The latent ones are not among
    the result.
    """
    cover = partial(_cover, known, coverable)
    first = {key for key, group in known.groups.items() if is_small(group)} | set(hidden)
    found = (first | known.latent) - known.public
    _close(known, found, first)
    while True:
        before = len(found)
        for equation in known.equations:
            if _tells_a_small_rest(known, equation, found, is_small) or told(equation, found):
                cover(found, equation)
        if len(found) == before:
            _cover_determined(known, found, cover)
        if len(found) == before:
            return frozenset((found | first) - known.latent)


def _close(known: Sums, found: set[Key], start: Iterable[Key]) -> None:
    """Hide every intersection with a hidden group."""
    waiting = list(start)
    while waiting:
        for key in known.narrower.get(waiting.pop(), ()):
            if key not in found and key not in known.public:
                found.add(key)
                waiting.append(key)


def _tells_a_small_rest(known: Sums, equation: Equation, found: set[Key], is_small: Small) -> bool:
    """Whether the sum of the hidden parts is known, and tells about too few people."""
    inside = [key for key in equation if key in found]
    if not inside or any(equation[key] < 0 or key in known.latent for key in inside):
        return False
    if len(inside) == len(equation):  # a sum that is known otherwise; no part could cover others
        return False
    parts = [known.groups[key] for key in inside]
    return is_small(_together(parts)) or any(map(is_small, _all_or_nobody(parts)))


def _all_or_nobody(groups: list[Sized]) -> list[Sized]:
    """Each group with those counts that are 0 or everybody of all groups together.

    No count is below 0, so then it is 0 or everybody of each group, whatever else is hidden.
    """
    whole = _together(groups)
    certain = [name for name, (top, of) in whole.counts.items() if top in {0, of}]
    return [
        Sized(group.n, group.parts, {name: group.counts[name] for name in certain})
        for group in groups
        if certain
    ]


def _together(groups: list[Sized]) -> Sized:
    counts = {
        name: (
            sum(group.counts.get(name, (0, 0))[0] for group in groups),
            sum(group.counts.get(name, (0, 0))[1] for group in groups),
        )
        for name in groups[0].counts
    }
    return Sized(sum(group.n for group in groups), {}, counts)


def _cover_determined(
    known: Sums, found: set[Key], cover: Callable[[set[Key], Equation], None]
) -> None:
    """Hide one more group for every chain of hidden ones that follow from all sums."""
    every = [
        {key: factor for key, factor in equation.items() if key in found}
        for equation in known.equations
    ]
    follows = determined(every)
    # A latent sum that follows is as good as shown.
    latent, lost = follows & known.latent, follows - known.latent
    restricted = [equation.keys() - latent for equation in every]
    around: dict[Key, list[int]] = {key: [] for key in lost}
    for place, equation in enumerate(restricted):
        for key in equation & lost:
            around[key].append(place)
    done: set[Key] = set()
    for start in sorted(lost):
        if start in done:
            continue
        places: set[int] = set()
        waiting = [start]
        while waiting:
            key = waiting.pop()
            done.add(key)
            for place in set(around[key]) - places:
                places.add(place)
                waiting += (restricted[place] & lost) - done
        # The chain of conclusions starts at the sum with the fewest hidden parts.
        first = min(places, key=lambda place: (len(restricted[place]), place))
        cover(found, known.equations[first])


def _cover(
    known: Sums, coverable: Callable[[Key], bool], found: set[Key], equation: Equation
) -> None:
    """Hide the smallest shown part of the sum, else the smallest of everything.

    Parts before the whole that they add up to, small before large: as little as possible is lost.
    """
    free = known.groups.keys() - found - known.public
    shown = [key for key in equation if key in free and coverable(key)]
    shown = shown or [key for key in free if coverable(key)]
    if shown:
        chosen = min(shown, key=lambda key: (equation.get(key, 0) < 0, known.groups[key].n, key))
        found.add(chosen)
        _close(known, found, [chosen])
