"""What several example systems did in the same months is recorded in the order of the days."""

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from workbench.basics import clock
from workbench.demo import days

Journal = list[tuple[datetime, str]]


def way(name: str, on: list[date], journal: Journal) -> Generator[date, None, str]:
    """Writes down when each day was lived."""
    for day in on:
        yield day
        journal.append((clock.now(), f"{name} {day}"))
    return name


DAYS = some.lists(some.dates(date(2025, 1, 1), date(2026, 11, 1)), min_size=1, max_size=5)


@given(some.lists(DAYS.map(sorted), min_size=1, max_size=4))
def test_the_journal_is_in_order(ways: list[list[date]]) -> None:
    """Every act bears its day, and no act an earlier time than the one recorded before it."""
    journal: Journal = []
    names = [f"system {number}" for number in range(len(ways))]
    ended = days.in_order(way(name, on, journal) for name, on in zip(names, ways, strict=True))
    assert ended == names
    times = [at for at, _ in journal]
    assert times == sorted(times)
    assert all(said.endswith(str(at.date())) for at, said in journal)
    assert len(journal) == sum(map(len, ways))


def test_a_way_back_in_time_keeps_the_order() -> None:
    """Twin: a day that lies before what was recorded does not turn the time back."""
    journal: Journal = []
    backwards = [date(2026, 5, 1), date(2026, 4, 1)]
    days.in_order([way("a", backwards, journal)])
    assert journal[1][0] >= journal[0][0] >= datetime(2026, 5, 1, 8, tzinfo=UTC)


def test_afterwards_it_is_now() -> None:
    """The clock is left as it was found."""
    days.in_order([way("a", [date(2025, 1, 1)], [])])
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
