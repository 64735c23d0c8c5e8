"""Several ways through the same months: what happened earlier is recorded earlier."""

from collections.abc import Generator, Iterable
from datetime import UTC, date, datetime, time
from heapq import heapify, heappop, heappush
from typing import TypeVar

from workbench.basics import clock

MORNING = time(8, tzinfo=UTC)
T = TypeVar("T")


def morning(day: date) -> datetime:
    """When the example town begins to work on that day."""
    return datetime.combine(day, MORNING)


def in_order(ways: Iterable[Generator[date, None, T]]) -> list[T]:
    """Go every way to its end, day by day, under the clock of the day; returns what they return.

    A way yields the day before it does what happened then.
    """
    waiting = [(next(way), number, way) for number, way in enumerate(ways)]
    heapify(waiting)
    ended: dict[int, T] = {}
    latest = datetime.min.replace(tzinfo=UTC)
    while waiting:
        day, number, way = heappop(waiting)
        with clock.at(max(latest, morning(day))):
            try:
                heappush(waiting, (next(way), number, way))
            except StopIteration as end:
                ended[number] = end.value
            latest = clock.now()
    return [ended[number] for number in sorted(ended)]
