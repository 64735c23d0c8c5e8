"""Say something about a phase or one of its questions, settle what was said, see what is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound
from workbench.basics.text import later
from workbench.governance import roles
from workbench.governance.roles import Actor
from workbench.questionnaire.definition import Question
from workbench.storage import access, journal, people, reviews
from workbench.storage.assessments import Phase
from workbench.storage.reviews import Comment
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

LONGEST = 5000
RECENT = timedelta(days=14)


@dataclass(frozen=True)
class Talk:
    """What others said lately about one question (None: about the phase) and waits for an answer.

    ``newest`` of ``count`` remarks, said by ``name``.
    """

    system: System
    phase: Phase
    question: Question | None
    newest: Comment
    count: int
    name: str


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


def new(workspace: Workspace, actor: Actor) -> list[Talk]:
    """What others said in the last days (RECENT) on the person's systems, the newest first.

    Without what is resolved, and what the person has answered by a later remark.
    """
    roles.require(actor, "desk.read")
    with workspace.database.reading() as session:
        homes = {
            phase.id: (system, phase)
            for system, phases in access.reach(session, actor)
            for phase in phases
        }
        said = reviews.since(session, homes, clock.now() - RECENT)
        names = people.names(session, {one.person_id for one in said})
    found = []
    for (phase_id, question_id), waiting in _waiting(said, actor.id).items():
        system, phase = homes[phase_id]
        asked = workspace.library.questionnaire(phase.questionnaire, phase.version).questions()
        question = next((one for one in asked if one.id == question_id), None)
        if question or not question_id:  # a question that a newer version has given up has no page
            newest = waiting[-1]
            name = names[newest.person_id]
            found.append(Talk(system, phase, question, newest, len(waiting), name))
    return sorted(found, key=lambda one: one.newest.said_at, reverse=True)


def _waiting(said: Iterable[Comment], person_id: str) -> dict[tuple[str, str], list[Comment]]:
    """(Phase, question) → the open remarks of others since the person's last one there."""
    found: dict[tuple[str, str], list[Comment]] = {}
    for one in said:
        place = (one.phase_id, one.question_id)
        if one.person_id == person_id:
            found.pop(place, None)
        elif one.resolved_at is None:
            found.setdefault(place, []).append(one)
    return found
