"""Linked answers phase by phase, so that drift is seen: first "advice only", then "94 % followed".

An author links a question to those of earlier phases whose answers belong beside it
(``Question.earlier``). One thread is such a question with them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.questionnaire import types
from workbench.questionnaire.conditions import content
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType


class Drift(StrEnum):
    """What can be told of a thread without understanding its words."""

    CHANGED = "changed"  # another answer, which may still have good reasons
    SAME = "same"
    UNCLEAR = "unclear"  # other questions or free words: people compare


# Answers whose difference a program can see when the questions are alike.
COMPARED = frozenset(
    {
        QuestionType.YES_NO,
        QuestionType.CHOICE_ONE,
        QuestionType.CHOICE_MANY,
        QuestionType.NUMBER,
        QuestionType.DATE,
        QuestionType.JUDGEMENT,
    }
)


@dataclass(frozen=True)
class Said:
    """One answer that counts, and the phase it was given in."""

    phase: Phase
    question: Question
    value: JsonValue


@dataclass(frozen=True)
class Thread:
    """Answers that belong together, in the order of the phases: at least two of them."""

    said: tuple[Said, ...]

    @property
    def question(self) -> Question:
        """The newest question."""
        return self.said[-1].question

    @property
    def value(self) -> str:
        """The id of the value that the newest question is about; "" when it names none."""
        return self.question.value.id if self.question.value else ""

    @property
    def drift(self) -> Drift:
        """Whether the answers differ, as far as that can be told."""
        answers = [content(one.value) for one in self.said]
        if all(one == answers[0] for one in answers) and self._alike:
            return Drift.SAME
        return Drift.CHANGED if self._alike and self._compared else Drift.UNCLEAR

    @property
    def _alike(self) -> bool:
        """Whether all questions take the same answers: type, options, unit."""
        forms = {
            (
                one.question.type,
                tuple(option.id for option in one.question.options),
                one.question.unit.in_language("de") if one.question.unit else "",
            )
            for one in self.said
        }
        return len(forms) == 1

    @property
    def _compared(self) -> bool:
        return self.question.type in COMPARED


def threads(
    questionnaires: Sequence[Questionnaire], counting: Mapping[str, JsonValue]
) -> dict[str, tuple[Thread, ...]]:
    """Value → the threads about it, those that changed first.

    ``questionnaires`` in the order of the phases, ``counting`` are answers that count
    (``path.counting_in_all``). Only questions linked over phases, both answered; a thread that
    another one contains is left out.
    """
    places = {
        question.id: Said(one.phase, question, counting[question.id])
        for one in questionnaires
        for question in one.questions()
        if not types.is_empty(counting.get(question.id))
    }
    found = list(_longest([_thread(said, places) for said in places.values()]))
    order = list(Drift)
    found.sort(key=lambda one: order.index(one.drift))
    values = dict.fromkeys(sorted({one.value for one in found}))
    return {value: tuple(one for one in found if one.value == value) for value in values}


def _thread(last: Said, places: Mapping[str, Said]) -> Thread:
    """The question with what it is linked to, and on from there as long as it is about its value.

    Of its own phase only itself: what stands in one phase has not drifted.
    """
    linked, waiting = {last.question.id}, [last.question]
    while waiting:
        question = waiting.pop()
        for said in (places[name] for name in question.earlier if name in places):
            near = question is last.question or said.question.value == last.question.value
            if near and said.phase != last.phase and said.question.id not in linked:
                linked.add(said.question.id)
                waiting.append(said.question)
    return Thread(tuple(said for name, said in places.items() if name in linked))


def _longest(found: Sequence[Thread]) -> Iterator[Thread]:
    ids = [{said.question.id for said in one.said} for one in found]
    for one, own in zip(found, ids, strict=True):
        if len(own) > 1 and not any(own < other for other in ids):
            yield one
