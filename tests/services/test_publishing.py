"""Publishing: by a second person, after approval, numbered without gaps, and never changed."""

import hashlib
import json
import re

import pytest

from tests.examples import cast as examples
from tests.examples.cast import ANSWERS, DECISION, Cast, email
from tests.examples.race import race
from tests.examples.rows import rows
from workbench.basics.errors import Forbidden, NotFound, WrongState
from workbench.services import (
    Workspace,
    assessments,
    cases,
    decisions,
    people,
    phases,
    publications,
    register,
    reviews,
    systems,
)
from workbench.storage.jobs import Job
from workbench.storage.publications import Edition

SECRET = "Geheime Person"


def test_it_works(workspace: Workspace, cast: Cast) -> None:
    """A second person publishes: edition 1 stands in the register, its PDF is ordered."""
    system_id, _ = examples.approve(workspace, cast)
    slug, number = publications.publish(workspace, cast.bob, system_id)
    found = register.edition(workspace.database, slug)
    assert (found.record.number, number, found.newest) == (1, 1, True)
    assert found.record.town == "Musterstadt"
    assert [job.kind for job in rows(workspace, Job)] == ["pdf"]
    assert systems.desk(workspace, cast.alice)[0].edition == 1


def test_the_fingerprint_is_that_of_the_bytes(workspace: Workspace, cast: Cast) -> None:
    """SHA-256 of exactly what the public can download; anybody can check it."""
    system_id, _ = examples.approve(workspace, cast)
    slug, _ = publications.publish(workspace, cast.bob, system_id)
    found = register.edition(workspace.database, slug, 1)
    assert hashlib.sha256(found.content).hexdigest() == found.sha256
    assert json.loads(found.content)["system"]["slug"] == slug


def test_an_author_cannot_publish(workspace: Workspace, cast: Cast) -> None:
    """Alice wrote the assessment: she is told that a second person has to do it."""
    system_id, _ = examples.approve(workspace, cast)
    assert "second person" in publications.preview(workspace, cast.alice, system_id).obstacle
    with pytest.raises(Forbidden, match="second person"):
        publications.publish(workspace, cast.alice, system_id)
    assert rows(workspace, Edition) == []


def test_whoever_wrote_a_value_decision_cannot_publish(workspace: Workspace, cast: Cast) -> None:
    """Bob changed one value decision; so only the administration is left."""
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    examples.answer(workspace, cast, phase_id)
    decisions.save(workspace, cast.bob, phase_id, DECISION)
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    with pytest.raises(Forbidden):
        publications.publish(workspace, cast.bob, system_id)
    assert publications.publish(workspace, cast.frida, system_id)[1] == 1


