"""A filled-in spreadsheet → a bundle, with the cell of every answer, so that a mistake names it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue

from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later
from workbench.questionnaire.conditions import CHOICE, NOT_APPLICABLE, REASON
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType
from workbench.questionnaire.offline import layout
from workbench.questionnaire.offline.bundle import Bundle, require_version
from workbench.questionnaire.offline.cells import plain, value
from workbench.questionnaire.offline.layout import KEYS, Column
from workbench.questionnaire.offline.mistakes import Mistake, Place, Spot, mistake
from workbench.questionnaire.offline.notes import takes_reason
from workbench.questionnaire.offline.opening import Book, Row, opened

NO_SHEET = later(
    "The sheet for the entries of “{question}” is missing. Download the questions anew and copy "
    "your answers there."
)
NO_QUESTION = later("This row belongs to no question: its first column is empty.")
TWICE = later("This question stands in the spreadsheet twice. Delete one of the two rows.")
NO_REASON = later("This question takes no reason. Please leave the cell empty.")


@dataclass
class Read:
    """What a spreadsheet holds: the answers by question, where each stands, and what cannot be."""

    answers: dict[str, JsonValue] = field(default_factory=dict)
    places: dict[Spot, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def refuse(self, spot: Spot, question: Question | None, typed: JsonValue, why: str) -> None:
        """Note a mistake at a spot whose place is known."""
        self.mistakes.append(mistake(spot, question, self.places, typed, InvalidInput(why)))


def read(data: bytes, questionnaire: Questionnaire, fingerprint: str) -> tuple[Bundle, Read]:
    """The bundle of a filled-in spreadsheet, and where its answers stand.

    What does not fit a question stays as it was typed, so that ``bundle.checked`` names it.
    Raises DataRefused when it is no spreadsheet of the workbench, or belongs to another version or
    to one that had another ``fingerprint``, TooLarge when it is too large.
    """
    book = opened(data)
    require_version(book.home, questionnaire, fingerprint)
    found = Read()
    known = {question.id: question for question in questionnaire.questions()}
    for row in book.rows(book.shown.worksheets[0], Column.ID, Column.ANSWER, Column.REASON):
        _take(book, row, known, found)
    return book.home.model_copy(update={"answers": found.answers}), found


def _take(book: Book, row: Row, known: Mapping[str, Question], found: Read) -> None:
    """Take one row of the first sheet over."""
    name = str(plain(row[Column.ID]) or "")
    spots = {part: Spot(name, 0, part) for part in (Column.ID, Column.ANSWER, Column.REASON)}
    said = (plain(row[part]) for part in (Column.ANSWER, Column.REASON))
    typed = next((one for one in said if one is not None), None)
    if name in found.answers or (typed is not None and not name):
        lost = Spot(name, row.number, Column.ID)  # by its row, as the id is none or taken
        found.places[lost] = row.place(Column.ID)
        found.refuse(lost, known.get(name), typed, TWICE if name else NO_QUESTION)
    elif name:
        found.places.update({spot: row.place(part) for part, spot in spots.items()})
        question = known.get(name)
        reason = plain(row[Column.REASON])
        if reason and question and not takes_reason(question):
            found.refuse(spots[Column.REASON], question, reason, NO_REASON)
            reason = None
        found.answers[name] = _answer(book, question, row[Column.ANSWER], reason, found)


def _answer(
    book: Book, question: Question | None, typed: Any, reason: JsonValue, found: Read
) -> JsonValue:
    answer = value(question, typed, book.language)
    if question and question.type is QuestionType.GROUP:
        answer = answer or list(_entries(book, question, found)) or None
    if question and question.type is QuestionType.JUDGEMENT:
        parts = {CHOICE: answer, REASON: reason}
        return {name: part for name, part in parts.items() if part} or None
    if not reason:
        return answer
    # Both together are one too many; ``checked`` says so.
    return {NOT_APPLICABLE: reason} if answer is None else {NOT_APPLICABLE: reason, CHOICE: answer}


def _entries(book: Book, question: Question, found: Read) -> Iterator[JsonValue]:
    first = layout.key(question.id, question.fields[0].id)
    sheets = (one for one in book.shown.worksheets if first in {cell.value for cell in one[KEYS]})
    sheet = next(sheets, None)
    if sheet is None:
        raise DataRefused(NO_SHEET, question=question.id)
    entry = 0
    for row in book.rows(sheet):
        cells = {
            part.id: value(part, row[layout.key(question.id, part.id)], book.language)
            for part in question.fields
            if layout.key(question.id, part.id) in row.columns
        }
        answered: dict[str, JsonValue] = {
            name: cell for name, cell in cells.items() if cell is not None
        }
        if answered:
            entry += 1
            for name in answered:
                place = row.place(layout.key(question.id, name))
                found.places[Spot(question.id, entry, name)] = place
            yield answered
