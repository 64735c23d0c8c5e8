"""Pages of the way through the phases: tasks, scope, waivers, profile."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pydantic import JsonValue

from tests.examples import five_phases, pages, quickly
from tests.examples.browser import Browser
from tests.examples.cast import DECISION, Cast
from tests.examples.town import Town
from workbench.services import Workspace, assessments, decisions, phases, systems
from workbench.settings import Settings

BrowserOf = Callable[[str], Browser]


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """The town with small questionnaires for the later phases."""
    opened = quickly.opened(settings)
    calendars = (five_phases.OLD, five_phases.NEW)
    small = five_phases.library(opened.library, *calendars, version="2026.2")
    yield replace(opened, library=small)
    opened.database.engine.dispose()


@pytest.fixture
def design(town: Town, browser_of: BrowserOf) -> str:
    """The address of the phase after conception, opened by Alice's button."""
    alice = browser_of("alice")
    assert "Nächste Phase öffnen: Design" in alice.page(f"/systems/{town.system}")
    answer = alice.post(f"/systems/{town.system}/phases")
    assert answer.status_code == 303
    return str(answer.location)


def test_every_page_of_the_new_phase_is_valid(
    design: str, town: Town, browser_of: BrowserOf
) -> None:
    """Steps, task list, scope, section, check, profile, for the team and the administration."""
    system = f"/systems/{town.system}"
    paths = (system, f"{system}/profile", design, f"{design}/scope", f"{design}/check")
    more = (f"{design}/sections/goals", f"{design}/sections/more", f"{design}/sections/goals/owner")
    for name, addresses in {"alice": (*paths, *more), "frida": paths}.items():
        browser = browser_of(name)
        for language in pages.LANGUAGES:
            for path in addresses:
                assert pages.problems(browser.page(f"{path}?lang={language}")) == [], path


def test_the_profile_leads_to_what_is_not_answered(
    design: str, town: Town, browser_of: BrowserOf
) -> None:
    """The team gets there; the board, which cannot answer, reads the questions only."""
    open_question = f"{design}/sections/goals#design.goal-question"
    page = f"/systems/{town.system}/profile"
    assert open_question in browser_of("alice").page(page)
    board = browser_of("dora").page(page)
    assert pages.problems(board) == []
    assert "/sections/" not in board


@pytest.mark.parametrize(
    ("origin", "further", "gaps"),
    [
        ("bought", [], "Vertretung, Hersteller"),
        ("bought", [{"task": "vendor", "office": "Wegeblick GmbH"}], "Vertretung"),
        ("built", [], "Vertretung"),
    ],
)
def test_the_profile_names_the_vendor_that_is_missing(
    origin: str,
    further: list[JsonValue],
    gaps: str,
    town: Town,
    browser_of: BrowserOf,
    workspace: Workspace,
) -> None:
    """Of a bought system without one; not where it is named, nor where the town built it."""
    rows: list[JsonValue] = [
        {"task": task, "office": "Bücherei"} for task in ("content", "technology")
    ]
    answers: dict[str, JsonValue] = {
        "scan.origin": origin,
        "chain_conception.chain": rows + further,
    }
    assessments.save_section(workspace, town.cast.alice, town.open_phase, answers, seen={})
    html = browser_of("alice").page(f"/systems/{town.open_system}/profile")
    assert f"Niemand ist benannt für: {gaps}</p>" in html


def test_a_part_that_is_not_asked_says_why(design: str, browser_of: BrowserOf) -> None:
    """In the task list, in the scope, and on its own page."""
    alice = browser_of("alice")
    for path in (design, f"{design}/scope", f"{design}/sections/more"):
        assert "Das Ziel verlangt es nicht." in alice.page(path), path
    assert 'id="section-form"' not in alice.page(f"{design}/sections/more")


def test_earlier_answers_stand_beside(design: str, browser_of: BrowserOf) -> None:
    """What conception says of the problem is read beside the question of design."""
    html = browser_of("alice").page(f"{design}/sections/goals")
    assert "Früher beantwortet:" in html
    assert "Schlaglöcher fallen erst auf, wenn jemand anruft." in html


