"""A mistake in a spreadsheet names sheet, row and column, and what a clerk typed is never lost."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from workbench.basics.errors import DataRefused
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline import bundle, reading, writing
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.offline.mistakes import Mistake, Place, Spot

QUESTIONS, PEOPLE = "Antworten", "1 Frage second.people"
ANSWER, REASON = ("E", "Antwort"), ("F", "Begründung, oder warum es nicht zutrifft")
ROWS = {"first.name": 5, "first.open": 7, "first.length": 9, "second.people": 13}
Change = Callable[[Workbook], None]


def typed(sample: Questionnaire, change: Change) -> tuple[dict[str, object], list[Mistake]]:
    """What is read after somebody changed the empty file, and every mistake in it."""
    empty = Bundle(questionnaire="sample", version="2026.1", phase_id="p")
    book = load_workbook(io.BytesIO(writing.written(empty, sample, "de", ())))
    change(book)
    file = io.BytesIO()
    book.save(file)
    made, sheet = reading.read(file.getvalue(), sample, "")
    stored, mistakes = bundle.checked(made, sample, sheet.places)
    return dict(stored), [*sheet.mistakes, *mistakes]


def cell(sheet: str, place: str, value: str) -> Change:
    """Type something into a cell."""

    def change(book: Workbook) -> None:
        book[sheet][place] = value

    return change


@pytest.mark.parametrize(
    ("change", "spot", "place", "found"),
    [
        (
            cell(QUESTIONS, f"E{ROWS['first.length']}", "viele"),
            Spot("first.length", 0, "answer"),
            Place(QUESTIONS, ROWS["first.length"], *ANSWER),
            "viele",
        ),
        (
            cell(QUESTIONS, f"F{ROWS['first.name']}", "x" * 1001),
            Spot("first.name", 0, "reason"),
            Place(QUESTIONS, ROWS["first.name"], *REASON),
            "x" * 79 + "…",
        ),
        (
            cell(QUESTIONS, f"F{ROWS['first.open']}", "weil"),
            Spot("first.open", 0, "reason"),
            Place(QUESTIONS, ROWS["first.open"], *REASON),
            "weil",
        ),
        (
            cell(QUESTIONS, f"E{ROWS['second.people']}", "Anna"),
            Spot("second.people", 0, "answer"),
            Place(QUESTIONS, ROWS["second.people"], *ANSWER),
            "Anna",
        ),
        (
            cell(QUESTIONS, "E30", "verirrt"),
            Spot("", 30, "id"),
            Place(QUESTIONS, 30, "A", "Kennung"),
            "verirrt",
        ),
        (
            cell(QUESTIONS, "A30", "first.name"),
            Spot("first.name", 30, "id"),
            Place(QUESTIONS, 30, "A", "Kennung"),
            "",
        ),
        (
            cell(QUESTIONS, "A30", "first.colour"),
            Spot("first.colour", 0, "id"),
            Place(QUESTIONS, 30, "A", "Kennung"),
            "first.colour",
        ),
        (
            cell(PEOPLE, "B7", "gestern"),
            Spot("second.people", 1, "since"),
            Place(PEOPLE, 7, "B", "Seit (freiwillig)\nEin Tag, zum Beispiel 31.12.2026."),
            "gestern",
        ),
    ],
)
def test_a_mistake_has_its_cell(
    sample: Questionnaire, change: Change, spot: Spot, place: Place, found: str
) -> None:
    """One wrong cell is one mistake, with sheet, row, column and what stands there."""
    _, (mistake,) = typed(sample, change)
    assert (mistake.spot, mistake.place, mistake.stands("de")) == (spot, place, found)


def test_answer_and_excuse_together_are_refused(sample: Questionnaire) -> None:
    """Neither the answer nor the reason why there is none is dropped in silence."""

    def both(book: Workbook) -> None:
        row = ROWS["first.name"]
        book[QUESTIONS][f"E{row}"], book[QUESTIONS][f"F{row}"] = "Ja.", "Entfällt."

    _, (mistake,) = typed(sample, both)
    assert mistake.spot == Spot("first.name", 0, "answer")
    assert mistake.stands("de") == "Entfällt. / Ja."


def test_entries_and_excuse_together_are_refused(sample: Questionnaire) -> None:
    """The same for a group, whose entries stand on a sheet of their own."""

    def both(book: Workbook) -> None:
        book[QUESTIONS][f"F{ROWS['second.people']}"] = "Niemand."
        book[PEOPLE]["A4"] = "Anna"

    stored, (mistake,) = typed(sample, both)
    assert mistake.spot == Spot("second.people", 0, "answer")
    assert "second.people" not in stored


def test_a_right_file_has_no_mistake(sample: Questionnaire) -> None:
    """The twin: the same cells filled as they should be, a day as Germans type it."""

    def right(book: Workbook) -> None:
        book[QUESTIONS][f"E{ROWS['first.length']}"] = "12,5"
        book[PEOPLE]["A7"], book[PEOPLE]["B7"] = "Anna", "3.5.2026"

    stored, mistakes = typed(sample, right)
    assert mistakes == []
    assert stored["first.length"] == 12.5
    assert stored["second.people"] == [{"who": "Anna", "since": "2026-05-03"}]


def test_a_sheet_may_be_renamed(sample: Questionnaire) -> None:
    """Sheets are found by their hidden row, not by their name."""

    def renamed(book: Workbook) -> None:
        book[PEOPLE]["A4"] = "Anna"
        book[PEOPLE].title = "Leute"

    stored, mistakes = typed(sample, renamed)
    assert (mistakes, stored["second.people"]) == ([], [{"who": "Anna"}])


def test_a_sheet_without_its_keys_is_refused(sample: Questionnaire) -> None:
    """Without the hidden row nobody knows which column holds the answers."""
    with pytest.raises(DataRefused, match="hidden second row"):
        typed(sample, lambda book: book[QUESTIONS].delete_rows(2))


def test_another_version_is_refused_before_its_cells(sample: Questionnaire) -> None:
    """A file of another version says so instead of naming cells that fit there."""
    foreign = Bundle(questionnaire="sample", version="2020.1", phase_id="p")
    with pytest.raises(DataRefused, match=r"sample 2020\.1"):
        reading.read(writing.written(foreign, sample, "de", ()), sample, "")


@pytest.mark.parametrize(
    ("taken", "said"), [("a1", "changed after this file"), ("", "does not say for which wording")]
)
def test_another_wording_is_refused_before_its_cells(
    sample: Questionnaire, taken: str, said: str
) -> None:
    """A file of questions that were edited since says so, and so does one that knows of none."""
    made = Bundle(questionnaire="sample", version="2026.1", fingerprint=taken, phase_id="p")
    book = load_workbook(io.BytesIO(writing.written(made, sample, "de", ())))
    book[QUESTIONS].delete_rows(2)
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(DataRefused, match=said):
        reading.read(file.getvalue(), sample, "b2")
    with pytest.raises(DataRefused, match="hidden second row"):  # the twin
        reading.read(file.getvalue(), sample, taken)


def test_a_formula_without_a_result_is_refused(sample: Questionnaire) -> None:
    """It looks like an empty cell, but taking the answer away is not what was meant."""
    with pytest.raises(DataRefused) as refused:
        typed(sample, cell(QUESTIONS, f"E{ROWS['first.name']}", "=1+1"))
    assert refused.value.values == {"sheet": QUESTIONS, "cells": f"E{ROWS['first.name']}"}
    with pytest.raises(DataRefused):
        typed(sample, cell(PEOPLE, "A5", "=1+1"))


def test_a_formula_with_its_result_is_read(sample: Questionnaire) -> None:
    """The twin: a spreadsheet program stored what it computed."""
    empty = Bundle(questionnaire="sample", version="2026.1", phase_id="p")
    book = load_workbook(io.BytesIO(writing.written(empty, sample, "de", ())))
    book[QUESTIONS][f"E{ROWS['first.length']}"] = "=1+1"
    file = io.BytesIO()
    book.save(file)
    with_result = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(with_result, "w") as out:
        for name in parts.namelist():
            content = re.sub(rb"(<f>1\+1</f>)<v ?/?>(</v>)?", rb"\1<v>2</v>", parts.read(name))
            out.writestr(name, content)
    made, _ = reading.read(with_result.getvalue(), sample, "")
    assert made.answers["first.length"] == 2
