"""The nine types of question: what each accepts and how its answer reads, in one table.

A stored answer is plain JSON: text, yes or no, option id, list of option ids, number, ISO date,
or a list of mappings (group). Nothing (None) means: not answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.questionnaire import accepting, wording
from workbench.questionnaire.definition import Question, QuestionType

ROWS = 50
Cells = tuple[tuple[str, tuple[str, ...]], ...]


def _accept_group(question: Question, value: JsonValue) -> JsonValue:
    names = {field.id for field in question.fields}
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise InvalidInput(later("Please enter the rows one by one."))
    if len(value) > ROWS:
        raise InvalidInput(later("Please enter at most {rows} rows."), rows=ROWS)
    rows: list[JsonValue] = []
    for row in value:
        if not isinstance(row, dict) or not set(row) <= names:
            raise InvalidInput(later("A row has an unknown field."))
        cells = {field.id: accept(field, row.get(field.id)) for field in question.fields}
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
}


def accept(question: Question, value: JsonValue) -> JsonValue:
    """The value as it is stored: trimmed, in the order of the options, empty as None.

    Raises InvalidInput with a translatable message when it does not fit the question.
    """
    if value is None or value in ("", []):
        return None
    return KINDS[question.type].accept(question, value)


def is_empty(value: JsonValue) -> bool:
    """Whether a stored value is no answer."""
    return value is None or value in ("", [])


def is_complete(question: Question, value: JsonValue) -> bool:
    """Whether nothing that is required is missing, in a group also within each row."""
    if is_empty(value):
        return not question.required
    if question.type is not QuestionType.GROUP or not isinstance(value, list):
        return True
    return all(
        isinstance(row, dict) and is_complete(field, row.get(field.id))
        for row in value
        for field in question.fields
    )


def words(question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    """The answer as a person reads it: paragraphs, options or rows; () when there is none."""
    return () if is_empty(value) else KINDS[question.type].words(question, value, language)


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
