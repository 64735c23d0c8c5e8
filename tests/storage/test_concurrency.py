"""Nothing that was acknowledged is lost, however many write at once."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from tests.conftest import SHIPPED
from workbench.basics.errors import Busy
from workbench.storage import database as recipe
from workbench.storage.database import Database
from workbench.storage.people import Attempt

PROCESSES, ROUNDS = 8, 50
# Read a number, add one, write it back, again and again: what services do. The processes are forks
# of one that has loaded everything, so that they really write at the same time.
WRITERS = """
import multiprocessing, sys
from workbench.storage.database import Database
from workbench.storage.people import Attempt
url, processes, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

def count():
    database = Database(url)
    for _ in range(rounds):
        with database.transaction() as session:
            row = session.get_one(Attempt, ("counter", 0))
            row.count += 1
            session.add(row)

fork = multiprocessing.get_context("fork")
writers = [fork.Process(target=count) for _ in range(processes)]
for writer in writers:
    writer.start()
for writer in writers:
    writer.join()
sys.exit(any(writer.exitcode for writer in writers))
"""


def test_no_update_is_lost_between_processes(database: Database, url: str) -> None:
    """8 processes × 50 times read, add one, write: the number is 400 in the end."""
    with database.transaction() as session:
        session.add(Attempt(key="counter", window=0))
    command = [sys.executable, "-c", WRITERS, url, str(PROCESSES), str(ROUNDS)]
    subprocess.run(command, check=True, timeout=50)
    with database.reading() as session:
        assert session.get_one(Attempt, ("counter", 0)).count == PROCESSES * ROUNDS


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: an acknowledged commit survives a power cut
        ("foreign_keys", 1),
        ("busy_timeout", 30000),
        ("trusted_schema", 0),
    ],
)
def test_the_recipe_is_really_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pragma: str, value: object
) -> None:
    """Each connection to SQLite has WAL, FULL, foreign keys and patience."""
    monkeypatch.setattr(recipe, "PRAGMAS", SHIPPED)
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with database.transaction() as session:
        assert session.connection().execute(text(f"pragma {pragma}")).scalar_one() == value


def test_an_error_takes_everything_back(database: Database) -> None:
    """What was written before an error in the same transaction is not there afterwards."""
    with pytest.raises(KeyError), database.transaction() as session:  # noqa: PT012 - one act
        session.add(Attempt(key="counter", window=0))
        session.flush()
        raise KeyError
    with database.reading() as session:
        assert session.get(Attempt, ("counter", 0)) is None


def test_a_reader_waits_for_no_writer(database: Database) -> None:
    """While somebody writes, a reader reads what was there before."""
    with database.transaction() as writing:
        writing.add(Attempt(key="counter", window=0))
        writing.flush()
        with database.reading() as session:
            assert session.get(Attempt, ("counter", 0)) is None


def test_a_reader_sees_one_moment(database: Database) -> None:
    """What is committed while a reader reads does not change what it sees."""
    with database.reading() as session:
        assert session.get(Attempt, ("counter", 0)) is None
        with database.transaction() as writing:
            writing.add(Attempt(key="counter", window=0))
        assert session.get(Attempt, ("counter", 0)) is None


def test_a_database_that_stays_occupied_says_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite: whoever waits in vain for the writer gets Busy, not a fault of the program."""
    pragmas = [one for one in recipe.PRAGMAS if not one.startswith("busy_timeout")]
    monkeypatch.setattr(recipe, "PRAGMAS", (*pragmas, "busy_timeout=10"))
    assert_second_writer_is_refused(Database(f"sqlite:///{tmp_path / 'new.db'}"))


def test_an_occupied_postgresql_says_busy(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL: whoever waits in vain for the writer gets Busy, not a fault of the program."""
    monkeypatch.setattr(recipe, "WRITER", recipe.WRITER.replace("30s", "10ms"))
    assert_second_writer_is_refused(Database(postgres_url))


def assert_second_writer_is_refused(database: Database) -> None:
    """Two transactions at once: the second one is told to try again."""
    with database.transaction() as first:
        first.connection()
        with pytest.raises(Busy, match="Try again"), database.transaction() as second:
            second.connection()
    database.engine.dispose()


def test_another_fault_of_the_database_is_no_busy(database: Database) -> None:
    """Twin: an error that no waiting mends stays what it is."""
    # PostgreSQL says "undefined table" with a class of its own.
    with (
        pytest.raises((OperationalError, ProgrammingError)),
        database.transaction() as session,
    ):
        session.connection().execute(text("select * from nowhere"))
