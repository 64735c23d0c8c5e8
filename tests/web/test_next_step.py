"""Each page of a phase says what comes next: questions, value decisions, submitting."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.examples import cast as people
from tests.examples import pages, quickly
from tests.examples.browser import Browser
from tests.examples.cast import ANSWERS, DECISION, Cast
from tests.examples.town import Town
from workbench.questionnaire.definition import Section
from workbench.services import Workspace, assessments, decisions
from workbench.settings import Settings

BrowserOf = Callable[[str], Browser]
OPEN, TO_DECISIONS = "Zur nächsten offenen Frage", "Zu den Wertentscheidungen"
SUBMIT, READY = "Antworten prüfen und einreichen", "Es fehlt nichts."
OPTIONAL = "people.contact"


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """The town, in which even a harmless system is asked something optional."""
    opened = quickly.opened(settings)
    asked = tuple(
        one.model_copy(update={"sections": tuple(map(eased, one.sections))})
        for one in opened.library.questionnaires
    )
    yield replace(opened, library=replace(opened.library, questionnaires=asked))
    opened.database.engine.dispose()


def eased(section: Section) -> Section:
    """The section, where the contact may stay open."""
    questions = tuple(
        one.model_copy(update={"required": one.required and one.id != OPTIONAL})
        for one in section.questions
    )
    return section.model_copy(update={"questions": questions})


@pytest.fixture
def phase_id(town: Town, workspace: Workspace, cast: Cast) -> str:  # noqa: ARG001
    """The first phase of a new system, in which nothing is answered."""
    return people.phase_of(workspace, cast, people.register(workspace, cast, "Chatbot"))


def step(html: str) -> str:
    """What the coloured button of the task list says."""
    before_the_list = html.partition('<ol class="kern-task-list__list')[0]
    return before_the_list.partition('kern-btn--primary"')[2].partition("</span>")[0]


def test_the_button_leads_to_what_is_missing(
    phase_id: str, workspace: Workspace, cast: Cast, browser_of: BrowserOf
) -> None:
    """First to what is required, then to the value decisions, then to submitting."""
    alice, way = browser_of("alice"), f"/assess/{phase_id}"
    assert OPEN in step(alice.page(way))

    required = {key: value for key, value in ANSWERS.items() if key != OPTIONAL}
    assessments.save_section(workspace, cast.alice, phase_id, required, {})
    html = alice.page(way)
    assert TO_DECISIONS in step(html)
    assert f'{way}/sections/openness#{OPTIONAL}-question">Zur nächsten freiwilligen Frage' in html
    assert READY not in alice.page(f"{way}/check")
    assert SUBMIT not in alice.page(f"{way}/decisions")

    decisions.save(workspace, cast.alice, phase_id, DECISION)
    assert SUBMIT in step(alice.page(way))
    assert SUBMIT in alice.page(f"{way}/decisions")
    html = alice.page(f"{way}/check")
    assert READY in html
    assert "submit" in {one.get("id") for one in pages.elements(html)}
    assert pages.problems(html) == []


def test_the_minutes_before_the_quick_scan_are_not_those_of_the_phase(
    phase_id: str, browser_of: BrowserOf
) -> None:
    """Both are told: about seven for the scan, and the range of the whole phase."""
    html = browser_of("alice").page(f"/assess/{phase_id}")

    assert "Kurzprüfung: noch etwa 7 Min., ganze Phase: noch etwa 17 bis 159 Min." in html


def test_a_correction_leads_back_to_the_check(
    phase_id: str, workspace: Workspace, cast: Cast, browser_of: BrowserOf
) -> None:
    """With everything required answered nobody has to walk through the parts that follow."""
    alice, way = browser_of("alice"), f"/assess/{phase_id}"
    sent = {"purpose.problem": "Niemand hebt abends ab."}
    assert alice.post(f"{way}/sections/purpose", sent).location == f"{way}/sections/effect"

    rest = {key: value for key, value in ANSWERS.items() if key not in sent}
    assessments.save_section(workspace, cast.alice, phase_id, rest, {})
    sent |= {"seen-purpose.problem": "1", "purpose.problem": "Niemand hebt nachts ab."}
    assert alice.post(f"{way}/sections/purpose", sent).location == f"{way}/check"
