"""The only place that asks for the time."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The present moment in UTC, to the second (what people compare needs no more)."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """The present date in UTC."""
    return now().date()
