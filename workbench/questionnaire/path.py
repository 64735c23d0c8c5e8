"""Which questions apply now, in order, and which answers became inactive. Changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pydantic import JsonValue

from workbench.questionnaire import conditions
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Questionnaire


class Asked(Protocol):
    """What the path needs to know of a question."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def ask_if(self) -> Condition | None:
        """When it is asked; always without one."""


@dataclass(frozen=True)
class Path:
    """``visible``: ids of the questions asked, in order; ``inactive``: answered but not asked."""

    visible: tuple[str, ...]
    inactive: tuple[str, ...]


def visible(
    questions: Iterable[Asked],
    answers: Mapping[str, JsonValue],
    before: Mapping[str, JsonValue] | None = None,
) -> tuple[str, ...]:
    """The ids of the questions whose condition holds, in order.

    A hidden question's answer never counts for a later condition. ``before`` holds the answers that
    count already, of questions asked earlier.
    """
    counting = dict(before or {})
    shown = []
    for question in questions:
        if conditions.holds(question.ask_if, counting):
            shown.append(question.id)
            if question.id in answers:
                counting[question.id] = answers[question.id]
    return tuple(shown)


def walk(questionnaire: Questionnaire, sheet: Mapping[str, JsonValue]) -> Path:
    """The way through the questionnaire that these answers lead to."""
    shown = visible(questionnaire.questions(), sheet)
    asked = set(shown)
    hidden = (question.id for question in questionnaire.questions() if question.id not in asked)
    return Path(shown, tuple(identifier for identifier in hidden if identifier in sheet))
