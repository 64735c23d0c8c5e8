"""The database's schema: bring it up to date, and tell whether it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from workbench.basics.errors import BadSetting
from workbench.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema; does nothing when it is there already.

    Raises BadSetting when the database cannot be opened.
    """
    with _reachable(), database.engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def head() -> str:
    """The newest schema this program knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(database: Database) -> str | None:
    """The schema the database has; None when it is empty or, as a file, not there yet.

    Raises BadSetting when the database cannot be opened.
    """
    address = database.engine.url
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        return None  # a look must not create it, perhaps with the wrong owner
    with _reachable(), database.engine.connect().execution_options(readonly=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0]
        raise BadSetting(f"WORKBENCH_DATABASE cannot be opened: {reason}") from error


def require(database: Database) -> None:
    """Raises BadSetting unless the database has the newest schema."""
    if current(database) != head():
        raise BadSetting("The database is missing or not up to date: run `workbench init`.")
