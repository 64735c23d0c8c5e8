"""What was said, decided, published or journalled can be added to and never changed."""

import pytest
from pydantic import JsonValue
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from tests.examples import cast as examples
from tests.examples.cast import Cast
from workbench.basics import clock
from workbench.services import Workspace, publications
from workbench.storage import assessments, journal
from workbench.storage.assessments import Phase
from workbench.storage.conditions import ConditionStep
from workbench.storage.database import Database
from workbench.storage.dissents import DissentEntry
from workbench.storage.publications import EditionFile
from workbench.storage.tables import METADATA
from workbench.storage.tasks import Waiver

GUARDED = (
    "answer_entry",
    "condition_step",
    "decision_entry",
    "dissent_entry",
    "edition",
    "edition_file",
    "journal",
    "review",
    "waiver",
)


@pytest.fixture
def filled(anywhere: Workspace, cast: Cast) -> Workspace:
    """A database with at least one row in each guarded table."""
    system_id, _ = examples.approve(anywhere, cast)
    publications.publish(anywhere, cast.frida, system_id)
    with anywhere.database.transaction() as session:
        edition = session.connection().execute(select(METADATA.tables["edition"].c.id)).scalar_one()
        phase = session.connection().execute(select(METADATA.tables["phase"].c.id)).scalar_one()
        session.add(
            Waiver(
                phase_id=phase,
                condition="x",
                missing=["x"],
                reason="x",
                person_id=cast.frida.id,
                waived_at=clock.now(),
            )
        )
        session.add(
            DissentEntry(
                dissent_id="x",
                decision_id="x",
                phase_id=phase,
                number=1,
                words="x",
                capacity="law",
                holder_id=cast.alice.id,
                person_id=cast.alice.id,
                saved_at=clock.now(),
            )
        )
        session.add(
            ConditionStep(
                review_id=session.connection()
                .execute(select(METADATA.tables["review"].c.id))
                .scalar_one(),
                position=1,
                number=1,
                state="confirmed",
                person_id=cast.frida.id,
                said_at=clock.now(),
            )
        )
        session.add(EditionFile(edition_id=edition, name="x", media_type="x/y", content=b"x"))
    return anywhere


@pytest.mark.parametrize("name", GUARDED)
def test_no_row_can_be_changed_or_deleted(filled: Workspace, name: str) -> None:
    """The database itself refuses UPDATE and DELETE, and the rows stay as they were."""
    table = METADATA.tables[name]
    column = table.c[0]
    before = rows(filled.database, name)
    assert before
    for statement in (update(table).values({column: column}), delete(table)):
        with (
            pytest.raises(DBAPIError, match=f"{name} is append-only"),
            filled.database.transaction() as session,
        ):
            session.connection().execute(statement)
    assert rows(filled.database, name) == before


def rows(database: Database, name: str) -> list[tuple[object, ...]]:
    """Everything in a table."""
    with database.reading() as session:
        found = session.connection().execute(select(METADATA.tables[name]))
        return sorted((tuple(row) for row in found), key=repr)


def test_an_ordinary_table_can_be_changed(filled: Workspace) -> None:
    """Twin: the refusal comes from the guards, not from the way the test asks."""
    with filled.database.transaction() as session:
        changed = session.connection().execute(update(METADATA.tables["person"]).values(office="x"))
    assert changed.rowcount == len(examples.ROLES)


QUESTION = "purpose.problem"


def save(session: Session, phase: Phase, number: int, value: JsonValue, person: str) -> None:
    """One save of the answer to one question."""
    assessments.add(session, phase.id, person, clock.now(), {QUESTION: (value, number)})


def test_two_saves_of_an_answer_never_have_the_same_number(anywhere: Workspace, cast: Cast) -> None:
    """The second save under a number is refused, and the first stays the present answer."""
    system_id = examples.register(anywhere, cast)
    with anywhere.database.transaction() as session:
        found = assessments.of_system(session, system_id)
        assert found is not None
        phase = assessments.phases(session, found.id)[0]
        save(session, phase, 1, "von Alice", cast.alice.id)
    with pytest.raises(IntegrityError), anywhere.database.transaction() as session:
        save(session, phase, 1, "von Bob", cast.bob.id)
    with anywhere.database.reading() as session:
        assert assessments.current(session, phase.id)["purpose.problem"].value == "von Alice"


def test_every_save_stays_in_the_history(anywhere: Workspace, cast: Cast) -> None:
    """The newest entry is the answer, the older ones can still be read; None is an emptied one."""
    system_id = examples.register(anywhere, cast)
    with anywhere.database.transaction() as session:
        found = assessments.of_system(session, system_id)
        assert found is not None
        phase = assessments.phases(session, found.id)[0]
        values: tuple[JsonValue, ...] = ("eins", None, {"zwei": [2]})
        for number, value in enumerate(values, start=1):
            save(session, phase, number, value, cast.alice.id)
    with anywhere.database.reading() as session:
        history = [
            assessments.values_at(session, phase.id, {QUESTION: n})[QUESTION] for n in range(5)
        ]
        assert history == [None, "eins", None, {"zwei": [2]}, None]
        assert assessments.current(session, phase.id)["purpose.problem"].number == 3


@pytest.mark.parametrize(
    "wrong", [{"number": 0}, {"sha256": "abc"}, {"system_id": "nobody"}, {"published_by": None}]
)
def test_the_database_knows_what_must_never_be(filled: Workspace, wrong: dict[str, object]) -> None:
    """An edition without number, fingerprint, system or publisher cannot be written."""
    table = METADATA.tables["edition"]
    with filled.database.reading() as session:
        row = dict(session.connection().execute(select(table)).mappings().one())
    good = row | {"id": "another", "number": 2}
    with pytest.raises(IntegrityError), filled.database.transaction() as session:
        session.connection().execute(insert(table).values(good | wrong))
    with filled.database.transaction() as session:  # twin: without the fault it is taken
        session.connection().execute(insert(table).values(good))


def test_the_journal_keeps_order_and_detail(anywhere: Workspace, cast: Cast) -> None:
    """Acts come back in the order in which they were written, with what was noted."""
    with anywhere.database.transaction() as session:
        journal.append(session, cast.alice.id, "first", "thing", why="ä")
        journal.append(session, None, "second", "thing")
        journal.append(session, None, "other", "another thing")
    with anywhere.database.reading() as session:
        found = journal.of(session, "thing")
    assert [(one.action, one.person_id, one.detail) for one in found] == [
        ("first", cast.alice.id, {"why": "ä"}),
        ("second", None, {}),
    ]