@pytest.mark.parametrize("stage", ["open", "submitted", "changes requested", "reopened"])
def test_only_what_is_approved_is_published(workspace: Workspace, cast: Cast, stage: str) -> None:
    """In every other state publishing is refused, and the preview says why."""
    if stage == "open":
        system_id = examples.register(workspace, cast)
    elif stage == "reopened":
        system_id, phase_id = examples.approve(workspace, cast)
        phases.reopen(workspace, cast.alice, phase_id)
    else:
        system_id, phase_id = examples.submit(workspace, cast)
        if stage == "changes requested":
            reviews.decide(
                workspace, cast.dora, phase_id, verdict="request_changes", reasons="Nein."
            )
    draft = publications.preview(workspace, cast.frida, system_id)
    assert draft.obstacle == publications.NOT_APPROVED
    with pytest.raises(WrongState):
        publications.publish(workspace, cast.frida, system_id)
    assert rows(workspace, Edition) == []


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("emil", Forbidden)]
)
def test_who_may_neither_prepare_nor_publish(
    workspace: Workspace, cast: Cast, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing; the board decides but does not publish."""
    system_id, _ = examples.approve(workspace, cast)
    actor = getattr(cast, name)
    with pytest.raises(error):
        publications.preview(workspace, actor, system_id)
    with pytest.raises(error):
        publications.publish(workspace, actor, system_id)
    with pytest.raises(error):
        publications.chart(workspace, actor, system_id, "0" * 64)


def test_the_preview_is_what_gets_published(workspace: Workspace, cast: Cast) -> None:
    """Apart from the moment of publication, the record is the one that was shown."""
    system_id, _ = examples.approve(workspace, cast)
    draft = publications.preview(workspace, cast.bob, system_id)
    assert draft.obstacle == ""
    slug, _ = publications.publish(workspace, cast.bob, system_id)
    record = register.edition(workspace.database, slug).record
    same = {"published_at": draft.record.published_at, "procedure": draft.record.procedure}
    assert record.model_copy(update=same) == draft.record


def test_what_is_not_public_is_not_in_the_record(workspace: Workspace, cast: Cast) -> None:
    """The answer with a person's name is nowhere in the record, nor are accounts and addresses."""
    assert SECRET in json.dumps(ANSWERS, ensure_ascii=False)
    system_id, phase_id = examples.approve(workspace, cast)
    case = cases.one(workspace, cast.dora, phase_id)
    assert SECRET in repr(case.summary)  # the board sees it
    slug, _ = publications.publish(workspace, cast.bob, system_id)
    content = register.edition(workspace.database, slug).content.decode()
    for private in (SECRET, "4711", email("alice"), cast.alice.id, cast.dora.id, phase_id):
        assert private not in content
    for name in ("Alice", "Bob", "Dora"):
        assert not re.search(rf"\b{name}\b", content)


def test_an_edition_outlives_every_later_change(workspace: Workspace, cast: Cast) -> None:
    """A changed answer and a second edition leave the first one as it was, byte by byte."""
    system_id, phase_id = examples.approve(workspace, cast)
    slug, _ = publications.publish(workspace, cast.bob, system_id)
    first = register.edition(workspace.database, slug, 1)
    phases.reopen(workspace, cast.alice, phase_id)
    goal = "purpose.goal"
    assessments.save_section(workspace, cast.alice, phase_id, {goal: "Neu"}, {goal: 1})
    described = {"purpose": "Anders.", "department": "Bauhof", "contact": "x@musterstadt.example"}
    systems.change(workspace, cast.alice, system_id, name="Anderer Name", **described)
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.emil, phase_id, verdict="approve", reasons="Weiter gut.")
    assert publications.publish(workspace, cast.bob, system_id) == (slug, 2)
    again = register.edition(workspace.database, slug, 1)
    assert (again.content, again.sha256, again.newest) == (first.content, first.sha256, False)
    newest = register.edition(workspace.database, slug)
    assert (newest.record.number, newest.record.previous) == (2, 1)
    assert newest.record.system.name == "Anderer Name"
    assert [entry.record.number for entry in register.entries(workspace.database)] == [2]


def test_numbers_have_no_gap_and_no_double(workspace: Workspace, cast: Cast) -> None:
    """Eight who publish at the same moment get the numbers 1 to 8, each its own."""
    system_id, _ = examples.approve(workspace, cast)
    publishers = (cast.bob, cast.frida)
    won, refused = race(
        lambda number: publications.publish(workspace, publishers[number % 2], system_id)[1]
    )
    assert sorted(won) == list(range(1, len(won) + 1))
    assert len(won) + len(refused) == 8
    assert sorted(row.number for row in rows(workspace, Edition)) == sorted(won)
    assert len(rows(workspace, Job)) == len(won)


def test_the_register_knows_only_what_was_published(workspace: Workspace, cast: Cast) -> None:
    """An approved system that is not published does not exist for the public."""
    examples.approve(workspace, cast)
    assert register.entries(workspace.database) == []
    with pytest.raises(NotFound):
        register.edition(workspace.database, "strassenzustand-per-kamera")


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 1), ("KAMERA straße", 1), ("tiefbauamt", 1), ("kamera ampel", 0), ("%", 0), ("_", 0)],
)
def test_the_register_is_searched_by_words(
    workspace: Workspace, cast: Cast, words: str, count: int
) -> None:
    """All words must occur in name, purpose or department, in any case and order."""
    system_id, _ = examples.approve(workspace, cast)
    publications.publish(workspace, cast.bob, system_id)
    assert len(register.entries(workspace.database, words)) == count


@pytest.mark.parametrize(("slug", "number"), [("nothing", None), (None, 2), (None, 0)])
def test_an_unknown_edition_is_not_found(
    workspace: Workspace, cast: Cast, slug: str | None, number: int | None
) -> None:
    """Neither an unknown system, nor a number that does not exist."""
    system_id, _ = examples.approve(workspace, cast)
    real, _ = publications.publish(workspace, cast.bob, system_id)
    with pytest.raises(NotFound):
        register.edition(workspace.database, slug or real, number)
    with pytest.raises(NotFound):
        register.file(workspace.database, real, 1, "pdf-de")  # the worker has not made it yet


def test_disabled_authors_still_count_as_authors(workspace: Workspace, cast: Cast) -> None:
    """Separation of duties rests on what was written, not on whose account is active."""
    system_id, _ = examples.approve(workspace, cast)
    people.set_active(workspace, cast.frida, cast.alice.id, active=False)
    with pytest.raises(Forbidden):
        publications.publish(workspace, cast.alice, system_id)
