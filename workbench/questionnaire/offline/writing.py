"""A bundle → a spreadsheet (.xlsx): one row per question, one sheet per group, choices in words."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import JsonValue

from workbench.basics.text import later, translate
from workbench.questionnaire.conditions import NOT_APPLICABLE, REASON
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType
from workbench.questionnaire.offline import layout, looks
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.offline.cells import NO, YES, cell, safe
from workbench.questionnaire.offline.layout import COLUMNS, HEAD, HOME, LISTS, Column
from workbench.questionnaire.offline.notes import condition, expected, note, takes_reason
from workbench.questionnaire.types import ROWS

TITLE = later(
    "Fill in the white cells: the answer, or why the question does not apply. Save the file, then "
    "bring it back into the workbench."
)
ENTRIES = later("{question} One row per entry, at most {rows}.")
ANSWERS = later("Answers")
CHOOSE = later("Please choose from the list.")
ASKED = {True: later("yes, required"), False: later("yes, optional"), None: later("no")}
FIELD_WIDTH = 32


@dataclass(frozen=True)
class _Book:
    """The workbook in the making; ``tabs`` are the names of the groups' sheets by question."""

    book: Workbook
    lists: Worksheet
    language: str
    questions: dict[str, Question]
    tabs: dict[str, str]

    def said(self, message: str, **values: object) -> str:
        """A message in the language of the file."""
        return translate(self.language, message, values)


def written(
    bundle: Bundle, questionnaire: Questionnaire, language: str, asked: Collection[str]
) -> bytes:
    """The spreadsheet with all questions, the answers filled in.

    ``asked`` are the ids of the questions that apply now; the others may, after other answers.
    """
    book = Workbook()
    main = book.active
    assert isinstance(main, Worksheet)  # noqa: S101 — a new workbook has one sheet
    questions = {question.id: question for question in questionnaire.questions()}
    tabs = _tabs(questionnaire, language)
    made = _Book(book, book.create_sheet(LISTS), language, questions, tabs)
    main.title = made.said(ANSWERS)
    heads = [made.said(title) for title, _ in COLUMNS.values()]
    looks.begin(main, made.said(TITLE), [*COLUMNS], heads, [width for _, width in COLUMNS.values()])
    for section in questionnaire.sections:
        main.append([None, section.title.in_language(language), *[None] * (len(COLUMNS) - 2)])
        looks.fixed(main[main.max_row], looks.DARK)
        for question in section.questions:
            value = bundle.answers.get(question.id)
            _ask(made, main, question, value, is_asked=question.id in asked)
    main.freeze_panes = f"C{HEAD + 1}"
    main.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(COLUMNS))}{main.max_row}"
    for identifier in tabs:
        _group(made, questions[identifier], bundle.answers.get(identifier))
    home = book.create_sheet(HOME)
    home[layout.HOME_LANGUAGE] = language
    home[layout.HOME_BUNDLE] = bundle.model_copy(update={"answers": {}}).model_dump_json()
    home.sheet_state = made.lists.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _tabs(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    groups = (one for one in questionnaire.questions() if one.type is QuestionType.GROUP)
    return {
        question.id: layout.tab(number, question.title.in_language(language))
        for number, question in enumerate(groups, 1)
    }


def _ask(
    made: _Book, sheet: Worksheet, question: Question, value: JsonValue, *, is_asked: bool
) -> None:
    """One row of the first sheet."""
    tab = made.tabs.get(question.id, "")
    when = "" if is_asked else condition(question, made.questions, made.language)
    values: dict[Column, Any] = {
        Column.ID: question.id,
        Column.QUESTION: question.title.in_language(made.language),
        Column.ASKED: made.said(ASKED[question.required if is_asked else None]),
        Column.NOTE: note(question, made.language, condition=when, tab=tab),
        Column.ANSWER: None if tab else cell(question, value, made.language),
        Column.REASON: _reason(value),
    }
    sheet.append([values[column] for column in COLUMNS])
    row = dict(zip(COLUMNS, sheet[sheet.max_row], strict=True))
    locked = {Column.ANSWER: bool(tab), Column.REASON: not takes_reason(question)}
    looks.fixed(one for column, one in row.items() if locked.get(column, True))
    if not tab:
        looks.free(row[Column.ANSWER], question.type)
        _offer(made, sheet, question, row[Column.ANSWER].coordinate)
    else:
        place = row[Column.NOTE]
        place.hyperlink = Hyperlink(place.coordinate, location=f"'{tab}'!A{HEAD + 1}")
    if not locked[Column.REASON]:
        looks.free(row[Column.REASON], QuestionType.LONG_TEXT)


def _reason(value: JsonValue) -> str | None:
    if not isinstance(value, dict):
        return None
    reason = value.get(NOT_APPLICABLE) or value.get(REASON)
    return safe(reason) if isinstance(reason, str) else None


def _offer(made: _Book, sheet: Worksheet, question: Question, cells: str) -> None:
    """A list to choose from, where one thing is to be chosen."""
    if question.type is QuestionType.YES_NO:
        words = [made.said(YES), made.said(NO)]
    elif question.type in (QuestionType.CHOICE_ONE, QuestionType.JUDGEMENT):
        words = [option.title.in_language(made.language) for option in question.options]
    else:
        return
    looks.offer(sheet, made.lists, words, cells, made.said(CHOOSE))


def _group(made: _Book, question: Question, value: JsonValue) -> None:
    """A sheet with one column per field and one row per entry."""
    sheet, fields = made.book.create_sheet(made.tabs[question.id]), question.fields
    title = question.title.in_language(made.language)
    looks.begin(
        sheet,
        made.said(ENTRIES, question=title, rows=ROWS),
        [layout.key(question.id, field.id) for field in fields],
        ["\n".join(_head(made, field)) for field in fields],
        [FIELD_WIDTH] * len(fields),
    )
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, dict):
            sheet.append([cell(field, entry.get(field.id), made.language) for field in fields])
    for number, field in enumerate(fields, 1):
        for row in range(HEAD + 1, HEAD + ROWS + 1):
            looks.free(sheet.cell(row, number), field.type)
        letter = get_column_letter(number)
        _offer(made, sheet, field, f"{letter}{HEAD + 1}:{letter}{HEAD + ROWS}")
    sheet.freeze_panes = f"A{HEAD + 1}"


def _head(made: _Book, field: Question) -> list[str]:
    """The field's title, whether it is needed, and what fits."""
    needed = made.said(later("(required)") if field.required else later("(optional)"))
    return [f"{field.title.in_language(made.language)} {needed}", *expected(field, made.language)]
