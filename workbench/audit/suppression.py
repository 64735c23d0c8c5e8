"""Which groups must stay hidden so that no small group can be computed back.

Hiding a small group is not enough: the total minus the shown groups gives it away. Official
statistics call hiding further groups for this reason secondary suppression. What a reader can
compute is exactly what follows linearly from the known sums, so this is checked by elimination:
a hidden count that the equations determine is not hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Key = tuple[str, str]  # attribute or "a & b", value or "x & y"
Equation = dict[Key, Fraction]


@dataclass(frozen=True)
class Sized:
    """How many people share which values: {"sex": "female"} or one value of each of two."""

    n: int
    parts: Mapping[str, str]


def hidden_keys(groups: Mapping[Key, Sized], minimum: int) -> frozenset[Key]:
    """The groups to hide: all with fewer than ``minimum`` people, and what protects them.

    The overall number of people counts as known. Afterwards no hidden count is determined by
    the shown ones, no hidden rest of a sum is smaller than ``minimum``, and every intersection
    with a hidden group is hidden. Deterministic; hides smaller groups before larger ones.
    """
    equations = _equations(groups)
    hidden = {key for key, group in groups.items() if group.n < minimum}
    while True:
        hidden |= _intersections(groups, hidden)
        leak = _small_rest(groups, equations, hidden, minimum) or _computable(equations, hidden)
        if leak is None or len(hidden) == len(groups):
            return frozenset(hidden)
        hidden.add(_cover(groups, hidden, leak))


def _equations(groups: Mapping[Key, Sized]) -> list[Equation]:
    """All sums that hold: groups of an attribute → everybody, a row of a table → its group."""
    sums: dict[tuple[str, Key | None], Equation] = {}
    for key, group in groups.items():
        if len(group.parts) == 1:
            sums.setdefault((key[0], None), {})[key] = Fraction(1)
            continue
        for part in group.parts.items():
            row = sums.setdefault((key[0], part), {part: Fraction(-1)} if part in groups else {})
            row[key] = Fraction(1)
    return list(sums.values())


def _intersections(groups: Mapping[Key, Sized], hidden: set[Key]) -> set[Key]:
    return {key for key, group in groups.items() if not hidden.isdisjoint(group.parts.items())}


def _small_rest(
    groups: Mapping[Key, Sized], equations: Iterable[Equation], hidden: set[Key], minimum: int
) -> Equation | None:
    """A sum whose hidden rest is known and smaller than ``minimum``."""
    for equation in equations:
        inside = [key for key in equation if key in hidden]
        known = all(equation[key] > 0 for key in inside)
        if inside and known and sum(groups[key].n for key in inside) < minimum:
            return equation
    return None


def _computable(equations: Sequence[Equation], hidden: set[Key]) -> Equation | None:
    """A sum that gives away a hidden group; None when no hidden count follows from the shown."""
    rows = _reduced([_restricted(equation, hidden) for equation in equations])
    known = {key for row in rows if len(row) == 1 for key in row}
    around = [equation for equation in equations if not known.isdisjoint(equation)]
    # The chain of conclusions starts at the sum with the fewest hidden parts.
    return min(around, key=lambda equation: len(_restricted(equation, hidden)), default=None)


def _restricted(equation: Equation, hidden: set[Key]) -> Equation:
    return {key: factor for key, factor in equation.items() if key in hidden}


def _reduced(rows: list[Equation]) -> list[Equation]:
    """Reduced row echelon form: a count is determined exactly when a row holds it alone."""
    done: list[tuple[Key, Equation]] = []
    for original in rows:
        row = original
        for pivot, other in done:
            row = _minus(row, other, pivot)
        if not row:
            continue
        pivot = min(row)
        row = {key: factor / row[pivot] for key, factor in row.items()}
        done = [(old, _minus(other, row, pivot)) for old, other in done]
        done.append((pivot, row))
    return [row for _, row in done]


def _minus(row: Equation, other: Equation, pivot: Key) -> Equation:
    factor = row.get(pivot)
    if not factor:
        return row
    merged = {
        key: row.get(key, Fraction(0)) - factor * other.get(key, Fraction(0))
        for key in row.keys() | other.keys()
    }
    return {key: value for key, value in merged.items() if value}


def _cover(groups: Mapping[Key, Sized], hidden: set[Key], leak: Equation) -> Key:
    """The next group to hide: the smallest shown part of the leaking sum, else of everything."""
    candidates = set(leak) - hidden or set(groups) - hidden
    # Parts before the whole that they add up to, small before large: as little as possible is lost.
    return min(candidates, key=lambda key: (leak.get(key, 0) < 0, groups[key].n, key))
