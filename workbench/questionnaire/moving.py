"""From one version of a questionnaire to a newer one: what is new, reworded, gone, what still fits.

An id never changes its meaning, so an answer stays the answer of the question with its id.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.questionnaire import types
from workbench.questionnaire.definition import Question, Questionnaire

Kind = Literal["new", "reworded", "gone", "unfit"]


@dataclass(frozen=True)
class Move:
    """What becomes of one question.

    ``new``: was not asked before. ``reworded``: its words, options or limits differ, the answer
    stays. ``gone``: is not asked any more, the answer stays in the history only. ``unfit``: the
    answer does not fit any more and has to be given anew.
    """

    question: Question
    kind: Kind
    answered: bool


def moves(
    old: Questionnaire, new: Questionnaire, sheet: Mapping[str, JsonValue]
) -> tuple[Move, ...]:
    """Every question that does not simply stay, in the new order; those that are gone come last."""
    return (*_stay_or_come(old, new, sheet), *_go(old, new, sheet))


def _stay_or_come(
    old: Questionnaire, new: Questionnaire, sheet: Mapping[str, JsonValue]
) -> Iterator[Move]:
    before = {question.id: question for question in old.questions()}
    for question in new.questions():
        answered = question.id in sheet
        if question.id not in before:
            yield Move(question, "new", answered)
        elif answered and not fits(question, sheet[question.id]):
            yield Move(question, "unfit", answered)
        elif _asked(question) != _asked(before[question.id]):
            yield Move(question, "reworded", answered)


def _go(old: Questionnaire, new: Questionnaire, sheet: Mapping[str, JsonValue]) -> Iterator[Move]:
    after = {question.id for question in new.questions()}
    for question in old.questions():
        if question.id not in after:
            yield Move(question, "gone", question.id in sheet)


def fits(question: Question, value: JsonValue) -> bool:
    """Whether the value could be stored as the answer to the question, just as it is."""
    try:
        return types.accept(question, value) == value
    except InvalidInput:
        return False


def _asked(question: Question) -> tuple[object, ...]:
    """What a person who answers sees of a question, and what the answer may be."""
    return (
        question.type,
        question.title,
        question.help,
        question.options,
        (question.exclusive, question.at_most),
        question.unit,
        question.required,
        (question.minimum, question.maximum, question.max_length),
        tuple(_asked(field) for field in question.fields),
    )