def test_a_task_is_given_to_somebody(design: str, cast: Cast, browser_of: BrowserOf) -> None:
    """With a name and a day it stands in the task list and on Bob's desk; a stranger is refused."""
    alice, path = browser_of("alice"), f"{design}/sections/goals/owner"
    sent = {
        "person_id": cast.bob.id,
        "due_on-day": "1",
        "due_on-month": "12",
        "due_on-year": "2099",
    }
    assert alice.post(path, sent).location == design
    assert "Bob, bis 1. Dezember 2099" in alice.page(design)
    assert f"{design}/sections/goals" in browser_of("bob").page("/desk")
    wrong = alice.post(path, {"person_id": cast.charlie.id, "due_on-day": "31."})
    html = wrong.get_data(as_text=True)
    assert (wrong.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")
    past = alice.post(path, {**sent, "due_on-year": "2020"}).get_data(as_text=True)
    assert pages.problems(past) == []
    assert 'href="#due_on">Bis wann? – Dieser Tag ist schon vorbei.' in past


def test_the_gate_keeps_and_the_administration_waives(
    design: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Alice is told what is missing and where; with Frida's reasons she can submit."""
    alice, frida = browser_of("alice"), browser_of("frida")
    phase_id = design.removeprefix("/assess/")
    assert alice.post(f"{design}/submit").location == f"{design}/check"
    html = alice.page(f"{design}/check")
    assert "Das Werkzeug steht fest." in html
    assert f"{design}/sections/goals#design.tool-question" in html
    assert "Mit Begründung darauf verzichten" not in html
    for condition in ("required", "tool_named"):
        path = f"{design}/conditions/{condition}/waiver"
        assert path in frida.page(f"{design}/check")
        assert pages.title(frida.post(path).get_data(as_text=True)).startswith("Fehler:")
        assert frida.post(path, {"reason": "Der Vertrag läuft."}).status_code == 303
        assert frida.get(path).status_code == 404
    assert "Der Vertrag läuft." in alice.page(f"{design}/check")
    assert alice.post(f"{design}/submit").location == design
    assert phases.overview(workspace, cast.alice, phase_id).phase.state == "submitted"
    dora = browser_of("dora")
    assert "Der Vertrag läuft." in dora.page(f"/review/{phase_id}")
    for path in ("/desk", "/board"):
        html = dora.page(path)
        waiting = html.partition("Wartet auf die Entscheidung des Beirats")[2].partition("</ul>")[0]
        assert (f"/review/{phase_id}" in waiting, pages.problems(html)) == (True, []), path
    assert f"/review/{phase_id}#withdrawal" in alice.page(design)


def test_what_nobody_can_waive_offers_no_waiver(
    design: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """A decision of IT alone without a reason: the page says so, and there is no form."""
    alone = DECISION.model_copy(update={"capacities": ("it",), "decided_by": "it"})
    phase_id = design.removeprefix("/assess/")
    decisions.save(workspace, cast.alice, phase_id, alone)
    frida = browser_of("frida")
    html = frida.page(f"{design}/check")
    assert "Wo nur IT oder Hersteller entschieden haben, steht der Grund dabei." in html
    assert html.count("Darauf kann niemand verzichten.") == 1
    path = f"{design}/conditions/value_decisions_alone/waiver"
    assert path not in html
    assert frida.get(path).status_code == 404


def test_the_calendar_is_renewed_after_a_look(
    town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """What is new in the newer one is shown, then taken over, once."""
    alice, path = browser_of("alice"), f"/systems/{town.system}/calendar"
    system = systems.view(workspace, cast.alice, town.system).system
    assert system.id == town.system
    html = alice.page(path)
    assert pages.problems(html) == []
    assert "Neue Pflichten: 1" in html
    assert alice.post(path, {"version": "2025.1"}).status_code == 409
    assert alice.post(path, {"version": "2026.2"}).status_code == 303
    assert "Pflicht moved" in alice.page(f"/systems/{town.system}/profile")
    assert alice.get(path).status_code == 409
