"""The only place that asks for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# The product is for German towns: days and hours are theirs.
ZONE = ZoneInfo("Europe/Berlin")

_AHEAD: ContextVar[timedelta] = ContextVar("ahead", default=timedelta())


def now() -> datetime:
    """The present moment in UTC, to the second (what people compare needs no more)."""
    return (datetime.now(UTC) + _AHEAD.get()).replace(microsecond=0)


def day(moment: datetime) -> date:
    """The date of a moment where the town lies."""
    return moment.astimezone(ZONE).date()


def today() -> date:
    """The present date where the town lies."""
    return day(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let this thread live at another moment, from which its time goes on.

    For records that are made up and marked so: what the example town did in earlier months.
    """
    before = _AHEAD.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _AHEAD.reset(before)
