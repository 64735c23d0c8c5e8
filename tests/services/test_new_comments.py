"""What others said lately stands on the desk, until it is answered, resolved or old."""

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.services.conftest import Clock
from workbench.governance.roles import Actor
from workbench.services import Workspace, comments, phases
from workbench.storage.reviews import Comment

GOAL = "purpose.goal"


def new(workspace: Workspace, actor: Actor) -> list[tuple[str, int, str]]:
    """Question ("" for the phase), how many, and who spoke last."""
    return [
        (one.question.id if one.question else "", one.count, one.name)
        for one in comments.new(workspace, actor)
    ]


@pytest.mark.usefixtures("time")
def test_it_works(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Two remarks of Bob on a question are one line for Alice, and none for Bob himself."""
    for words in ("Für wen?", "Und wann?"):
        comments.write(workspace, cast.bob, phase_id, words, question_id=GOAL)
    assert new(workspace, cast.alice) == [(GOAL, 2, "Bob")]
    assert new(workspace, cast.bob) == []


def test_the_newest_comes_first(
    workspace: Workspace, cast: Cast, phase_id: str, time: Clock
) -> None:
    """A remark on the phase as a whole is one of its own."""
    comments.write(workspace, cast.bob, phase_id, "Für wen?", question_id=GOAL)
    time.move(hours=1)
    comments.write(workspace, cast.frida, phase_id, "Eilt das?")
    assert new(workspace, cast.alice) == [("", 1, "Frida"), (GOAL, 1, "Bob")]


def test_what_is_answered_resolved_or_old_is_not_new(
    workspace: Workspace, cast: Cast, phase_id: str, time: Clock
) -> None:
    """An answer of one's own or a resolution takes it off the desk, and so do two weeks."""
    comments.write(workspace, cast.bob, phase_id, "Für wen?", question_id=GOAL)
    comments.write(workspace, cast.alice, phase_id, "Für alle.", question_id=GOAL)
    assert new(workspace, cast.alice) == []
    assert new(workspace, cast.bob) == [(GOAL, 1, "Alice")]
    answer = rows(workspace, Comment)[-1].id or 0
    comments.settle(workspace, cast.bob, phase_id, answer, resolved=True)
    assert new(workspace, cast.bob) == []
    comments.write(workspace, cast.bob, phase_id, "Wirklich?", question_id=GOAL)
    assert new(workspace, cast.alice) == [(GOAL, 1, "Bob")]
    time.move(days=comments.RECENT.days)
    assert new(workspace, cast.alice) == [(GOAL, 1, "Bob")]
    time.move(seconds=1)
    assert new(workspace, cast.alice) == []


@pytest.mark.usefixtures("time")
def test_nobody_hears_of_what_is_not_theirs(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """A stranger never; the board only once the phase was submitted."""
    examples.answer(workspace, cast, phase_id)
    comments.write(workspace, cast.bob, phase_id, "Für wen?", question_id=GOAL)
    assert new(workspace, cast.charlie) == new(workspace, cast.dora) == []
    phases.submit(workspace, cast.alice, phase_id)
    assert new(workspace, cast.dora) == [(GOAL, 1, "Bob")]
    assert new(workspace, cast.charlie) == []
