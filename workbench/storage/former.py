"""What a phase keeps of questions that its present questionnaire does not ask any more."""

from dataclasses import dataclass

from pydantic import JsonValue
from sqlmodel import Session

from workbench.questionnaire.definition import Question
from workbench.questionnaire.library import Library
from workbench.storage import evidence, reviews
from workbench.storage.evidence import Evidence
from workbench.storage.reviews import Comment
from workbench.storage.sheets import Answered


@dataclass(frozen=True)
class Former:
    """A question as it was worded last, its last answer (None: there is none) and what backs it."""

    question: Question
    value: JsonValue
    comments: list[Comment]
    evidence: list[Evidence]


def of(session: Session, library: Library, answered: Answered) -> list[Former]:
    """Every question of another version with an answer, a remark or evidence in this phase."""
    talks = reviews.talks(session, answered.phase.id)
    pieces = evidence.of_phase(session, answered.phase.id)
    there = answered.sheet.keys() | talks.keys() | pieces.keys()
    return [
        Former(
            question=question,
            value=answered.sheet.get(question.id),
            comments=talks.get(question.id, []),
            evidence=pieces.get(question.id, []),
        )
        for question in library.former(answered.questionnaire)
        if question.id in there
    ]
