"""Audits on both databases: a change of schema loses none, and what must never be is refused."""

from typing import Any

import pytest
from alembic import command
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.examples import audit_results, audited
from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from workbench.basics import clock
from workbench.services import Workspace, comparisons
from workbench.storage import audits, schema
from workbench.storage.audits import Audit, AuditComparison
from workbench.storage.database import Database
from workbench.storage.tables import METADATA

SHA = "a" * 64
IMPORTED = {"origin": "imported", "dataset_id": None, "file": SHA}


@pytest.fixture
def system_id(anywhere: Workspace, cast: Cast) -> str:
    """Alice's and Bob's system."""
    return examples.register(anywhere, cast)


@pytest.fixture
def two(anywhere: Workspace, cast: Cast, system_id: str) -> list[str]:
    """The ids of two finished audits of it."""
    result = audit_results.classification()
    return [audited.finished(anywhere, cast.alice, system_id, result) for _ in range(2)]


def stored(database: Database, table: str = "audit") -> list[dict[str, Any]]:
    """The rows of a table as the code knows them."""
    with database.reading() as session:
        found = session.connection().execute(select(METADATA.tables[table]))
        return sorted((dict(row) for row in found.mappings()), key=lambda row: str(row["id"]))


def add(database: Database, **changed: object) -> None:
    """One more audit, like the first but for what is changed."""
    row = {**stored(database)[0], "id": "another", "number": 9, **changed}
    with database.transaction() as session:
        session.connection().execute(insert(METADATA.tables["audit"]).values(row))


def test_the_first_schema_and_back(anywhere: Workspace, cast: Cast, two: list[str]) -> None:
    """Computed audits survive; what the first schema cannot hold is gone, the rest is whole."""
    comparisons.ask(anywhere, cast.alice, *two)
    before = stored(anywhere.database)
    add(anywhere.database, **IMPORTED)
    with anywhere.database.engine.begin() as connection:
        command.downgrade(schema._config(connection), "0001")
    with pytest.raises(Exception, match="origin"):
        stored(anywhere.database)
    schema.upgrade(anywhere.database)
    assert stored(anywhere.database) == before
    assert rows(anywhere, AuditComparison) == []
    add(anywhere.database, **IMPORTED)  # and the checks of the new schema hold again
    with pytest.raises(IntegrityError):
        add(anywhere.database, id="third", number=10, **{**IMPORTED, "origin": "computed"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "guessed"},
        {"origin": "imported"},
        {"origin": "imported", "dataset_id": None},
        {"dataset_id": None},
        {"file": SHA},
        {"number": 1},
        {"state": "done", "result": None},
    ],
)
def test_the_database_knows_what_must_never_be(
    anywhere: Workspace, two: list[str], wrong: dict[str, object]
) -> None:
    """Computed without data, imported without file or with data, two with one number: refused."""
    assert len(two) == 2
    with pytest.raises(IntegrityError):
        add(anywhere.database, **wrong)
    add(anywhere.database)  # twin: without the fault it is taken
    add(anywhere.database, id="third", number=10, **IMPORTED)


def test_a_comparison_is_of_two_and_made_once(
    anywhere: Workspace, cast: Cast, two: list[str]
) -> None:
    """The database refuses an audit with itself and the same comparison twice."""
    comparisons.ask(anywhere, cast.alice, *two)
    row = stored(anywhere.database, "comparison")[0]
    table = METADATA.tables["comparison"]
    for wrong in ({"before_id": row["after_id"]}, {}, {"state": "done", "before_id": "nobody"}):
        with pytest.raises(IntegrityError), anywhere.database.transaction() as session:
            session.connection().execute(insert(table).values({**row, "id": "x", **wrong}))
    comparisons.ask(anywhere, cast.alice, *reversed(two))
    assert len(rows(anywhere, AuditComparison)) == 2


def test_audits_of_the_same_table(
    anywhere: Workspace, cast: Cast, system_id: str, two: list[str]
) -> None:
    """Handed in twice or only named by an imported result: they rest on the same data."""
    other = audited.finished(
        anywhere, cast.alice, system_id, audit_results.classification(), b"other"
    )
    computed = stored(anywhere.database)[0]
    sha256 = audit_results.classification().provenance.data_sha256
    add(anywhere.database, **IMPORTED)
    with anywhere.database.reading() as session:
        dataset = session.get_one(Audit, two[0]).dataset_id
        table = session.get_one(audits.Dataset, dataset).sha256
        same = {one.id for one in audits.with_data(session, system_id, table)}
        assert same == set(two)
        assert [one.id for one in audits.with_data(session, system_id, sha256)] == ["another"]
        assert audits.with_data(session, system_id, SHA) == []
        assert audits.planned_before(session, system_id, sha256) == audits.with_data(
            session, system_id, sha256
        )
        assert audits.data_of(session.get_one(Audit, computed["id"])) == sha256
        assert audits.uses(session, SHA)
        assert not audits.uses(session, "b" * 64)
    assert other not in same


FIXED = {
    "plan": {"reason": "another"},
    "planned_at": clock.now(),
    "planned_by": "somebody",
    "change": "none",
    "number": 7,
    "file": SHA,
    "origin": "imported",
    "dataset_id": None,
    "system_id": "another",
}


@pytest.mark.parametrize("column", FIXED)
def test_a_plan_is_fixed(anywhere: Workspace, two: list[str], column: str) -> None:
    """The database refuses to change what was planned, when, by whom and for which data."""
    table, before = METADATA.tables["audit"], stored(anywhere.database)
    assert len(before) == len(two)
    with (
        pytest.raises(DBAPIError, match="the plan of an audit is fixed"),
        anywhere.database.transaction() as session,
    ):
        session.connection().execute(update(table).values({column: FIXED[column]}))
    assert stored(anywhere.database) == before


def test_a_plan_cannot_be_taken_back(anywhere: Workspace, two: list[str]) -> None:
    """Nobody deletes an audit whose result does not please."""
    with (
        pytest.raises(DBAPIError, match="the plan of an audit is fixed"),
        anywhere.database.transaction() as session,
    ):
        session.connection().execute(delete(METADATA.tables["audit"]))
    assert len(stored(anywhere.database)) == len(two)


def test_what_comes_of_a_plan_is_added(anywhere: Workspace, two: list[str]) -> None:
    """Twin: result, charts and report follow later, so they can be written."""
    table = METADATA.tables["audit"]
    later_on = {"charts": {}, "row_charts": {}, "documents": {"de": SHA}}
    with anywhere.database.transaction() as session:
        changed = session.connection().execute(update(table).values(later_on))
    assert changed.rowcount == len(two)
