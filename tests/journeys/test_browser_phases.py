"""All five phases of a worked example in a browser, by keyboard; axe looks at every page."""

import pytest
from playwright.sync_api import Browser as Chromium
from pydantic import JsonValue

from tests.examples.cast import PASSWORD, email
from tests.examples.harmless import Answers
from tests.examples.keyboard import Keyboard
from tests.examples.running import Running
from tests.examples.visit import (
    BUTTON,
    NARROW,
    WIDE,
    Visit,
    answered,
    backed,
    decided,
    opposed,
    registered,
    signed_in,
)
from workbench.basics.phases import Phase
from workbench.demo import example
from workbench.demo.example import Decided, Review, Step
from workbench.governance.decisions import ValueDecision
from workbench.governance.roles import Actor
from workbench.questionnaire import path
from workbench.services import Workspace, assessments, decisions, people, phases, systems

ROADS = example.every()["road-damage"]
WHY = "Der Anbieter liefert die Zählung erst zum Probebetrieb."


@pytest.mark.parametrize(
    ("scripts", "size"), [(True, WIDE), (False, NARROW)], ids=["scripts on", "scripts off"]
)
def test_all_five_phases_by_keyboard(
    scripts: bool, size: dict[str, int], chromium: Chromium, running: Running
) -> None:
    """Everything the example says is typed on the pages, and stands in the file in the end.

    Both ways lead over the same pages, so each is judged at a width of its own. Without scripts the
    Tab key leads through the first phase only: on later ones it has nothing new to meet.
    """
    workspace = running.workspace
    reader = people.sign_in(workspace, email("alice"), PASSWORD, "test")
    with (
        signed_in(chromium, running, "alice", sizes=(size,), scripts=scripts) as alice,
        signed_in(chromium, running, "dora", sizes=(size,), scripts=scripts) as dora,
        signed_in(chromium, running, "frida", sizes=(size,), scripts=scripts) as frida,
    ):
        system = registered(alice, ROADS.system.model_dump())
        for phase, step in ROADS.phases.items():
            if phase is not Phase.CONCEPTION:
                for visit in (alice, dora, frida):
                    visit.keys = Keyboard(visit.page, tabs=scripts)
                alice.page.goto(system)
                alice.look()
                alice.go('form[action$="/phases"] button')
            address = alice.page.url
            when_the_team_answers(alice, workspace, reader, step)
            for decision in step.decisions:
                when_a_value_decision_is_recorded(alice, address, decision)
            if ROADS.audit.after == phase:  # audits have journeys of their own
                when_the_audit_is_waived(frida, address)
            when_the_phase_is_submitted(alice, address)
            assert step.review
            when_the_board_approves(dora, step.review)
    view = systems.view(workspace, reader, system.rpartition("/")[2])
    assert [(one.name, one.state) for one in view.phases] == [(one, "approved") for one in Phase]
    for one in view.phases:
        then_all_of_it_is_kept(workspace, reader, one.id, ROADS.phases[Phase(one.name)])


def when_the_team_answers(alice: Visit, workspace: Workspace, reader: Actor, step: Step) -> None:
    """Every section is opened, each of its questions that the example answers is answered."""
    address = alice.page.url
    phase_id = address.rpartition("/")[2]
    asked = phases.overview(workspace, reader, phase_id).questionnaire
    before = assessments.section(workspace, reader, phase_id, asked.sections[0].id).before
    visible = path.walk(asked, step.answers, before).visible
    sections: dict[str, Answers] = {
        section.id: {
            one.id: step.answers[one.id] for one in section.questions if one.id in step.answers
        }
        for section in asked.sections
        if any(one.id in visible for one in section.questions)
    }
    assert {one for section in sections.values() for one in section} == set(step.answers)
    alice.go(f'main a[href$="/sections/{next(iter(sections))}"]')
    answered(alice, address, sections)


def when_a_value_decision_is_recorded(alice: Visit, address: str, decision: Decided) -> None:
    """The decision, then the opinions and links beside it."""
    decided(alice, address, decision.body)
    for one in decision.dissents:
        opposed(alice, one.words, one.capacity, speaker=one.speaker)
    for source in decision.sources:
        backed(alice, source.name, source.link)


def when_the_audit_is_waived(frida: Visit, address: str) -> None:
    """The administration lets the phase go on without an audit, and says why."""
    frida.page.goto(f"{address}/check")
    frida.look()
    frida.go('main a[href$="/conditions/audited/waiver"]')
    frida.keys.write("reason", WHY)
    frida.go(BUTTON)
    assert WHY in frida.page.inner_text("main")


def when_the_phase_is_submitted(alice: Visit, address: str) -> None:
    """From the task list over the look at all answers to the board."""
    alice.page.goto(address)
    alice.go('a[href$="/check"]')
    alice.go('form[action$="/submit"] button')
    assert "Eingereicht" in alice.page.inner_text("main")


def when_the_board_approves(dora: Visit, review: Review) -> None:
    """Reasons, conditions and the other opinion are those of the example."""
    dora.go('.site-nav a[href="/board"]')
    dora.go('main a[href^="/review/"]')
    dora.keys.choose("verdict", review.verdict)
    dora.keys.write("reasons", review.reasons)
    dora.keys.write("conditions", "\n".join(review.conditions))
    dora.keys.write("minority_opinion", review.minority_opinion)
    dora.go('form[action$="/decision"] button')
    assert review.reasons.strip() in dora.page.inner_text("main")


def then_all_of_it_is_kept(workspace: Workspace, reader: Actor, phase_id: str, step: Step) -> None:
    """Every answer and value decision stands in the file as the example has it."""
    asked = phases.overview(workspace, reader, phase_id).questionnaire
    sheet = assessments.section(workspace, reader, phase_id, asked.sections[0].id).sheet
    assert {one: in_any_order(value) for one, value in sheet.items()} == {
        one: in_any_order(value) for one, value in step.answers.items()
    }
    view = decisions.view(workspace, reader, phase_id)
    assert {one.body.question: unordered(one.body) for one in view.decisions} == {
        one.question: unordered(one.body) for one in step.decisions
    }
    for one in view.decisions:
        (wanted,) = (said for said in step.decisions if said.question == one.body.question)
        assert [
            (it.words, it.capacity, it.newest.speaker) for it in view.dissents.get(one.id, [])
        ] == [(it.words, it.capacity, it.speaker) for it in wanted.dissents]
        assert {(it.name, it.link) for it in view.evidence.get(one.id, [])} == {
            (it.name, it.link) for it in wanted.sources
        }


def in_any_order(value: JsonValue) -> object:
    """The answer; of several that were ticked the page keeps its own order."""
    many = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return set(map(str, value)) if many and isinstance(value, list) else value


def unordered(decision: ValueDecision) -> dict[str, object]:
    """The decision's fields, likewise; a form has room for more options than are needed."""
    said = decision.model_dump()
    options = tuple(filter(None, decision.options))
    return said | {
        "values": set(decision.values),
        "capacities": set(decision.capacities),
        "options": options,
    }
