"""A bundle → a spreadsheet (.xlsx): one row per question, one sheet per group, choices in words."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import JsonValue

from workbench.basics.text import later, translate
from workbench.questionnaire import asking
from workbench.questionnaire.conditions import comparisons
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.types import ROWS

HOME, LISTS, HEAD = "ki-werkbank", "lists", 3
SHEET_NAME = 31
CHOICE, REASON = "choice", "reason"
NOT_APPLICABLE = "not_applicable"
WIDTHS = {"A": 26, "B": 48, "C": 48, "D": 60, "E": 40}

TITLE = later("Fill in the column “Answer”. Do not change the first column.")
HEADS = (
    later("Id"),
    later("Question"),
    later("Note"),
    later("Answer"),
    later("Reason, or why it does not apply"),
)
ON_SHEET = later("See the sheet “{sheet}”.")
ONE_OF = later("One of: {options}")
SOME_OF = later("One or more, each on a line of its own: {options}")
YES, NO = later("Yes"), later("No")


def written(bundle: Bundle, questionnaire: Questionnaire, language: str) -> bytes:
    """The spreadsheet with all questions, the answers filled in."""
    book = Workbook()
    main = book.active
    assert isinstance(main, Worksheet)  # noqa: S101 — a new workbook has one sheet
    main.title = translate(language, later("Answers"))
    _head(main, [translate(language, title) for title in HEADS], translate(language, TITLE))
    for letter, width in WIDTHS.items():
        main.column_dimensions[letter].width = width
    lists = book.create_sheet(LISTS)
    questions = {question.id: question for question in questionnaire.questions()}
    for question in questions.values():
        value = bundle.answers.get(question.id)
        main.append(_row(question, value, _note(question, questions, language), language))
        _offer(main, lists, question, language, f"D{main.max_row}")
        if question.type is QuestionType.GROUP:
            _group(book, question, value, language)
    home = book.create_sheet(HOME)
    home["A1"] = bundle.model_copy(update={"answers": {}}).model_dump_json()
    home.sheet_state = lists.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _head(sheet: Worksheet, titles: list[str], note: str) -> None:
    sheet["A1"] = note
    sheet.append([])
    sheet.append(titles)
    for cell in sheet[HEAD]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"C{HEAD + 1}"


def _row(question: Question, value: JsonValue, note: str, language: str) -> list[Any]:
    group = question.type is QuestionType.GROUP
    cell = None if group else _cell(question, value, language)
    return [question.id, question.title.in_language(language), note, cell, _reason(value)]


def _note(question: Question, questions: Mapping[str, Question], language: str) -> str:
    """What to keep in mind: when it is asked, hint, what to choose from, unit, where to answer."""
    parts = []
    condition = question.ask_if
    if condition and {name for name, _ in comparisons(condition)} <= questions.keys():
        parts.append(asking.sentence(condition, questions, language))
    if question.help:
        parts.append(question.help.in_language(language))
    if question.options:
        message = SOME_OF if question.type is QuestionType.CHOICE_MANY else ONE_OF
        offered = " / ".join(option.title.in_language(language) for option in question.options)
        parts.append(translate(language, message, {"options": offered}))
    if question.unit:
        parts.append(question.unit.in_language(language))
    if question.type is QuestionType.GROUP:
        parts.append(translate(language, ON_SHEET, {"sheet": question.id[:SHEET_NAME]}))
    return "\n".join(parts)


def _reason(value: JsonValue) -> str | None:
    if not isinstance(value, dict):
        return None
    reason = value.get(NOT_APPLICABLE) or value.get(REASON)
    return _safe(reason) if isinstance(reason, str) else None


def _cell(question: Question, value: JsonValue, language: str) -> Any:
    """The answer as a spreadsheet holds it."""
    if isinstance(value, dict):
        value = value.get(CHOICE)
    if value is None:
        return None
    if question.type is QuestionType.YES_NO:
        return translate(language, YES if value else NO)
    if question.options:
        chosen = value if isinstance(value, list) else [value]
        named = {option.id: option.title.in_language(language) for option in question.options}
        return "\n".join(named[str(one)] for one in chosen if one in named)
    if question.type is QuestionType.DATE:
        return date.fromisoformat(str(value))
    if isinstance(value, int | float):
        # Spreadsheets keep 15 digits; a number with more goes as text.
        return value if float(f"{value:.15g}") == value else repr(value)
    return _safe(str(value))


def _safe(written: str) -> str:
    """A text that begins like a formula gets a mark before it, which reading takes away.

    So does one that begins with such a mark itself.
    """
    return f"'{written}" if written.startswith(("=", "+", "-", "@", "'")) else written


def _offer(
    sheet: Worksheet, lists: Worksheet, question: Question, language: str, cells: str
) -> None:
    """A list to choose from, where one thing is to be chosen."""
    if question.type is QuestionType.YES_NO:
        words = [translate(language, YES), translate(language, NO)]
    elif question.type in (QuestionType.CHOICE_ONE, QuestionType.JUDGEMENT):
        words = [option.title.in_language(language) for option in question.options]
    else:
        return
    lists.append(words)
    row = lists.max_row
    last = get_column_letter(len(words))
    offer = DataValidation("list", f"={LISTS}!$A${row}:${last}${row}", allow_blank=True)
    offer.add(cells)
    sheet.add_data_validation(offer)


def _group(book: Workbook, question: Question, value: JsonValue, language: str) -> None:
    """A sheet with one column per field and one row per entry; the ids stand in row 2."""
    sheet = book.create_sheet(question.id[:SHEET_NAME])
    sheet["A1"] = question.title.in_language(language)
    sheet.append([field.id for field in question.fields])
    sheet.append([field.title.in_language(language) for field in question.fields])
    sheet.row_dimensions[2].hidden = True
    for number, field in enumerate(question.fields, 1):
        cell, letter = sheet.cell(HEAD, number), get_column_letter(number)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.column_dimensions[letter].width = 32
        area = f"{letter}{HEAD + 1}:{letter}{HEAD + ROWS}"
        _offer(sheet, book[LISTS], field, language, area)
    for row in value if isinstance(value, list) else []:
        if isinstance(row, dict):
            sheet.append([_cell(field, row.get(field.id), language) for field in question.fields])
    sheet.freeze_panes = f"A{HEAD + 1}"
