"""What was handed in for an audit, on both databases: never exchanged, and whole after a change."""

import pytest
from alembic import command
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.examples import audited
from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.storage.test_audits import stored
from workbench.basics import clock
from workbench.services import Workspace
from workbench.storage import audits, schema
from workbench.storage.database import Database
from workbench.storage.tables import METADATA

TABLE = METADATA.tables["dataset"]
MODEL, BEHIND = "b" * 64, "c" * 64


@pytest.fixture
def key(anywhere: Workspace, cast: Cast) -> str:
    """A table that was handed in alone."""
    return audited.handed_in(anywhere, cast.alice, examples.register(anywhere, cast))


def add(database: Database, **changed: str) -> None:
    """One more, like the first but for what is changed."""
    row = {**stored(database, "dataset")[0], "id": "another", **changed}
    with database.transaction() as session:
        session.connection().execute(insert(TABLE).values(row))


def test_before_there_were_backgrounds_and_back(anywhere: Workspace, key: str) -> None:
    """Which one was handed in is lost, the rest stays; what was handed in earlier has none."""
    database = anywhere.database
    before = stored(database, "dataset")
    add(database, model_sha256=MODEL, background_sha256=BEHIND, background_name="rows.csv")
    with database.engine.begin() as connection:
        command.downgrade(schema._config(connection), "0007")
    with pytest.raises(DBAPIError, match="background"):
        stored(database, "dataset")
    schema.upgrade(database)
    after = {row["id"]: row for row in stored(database, "dataset")}
    assert [after[key]] == before
    assert after["another"]["model_sha256"] == MODEL
    assert (after["another"]["background_sha256"], after["another"]["background_name"]) == ("", "")


@pytest.mark.usefixtures("key")
def test_a_background_needs_a_model(anywhere: Workspace) -> None:
    """The database refuses one that nothing could be counted from; with a model it is kept."""
    with pytest.raises(IntegrityError):
        add(anywhere.database, background_sha256=BEHIND)
    with anywhere.database.reading() as session:
        assert not audits.uses(session, BEHIND)
    add(anywhere.database, model_sha256=MODEL, background_sha256=BEHIND)
    with anywhere.database.reading() as session:
        assert audits.uses(session, BEHIND)
        assert not audits.uses(session, BEHIND, besides="another")


FIXED = {
    "system_id": "another",
    "name": "another",
    "sha256": "0" * 64,
    "model_name": "another",
    "model_sha256": MODEL,
    "background_name": "another",
    "background_sha256": BEHIND,
    "received_at": clock.now(),
    "received_by": "somebody",
}


@pytest.mark.parametrize("column", FIXED)
def test_what_was_handed_in_is_fixed(anywhere: Workspace, key: str, column: str) -> None:
    """Nobody exchanges a file, nor its model or background, below a plan that is fixed."""
    before = stored(anywhere.database, "dataset")
    with (
        pytest.raises(DBAPIError, match="the files of a data set are fixed"),
        anywhere.database.transaction() as session,
    ):
        session.connection().execute(update(TABLE).values({column: FIXED[column]}))
    assert stored(anywhere.database, "dataset") == before
    assert [row["id"] for row in before] == [key]


def test_what_the_worker_finds_is_added(anywhere: Workspace, key: str) -> None:
    """Twin: how the table is read follows later, as often as it takes."""
    waiting = {"state": "waiting", "inspection": None}
    with anywhere.database.transaction() as session:
        session.connection().execute(update(TABLE).values(waiting))
    assert [(row["id"], row["state"]) for row in stored(anywhere.database, "dataset")] == [
        (key, "waiting")
    ]
