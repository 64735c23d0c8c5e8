"""The opinion that a decision held becomes an entry of its own, with every version; text stays."""

import json

import pytest
from alembic import command
from sqlalchemy import text

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.examples.rows import rows
from workbench.services import Workspace, decision_log, decisions, dissents
from workbench.storage import schema
from workbench.storage.dissents import DissentEntry
from workbench.storage.evidence import Evidence

BEFORE = "0008"
INSERT = text(
    "insert into decision_entry (decision_id, phase_id, number, body, withdrawn, person_id, "
    "saved_at) values (:decision_id, :phase_id, :number, :body, :withdrawn, :person_id, :saved_at)"
)
PIECE = text(
    "insert into evidence (id, phase_id, question_id, name, sha256, size, link, added_at, added_by)"
    " values ('p', :phase_id, 'purpose.goal', 'x', '', 0, 'https://a.example', :at, :person_id)"
)


@pytest.fixture
def phase_id(anywhere: Workspace, cast: Cast) -> str:
    """A phase in a database of the earlier schema."""
    found = examples.phase_of(anywhere, cast, examples.register(anywhere, cast))
    with anywhere.database.engine.begin() as connection:
        command.downgrade(schema._config(connection), BEFORE)
    return found


def saved(workspace: Workspace, phase_id: str, key: str, *versions: tuple[str, str]) -> None:
    """A decision as the earlier program kept it: (person, opinion), oldest first."""
    body = DECISION.model_dump(mode="json") | {"evidence": "Niederschrift vom 3. Mai"}
    with workspace.database.engine.begin() as connection:
        for number, (person, opinion) in enumerate(versions, start=1):
            connection.execute(
                INSERT,
                {
                    "decision_id": key,
                    "phase_id": phase_id,
                    "number": number,
                    "body": json.dumps(body | {"minority_opinion": opinion}),
                    "withdrawn": False,
                    "person_id": person,
                    "saved_at": f"2026-05-0{number}T10:00:00Z",
                },
            )


def test_nothing_is_lost(anywhere: Workspace, cast: Cast, phase_id: str) -> None:
    """In the hands of who wrote it first; emptied it was taken back; the next one is another's."""
    alice, bob = cast.alice.id, cast.bob.id
    saved(anywhere, phase_id, "a", (alice, ""), (bob, "Nein."), (alice, "Nein."), (bob, "Nie."))
    saved(anywhere, phase_id, "b", (bob, "Eins."), (bob, ""), (alice, "Zwei."))
    saved(anywhere, phase_id, "c", (alice, ""))
    with anywhere.database.engine.begin() as connection:
        connection.execute(
            PIECE, {"phase_id": phase_id, "at": "2026-05-03T10:00:00Z", "person_id": bob}
        )
    schema.upgrade(anywhere.database)

    view = decisions.view(anywhere, cast.alice, phase_id)
    standing = {one.id: [(d.words, d.holder_id) for d in one.dissents] for one in view.decisions}
    assert standing == {"a": [("Nie.", bob)], "b": [("Zwei.", alice)], "c": []}
    assert {(d.origin, d.capacity) for one in view.decisions for d in one.dissents} == {("own", "")}
    assert {one.body.evidence for one in view.decisions} == {"Niederschrift vom 3. Mai"}
    entries = [
        (one.decision_id, one.number, one.words, one.withdrawn, one.person_id, one.saved_at.day)
        for one in sorted(rows(anywhere, DissentEntry), key=lambda one: (one.decision_id, one.id))
    ]
    assert entries == [
        ("a", 1, "Nein.", False, bob, 2),
        ("a", 2, "Nie.", False, bob, 4),
        ("b", 1, "Eins.", False, bob, 1),
        ("b", 2, "Eins.", True, bob, 2),
        ("b", 1, "Zwei.", False, alice, 3),
    ]
    assert len(decision_log.history(anywhere, cast.alice, "a").versions) == 4
    (piece,) = rows(anywhere, Evidence)
    assert (piece.question_id, piece.decision_id) == ("purpose.goal", "")


def test_what_was_moved_can_be_changed(anywhere: Workspace, cast: Cast, phase_id: str) -> None:
    """By the account that wrote it. Down and up again it stands as the decision's versions say."""
    saved(anywhere, phase_id, "a", (cast.bob.id, "Nein."))
    schema.upgrade(anywhere.database)
    (entry,) = decisions.view(anywhere, cast.alice, phase_id).decisions
    dissents.change(anywhere, cast.bob, entry.dissents[0].id, words="Nie.", capacity="law")
    decisions.save(
        anywhere, cast.alice, phase_id, DECISION, decision_id="a", seen=1
    )  # holds no opinion itself any more
    (entry,) = decisions.view(anywhere, cast.alice, phase_id).decisions
    assert [one.words for one in entry.dissents] == ["Nie."]
    with anywhere.database.engine.begin() as connection:
        command.downgrade(schema._config(connection), BEFORE)
    schema.upgrade(anywhere.database)
    (entry,) = decisions.view(anywhere, cast.alice, phase_id).decisions
    assert [one.words for one in entry.dissents] == ["Nein."]
