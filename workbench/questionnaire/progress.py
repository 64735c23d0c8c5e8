"""How far a questionnaire is answered: in all and per section. Hidden questions never count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import JsonValue

from workbench.questionnaire import path, types
from workbench.questionnaire.definition import Question, Questionnaire


class State(StrEnum):
    """Where the answering stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Progress:
    """Counts over the questions that are asked now.

    ``open``: ids of those that still lack something required (in a group also within a row);
    ``answered`` of ``total``; ``minutes_left``: the time the unanswered and open ones take;
    ``sections``: the same per section id (empty within a section).
    """

    state: State
    open: tuple[str, ...]
    answered: int
    total: int
    minutes_left: int
    sections: Mapping[str, "Progress"] = field(default_factory=dict)


def _measure(
    questions: Iterable[Question],
    sheet: Mapping[str, JsonValue],
    sections: Mapping[str, Progress] | None = None,
) -> Progress:
    asked = list(questions)
    answered = [question for question in asked if question.id in sheet]
    missing = [q for q in asked if not types.is_complete(q, sheet.get(q.id))]
    left = [q for q in asked if q.id not in sheet or q in missing]
    if not missing and (answered or not asked):
        state = State.COMPLETE
    else:
        state = State.IN_PROGRESS if answered else State.NOT_STARTED
    return Progress(
        state=state,
        open=tuple(question.id for question in missing),
        answered=len(answered),
        total=len(asked),
        minutes_left=sum(question.minutes for question in left),
        sections=sections or {},
    )


def of(questionnaire: Questionnaire, sheet: Mapping[str, JsonValue]) -> Progress:
    """The progress of the sheet, with one part per section.

    Complete means: nothing required is open and something was answered.
    """
    shown = set(path.walk(questionnaire, sheet).visible)
    parts = {
        section.id: _measure((q for q in section.questions if q.id in shown), sheet)
        for section in questionnaire.sections
    }
    return _measure((q for q in questionnaire.questions() if q.id in shown), sheet, parts)
