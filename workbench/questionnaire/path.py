"""Which questions apply now, in order, and which answers became inactive. Changes nothing.

``before`` always holds the answers that count of earlier phases (``counting`` of these).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from workbench.questionnaire import conditions
from workbench.questionnaire.definition import Questionnaire, Section

Answers = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Path:
    """``visible``: ids of the questions asked, in order; ``inactive``: answered but not asked.

    ``sections``: ids of the sections whose condition holds; ``counting``: every answer that counts,
    with those of earlier phases.
    """

    visible: tuple[str, ...]
    inactive: tuple[str, ...]
    sections: tuple[str, ...] = ()
    counting: Answers = field(default_factory=dict)


def through(sections: Iterable[Section], answers: Answers, before: Answers | None = None) -> Path:
    """The way through the sections, in order.

    A hidden question's answer never counts for a later condition.
    """
    counting = dict(before or {})
    shown, inactive, applying = [], [], []
    for section in sections:
        applies = conditions.holds(section.ask_if, counting)
        applying += [section.id] if applies else []
        for question in section.questions:
            if applies and conditions.holds(question.ask_if, counting):
                shown.append(question.id)
                if question.id in answers:
                    counting[question.id] = answers[question.id]
            elif question.id in answers:
                inactive.append(question.id)
    return Path(tuple(shown), tuple(inactive), tuple(applying), counting)


def walk(questionnaire: Questionnaire, sheet: Answers, before: Answers | None = None) -> Path:
    """The way through the questionnaire that these answers lead to."""
    return through(questionnaire.sections, sheet, before)


def visible(
    questionnaire: Questionnaire, sheet: Answers, before: Answers | None = None
) -> tuple[str, ...]:
    """The ids of the questions that are asked, in order."""
    return walk(questionnaire, sheet, before).visible


def counting(
    questionnaire: Questionnaire, sheet: Answers, before: Answers | None = None
) -> dict[str, JsonValue]:
    """The answers that count, with those of earlier phases: ``before`` for the next phase."""
    return dict(walk(questionnaire, sheet, before).counting)


def counting_in_all(questionnaires: Iterable[Questionnaire], answers: Answers) -> Answers:
    """The answers that count over all questionnaires, which come in the order of the phases.

    ``answers`` may hold those of all phases together: no two questionnaires share an id.
    """
    counted: dict[str, JsonValue] = {}
    for questionnaire in questionnaires:
        counted = counting(questionnaire, answers, counted)
    return counted
