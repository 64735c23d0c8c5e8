"""Comments on questions: written by whoever may read, resolved, opened again."""

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.services.conftest import Clock
from workbench.basics.errors import InvalidInput, NotFound
from workbench.services import Workspace, comments, questions
from workbench.storage.reviews import Comment

GOAL = "purpose.goal"


def said(workspace: Workspace, cast: Cast, phase_id: str) -> list[Comment]:
    """The comments on the goal, as Alice sees them."""
    return questions.view(workspace, cast.alice, phase_id, GOAL).comments


def test_it_works(workspace: Workspace, cast: Cast, phase_id: str, time: Clock) -> None:
    """A comment stands at its question with person and time; resolving keeps who and when."""
    comments.write(workspace, cast.bob, phase_id, "  Für wen genau? ", question_id=GOAL)
    (comment,) = said(workspace, cast, phase_id)
    assert (comment.body, comment.person_id, comment.said_at) == (
        "Für wen genau?",
        cast.bob.id,
        time.at,
    )
    time.move(hours=1)
    assert comment.id is not None
    question = comments.settle(workspace, cast.alice, phase_id, comment.id, resolved=True)
    (resolved,) = said(workspace, cast, phase_id)
    assert question == GOAL
    assert (resolved.resolved_by, resolved.resolved_at) == (cast.alice.id, time.at)
    comments.settle(workspace, cast.bob, phase_id, comment.id, resolved=False)
    assert said(workspace, cast, phase_id)[0].resolved_at is None


def test_a_comment_stands_only_where_it_belongs(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """One on the phase is on no question, one on a question on no other."""
    comments.write(workspace, cast.bob, phase_id, "Zur Phase.")
    comments.write(workspace, cast.bob, phase_id, "Zum Problem.", question_id="purpose.problem")
    assert said(workspace, cast, phase_id) == []


@pytest.mark.parametrize("body", ["", "  \n", "x" * 5001])
def test_an_empty_or_endless_comment_is_refused(
    workspace: Workspace, cast: Cast, phase_id: str, body: str
) -> None:
    """The message names the limit, and nothing is kept."""
    with pytest.raises(InvalidInput) as caught:
        comments.write(workspace, cast.bob, phase_id, body, question_id=GOAL)
    assert caught.value.values == {"limit": 5000}
    assert rows(workspace, Comment) == []


def test_a_question_that_is_not_there_takes_none(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """An invented question is not found."""
    with pytest.raises(NotFound):
        comments.write(workspace, cast.bob, phase_id, "Hm.", question_id="no.such")


def test_strangers_and_an_early_board_find_nothing(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Who may not read the phase can neither write nor settle; the board can once it was sent."""
    comments.write(workspace, cast.bob, phase_id, "Hm.", question_id=GOAL)
    key = rows(workspace, Comment)[0].id or 0
    for person in (cast.charlie, cast.dora):
        with pytest.raises(NotFound):
            comments.write(workspace, person, phase_id, "Hm.", question_id=GOAL)
        with pytest.raises(NotFound):
            comments.settle(workspace, person, phase_id, key, resolved=True)
    _, submitted = examples.submit(workspace, cast)
    comments.write(workspace, cast.dora, submitted, "Warum?", question_id=GOAL)


def test_a_comment_of_another_phase_or_of_none_is_not_settled(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Only a remark on a question, and only in its own phase, can be resolved."""
    _, other = examples.submit(workspace, cast)
    comments.write(workspace, cast.bob, phase_id, "Hm.", question_id=GOAL)
    comments.write(workspace, cast.bob, phase_id, "Zur Phase.")
    on_question, on_phase = (row.id or 0 for row in rows(workspace, Comment))
    for phase, key in ((other, on_question), (phase_id, on_phase), (phase_id, 999)):
        with pytest.raises(NotFound):
            comments.settle(workspace, cast.alice, phase, key, resolved=True)
