"""The look at a newer version of the questions: that there is one, and what it changes."""

from collections.abc import Callable, Iterator

import pytest

from tests.examples import pages, quickly
from tests.examples.browser import Browser
from tests.examples.newer import SHORTER, VERSION, newer
from tests.examples.town import Town
from workbench.services import Workspace, moving
from workbench.settings import Settings
from workbench.storage.assessments import Phase

BrowserOf = Callable[[str], Browser]
NOTE = f"Es gibt eine neuere Fassung: {VERSION}."


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """The town after an update that brought newer questions."""
    opened = quickly.opened(settings)
    yield newer(opened)
    opened.database.engine.dispose()


def test_an_open_phase_says_that_newer_questions_are_there(
    town: Town, browser_of: BrowserOf
) -> None:
    """The task list links to the look; one that the board has approved says nothing of it."""
    alice = browser_of("alice")
    html = alice.page(f"/assess/{town.open_phase}")
    assert NOTE in html
    assert pages.problems(html) == []
    assert NOTE not in alice.page(f"/assess/{town.phase}")


def test_the_look_shows_old_and_new(
    town: Town, browser_of: BrowserOf, workspace: Workspace
) -> None:
    """The goal may have 5 characters only; how many it had stands beside. One gate falls away."""
    before = moving.preview(workspace, town.cast.alice, town.open_phase).before
    (old,) = [one.max_length for one in before.questions() if one.id == SHORTER]
    assert old is not None
    for language, words in {
        "de": ("Bisher:", "Künftig:"),
        "en": ("Until now:", "From now on:"),
    }.items():
        html = browser_of("alice").page(f"/assess/{town.open_phase}/version?lang={language}")
        assert pages.problems(html) == []
        assert all(word in html for word in words)
        assert before.gate[-1].title.in_language(language) in html
        assert before.gate[0].title.in_language(language) not in html
    assert f"Until now: {old:,}<" in html
    assert "From now on: 5<" in html


def test_a_phase_says_that_its_questions_were_edited_in_use(
    town: Town, browser_of: BrowserOf, workspace: Workspace
) -> None:
    """Also when it is approved: what stands there was answered to other words."""
    alice, note = browser_of("alice"), "Die Fragen dieser Fassung wurden geändert"
    assert note not in alice.page(f"/assess/{town.phase}")
    with workspace.database.transaction() as session:
        phase = session.get_one(Phase, town.phase)
        phase.fingerprint = "0" * 64
        session.add(phase)
    html = alice.page(f"/assess/{town.phase}")
    assert note in html
    assert pages.problems(html) == []


def test_without_an_edit_there_is_no_button(town: Town, browser_of: BrowserOf) -> None:
    """The files are what they were: there is nothing to accept. The twin has a file of its own."""
    html = browser_of("alice").page(f"/assess/{town.open_phase}/version")
    assert f"/assess/{town.open_phase}/wording" not in html
