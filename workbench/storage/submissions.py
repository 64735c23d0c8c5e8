"""How a phase came to the board: when it was submitted, taken back, and what changed in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import JsonValue
from sqlmodel import Session

from workbench.governance.lifecycle import WRITABLE
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Question
from workbench.storage import assessments, decisions, dissents, evidence, journal
from workbench.storage.assessments import AnswerEntry, Phase
from workbench.storage.decisions import Recorded
from workbench.storage.journal import JournalEntry
from workbench.storage.sheets import Answered

SUBMIT, WITHDRAW = "assessment.submit", "assessment.withdraw"


@dataclass(frozen=True)
class Changed:
    """An answer that was another one (``before``) when the phase was submitted before."""

    question: Question
    before: JsonValue
    value: JsonValue


@dataclass(frozen=True)
class ChangedDecision:
    """A value decision that is new since then, changed (also what is beside it), or taken out."""

    decision: Recorded
    change: Literal["new", "changed", "taken_out"]


@dataclass(frozen=True)
class Since:
    """What changed since ``at``, when the board got the phase the time before.

    ``withdrawn``: the act by which the team took it back meanwhile; None when it did not.
    """

    at: datetime
    withdrawn: JournalEntry | None
    answers: tuple[Changed, ...]
    decisions: tuple[ChangedDecision, ...]


def withdrawn(session: Session, phase: Phase) -> JournalEntry | None:
    """The act by which the team took the phase back, until it is submitted again."""
    acts = [one for one in journal.of(session, phase.id) if one.action in {SUBMIT, WITHDRAW}]
    return acts[-1] if acts and acts[-1].action == WITHDRAW else None


def since_before(session: Session, answered: Answered) -> Since | None:
    """What changed since the board got the phase the time before; None for the first time.

    While the team is changing it, that is since the newest submission.
    """
    phase = answered.phase
    acts = [one for one in journal.of(session, phase.id) if one.action in {SUBMIT, WITHDRAW}]
    submits = [place for place, act in enumerate(acts) if act.action == SUBMIT]
    earlier = submits if phase.state in WRITABLE else submits[:-1]
    if not earlier:
        return None
    at = acts[earlier[-1]].at
    meanwhile = [act for act in acts[earlier[-1] :] if act.action == WITHDRAW]
    return Since(
        at=at,
        withdrawn=meanwhile[-1] if meanwhile else None,
        answers=_answers(answered, assessments.entries(session, phase.id), at),
        decisions=tuple(_decisions(session, phase, at)),
    )


def _answers(
    answered: Answered, entries: Sequence[AnswerEntry], at: datetime
) -> tuple[Changed, ...]:
    """The answers asked for now that differ, in the order of the questions."""
    then = AnswerSheet({one.question_id: one.value for one in entries if one.saved_at <= at})
    shown = set(answered.path.visible)
    return tuple(
        Changed(question, then.get(question.id), answered.sheet.get(question.id))
        for question in answered.questionnaire.questions()
        if question.id in shown and then.get(question.id) != answered.sheet.get(question.id)
    )


def _decisions(session: Session, phase: Phase, at: datetime) -> Iterator[ChangedDecision]:
    """Without those that came and went in between: the board has never seen them."""
    beside = evidence.changed_since(session, phase.id, at) | {
        decision
        for decision, held in dissents.of_phase(session, phase.id).items()
        if any(one.newest.saved_at > at for one in held)
    }
    for withdrawn in (False, True):
        for one in decisions.current(session, phase.id, withdrawn=withdrawn):
            known = decisions.versions(session, one.id)[0].saved_at <= at
            if (one.saved_at > at or (one.id in beside and not withdrawn)) and (
                known or not withdrawn
            ):
                kept: Literal["new", "changed"] = "changed" if known else "new"
                yield ChangedDecision(one, "taken_out" if withdrawn else kept)
