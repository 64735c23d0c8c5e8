"""What lies above and below a threshold on the score adds up to what a group's rates tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.audit.parts import Group, ScoreBin
from workbench.audit.suppression.secondary import Equation, Key, Sized, Sums
from workbench.audit.suppression.smallness import Numbers, Place, count, small_bin

PIECE = "\0piece"
# Their counts are those with the favourable outcome above and below the threshold, of how many.
RATES_OF_SIDES = ("precision", "false_omission_rate")


@dataclass(frozen=True)
class Side:
    """The bins of a group on one side of a cut, and the piece of the bin that the cut divides."""

    bins: tuple[int, ...]
    piece: Sized | None


def with_cut(known: Sums, numbers: Numbers, places: Mapping[Key, Place]) -> Sums:
    """The sums of score bins with those of both sides of the plan's threshold, per group.

    A bin that is alone on its side is public: it is what the group's own rates tell.
    """
    cut = numbers.cut
    if cut is None:
        return known
    groups, latent = dict(known.groups), set(known.latent)
    public, equations = set(known.public), list(known.equations)
    is_small = small_bin(numbers.plan.thresholds)
    keys = {place: key for key, place in places.items()}
    for table, values in numbers.calibrations.items():
        for value, bins in values.items():
            there = [place for place in range(len(bins)) if (table, value, place) in keys]
            group = numbers.groups[table][value]
            for number, side in enumerate(_sides(group, bins, there, cut)):
                equation: Equation = {keys[table, value, place]: 1 for place in side.bins}
                if side.piece is not None:
                    key = (PIECE, f"{table}\0{value}\0{number}")
                    equation[key], groups[key] = 1, side.piece
                    if not is_small(side.piece):
                        latent.add(key)
                if len(equation) > 1:
                    equations.append(equation)
                else:
                    public |= equation.keys()
    return replace(
        known,
        groups=groups,
        latent=frozenset(latent),
        public=frozenset(public),
        equations=tuple(equations),
    )


def _sides(
    group: Group, bins: Sequence[ScoreBin], there: Sequence[int], cut: float
) -> Iterator[Side]:
    """Above and below; the pieces of a divided bin follow from the ``group``'s own rates."""
    is_divided = any(bins[place].start < cut < bins[place].end for place in there)
    halves = (
        tuple(place for place in there if bins[place].start >= cut),
        tuple(place for place in there if bins[place].end <= cut),
    )
    for half, rate in zip(halves, RATES_OF_SIDES, strict=True):
        piece = None
        if is_divided and rate in group.metrics:
            inside = [count(bins[place].share) for place in half]
            top, of = count(group.metrics[rate])
            top, of = top - sum(one[0] for one in inside), of - sum(one[1] for one in inside)
            piece = Sized(of, {}, {"share": (top, of)}) if of > 0 else None
        yield Side(half, piece)
