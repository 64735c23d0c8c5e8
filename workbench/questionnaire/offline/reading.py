"""A filled-in spreadsheet → a bundle; choices in the words of any language, or by their ids."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import JsonValue

from workbench.basics.errors import DataRefused
from workbench.basics.text import LANGUAGES, translate
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType
from workbench.questionnaire.offline.bundle import NOT_A_BUNDLE, Bundle, require_size
from workbench.questionnaire.offline.writing import (
    CHOICE,
    HEAD,
    HOME,
    NO,
    NOT_APPLICABLE,
    REASON,
    SHEET_NAME,
    YES,
)

# “12.000” is twelve thousand to some and twelve to others, so it is no number here.
NUMBER = re.compile(r"-?\d+(?:[.,](?!\d{3}$)\d+)?(?:e[-+]?\d+)?")
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


def read(data: bytes, questionnaire: Questionnaire) -> Bundle:
    """The bundle of a filled-in spreadsheet.

    What does not fit a question stays as it was typed, so that ``bundle.checked`` names it.
    Raises DataRefused when it is no spreadsheet of the workbench, TooLarge when it is too large.
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
    _require_area(main)
    known = {question.id: question for question in questionnaire.questions()}
    answers: dict[str, JsonValue] = {}
    for row in main.iter_rows(min_row=HEAD + 1, max_col=5, values_only=True):
        name = _plain(row[0])
        if isinstance(name, str):
            answers[name] = _read_row(book, known.get(name), row[3], _plain(row[4]))
    return home.model_copy(update={"answers": answers})


def _require_area(sheet: Worksheet) -> None:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise DataRefused(NOT_A_BUNDLE, place=sheet.title, problem="too many rows or columns")


def _read_row(book: Workbook, question: Question | None, cell: Any, reason: JsonValue) -> JsonValue:
    if question is not None and question.type is QuestionType.GROUP:
        rows = list(_entries(book, question))
        return {NOT_APPLICABLE: reason} if reason and not rows else rows or None
    value = _value(question, cell)
    if question is not None and question.type is QuestionType.JUDGEMENT:
        return {CHOICE: value, REASON: reason} if value or reason else None
    if reason and value is None:
        return {NOT_APPLICABLE: reason}
    return value


def _entries(book: Workbook, question: Question) -> Iterator[JsonValue]:
    title = question.id[:SHEET_NAME]
    sheet = next((one for one in book.worksheets if one.title == title), None)
    if sheet is None:
        raise DataRefused(NOT_A_BUNDLE, place=title, problem="no such sheet")
    _require_area(sheet)
    names = [cell.value for cell in sheet[2]]
    fields = {field.id: field for field in question.fields}
    for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True):
        entry = {
            str(name): _value(fields.get(str(name)), cell)
            for name, cell in zip(names, row, strict=False)
            if name is not None and _plain(cell) is not None
        }
        if entry:
            yield entry


def _value(question: Question | None, cell: Any) -> JsonValue:
    """A cell as the stored value it stands for; unreadable words stay words."""
    plain = _plain(cell)
    if question is None or plain is None:
        return plain
    if question.type is QuestionType.YES_NO:
        return _yes_no(plain)
    if question.type is QuestionType.CHOICE_MANY:
        return [_option(question, line) for line in str(plain).splitlines() if line.strip()]
    if question.options:
        return _option(question, str(plain))
    if question.type is QuestionType.NUMBER:
        return _number(plain)
    return plain if isinstance(plain, str) else str(plain)


def _plain(cell: Any) -> JsonValue:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool | int | float):
        return cell
    written = "" if cell is None else str(cell).strip()
    return (written[1:] if written.startswith("'") else written) or None


def _yes_no(typed: JsonValue) -> JsonValue:
    if isinstance(typed, bool):
        return typed
    for meaning, word in ((True, YES), (False, NO)):
        if str(typed).casefold() in {translate(one, word).casefold() for one in LANGUAGES}:
            return meaning
    return typed


def _number(typed: JsonValue) -> JsonValue:
    """A number, also when it was typed as text with a decimal comma or point."""
    # “12.000” is twelve thousand to some and twelve to others, so it is left to be refused.
    if not isinstance(typed, str) or not re.fullmatch(
        r"-?\d+(?:[.,](?!\d{3}$)\d+)?(?:e[-+]?\d+)?", typed
    ):
        return typed
    return float(typed.replace(",", "."))


def _option(question: Question, typed: str) -> str:
    """The id of the option with these words in any language, else what was typed."""
    wanted = " ".join(typed.split()).casefold()
    for option in question.options:
        words = {" ".join(one.split()).casefold() for one in option.title.root.values()}
        if wanted in {option.id, *words}:
            return option.id
    return typed
