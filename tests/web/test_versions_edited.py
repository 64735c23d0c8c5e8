"""A version that was edited in place: a notice, a look at what no longer fits, a button."""

from collections.abc import Callable

import pytest
from pydantic import JsonValue

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.newer import GONE, SHORTER, edited
from tests.examples.town import Town
from workbench.services import Workspace, assessments

BrowserOf = Callable[[str], Browser]
NOTE, BUTTON = "Die Fragen dieser Fassung wurden geändert", "Mit dem jetzigen Wortlaut weitermachen"


@pytest.fixture
def workspace(workspace: Workspace, town: Town) -> Workspace:
    """The town after Alice answered, and somebody then edited the questions in use."""
    answers: dict[str, JsonValue] = {SHORTER: "Ein langes Ziel.", GONE: "Ein Grund."}
    assessments.save_section(workspace, town.cast.alice, town.open_phase, answers, {})
    return edited(workspace)


@pytest.fixture
def phase(town: Town) -> str:
    """The address of the phase that is being answered."""
    return f"/assess/{town.open_phase}"


def test_the_notice_leads_to_a_look_and_a_button(phase: str, browser_of: BrowserOf) -> None:
    """Who may write goes on with the present wording; then the notice is gone."""
    alice = browser_of("alice")
    assert f"{phase}/version#edited" in alice.page(phase)
    html = alice.page(f"{phase}/version")
    assert pages.problems(html) == []
    assert 'id="edited"' in html
    assert "Der frühere Wortlaut ist hier nicht aufbewahrt" in html
    shown = html.split('name="fingerprint" value="')[1].split('"')[0]
    assert alice.post(f"{phase}/wording", {"fingerprint": shown}).status_code == 303
    assert NOTE not in alice.page(phase)
    assert BUTTON not in alice.page(f"{phase}/version")


@pytest.mark.parametrize(("language", "told"), [("de", "keine Fassung"), ("en", "no version has")])
def test_the_look_names_what_no_longer_fits(
    phase: str, workspace: Workspace, browser_of: BrowserOf, language: str, told: str
) -> None:
    """The goal is too long now, and the reasons are not asked."""
    html = browser_of("alice").page(f"{phase}/version?lang={language}")
    assert pages.problems(html) == []
    question = workspace.library.current("conception").question(SHORTER)
    assert question.title.in_language(language) in html
    assert f"{GONE} ({told}" in html


def test_a_closed_phase_has_no_button(town: Town, browser_of: BrowserOf) -> None:
    """The board approved the phase for other words: it has to be opened again before."""
    html = browser_of("alice").page(f"/assess/{town.phase}/version")
    assert "Die Phase ist jetzt geschlossen." in html
    assert BUTTON not in html


def test_board_and_publisher_are_told(town: Town, browser_of: BrowserOf) -> None:
    """Both would judge or publish words that the answers may not have been given to."""
    board = browser_of("dora").page(f"/review/{town.phase}")
    assert pages.problems(board) == []
    assert NOTE in board
    preview = browser_of("frida").page(f"/publish/{town.system}")
    assert pages.problems(preview) == []
    assert "Jemand hat die Fragen dieser Phasen bearbeitet, seit sie begonnen haben: Kon" in preview


def test_who_may_not_write_sees_no_button(phase: str, browser_of: BrowserOf) -> None:
    """The administration reads the same page, and is refused when it sends the form."""
    frida = browser_of("frida")
    html = frida.page(f"{phase}/version")
    assert 'id="edited"' in html
    assert BUTTON not in html
    assert frida.post(f"{phase}/wording", {"fingerprint": "0" * 64}).status_code == 403


def test_an_edit_between_look_and_click_is_told(phase: str, browser_of: BrowserOf) -> None:
    """Another fingerprint than the present one is refused with a sentence."""
    answer = browser_of("alice").post(f"{phase}/wording", {"fingerprint": "0" * 64})
    assert answer.status_code == 409
    assert "Die Fragen wurden inzwischen noch einmal geändert." in answer.get_data(as_text=True)


def test_the_questions_can_be_read_although_an_answer_does_not_fit(
    phase: str, browser_of: BrowserOf
) -> None:
    """No page breaks over the answers that the edit left behind."""
    alice = browser_of("alice")
    for page in ("", "/sections/purpose", "/check", "/scope"):
        assert pages.problems(alice.page(f"{phase}{page}")) == []
