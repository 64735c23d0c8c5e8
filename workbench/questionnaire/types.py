"""The ten types of question: what each accepts and how its answer reads, in one table.

A stored answer is plain JSON: text, yes or no, option id, list of option ids, number, ISO date,
a list of mappings (group) or ``{"choice": option id, "reason": text}`` (judgement, also with one of
both only). Types without options may also hold ``{"not_applicable": reason}``. Nothing (None)
means: not answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.questionnaire import accepting, wording
from workbench.questionnaire.conditions import CHOICE, NOT_APPLICABLE, REASON
from workbench.questionnaire.definition import FeedName, Question, QuestionType, Text

ROWS = 50
# Choices have an option of their own where they may not apply.
ESCAPABLE = frozenset(
    {
        QuestionType.SHORT_TEXT,
        QuestionType.LONG_TEXT,
        QuestionType.NUMBER,
        QuestionType.DATE,
        QuestionType.GROUP,
        QuestionType.LINK,
    }
)
Cells = tuple[tuple[str, tuple[str, ...]], ...]


def _accept_group(question: Question, value: JsonValue) -> JsonValue:
    names = {field.id for field in question.fields}
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise InvalidInput(later("Please enter the rows one by one."))
    if len(value) > ROWS:
        raise InvalidInput(later("Please enter at most {rows} rows."), rows=ROWS)
    rows: list[JsonValue] = []
    for number, row in enumerate(value, start=1):
        if not isinstance(row, dict) or not set(row) <= names:
            raise InvalidInput(later("A row has an unknown field."))
        cells = {field.id: _fitting(field, row.get(field.id)) for field in question.fields}
        if question.feeds is FeedName.RESPONSIBILITY:
            accepting.require_term(cells, number)
        answered: dict[str, JsonValue] = {
            name: cell for name, cell in cells.items() if cell is not None
        }
        if answered:
            rows.append(answered)
    return rows or None


def _words_group(question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    return tuple(
        "; ".join(f"{_asked(label)} {', '.join(said)}" for label, said in cells)
        for cells in rows(question, value, language)
    )


def _asked(label: str) -> str:
    return label if label.endswith("?") else f"{label}:"


@dataclass(frozen=True)
class Kind:
    """What a type accepts (value → stored value, or InvalidInput) and how its answer reads."""

    accept: Callable[[Question, JsonValue], JsonValue]
    words: Callable[[Question, JsonValue, str], tuple[str, ...]]


KINDS: Mapping[QuestionType, Kind] = {
    QuestionType.SHORT_TEXT: Kind(accepting.short_text, wording.lines),
    QuestionType.LONG_TEXT: Kind(accepting.text, wording.lines),
    QuestionType.YES_NO: Kind(accepting.yes_no, wording.yes_no),
    QuestionType.CHOICE_ONE: Kind(accepting.one, wording.choice),
    QuestionType.CHOICE_MANY: Kind(accepting.many, wording.choice),
    QuestionType.NUMBER: Kind(accepting.number, wording.number),
    QuestionType.DATE: Kind(accepting.day, wording.day),
    QuestionType.GROUP: Kind(_accept_group, _words_group),
    QuestionType.LINK: Kind(accepting.link, wording.lines),
    QuestionType.JUDGEMENT: Kind(accepting.judgement, wording.judgement),
}


def accept(question: Question, value: JsonValue) -> JsonValue:
    """The value as it is stored: trimmed, in the order of the options, empty as None.

    Raises InvalidInput with a translatable message when it does not fit the question.
    """
    if question.type in ESCAPABLE and isinstance(value, dict) and NOT_APPLICABLE in value:
        return accepting.not_applicable(value)
    return _fitting(question, value)


def _fitting(question: Question, value: JsonValue) -> JsonValue:
    return None if is_empty(value) else KINDS[question.type].accept(question, value)


def is_empty(value: JsonValue) -> bool:
    """Whether a stored value is no answer."""
    return value is None or value in ("", [], {})


def excuse(value: JsonValue) -> str:
    """Why the question is not applicable; "" when the value does not say so."""
    return str(value.get(NOT_APPLICABLE, "")) if isinstance(value, dict) else ""


def is_complete(question: Question, value: JsonValue) -> bool:
    """Whether nothing that is required is missing, in a group also within each row.

    A judgement needs its reason; "not applicable" always has one.
    """
    if is_empty(value):
        return not question.required
    if question.type is QuestionType.JUDGEMENT:
        return isinstance(value, dict) and {CHOICE, REASON} <= value.keys()
    if question.type is not QuestionType.GROUP or not isinstance(value, list):
        return True
    return all(
        isinstance(row, dict) and is_complete(field, row.get(field.id))
        for row in value
        for field in question.fields
    )


def public_part(question: Question, value: JsonValue) -> JsonValue:
    """What of the answer may be published: nothing, all, or the rows without internal fields."""
    if not question.public:
        return None
    if question.type is not QuestionType.GROUP or not isinstance(value, list):
        return value
    public = {field.id for field in question.fields if field.public}
    rows: list[JsonValue] = [
        {name: cell for name, cell in row.items() if name in public}
        for row in value
        if isinstance(row, dict)
    ]
    return [row for row in rows if row] or None


def internal_parts(question: Question, value: JsonValue) -> tuple[Text, ...]:
    """The titles of a group's internal fields that some row answers."""
    rows = value if isinstance(value, list) else []
    return tuple(
        field.title
        for field in question.fields
        if not field.public and any(isinstance(row, dict) and field.id in row for row in rows)
    )


def words(question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    """The answer as a person reads it: paragraphs, options or rows; () when there is none."""
    if is_empty(value):
        return ()
    if excuse(value):
        return wording.not_applicable(excuse(value), language)
    return KINDS[question.type].words(question, value, language)


def rows(question: Question, value: JsonValue, language: str) -> tuple[Cells, ...]:
    """The rows of a group as (label, words) pairs of what is answered; () for other types."""
    if question.type is not QuestionType.GROUP or not isinstance(value, list):
        return ()
    return tuple(
        tuple(
            (field.title.in_language(language), words(field, row[field.id], language))
            for field in question.fields
            if field.id in row
        )
        for row in value
        if isinstance(row, dict)
    )
