"""What a bundle would change, question by question, to look at before it is taken over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from workbench.questionnaire import types
from workbench.questionnaire.definition import Question, Questionnaire

Kind = Literal["new", "changed", "emptied"]


@dataclass(frozen=True)
class Change:
    """One answer that would change: as it is, as it would be, and whether somebody else is newer.

    ``contested``: it was saved in the workbench after the file was made, so it would stay.
    """

    question: Question
    kind: Kind
    before: JsonValue
    after: JsonValue
    contested: bool

    def words(self, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Before and after as a person reads them; () for no answer."""
        return (
            types.words(self.question, self.before, language),
            types.words(self.question, self.after, language),
        )


def changes(
    questionnaire: Questionnaire,
    present: Mapping[str, tuple[JsonValue, int]],
    values: Mapping[str, JsonValue],
    seen: Mapping[str, int],
    shown: Mapping[str, JsonValue],
) -> tuple[Change, ...]:
    """The answers that differ from the present ones, in the order of the questions.

    ``present`` maps ids to value and number of the newest save, ``seen`` to the number that the
    file holds, ``shown`` to the value at that number. What nobody touched in the file is left out,
    however new the present answer is.
    """
    found = []
    for question in questionnaire.questions():
        if question.id not in values:
            continue
        before, number = present.get(question.id, (None, 0))
        after = values[question.id]
        if after in (before, shown.get(question.id)):
            continue
        contested = number != seen.get(question.id, 0)
        found.append(Change(question, _kind(before, after), before, after, contested))
    return tuple(found)


def _kind(before: JsonValue, after: JsonValue) -> Kind:
    if types.is_empty(before):
        return "new"
    return "emptied" if types.is_empty(after) else "changed"
