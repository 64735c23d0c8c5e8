"""The page beside one question: comments, history with restore, evidence as attachment."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.town import Town
from workbench.services import Workspace, assessments, questions

BrowserOf = Callable[[str], Browser]
GOAL = "purpose.problem"


@pytest.fixture
def address(town: Town) -> str:
    """The page of a question that is being answered."""
    return f"/assess/{town.open_phase}/questions/{GOAL}"


def test_a_comment_is_written_and_resolved(
    address: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """It stands on the question's page and folded at the question, with how many are open."""
    bob = browser_of("bob")
    answer = bob.post(f"{address}/comments", {"body": "Für <wen> genau?"})
    assert (answer.status_code, answer.location) == (303, f"{address}#comments")
    assert "Für &lt;wen&gt; genau?" in bob.page(address)
    section = f"/assess/{town.open_phase}/sections/purpose"
    assert "Kommentare: 1, davon offen: 1" in browser_of("alice").page(section)
    (comment,) = questions.view(workspace, cast.bob, town.open_phase, GOAL).comments
    sent = bob.post(f"/assess/{town.open_phase}/comments/{comment.id}", {"state": "resolved"})
    assert sent.location == f"{address}#comments"
    assert "Erledigt von Bob" in bob.page(address)
    assert "davon offen: 0" in bob.page(section)


def test_an_old_answer_is_brought_back(
    address: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """The history shows who, old and new; the button saves the old text anew, once."""
    for number, text in enumerate(("Erster Text", "Zweiter Text")):
        assessments.save_section(workspace, cast.bob, town.open_phase, {GOAL: text}, {GOAL: number})
    alice = browser_of("alice")
    html = alice.page(address)
    assert pages.problems(html) == []
    assert "Fassung 1 zurückholen" in html
    assert "Fassung 2 zurückholen" not in html
    sent = {"number": "1", "seen": "2"}
    assert alice.post(f"{address}/history", sent).location == f"{address}#history"
    view = questions.view(workspace, cast.alice, town.open_phase, GOAL)
    assert (view.value, view.number) == ("Erster Text", 3)
    alice.post(f"{address}/history", sent)  # shown before the restore: nothing is hidden by it
    assert "Jemand hat die Antwort inzwischen geändert" in alice.page(address)
    assert questions.view(workspace, cast.alice, town.open_phase, GOAL).number == 3


def test_a_file_comes_back_as_an_attachment(address: str, browser_of: BrowserOf) -> None:
    """It is downloaded under its name, never shown as a page; removing it ends its address."""
    alice = browser_of("alice")
    content = b"%PDF-1.7 <script>alert(1)</script>"
    assert alice.upload(f"{address}/files", file=(content, "Beschluß.pdf")).status_code == 303
    html = alice.page(address)
    assert pages.problems(html) == []
    (link,) = [one for one in pages.links(html) if "/evidence/" in one]
    answer = alice.get(link)
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/pdf"
    assert alice.post(f"{link}/remove").location == f"{address}#evidence"
    assert alice.get(link).status_code == 404


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "beleg.pdf"])
def test_a_file_that_is_not_taken_says_why(address: str, browser_of: BrowserOf, name: str) -> None:
    """The page names the kinds that are taken, beside the field."""
    answer = browser_of("alice").upload(f"{address}/files", file=(b"<html>", name))
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")
    assert "pdf, png, jpg" in html


def test_a_file_that_is_too_large_says_so(
    address: str, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the limit nothing is kept, and the limit is named."""
    monkeypatch.setattr("workbench.services.evidence.FILE_LIMIT", 1_000_000)
    content = b"%PDF-" + b"x" * 1_000_000
    answer = browser_of("alice").upload(f"{address}/files", file=(content, "a.pdf"))
    assert answer.status_code == 413
    assert "1 MB" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "link": ""},
        {"name": "x", "link": "javascript:alert(1)"},
        {"name": "x" * 151, "link": "https://a.example/" + "x" * 1000},
    ],
)
def test_a_link_that_is_not_taken_says_why(
    address: str, browser_of: BrowserOf, sent: dict[str, str]
) -> None:
    """Only complete web addresses with a name; the page says what is wrong."""
    answer = browser_of("alice").post(f"{address}/links", sent)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")


def test_a_link_says_its_limits_before_and_after(address: str, browser_of: BrowserOf) -> None:
    """How long name and address may be stands beside them; what is too long is told so again."""
    alice = browser_of("alice")
    html = alice.page(address)
    assert 'id="name-limit">Höchstens 150 Zeichen.' in html
    assert 'id="link-limit">Höchstens 1.000 Zeichen.' in html
    sent = {"name": "x" * 151, "link": "https://a.example/" + "x" * 1000}
    html = alice.post(f"{address}/links", sent).get_data(as_text=True)
    assert "auf 150 Zeichen. Er hat 151." in html
    assert "auf 1.000 Zeichen. Er hat 1.018." in html


def test_leaving_the_section_for_it_saves_first(
    address: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Without a script, too, nothing typed is lost on the way to the comments."""
    sent = {GOAL: "Noch nicht gespeichert", f"seen-{GOAL}": "0", "beside": GOAL}
    answer = browser_of("alice").post(f"/assess/{town.open_phase}/sections/purpose", sent)
    assert answer.location == address
    view = questions.view(workspace, cast.alice, town.open_phase, GOAL)
    assert view.value == "Noch nicht gespeichert"


def test_the_board_reads_what_was_submitted(town: Town, browser_of: BrowserOf) -> None:
    """Comments, history and evidence of a submitted phase, without any button to change them."""
    dora = browser_of("dora")
    html = dora.page(f"/assess/{town.phase}/questions/{GOAL}")
    assert pages.problems(html) == []
    assert "Beschluss.pdf" in html
    assert "zurückholen" not in html
    assert "Datei hinzufügen" not in html
    assert dora.get(f"/assess/{town.open_phase}/questions/{GOAL}").status_code == 404
