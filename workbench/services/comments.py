"""Say something about a phase or one of its questions, and settle what was said."""

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.storage import access, journal
from workbench.storage.reviews import Comment
from workbench.storage.workspace import Workspace

LONGEST = 5000


def write(
    workspace: Workspace, actor: Actor, phase_id: str, body: str, *, question_id: str = ""
) -> None:
    """Say something about the phase, or with ``question_id`` about one question of it.

    Raises InvalidInput when it is empty or too long, NotFound for a question that is not there.
    """
    text = body.strip()
    if not 0 < len(text) <= LONGEST:
        raise InvalidInput(
            later("The comment was not saved."),
            {"body": later("Write a comment of at most {limit} characters.")},
            limit=LONGEST,
        )
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "review.comment")
        if question_id:
            workspace.library.questionnaire(phase.questionnaire, phase.version).question(
                question_id
            )
        session.add(
            Comment(
                phase_id=phase.id,
                question_id=question_id,
                person_id=actor.id,
                body=text,
                said_at=clock.now(),
            )
        )
        journal.append(session, actor.id, "review.comment", phase.id, question=question_id)


def settle(
    workspace: Workspace, actor: Actor, phase_id: str, comment_id: int, *, resolved: bool
) -> str:
    """Mark a remark on a question as resolved, or open it again; returns the question's id.

    What is in that state already stays as it is. NotFound for a remark that is none of a question
    of this phase.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "review.comment")
        comment = session.get(Comment, comment_id)
        if comment is None or comment.phase_id != phase.id or not comment.question_id:
            raise NotFound(access.NOT_FOUND)
        if (comment.resolved_at is not None) is not resolved:
            comment.resolved_at = clock.now() if resolved else None
            comment.resolved_by = actor.id if resolved else None
            session.add(comment)
            act = "comment.resolve" if resolved else "comment.reopen"
            journal.append(session, actor.id, act, phase.id, comment=comment_id)
        return comment.question_id
