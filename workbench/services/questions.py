"""Everything beside one question: history, comments, evidence; and an old answer brought back."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from workbench.basics import clock
from workbench.basics.errors import NotFound, StaleSave
from workbench.governance import lifecycle
from workbench.governance.roles import TEAM, Actor
from workbench.questionnaire.answers import accepted
from workbench.questionnaire.definition import Question, Section
from workbench.storage import access, assessments, evidence, journal, people, reviews
from workbench.storage.assessments import AnswerEntry, Phase
from workbench.storage.evidence import Evidence
from workbench.storage.reviews import Comment
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class Version:
    """One save of the answer: what it became (``value``), from what (``before``), by whom, when."""

    number: int
    value: JsonValue
    before: JsonValue
    person_id: str
    saved_at: datetime


@dataclass(frozen=True)
class QuestionView:
    """One question with all that belongs to its answer; ``history`` newest first.

    ``names``: person id → name, of everybody who appears. ``may_change``: whether this person may
    change answer and evidence now.
    """

    system: System
    phase: Phase
    section: Section
    question: Question
    history: list[Version]
    comments: list[Comment]
    evidence: list[Evidence]
    names: dict[str, str]
    may_change: bool

    @property
    def number(self) -> int:
        """How many saves the answer has seen."""
        return self.history[0].number if self.history else 0

    @property
    def value(self) -> JsonValue:
        """The present answer; None when there is none."""
        return self.history[0].value if self.history else None


def view(workspace: Workspace, actor: Actor, phase_id: str, question_id: str) -> QuestionView:
    """One question of a phase; NotFound when the questionnaire does not have it."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.trace")
        questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
        question = questionnaire.question(question_id)
        history = _history(assessments.entries(session, phase.id, question.id))
        said = reviews.talks(session, phase.id).get(question.id, [])
        pieces = evidence.of_phase(session, phase.id).get(question.id, [])
        there = {one.person_id for one in history} | {one.added_by for one in pieces}
        there |= {one.person_id for one in said}
        there |= {one.resolved_by for one in said if one.resolved_by}
        return QuestionView(
            system=system,
            phase=phase,
            section=next(one for one in questionnaire.sections if question in one.questions),
            question=question,
            history=history,
            comments=said,
            evidence=pieces,
            names=people.names(session, there),
            may_change=actor.role == TEAM and phase.state in lifecycle.WRITABLE,
        )


def _history(entries: list[AnswerEntry]) -> list[Version]:
    before: JsonValue = None
    found = []
    for entry in entries:
        found.append(Version(entry.number, entry.value, before, entry.person_id, entry.saved_at))
        before = entry.value
    return found[::-1]


def restore(
    workspace: Workspace, actor: Actor, phase_id: str, question_id: str, number: int, seen: int
) -> None:
    """Save the answer anew as it was at a save; what stood there until now stays in the history.

    ``seen`` is the save that the page showed as the present one: StaleSave when there is a newer
    one. NotFound for a save that never was, InvalidInput when the answer no longer fits the
    question, WrongState when the phase is not open for writing. An answer that is the present one
    already needs no save.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.write")
        session.refresh(phase, with_for_update=True)
        access.writable(phase)
        questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
        history = _history(assessments.entries(session, phase.id, question_id))
        chosen = next((one for one in history if one.number == number), None)
        if chosen is None:
            raise NotFound(access.NOT_FOUND)
        if history[0].number != seen:
            raise StaleSave({question_id: history[0]})
        values = accepted(questionnaire, {question_id: chosen.value})
        if values[question_id] != history[0].value:
            saved = {question_id: (values[question_id], seen + 1)}
            assessments.add(session, phase.id, actor.id, clock.now(), saved)
            journal.append(
                session,
                actor.id,
                "answers.restore",
                phase.id,
                questions=[question_id],
                number=number,
            )
