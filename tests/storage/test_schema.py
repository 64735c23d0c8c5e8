"""The migrations lead to exactly the schema of the code, on both databases, and back."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Column, Engine, Integer, MetaData, Table, inspect

from workbench.basics.errors import BadSetting
from workbench.storage import schema
from workbench.storage.database import Database
from workbench.storage.tables import METADATA


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    """What alembic would still change."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_head_is_the_schema_of_the_code(empty_url: str) -> None:
    """After all migrations there is no difference left between database and models."""
    database = Database(empty_url)
    schema.upgrade(database)
    assert schema.current(database) == schema.head()
    assert differences(database.engine, METADATA) == []
    database.engine.dispose()


def test_a_forgotten_migration_is_noticed(database: Database) -> None:
    """Twin: a table that only the code knows is a difference."""
    more = MetaData()
    for table in METADATA.tables.values():
        table.to_metadata(more)
    Table("forgotten", more, Column("id", Integer, primary_key=True))
    assert [one[0] for one in differences(database.engine, more)] == ["add_table"]  # type: ignore[index]


def test_every_check_of_the_code_is_in_the_database(database: Database) -> None:
    """Alembic does not compare CHECK constraints; each one of the models is there by name."""
    found = inspect(database.engine)
    for table in METADATA.tables.values():
        wanted = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
        assert {str(one["name"]) for one in found.get_check_constraints(table.name)} == wanted


def test_down_and_up_again(empty_url: str) -> None:
    """Every migration can be taken back, leaves nothing behind, and can be done again."""
    database = Database(empty_url)
    schema.upgrade(database)
    with database.engine.begin() as connection:
        command.downgrade(schema._config(connection), "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    assert schema.current(database) is None
    schema.upgrade(database)
    assert differences(database.engine, METADATA) == []
    database.engine.dispose()


def test_upgrade_of_a_ready_database_changes_nothing(database: Database) -> None:
    """Doing it twice is the same as doing it once."""
    schema.upgrade(database)
    schema.require(database)


def test_an_empty_database_is_refused(empty_url: str) -> None:
    """Who works on a database without schema is told which command to run."""
    database = Database(empty_url)
    with pytest.raises(BadSetting, match="workbench init"):
        schema.require(database)
    database.engine.dispose()


def test_a_look_makes_no_file(tmp_path: Path) -> None:
    """Asking for the schema of a SQLite file that is not there does not create it."""
    assert schema.current(Database(f"sqlite:///{tmp_path / 'new.db'}")) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    ["sqlite:////nonexistent/folder/x.db", "postgresql+psycopg://nobody@127.0.0.1:1/nothing"],
)
def test_a_database_out_of_reach_is_named(address: str) -> None:
    """A database that cannot be opened is a wrong setting, told in one line."""
    with pytest.raises(BadSetting, match="WORKBENCH_DATABASE cannot be opened") as caught:
        schema.upgrade(Database(address))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ["nonsense", "postgresql://host:port/x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """What is no database address is refused before anything is tried."""
    with pytest.raises(BadSetting, match="WORKBENCH_DATABASE"):
        Database(address)
