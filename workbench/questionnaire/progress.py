"""How far a questionnaire is answered: in all and per section. Hidden questions never count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pydantic import JsonValue

from workbench.questionnaire import path, types
from workbench.questionnaire.definition import Question, Questionnaire, Section, Text
from workbench.questionnaire.path import Path


class State(StrEnum):
    """Where the answering stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Progress:
    """Counts over the questions that are asked now.

    ``open``: ids of those that still lack something required (in a group also within a row);
    ``left``: those and the unanswered ones; ``answered`` of ``total``; ``minutes_left``: the time
    that ``left`` takes;
    ``sections``: the same per section id (empty within a section); of these ``asked`` says whether
    the section applies at all, and ``because`` why or why not (None where it always does).
    """

    state: State
    open: tuple[str, ...]
    left: tuple[str, ...]
    answered: int
    total: int
    minutes_left: float
    sections: Mapping[str, "Progress"] = field(default_factory=dict)
    asked: bool = True
    because: Text | None = None


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
        left=tuple(question.id for question in left),
        answered=len(answered),
        total=len(asked),
        minutes_left=sum(question.minutes for question in left),
        sections=sections or {},
    )


def of(
    questionnaire: Questionnaire,
    sheet: Mapping[str, JsonValue],
    before: Mapping[str, JsonValue] | None = None,
) -> Progress:
    """The progress of the sheet, with one part per section; ``before``: see ``path``.

    Complete means: nothing required is open and something was answered.
    """
    way = path.walk(questionnaire, sheet, before)
    shown = set(way.visible)
    parts = {
        section.id: _part(section, way, [q for q in section.questions if q.id in shown], sheet)
        for section in questionnaire.sections
    }
    return _measure((q for q in questionnaire.questions() if q.id in shown), sheet, parts)


def _part(
    section: Section, way: Path, asked: Iterable[Question], sheet: Mapping[str, JsonValue]
) -> Progress:
    applies = section.id in way.sections
    because = section.because if applies else section.because_not
    return replace(_measure(asked, sheet), asked=applies, because=because)
