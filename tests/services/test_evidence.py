"""Evidence: files of known kinds and links, read back unchanged, gone when removed."""

import io

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.examples.rows import rows
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, TooLarge, WrongState
from workbench.services import Workspace, decisions, evidence, publications, questions
from workbench.services.evidence import Backed
from workbench.storage.evidence import Evidence

GOAL = "purpose.goal"
BACKED = Backed(question_id=GOAL)
PDF = b"%PDF-1.7 what was decided"


def add(
    workspace: Workspace, cast: Cast, phase_id: str, content: bytes = PDF, name: str = "Beleg.pdf"
) -> str:
    """Alice adds a file; returns its SHA-256."""
    evidence.add_file(
        workspace, cast.alice, phase_id, BACKED, source=io.BytesIO(content), name=name
    )
    return rows(workspace, Evidence)[-1].sha256


def shown(workspace: Workspace, cast: Cast, phase_id: str) -> list[Evidence]:
    """What stands at the goal."""
    return questions.view(workspace, cast.alice, phase_id, GOAL).evidence


def test_a_file_comes_back_as_it_was(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """With its name, size and type, for everybody who may read the phase."""
    add(workspace, cast, phase_id)
    (piece,) = shown(workspace, cast, phase_id)
    assert (piece.name, piece.size, piece.added_by) == ("Beleg.pdf", len(PDF), cast.alice.id)
    found = evidence.read(workspace, cast.frida, phase_id, piece.id)
    assert (found.content, found.media_type) == (PDF, "application/pdf")
    with pytest.raises(NotFound):
        evidence.read(workspace, cast.charlie, phase_id, piece.id)
    with pytest.raises(NotFound):
        evidence.read(workspace, cast.dora, phase_id, piece.id)  # nothing is submitted


def test_a_link_stands_with_its_name(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A complete address and a name; there is no file to read."""
    evidence.add_link(
        workspace, cast.bob, phase_id, BACKED, link="https://example.org/a", name=" Bericht  1 "
    )
    (piece,) = shown(workspace, cast, phase_id)
    assert (piece.link, piece.name) == ("https://example.org/a", "Bericht 1")
    with pytest.raises(NotFound):
        evidence.read(workspace, cast.alice, phase_id, piece.id)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.pdf"),
        (b"<script>alert(1)</script>", "page.html"),
        (b"<svg onload='x'/>", "picture.svg"),
        (b"<html>", "beleg.pdf"),  # says it is a PDF and is none
        (b"MZ\x90", "program.exe"),
        (PDF, "beleg"),
        (PDF, "beleg.docm"),
    ],
)
def test_what_a_browser_could_run_is_refused(
    workspace: Workspace, cast: Cast, phase_id: str, content: bytes, name: str
) -> None:
    """Another type, another content than the name says, or none: nothing is kept."""
    with pytest.raises(InvalidInput):
        add(workspace, cast, phase_id, content, name)
    assert rows(workspace, Evidence) == []
    assert list(workspace.files.folder.glob("*")) == []


def test_a_file_past_the_limit_is_refused(
    workspace: Workspace, cast: Cast, phase_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte too many, and nothing is kept; exactly the limit is taken."""
    monkeypatch.setattr(evidence, "FILE_LIMIT", len(PDF))
    with pytest.raises(TooLarge):
        add(workspace, cast, phase_id, PDF + b"x")
    assert shown(workspace, cast, phase_id) == []
    add(workspace, cast, phase_id, PDF)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/Beleg.PDF", "Beleg.pdf"),
        ("C:\\Users\\x\\Beleg.pdf", "Beleg.pdf"),
        ("Be\x00leg\n1.pdf", "Beleg 1.pdf"),
        ("Beleg\u202efdp.pdf", "Belegfdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_only_names(name: str, kept: str) -> None:
    """No folder, no control character, not endless; the ending stays."""
    assert evidence.shortened(name) == kept


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("javascript:alert(1)", "x"),
        ("example.org", "x"),
        ("https://a.example", " "),
        ("https://a.example/" + "x" * 1000, "x"),
        ("", ""),
    ],
)
def test_a_link_that_is_none_is_refused(
    workspace: Workspace, cast: Cast, phase_id: str, link: str, name: str
) -> None:
    """Only complete web addresses with a name."""
    with pytest.raises(InvalidInput):
        evidence.add_link(workspace, cast.bob, phase_id, BACKED, link=link, name=name)
    assert rows(workspace, Evidence) == []


def test_removed_evidence_is_gone_and_its_file_too(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """The row says who removed it; the file is deleted once nothing else uses its content."""
    sha256 = add(workspace, cast, phase_id)
    add(workspace, cast, phase_id, name="Kopie.pdf")
    first, second = shown(workspace, cast, phase_id)
    assert evidence.remove(workspace, cast.bob, phase_id, first.id) == BACKED
    assert workspace.files.holds(sha256)
    assert [one.id for one in shown(workspace, cast, phase_id)] == [second.id]
    with pytest.raises(NotFound):
        evidence.read(workspace, cast.alice, phase_id, first.id)
    evidence.remove(workspace, cast.bob, phase_id, second.id)
    assert not workspace.files.holds(sha256)
    assert {row.removed_by for row in rows(workspace, Evidence)} == {cast.bob.id}


def test_a_table_of_an_audit_is_not_lost_with_evidence(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """A refused upload of the same content leaves the evidence's file alone."""
    sha256 = add(workspace, cast, phase_id)
    with pytest.raises(NotFound):
        evidence.add_file(
            workspace, cast.alice, phase_id, Backed("no.such"), source=io.BytesIO(PDF), name="b.pdf"
        )
    assert workspace.files.holds(sha256)


def test_there_is_a_limit_to_pieces(
    workspace: Workspace, cast: Cast, phase_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the limit one has to go first."""
    monkeypatch.setattr(evidence, "PIECES", 1)
    add(workspace, cast, phase_id)
    with pytest.raises(WrongState):
        add(workspace, cast, phase_id, name="b.pdf")


def test_who_may_not_add(workspace: Workspace, cast: Cast) -> None:
    """Other roles are refused, and with the board nobody adds or removes."""
    _, phase_id = examples.submit(workspace, cast)
    with pytest.raises(WrongState):
        add(workspace, cast, phase_id)
    for person in (cast.dora, cast.frida):
        with pytest.raises(Forbidden):
            evidence.add_link(
                workspace, person, phase_id, BACKED, link="https://a.example", name="x"
            )


def test_a_decision_is_backed_like_an_answer(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Files and links beside the decision; at the questions nothing of it shows."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    backed = Backed(decision_id=key)
    file = {"source": io.BytesIO(PDF), "name": "Beleg.pdf"}
    evidence.add_file(workspace, cast.bob, phase_id, backed, **file)  # type: ignore[arg-type]
    evidence.add_link(
        workspace, cast.alice, phase_id, backed, link="https://a.example", name="Vorlage"
    )
    pieces = decisions.view(workspace, cast.alice, phase_id).evidence[key]
    first, second = sorted(pieces, key=lambda one: one.name)  # both may be of the same second
    assert (first.name, second.link, first.question_id) == ("Beleg.pdf", "https://a.example", "")
    assert evidence.read(workspace, cast.frida, phase_id, first.id).content == PDF
    assert shown(workspace, cast, phase_id) == []
    assert evidence.remove(workspace, cast.bob, phase_id, first.id) == backed
    left = decisions.view(workspace, cast.alice, phase_id).evidence[key]
    assert [one.id for one in left] == [second.id]
    with pytest.raises(Forbidden):
        evidence.add_link(
            workspace, cast.frida, phase_id, backed, link="https://a.example", name="x"
        )


def test_the_decision_of_another_system_is_not_found(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Nor one that does not exist."""
    other = examples.phase_of(workspace, cast, examples.register(workspace, cast, "Ampel"))
    key = decisions.save(workspace, cast.alice, other, DECISION)
    for wrong in (key, "0" * 32):
        with pytest.raises(NotFound):
            evidence.add_link(
                workspace,
                cast.alice,
                phase_id,
                Backed(decision_id=wrong),
                link="https://a.example",
                name="x",
            )
    assert rows(workspace, Evidence) == []


def test_of_a_decision_links_are_public_and_files_are_counted(
    workspace: Workspace, cast: Cast, system_id: str, phase_id: str
) -> None:
    """Neither a file nor its name is in the record; evidence of answers is not either."""
    examples.answer(workspace, cast, phase_id)
    (entry,) = decisions.view(workspace, cast.alice, phase_id).decisions
    backed = Backed(decision_id=entry.id)
    evidence.add_link(
        workspace, cast.alice, phase_id, backed, link="https://a.example", name="Vorlage 17"
    )
    evidence.add_link(
        workspace, cast.alice, phase_id, BACKED, link="https://b.example", name="Intern"
    )
    evidence.add_file(
        workspace, cast.alice, phase_id, backed, source=io.BytesIO(PDF), name="Geheim.pdf"
    )
    examples.hand_over(workspace, cast, phase_id)
    record = publications.preview(workspace, cast.frida, system_id).record
    (decision,) = record.phases[0].value_decisions
    assert [(one.title, one.address) for one in decision.sources] == [
        ("Vorlage 17", "https://a.example")
    ]
    assert decision.files == 1
    told = record.model_dump_json()
    assert "Geheim" not in told
    assert "b.example" not in told
