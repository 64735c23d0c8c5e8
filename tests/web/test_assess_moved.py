"""A page from before the phase moved to newer questions: what was typed there is not lost."""

from collections.abc import Callable, Mapping

import pytest
from pydantic import JsonValue

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.newer import GONE, SHORTER, VERSION, newer
from tests.examples.town import Town
from workbench.services import Workspace
from workbench.services.assessments import Saved
from workbench.web import assess

BrowserOf = Callable[[str], Browser]
REASONS, PROBLEM = "Die Müllfahrzeuge fahren ohnehin.", "Schlaglöcher fallen spät auf."


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The town after an update brought newer questions."""
    return newer(workspace)


@pytest.fixture
def address(town: Town) -> str:
    """The section that is being answered."""
    return f"/assess/{town.open_phase}/sections/purpose"


@pytest.fixture
def moved(town: Town, browser_of: BrowserOf, address: str) -> dict[str, str]:
    """What the page of Alice knows; meanwhile Bob has moved the phase."""
    html = browser_of("alice").page(address)
    seen = {f"seen-{key}": "0" for key in ("purpose.problem", SHORTER, GONE)}
    assert all(f'name="{one}"' in html for one in seen)
    version = f"/assess/{town.open_phase}/version"
    assert browser_of("bob").post(version, {"version": VERSION}).status_code == 303
    return seen


def test_what_is_not_asked_any_more_comes_back(
    moved: dict[str, str], address: str, browser_of: BrowserOf
) -> None:
    """The page says that the questions changed and shows the words; the rest is saved."""
    alice = browser_of("alice")
    sent = {**moved, GONE: REASONS, "purpose.problem": PROBLEM}
    answer = alice.post(address, sent)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (409, [])
    assert "Die Fragen dieser Seite haben sich geändert" in html
    assert REASONS in html
    after = alice.page(address)
    assert PROBLEM in after
    assert REASONS not in after


def test_what_does_not_fit_any_more_stands_in_its_field(
    moved: dict[str, str], address: str, browser_of: BrowserOf
) -> None:
    """A text that is too long now is shown with its mistake, and nothing is saved."""
    alice = browser_of("alice")
    answer = alice.post(address, {**moved, SHORTER: "Ein langes Ziel.", GONE: REASONS})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert "Ein langes Ziel." in html
    assert REASONS in html
    assert "Ein langes Ziel." not in alice.page(address)


def test_who_wrote_nothing_there_is_not_bothered(
    moved: dict[str, str], address: str, browser_of: BrowserOf
) -> None:
    """Twin: an old page without words for what is gone is saved and leads on."""
    alice = browser_of("alice")
    assert alice.post(address, {**moved, "purpose.problem": PROBLEM}).status_code == 303


def test_a_page_that_saves_itself_says_so(
    moved: dict[str, str], address: str, browser_of: BrowserOf
) -> None:
    """The line under the form tells to press the button."""
    script = {"Referer": "http://127.0.0.1:8000/", "HX-Request": "true"}
    answer = browser_of("alice").post(address, {**moved, GONE: REASONS}, headers=script)
    assert "haben sich geändert" in answer.get_data(as_text=True)


def test_a_move_in_the_middle_of_a_save(
    town: Town,
    address: str,
    browser_of: BrowserOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The phase moves after the questions were read and before the answers are stored."""
    alice, bob = browser_of("alice"), browser_of("bob")
    version, real = f"/assess/{town.open_phase}/version", assess._store
    moves: list[int] = []

    def store(phase_id: str, values: Mapping[str, JsonValue]) -> Saved | None:
        if not moves:
            moves.append(bob.post(version, {"version": VERSION}).status_code)
        return real(phase_id, values)

    monkeypatch.setattr(assess, "_store", store)
    sent = {f"seen-{GONE}": "0", GONE: REASONS, "purpose.problem": PROBLEM}
    answer = alice.post(address, sent)
    assert (answer.status_code, moves) == (409, [303])
    assert REASONS in answer.get_data(as_text=True)
    assert PROBLEM in alice.page(address)


def test_what_is_gone_is_found_again(town: Town, address: str, browser_of: BrowserOf) -> None:
    """The task list leads to the old question with its answer; before the move it does not."""
    alice = browser_of("alice")
    alice.post(address, {f"seen-{GONE}": "0", GONE: REASONS})
    tasks, version = f"/assess/{town.open_phase}", f"/assess/{town.open_phase}/version"
    assert "Aus früheren Fassungen" not in alice.page(tasks)
    alice.post(version, {"version": VERSION})
    assert f'href="{version}#former"' in alice.page(tasks)
    html = alice.page(version)
    assert pages.problems(html) == []
    assert REASONS in html
