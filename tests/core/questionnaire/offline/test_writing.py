"""The spreadsheet reads well: in one language, with what is asked now and what fits."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from workbench.questionnaire.definition import Questionnaire, QuestionType
from workbench.questionnaire.offline import layout, notes, writing
from workbench.questionnaire.offline.bundle import Bundle

ASKED = ("first.name", "first.story", "first.open")


def book_of(sample: Questionnaire, language: str) -> Workbook:
    """The file of an assessment without answers, opened."""
    empty = Bundle(questionnaire="sample", version="2026.1", phase_id="p")
    return load_workbook(io.BytesIO(writing.written(empty, sample, language, ASKED)))


def column(book: Workbook, letter: str) -> dict[str, str]:
    """A column of the first sheet by the id of the question."""
    sheet = book.worksheets[0]
    rows = range(layout.HEAD + 1, sheet.max_row + 1)
    cells = {str(sheet[f"A{row}"].value): sheet[f"{letter}{row}"].value for row in rows}
    return {name: str(value) for name, value in cells.items() if name != "None"}


@pytest.mark.parametrize(
    ("language", "tabs", "asked"),
    [
        ("de", ["Antworten", "1 Frage second.people"], ["ja, Pflicht", "ja, freiwillig", "nein"]),
        ("en", ["Answers", "1 Question second.people"], ["yes, required", "yes, optional", "no"]),
    ],
)
def test_one_language(
    sample: Questionnaire, language: str, tabs: list[str], asked: list[str]
) -> None:
    """Sheets, and what is asked now and required, are named in the language of the file."""
    book = book_of(sample, language)
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"] == tabs
    said = column(book, "C")
    assert [said[name] for name in ("first.name", "first.story", "first.kind")] == asked


def test_what_fits_is_said(sample: Questionnaire) -> None:
    """The note lists the answers offered, bounds with unit, and how to write several."""
    notes = column(book_of(sample, "de"), "D")
    assert "Eine dieser Antworten:\n– Straße\n– Weg" in notes["first.kind"]
    assert "jede in einer eigenen Zeile" in notes["second.places"]
    assert "Eine Zahl von 0 bis 5.000 (Meter)" in notes["first.length"]
    assert "Höchstens 200 Zeichen." in notes["first.name"]
    assert "„1 Frage second.people“" in notes["second.people"]


def test_what_fits_together_is_said(sample: Questionnaire) -> None:
    """An option that stands alone, and how many may be chosen; the twin has neither."""
    places = sample.question("second.places")
    strict = places.model_copy(update={"exclusive": ("road",), "at_most": 1})
    assert "– Straße (nur allein)" in notes.expected(strict, "de")
    assert "Höchstens so viele Antworten: 1" in notes.expected(strict, "de")
    assert notes.expected(places, "de")[1:] == ("– Straße", "– Weg")
    judged = places.model_copy(update={"type": QuestionType.JUDGEMENT})
    assert "Begründung in der letzten Spalte" in notes.expected(judged, "de")[-1]


def test_only_answers_can_be_changed(sample: Questionnaire) -> None:
    """Question, note and id are locked; the answer, and a reason where one fits, are not."""
    book = book_of(sample, "de")
    main, group = book.worksheets[0], book["1 Frage second.people"]
    assert main.protection.sheet
    assert group.protection.sheet
    free = {
        cell.coordinate for row in main.iter_rows() for cell in row if not cell.protection.locked
    }
    assert {"E5", "F5", "E7"} <= free
    # A question of yes or no takes no reason; the entries of a group stand on their own sheet.
    assert not {"A5", "B5", "D5", "F7", "E13", "E3"} & free
    assert not group["A53"].protection.locked
    assert group["A54"].protection.locked


def test_the_head_stays_and_choices_are_offered(sample: Questionnaire) -> None:
    """The head is frozen, texts are wrapped, one choice comes from a list."""
    main = book_of(sample, "de").worksheets[0]
    assert main.freeze_panes == "C4"
    assert main["D5"].alignment.wrap_text
    offered = [str(one.sqref) for one in main.data_validations.dataValidation]
    assert {"E7", "E8"} <= set(offered)


def test_tabs_are_short_and_unique() -> None:
    """At most 31 characters, none that a spreadsheet program refuses; the number tells them apart.

    The twin: a short title stays as it is.
    """
    long = "Was [alles] / wer: und * warum? so lange wie es nur geht"
    made = [layout.tab(number, long) for number in (1, 2)]
    assert all(len(one) <= layout.LONGEST_TAB and not set(one) & set("[]/:*?\\'") for one in made)
    assert made[0] != made[1]
    assert layout.tab(3, "Kurz") == "3 Kurz"
