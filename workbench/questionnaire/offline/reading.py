"""A filled-in spreadsheet → a bundle, with the cell of every answer, so that a mistake names it."""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import JsonValue

from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later
from workbench.questionnaire.conditions import CHOICE, NOT_APPLICABLE, REASON
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType
from workbench.questionnaire.offline import layout
from workbench.questionnaire.offline.bundle import (
    NOT_A_BUNDLE,
    Bundle,
    Mistake,
    Place,
    Spot,
    mistake,
    require_size,
    require_version,
)
from workbench.questionnaire.offline.cells import plain, value
from workbench.questionnaire.offline.layout import HEAD, HOME, KEYS, Column
from workbench.questionnaire.offline.notes import takes_reason

# Unpacked, as a small file can unfold to gigabytes.
LARGEST_UNPACKED = 5 * 1024 * 1024
# One cell far away from the others makes a sheet of a billion.
MOST_ROWS, MOST_COLUMNS = 2000, 50
# What reading a damaged or forged file ends in: openpyxl checks little itself. A syntax error is
# one of the XML, a runtime error encryption, an unknown compression, or JSON that is too deep.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    RuntimeError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
)
NO_KEYS = later(
    "The spreadsheet lacks its hidden second row. Download the questions anew and copy your "
    "answers there."
)
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


@dataclass(frozen=True)
class _Row:
    """One row of a sheet by the keys of its columns."""

    sheet: Worksheet
    number: int
    columns: Mapping[str, int]
    cells: tuple[Any, ...]

    def __getitem__(self, key: str) -> Any:
        return self.cells[self.columns[key]]

    def place(self, key: str) -> Place:
        """The cell of that column."""
        column = self.columns[key] + 1
        head = plain(self.sheet.cell(HEAD, column).value)
        return Place(self.sheet.title, self.number, get_column_letter(column), str(head or ""))


def read(data: bytes, questionnaire: Questionnaire) -> tuple[Bundle, Read]:
    """The bundle of a filled-in spreadsheet, and where its answers stand.

    What does not fit a question stays as it was typed, so that ``bundle.checked`` names it.
    Raises DataRefused when it is no spreadsheet of the workbench or belongs to another version,
    TooLarge when it is too large.
    """
    require_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise DataRefused(NOT_A_BUNDLE, place="xlsx", problem="too large when unpacked")
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        home = Bundle.model_validate(json.loads(str(book[HOME]["A1"].value)))
        main = book.worksheets[0]
    except UNREADABLE as error:
        problem = type(error).__name__
        raise DataRefused(NOT_A_BUNDLE, place="xlsx", problem=problem) from error
    require_version(home, questionnaire)
    found = Read()
    known = {question.id: question for question in questionnaire.questions()}
    for row in _rows(main, {Column.ID, Column.ANSWER, Column.REASON}):
        _take(book, row, known, found)
    return home.model_copy(update={"answers": found.answers}), found


def _rows(sheet: Worksheet, wanted: set[Column] | None = None) -> Iterator[_Row]:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise DataRefused(NOT_A_BUNDLE, place=sheet.title, problem="too many rows or columns")
    keys = (str(cell.value) if cell.value else "" for cell in sheet[KEYS])
    columns = {name: index for index, name in enumerate(keys) if name}
    if wanted and not wanted <= columns.keys():
        raise DataRefused(NO_KEYS)
    rows = sheet.iter_rows(min_row=HEAD + 1, values_only=True)
    return (_Row(sheet, number, columns, cells) for number, cells in enumerate(rows, HEAD + 1))


def _take(book: Workbook, row: _Row, known: Mapping[str, Question], found: Read) -> None:
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
    book: Workbook, question: Question | None, typed: Any, reason: JsonValue, found: Read
) -> JsonValue:
    answer = value(question, typed)
    if question and question.type is QuestionType.GROUP:
        answer = answer or list(_entries(book, question, found)) or None
    if question and question.type is QuestionType.JUDGEMENT:
        parts = {CHOICE: answer, REASON: reason}
        return {name: part for name, part in parts.items() if part} or None
    if not reason:
        return answer
    # Both together are one too many; ``checked`` says so.
    return {NOT_APPLICABLE: reason} if answer is None else {NOT_APPLICABLE: reason, CHOICE: answer}


def _entries(book: Workbook, question: Question, found: Read) -> Iterator[JsonValue]:
    first = layout.key(question.id, question.fields[0].id)
    sheets = (one for one in book.worksheets if first in {cell.value for cell in one[KEYS]})
    sheet = next(sheets, None)
    if sheet is None:
        raise DataRefused(NO_SHEET, question=question.id)
    entry = 0
    for row in _rows(sheet):
        cells = {
            part.id: value(part, row[layout.key(question.id, part.id)])
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
