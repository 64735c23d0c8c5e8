"""All five phases of one system in a browser, by keyboard; axe looks at every page."""

import pytest
from playwright.sync_api import Browser as Chromium

from tests.examples import cast as examples
from tests.examples import harmless
from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.running import Running
from tests.examples.visit import NARROW, Visit, answered, decided, signed_in
from workbench.basics.phases import Phase
from workbench.services import Workspace, people, reviews, systems


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_all_five_phases_by_keyboard(scripts: bool, chromium: Chromium, running: Running) -> None:
    """The team goes from the first question to the last; at the end every phase is approved."""
    workspace = running.workspace
    cast = Cast(
        **{one: people.sign_in(workspace, email(one), PASSWORD, "test") for one in examples.ROLES}
    )
    system_id = examples.register(workspace, cast)
    sizes = (NARROW,) if scripts else ()  # axe is a script itself
    with signed_in(chromium, running, "alice", sizes=sizes, scripts=scripts) as alice:
        for phase, answers in harmless.ANSWERS.items():
            alice.page.goto(f"{running.url}/systems/{system_id}")
            alice.look()
            when_the_phase_is_answered(alice, workspace, phase, answers)
            phase_id = systems.view(workspace, cast.alice, system_id).phases[-1].id
            reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    done = systems.view(workspace, cast.alice, system_id).phases
    assert [(one.name, one.state) for one in done] == [(one, "approved") for one in Phase]


def when_the_phase_is_answered(
    alice: Visit, workspace: Workspace, phase: Phase, answers: harmless.Answers
) -> None:
    """From the system's page: open the phase, answer, decide where the phase asks, submit."""
    asked = harmless.questionnaire(workspace, phase)
    begin = 'form[action$="/phases"] button'
    first = phase is Phase.CONCEPTION
    alice.go('.steps a[href^="/assess/"]' if first else begin)
    address = alice.page.url
    alice.go('main a[href*="/sections/"]')
    answered(alice, address, harmless.by_section(asked, answers))
    if asked.minimum_value_decisions:
        decided(alice, address)
    alice.page.goto(address)
    alice.go('a[href$="/check"]')
    alice.go('form[action$="/submit"] button')
    assert "Eingereicht" in alice.page.inner_text("main")
