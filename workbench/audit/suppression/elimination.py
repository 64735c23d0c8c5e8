"""What follows from known sums: which unknown numbers a reader could compute, exactly.

Numbers that add up in several ways are a system of linear equations. An unknown is determined when
every solution gives it the same value, so when it is 0 in all solutions of the homogeneous system.
One such solution, drawn at random, shows that: an unknown that could vary is 0 in it only by a
chance of one in 2⁶¹.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from heapq import heapify, heappop, heappush
from random import Random
from typing import TypeVar

Unknown = TypeVar("Unknown", bound=Hashable)
Row = dict[int, int]

# Arithmetic is exact and stays small modulo a prime (of Mersenne).
PRIME = 2**61 - 1


def determined(equations: Iterable[Mapping[Unknown, int]]) -> set[Unknown]:
    """The unknowns whose values follow from the equations, each a sum of unknowns × factors.

    What the sums amount to does not matter, only which unknowns they hold. The same equations
    always give the same answer.
    """
    names: dict[Unknown, int] = {}
    rows = []
    for equation in equations:
        row = {names.setdefault(name, len(names)): factor for name, factor in equation.items()}
        if row:
            rows.append(row)
    solution = _solution(_eliminated(rows), len(names))
    return {name for name, place in names.items() if solution[place] == 0}


def _solution(pivots: list[tuple[int, Row]], size: int) -> list[int]:
    """A random solution of the homogeneous system; ``pivots`` in the order of elimination."""
    draw = Random(1)  # noqa: S311 — nothing secret; it must only not fit the equations by chance
    values = [draw.randrange(1, PRIME) for _ in range(size)]
    for pivot, row in reversed(pivots):
        rest = sum(factor * values[place] for place, factor in row.items() if place != pivot)
        values[pivot] = -rest * pow(row[pivot], -1, PRIME) % PRIME
    return values


def _eliminated(rows: list[Row]) -> list[tuple[int, Row]]:
    """Each pivot with its row, in an order that keeps the rows short (Markowitz 1957).

    The shortest row comes first, and in it the unknown that the fewest other rows hold; this
    unknown is then taken out of them.
    """
    left: dict[int, Row] = dict(enumerate(rows))
    holding: dict[int, set[int]] = defaultdict(set)
    for number, row in left.items():
        for place in row:
            holding[place].add(number)
    queue = [(_cost(row, holding), number) for number, row in left.items()]
    heapify(queue)
    pivots = []
    while queue:
        cost, number = heappop(queue)
        if number not in left:
            continue
        now = _cost(left[number], holding)
        if cost < now:
            heappush(queue, (now, number))
            continue
        pivot, changed = _use(number, left, holding)
        pivots.append(pivot)
        for other in changed:
            heappush(queue, (_cost(left[other], holding), other))
    return pivots


def _use(
    number: int, left: dict[int, Row], holding: Mapping[int, set[int]]
) -> tuple[tuple[int, Row], list[int]]:
    """Take this row away and its pivot out of the rows left; the rows that changed by it."""
    row = left.pop(number)
    for place in row:
        holding[place].discard(number)
    pivot = min(row, key=lambda place: (len(holding[place]), place))
    changed = sorted(holding[pivot])
    for other in changed:
        _take_out(pivot, row, left[other], holding, other)
        if not left[other]:
            del left[other]
    return (pivot, row), [other for other in changed if other in left]


def _cost(row: Row, holding: Mapping[int, set[int]]) -> int:
    """How many entries using this row can add elsewhere, at most; itself it holds too."""
    return (len(row) - 1) * (min(len(holding[place]) for place in row) - 1)


def _take_out(
    pivot: int, row: Row, other: Row, holding: Mapping[int, set[int]], number: int
) -> None:
    """Subtract so much of ``row`` from ``other`` that the pivot vanishes there."""
    factor = other[pivot] * pow(row[pivot], -1, PRIME) % PRIME
    for place, value in row.items():
        left = (other.get(place, 0) - factor * value) % PRIME
        if left:
            other[place] = left
            holding[place].add(number)
        else:
            other.pop(place, None)
            holding[place].discard(number)
