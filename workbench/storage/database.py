"""Engine, transactions, and column types that lose nothing.

The SQLite recipe (WAL, FULL, BEGIN IMMEDIATE, patched library) is measured: the driver's defaults
lose updates silently when several processes write. Both databases behave alike: one writer at a
time, so what a transaction has checked still holds when it writes; readers wait for nobody and see
one moment.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Text, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from workbench.basics.errors import BadSetting, Busy
from workbench.basics.text import later

try:  # The wheel carries a SQLite without the WAL-reset bug; it exists for Linux only.
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # pragma: no cover
    import sqlite3 as sqlite  # type: ignore[no-redef,unused-ignore]

SQLITE_VERSION: str = sqlite.sqlite_version
PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "busy_timeout=30000",
    "foreign_keys=on",
    "trusted_schema=off",
)
# SQLite and PostgreSQL say "occupied" in these words.
OCCUPIED = ("database is locked", "database is busy", "lock timeout", "deadlock detected")
SNAPSHOT = "set transaction isolation level repeatable read, read only"
# The number means nothing but "the writer"; it must only be the same everywhere.
WRITER = "set local lock_timeout = '30s'; select pg_advisory_xact_lock(571)"

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An instant, stored as ISO 8601 text in UTC; sorts as it counts on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:  # noqa: ARG002
        """To text; raises TypeError for an instant without time zone, which would be a guess."""
        if value is not None and value.tzinfo is None:
            raise TypeError(f"{value} has no time zone")
        return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Back to an aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A JSON value as text, the same on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        """To text with sorted keys."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ARG002
        """Back to the value."""
        return None if value is None else json.loads(value)


def make_engine(url: str) -> Engine:
    """An engine for the address, with the SQLite recipe where it is SQLite.

    Raises BadSetting when the address cannot be read.
    """
    try:
        make_url(url)
    except (ArgumentError, ValueError) as error:
        raise BadSetting(
            "WORKBENCH_DATABASE is not an address of a database, for example "
            "postgresql+psycopg://user@host/name."
        ) from error
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    engine = create_engine(url, module=sqlite, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event starts the transaction instead
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _begin(connection: Any) -> None:
    readonly = connection.get_execution_options().get("readonly")
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Any) -> None:
    readonly = connection.get_execution_options().get("readonly")
    connection.exec_driver_sql(SNAPSHOT if readonly else WRITER)


class Database:
    """One engine, and the only two ways to use it."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end and rolls back on any error.

        Raises Busy when the database stays occupied.
        """
        with _busy_is_said(), Session(self.engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and so waits for no writer."""
        with (
            _busy_is_said(),
            self.engine.connect().execution_options(readonly=True) as connection,
            Session(connection, expire_on_commit=False, autoflush=False) as session,
        ):
            yield session

    def epoch(self, session: Session) -> float:
        """Seconds since 1970 by the database's clock, which all workers share."""
        if self.engine.dialect.name == "sqlite":
            query = "select (julianday('now') - 2440587.5) * 86400.0"
        else:
            query = "select extract(epoch from clock_timestamp())"
        return float(session.connection().execute(text(query)).scalar_one())


@contextmanager
def _busy_is_said() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if any(words in str(error.orig) for words in OCCUPIED):
            raise Busy(later("The workbench is busy. Try again in a moment.")) from error
        raise
