"""The history of an answer, and bringing an earlier one back."""

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.services.conftest import Clock
from workbench.basics.errors import Forbidden, NotFound, StaleSave, WrongState
from workbench.services import Workspace, assessments, questions

GOAL = "purpose.goal"


@pytest.fixture
def twice(workspace: Workspace, cast: Cast, phase_id: str, time: Clock) -> str:
    """A phase whose goal Alice wrote and Bob changed an hour later."""
    assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "alt"}, seen={})
    time.move(hours=1)
    assessments.save_section(workspace, cast.bob, phase_id, {GOAL: "neu"}, {GOAL: 1})
    return phase_id


def test_the_history_says_who_when_old_new(
    workspace: Workspace, cast: Cast, twice: str, time: Clock
) -> None:
    """Newest first: each version with the one before it, its person and its time."""
    view = questions.view(workspace, cast.alice, twice, GOAL)
    newest, oldest = view.history
    assert (newest.number, newest.before, newest.value) == (2, "alt", "neu")
    assert (view.names[newest.person_id], newest.saved_at) == ("Bob", time.at)
    assert (oldest.number, oldest.before, oldest.value) == (1, None, "alt")
    assert (view.number, view.value, view.section.id) == (2, "neu", "purpose")
    assert view.may_change


def test_restoring_is_a_new_save(workspace: Workspace, cast: Cast, twice: str) -> None:
    """The old text is the present one again, and the history has grown by one."""
    questions.restore(workspace, cast.alice, twice, GOAL, 1, seen=2)
    view = questions.view(workspace, cast.alice, twice, GOAL)
    assert [(one.number, one.value) for one in view.history] == [(3, "alt"), (2, "neu"), (1, "alt")]
    assert view.history[0].person_id == cast.alice.id


def test_restoring_the_present_answer_adds_nothing(
    workspace: Workspace, cast: Cast, twice: str
) -> None:
    """What stands there already needs no save."""
    questions.restore(workspace, cast.alice, twice, GOAL, 2, seen=2)
    assert questions.view(workspace, cast.alice, twice, GOAL).number == 2


def test_an_emptied_answer_comes_back(workspace: Workspace, cast: Cast, twice: str) -> None:
    """Emptying is a version like any other, and what was emptied can be restored."""
    assessments.save_section(workspace, cast.bob, twice, {GOAL: None}, {GOAL: 2})
    assert questions.view(workspace, cast.bob, twice, GOAL).value is None
    questions.restore(workspace, cast.bob, twice, GOAL, 2, seen=3)
    assert questions.view(workspace, cast.bob, twice, GOAL).value == "neu"


def test_nobody_restores_over_what_they_have_not_seen(
    workspace: Workspace, cast: Cast, twice: str
) -> None:
    """A save that came after the page was shown is not hidden by a restore."""
    assessments.save_section(workspace, cast.bob, twice, {GOAL: "noch neuer"}, {GOAL: 2})
    with pytest.raises(StaleSave):
        questions.restore(workspace, cast.alice, twice, GOAL, 1, seen=2)
    assert questions.view(workspace, cast.alice, twice, GOAL).value == "noch neuer"


def test_what_never_was_is_not_found(workspace: Workspace, cast: Cast, twice: str) -> None:
    """A version or a question that does not exist cannot be restored."""
    for question, number in ((GOAL, 9), ("purpose.problem", 1), ("no.such", 1)):
        with pytest.raises(NotFound):
            questions.restore(workspace, cast.alice, twice, question, number, seen=2)


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_restore(
    workspace: Workspace, cast: Cast, twice: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing, other roles are refused."""
    with pytest.raises(error):
        questions.restore(workspace, getattr(cast, name), twice, GOAL, 1, seen=2)


def test_with_the_board_nothing_is_restored(workspace: Workspace, cast: Cast) -> None:
    """A submitted phase can be read, history included, and not changed."""
    _, phase_id = examples.submit(workspace, cast)
    view = questions.view(workspace, cast.dora, phase_id, GOAL)
    assert (view.number, view.may_change) == (1, False)
    with pytest.raises(WrongState):
        questions.restore(workspace, cast.alice, phase_id, GOAL, 1, seen=1)
