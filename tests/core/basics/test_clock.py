"""One clock, in UTC, to the second; nobody else asks for the time."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import workbench
from workbench.basics import clock

ASKING = {"now", "today", "utcnow"}


def test_now_is_in_utc_to_the_second() -> None:
    """What the clock says can be compared with what was stored."""
    before = datetime.now(UTC).replace(microsecond=0)
    now = clock.now()
    assert before <= now <= datetime.now(UTC)
    assert (now.tzinfo, now.microsecond) == (UTC, 0)


def test_today_is_the_day_where_the_town_lies() -> None:
    """In the last hour or two of a day in UTC, the next one has begun there."""
    before = datetime.now(ZoneInfo("Europe/Berlin")).date()
    assert clock.today() in {before, datetime.now(ZoneInfo("Europe/Berlin")).date()}
    winter, summer = (
        datetime(2026, 11, 30, 23, 30, tzinfo=UTC),
        datetime(2026, 6, 30, 22, 30, tzinfo=UTC),
    )
    for moment, day in ((winter, date(2026, 12, 1)), (summer, date(2026, 7, 1))):
        with clock.at(moment):
            assert clock.today() == day
        assert clock.day(moment - timedelta(hours=1)) == day - timedelta(days=1)


def asks(source: str) -> list[int]:
    """The lines in which a module asks datetime or date for the time."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in ASKING
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]


def test_a_module_that_asks_for_the_time_is_found() -> None:
    """Twin: the search works."""
    assert asks("from datetime import datetime\n\nx = datetime.now()") == [3]
    assert asks("from workbench.basics import clock\n\nx = clock.now()") == []


def test_only_the_clock_asks_for_the_time() -> None:
    """Tests can move the time only if there is one place that tells it."""
    package = Path(workbench.__file__).parent
    found = {
        str(file.relative_to(package)): lines
        for file in package.rglob("*.py")
        if (lines := asks(file.read_text(encoding="utf-8")))
    }
    assert set(found) == {"basics/clock.py"}, f"use workbench.basics.clock in {found}"


def test_a_moment_is_lived_and_left_again() -> None:
    """Under another moment the time goes on from there; outside it is the present again.

    Other threads notice nothing.
    """
    then, beside = datetime(2025, 3, 14, 8, tzinfo=UTC), []
    with clock.at(then):
        assert timedelta() <= clock.now() - then < timedelta(seconds=5)
        assert clock.today() == then.date()
        thread = Thread(target=lambda: beside.append(clock.now()))
        thread.start()
        thread.join()
        with clock.at(then - timedelta(days=1)):
            assert clock.now() < then
        assert clock.now() >= then
    for now in (clock.now(), beside[0]):
        assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def moves(source: str) -> bool:
    """Whether a module sets the clock."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == "at"
        and isinstance(node.value, ast.Name)
        and node.value.id == "clock"
        for node in ast.walk(ast.parse(source))
    )


def test_only_the_example_town_lives_at_other_moments() -> None:
    """What a town records bears the time at which it was recorded.

    Twin: the search works.
    """
    package = Path(workbench.__file__).parent
    moved = {
        file.relative_to(package).parts[0]
        for file in package.rglob("*.py")
        if moves(file.read_text(encoding="utf-8"))
    }
    assert moved == {"demo"}
    assert not moves("from workbench.basics import clock\n\nx = clock.now()")
