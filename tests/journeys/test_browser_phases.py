"""All five phases of a worked example in a browser, by keyboard; axe looks at every page."""

import pytest
from playwright.sync_api import Browser as Chromium

from tests.examples import cast as examples
from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.harmless import Answers
from tests.examples.running import Running
from tests.examples.visit import NARROW, Visit, answered, decided, signed_in
from workbench.basics.phases import Phase
from workbench.demo import example
from workbench.demo.example import Step
from workbench.questionnaire import path
from workbench.questionnaire.answers import accepted
from workbench.questionnaire.definition import QuestionType
from workbench.services import (
    Workspace,
    assessments,
    decisions,
    gates,
    people,
    phases,
    reviews,
    systems,
)

ROADS = example.every()["road-damage"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_all_five_phases_by_keyboard(scripts: bool, chromium: Chromium, running: Running) -> None:
    """The team goes through every section of every phase; at the end each phase is approved."""
    workspace = running.workspace
    cast = Cast(
        **{one: people.sign_in(workspace, email(one), PASSWORD, "test") for one in examples.ROLES}
    )
    system_id = systems.create(
        workspace, cast.alice, example=True, **ROADS.system.model_dump(mode="python")
    )
    systems.share(workspace, cast.alice, system_id, email("bob"))
    with signed_in(chromium, running, "alice", sizes=(NARROW,), scripts=scripts) as alice:
        for phase, step in ROADS.phases.items():
            alice.page.goto(f"{running.url}/systems/{system_id}")
            alice.look()
            begin = 'form[action$="/phases"] button'
            alice.go('.steps a[href^="/assess/"]' if phase is Phase.CONCEPTION else begin)
            phase_id = systems.view(workspace, cast.alice, system_id).phases[-1].id
            if ROADS.audit.after == phase:  # audits have journeys of their own
                gates.waive(workspace, cast.frida, phase_id, "audited", "Später.")
            when_the_phase_is_answered(alice, workspace, cast, phase_id, step)
            reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    done = systems.view(workspace, cast.alice, system_id).phases
    assert [(one.name, one.state) for one in done] == [(one, "approved") for one in Phase]


def when_the_phase_is_answered(
    alice: Visit, workspace: Workspace, cast: Cast, phase_id: str, step: Step
) -> None:
    """Every section is opened and saved by keyboard, a value decision recorded, all submitted.

    Of each type of question one is answered by keyboard; the other answers are there already, as
    when several people work on a phase.
    """
    address = alice.page.url
    sections = left_to_answer(workspace, cast, phase_id, step)
    alice.go(f'main a[href$="/sections/{next(iter(sections))}"]')
    answered(alice, address, sections)
    for number, decision in enumerate(step.decisions):
        if number:
            decisions.save(workspace, cast.bob, phase_id, decision.body)
        else:
            decided(alice, address, decision)
    alice.page.goto(address)
    alice.go('a[href$="/check"]')
    alice.go('form[action$="/submit"] button')
    assert "Eingereicht" in alice.page.inner_text("main"), alice.page.inner_text("main")


def left_to_answer(
    workspace: Workspace, cast: Cast, phase_id: str, step: Step
) -> dict[str, Answers]:
    """Bob answers what Alice will not type; returns what is left for her, section by section."""
    asked = phases.overview(workspace, cast.bob, phase_id).questionnaire
    before = assessments.section(workspace, cast.bob, phase_id, asked.sections[0].id).before
    visible = path.walk(asked, step.answers, before).visible
    first: dict[QuestionType, str] = {}
    for question in asked.questions():
        if question.id in visible and question.id in step.answers:
            first.setdefault(question.type, question.id)
    typed = {key: value for key, value in step.answers.items() if key in first.values()}
    others = {key: value for key, value in step.answers.items() if key not in typed}
    assessments.save_section(workspace, cast.bob, phase_id, accepted(asked, others), {})
    return {
        section.id: {one.id: typed[one.id] for one in section.questions if one.id in typed}
        for section in asked.sections
        if any(one.id in visible for one in section.questions)
    }
