"""A spreadsheet leaves, comes back with mistakes or without, and the agenda goes to the printer."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.town import Town
from workbench.questionnaire.offline import layout
from workbench.services import Workspace, comments

BrowserOf = Callable[[str], Browser]
PROBLEM = "purpose.problem"


@pytest.fixture
def page(town: Town) -> str:
    """Where files leave and come back."""
    return f"/assess/{town.open_phase}/offline"


def downloaded(alice: Browser, town: Town) -> Workbook:
    """The spreadsheet of the open phase."""
    answer = alice.get(f"/assess/{town.open_phase}/answers/xlsx")
    return load_workbook(io.BytesIO(answer.data))


def sent(alice: Browser, page: str, book: Workbook) -> str:
    """The page that shows what the file would change."""
    file = io.BytesIO()
    book.save(file)
    answer = alice.upload(page, answers=(file.getvalue(), "antworten.xlsx"))
    return answer.get_data(as_text=True)


def row_of(book: Workbook, question: str) -> int:
    """The row of a question on the first sheet."""
    sheet = book.worksheets[0]
    rows = range(layout.HEAD + 1, sheet.max_row + 1)
    return next(row for row in rows if sheet.cell(row, 1).value == question)


def test_a_mistake_is_shown_with_its_cell(page: str, town: Town, browser_of: BrowserOf) -> None:
    """Sheet, row, column, what stands there and what fits; nothing can be taken over."""
    alice = browser_of("alice")
    book = downloaded(alice, town)
    row = row_of(book, "scan.technique")
    book.worksheets[0].cell(row, 5).value = "<b>Zauberei</b>"
    book.worksheets[0].cell(row_of(book, PROBLEM), 5).value = "Das wäre richtig."
    html = sent(alice, page, book)
    assert pages.problems(html) == []
    assert f"Blatt „Antworten“, Zeile {row}, Spalte E (Antwort)" in html
    assert "Dort steht: „&lt;b&gt;Zauberei&lt;/b&gt;“." in html
    assert "Eine dieser Antworten:" in html
    assert "Diese Antworten übernehmen" not in html


def test_a_right_file_is_taken_over(page: str, town: Town, browser_of: BrowserOf) -> None:
    """The twin: the change is shown, and saved with one button."""
    alice = browser_of("alice")
    book = downloaded(alice, town)
    book.worksheets[0].cell(row_of(book, PROBLEM), 5).value = "Anträge warten zu lange."
    html = sent(alice, page, book)
    assert pages.problems(html) == []
    assert "Anträge warten zu lange." in html
    assert "Diese Antworten übernehmen" in html


def test_the_agenda_marks_what_matters(
    town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Required, under discussion with the remark, and value decisions that are missing."""
    comments.write(workspace, cast.bob, town.open_phase, "Für <wen> genau?", question_id=PROBLEM)
    html = browser_of("alice").page(f"/assess/{town.open_phase}/agenda")
    assert pages.problems(html) == []
    assert "wird diskutiert" in html
    assert "Für &lt;wen&gt; genau?" in html
    assert ">Pflicht</strong>" in html
