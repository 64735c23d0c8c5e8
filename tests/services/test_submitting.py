"""Handing an assessment to the board: complete, once, and reopened only after approval."""

from collections.abc import Callable

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.examples.five_phases import ANSWERS
from tests.examples.race import race
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WrongState
from workbench.governance.decisions import ValueDecision
from workbench.services import Workspace, assessments, decisions, phases


def state(workspace: Workspace, cast: Cast, phase_id: str) -> str:
    """The state of the phase."""
    return phases.overview(workspace, cast.alice, phase_id).phase.state


def test_it_works(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A complete phase goes to the board; who did it and when is kept."""
    examples.answer(workspace, cast, phase_id)
    assert phases.overview(workspace, cast.alice, phase_id).missing == ()
    phases.submit(workspace, cast.bob, phase_id)
    phase = phases.overview(workspace, cast.alice, phase_id).phase
    assert (phase.state, phase.submitted_by) == ("submitted", cast.bob.id)
    assert phase.submitted_at is not None


Gap = Callable[[Workspace, Cast, str], object]
GAPS: dict[str, tuple[Gap, str]] = {
    "an open question": (
        lambda w, c, p: assessments.save_section(
            w, c.alice, p, {"purpose.goal": None}, {"purpose.goal": 1}
        ),
        "required",
    ),
    "no value decision": (
        lambda w, c, p: decisions.withdraw(
            w, c.alice, decisions.view(w, c.alice, p).decisions[0].id, 1, withdrawn=True
        ),
        "value_decisions",
    ),
    "half a value decision": (
        lambda w, c, p: decisions.save(w, c.alice, p, ValueDecision(question="Und was noch?")),
        "value_decisions_complete",
    ),
}


@pytest.mark.parametrize("gap", list(GAPS))
def test_gaps_keep_it_with_the_team(
    workspace: Workspace, cast: Cast, phase_id: str, gap: str
) -> None:
    """What is missing is named, on the check page and when submitting; the phase stays open."""
    make, condition = GAPS[gap]
    examples.answer(workspace, cast, phase_id)
    make(workspace, cast, phase_id)
    (missing,) = phases.overview(workspace, cast.alice, phase_id).missing
    assert missing.unmet.id == condition
    with pytest.raises(InvalidInput) as caught:
        phases.submit(workspace, cast.alice, phase_id)
    assert set(caught.value.fields) == {condition}
    assert state(workspace, cast, phase_id) == "open"


def test_a_conditional_question_is_needed_only_when_it_is_asked(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """ "Unclear" about prohibited practices opens two more questions that then must be answered."""
    examples.answer(workspace, cast, phase_id)
    key = "law.prohibited"
    saved = assessments.save_section(workspace, cast.alice, phase_id, {key: "unclear"}, {key: 1})
    with pytest.raises(InvalidInput, match="cannot be submitted yet"):
        phases.submit(workspace, cast.alice, phase_id)
    assessments.save_section(workspace, cast.alice, phase_id, {key: "no"}, saved.numbers)
    phases.submit(workspace, cast.alice, phase_id)


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_submit(
    workspace: Workspace, cast: Cast, phase_id: str, name: str, error: type[Exception]
) -> None:
    """Only the team of the system submits."""
    examples.answer(workspace, cast, phase_id)
    with pytest.raises(error):
        phases.submit(workspace, getattr(cast, name), phase_id)
    assert state(workspace, cast, phase_id) == "open"


def test_it_is_submitted_once(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Of eight who submit at once, one does; the others are told that the state has changed."""
    examples.answer(workspace, cast, phase_id)
    won, refused = race(lambda _: phases.submit(workspace, cast.alice, phase_id))
    assert len(won) == 1
    assert {type(error) for error in refused} == {WrongState}


def test_reopening_needs_an_approval(workspace: Workspace, cast: Cast) -> None:
    """With the board or still open, a phase cannot be reopened; approved it can, by the team."""
    _, phase_id = examples.submit(workspace, cast)
    with pytest.raises(WrongState):
        phases.reopen(workspace, cast.alice, phase_id)
    assert state(workspace, cast, phase_id) == "submitted"


def test_a_reopened_phase_can_be_changed_and_submitted_again(
    workspace: Workspace, cast: Cast
) -> None:
    """After approval the team reopens, changes an answer and submits anew."""
    _, phase_id = examples.approve(workspace, cast)
    with pytest.raises(NotFound):
        phases.reopen(workspace, cast.charlie, phase_id)
    phases.reopen(workspace, cast.bob, phase_id)
    goal = "purpose.goal"
    assessments.save_section(workspace, cast.bob, phase_id, {goal: "Neues Ziel"}, {goal: 1})
    phases.submit(workspace, cast.bob, phase_id)
    assert state(workspace, cast, phase_id) == "submitted"


def test_the_example_answers_every_required_question(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """The complete example of the tests is one: leaving out any required answer leaves a gap."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    decisions.save(workspace, cast.alice, phase_id, DECISION)
    view = phases.overview(workspace, cast.alice, phase_id)
    assert not view.progress.open
    assert view.missing == ()
