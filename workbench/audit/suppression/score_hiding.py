"""Which score bins stay hidden.

Score bins follow the rules of groups, each as a group of its own: it stands beside the groups as if
it were a value of one more attribute. Where the plan decides by the score, a group's rates tell
how many people of either outcome lie above the cut: so the bins above add up to a known number, and
those below. A bin that the cut divides takes part in both sums with a piece each; a piece is not
shown, and a small one must not follow either.

Beside earlier published results (see ``earlier``), a bin that was hidden stays hidden, and one that
differs by too few people is hidden; bins with other edges are not shown at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.audit.suppression.cut_sides import with_cut
from workbench.audit.suppression.earlier import Earlier
from workbench.audit.suppression.earlier_scores import EarlierScores
from workbench.audit.suppression.secondary import Key, Sized, Sums, protected, sums
from workbench.audit.suppression.smallness import SIZE, Numbers, Place, count, sized, small_bin

SCORE = "\0score"


@dataclass(frozen=True)
class Bins:
    """The score bins of a result: what they add up to, and which of them are hidden.

    ``unknown`` is all that a reader does not know of the sums, ``places`` the bins among them.
    """

    known: Sums
    unknown: frozenset[Key]
    places: Mapping[Key, Place]
    hidden: frozenset[Place]


def hidden_bins(
    numbers: Numbers,
    gone: Mapping[str, frozenset[Key]],
    beside: Sequence[Earlier],
    guarded: frozenset[Place],
) -> Bins:
    """The score bins to hide: ``guarded`` and those of groups hidden in size or outcome (``gone``)
    among them."""
    is_small = small_bin(numbers.plan.thresholds)
    scores = [EarlierScores(numbers, one.old) for one in beside]
    places = _places(numbers)
    public = {key for key, at in places.items() if any(at in one.public for one in scores)}
    public |= gone[SIZE] & frozenset().union(*(one.public(()) for one in beside))
    known = with_cut(_sums(numbers, places, frozenset(public)), numbers, places)
    start = {key for key, at in places.items() if at[:2] in gone["outcome"] or at in guarded}
    start |= {key for key, at in places.items() if any(at in one.telling for one in scores)}

    def is_small_bin(one: Sized) -> bool:
        return bool(one.counts) and is_small(one)

    hidden = protected(known, is_small_bin, {*gone[SIZE], *start}, places.__contains__)
    told = frozenset(places[key] for key in hidden if key in places)
    unknown = (hidden | known.latent) - known.public
    return Bins(known, unknown, places, told | guarded | _untold(numbers, scores, told))


def _places(numbers: Numbers) -> dict[Key, Place]:
    """The score bins that somebody is in, each under the key of a group."""
    return {
        (f"{table}{SCORE}", f"{value}{SCORE}{place}"): (table, value, place)
        for table, values in numbers.calibrations.items()
        for value, bins in values.items()
        for place, one in enumerate(bins)
        if one.share.of or one.share.status == "suppressed"
    }


def _sums(numbers: Numbers, places: Mapping[Key, Place], public: frozenset[Key]) -> Sums:
    """How score bins add up: to their groups, and to everybody in a bin, which nobody shows."""
    groups = {key: sized(group, ()) for key, group in numbers.members.items()}
    latent = set()
    for key, (table, value, place) in places.items():
        one = numbers.calibrations[table][value][place]
        at = f"{one.start} {one.end}"
        counts = {"share": count(one.share)}
        groups[key] = Sized(one.share.of or 0, {table: value, SCORE: at}, counts)
        groups[SCORE, at] = Sized(0, {SCORE: at}, {"share": (0, 0)})
        latent.add((SCORE, at))
    return sums(groups, frozenset(latent), public)


def _untold(
    numbers: Numbers, scores: Sequence[EarlierScores], hidden: frozenset[Place]
) -> frozenset[Place]:
    """All bins of attributes that cannot be compared with earlier ones."""
    return frozenset(
        (table, value, place)
        for table, values in numbers.calibrations.items()
        if any(one.is_untold(table, hidden) for one in scores)
        for value, bins in values.items()
        for place in range(len(bins))
    )
