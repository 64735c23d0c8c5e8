"""The agenda of a workshop names what is open, what is disputed and what is undecided."""

from tests.examples.cast import Cast
from tests.examples.five_phases import ANSWERS
from workbench.governance.decisions import ValueDecision
from workbench.services import Workspace, assessments, comments, decisions
from workbench.services.agenda import Agenda, Point, agenda


def points(made: Agenda) -> dict[str, Point]:
    """Every point by the id of its question."""
    return {one.question.id: one for _, listed in made.sections for one in listed}


def test_what_is_open_is_on_it(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Questions without an answer are points, those that are required are marked."""
    before = points(agenda(workspace, cast.alice, phase_id))
    assert before["purpose.goal"].required
    assert not before["purpose.goal"].answered
    assert not all(one.required for one in before.values())
    assessments.save_section(workspace, cast.alice, phase_id, {"purpose.goal": "Ruhe."}, seen={})
    assert "purpose.goal" not in points(agenda(workspace, cast.alice, phase_id))


def test_what_is_disputed_comes_back(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """An answered question is a point while a remark on it is open, with words and name."""
    assessments.save_section(workspace, cast.alice, phase_id, {"purpose.goal": "Ruhe."}, seen={})
    comments.write(workspace, cast.bob, phase_id, "Für wen?", question_id="purpose.goal")
    point = points(agenda(workspace, cast.alice, phase_id))["purpose.goal"]
    assert (point.answered, point.required) == (True, False)
    assert point.remarks == ((cast.bob.name, "Für wen?"),)
    comments.settle(workspace, cast.alice, phase_id, 1, resolved=True)
    assert "purpose.goal" not in points(agenda(workspace, cast.alice, phase_id))


def test_what_is_undecided_is_on_it(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """The agenda counts the value decisions that are missing and names the gaps of the others."""
    before = agenda(workspace, cast.alice, phase_id)
    assert before.decisions_missing > 0
    decisions.save(workspace, cast.alice, phase_id, ValueDecision(question="Wer sieht es?"))
    after = agenda(workspace, cast.alice, phase_id)
    assert after.decisions_missing == before.decisions_missing - 1
    ((body, missing),) = after.undecided
    assert body.question == "Wer sieht es?"
    assert "Give the reasons for the choice." in missing


def test_what_is_not_asked_is_no_point(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A remark on a question that is not asked now waits with the question.

    All that is answered leaves nothing of its section behind.
    """
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    made = agenda(workspace, cast.alice, phase_id)
    open_now = points(made)
    hidden = next(
        question.id
        for section in assessments.section(
            workspace, cast.alice, phase_id, "data"
        ).questionnaire.sections
        for question in section.questions
        if question.ask_if and question.id not in open_now and question.id not in ANSWERS
    )
    comments.write(workspace, cast.bob, phase_id, "Und das?", question_id=hidden)
    assert hidden not in points(agenda(workspace, cast.alice, phase_id))
