"""A spreadsheet leaves, comes back with mistakes or without, and the agenda goes to the printer."""

import io
import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.newer import renamed
from tests.examples.rows import rows
from tests.examples.town import Town
from workbench.questionnaire.offline import layout
from workbench.services import Workspace, assessments, comments, offline
from workbench.storage.assessments import AnswerEntry

BrowserOf = Callable[[str], Browser]
PROBLEM = "purpose.problem"
OTHER_WORDS = "Die Fragen oder eine Liste daneben wurden geändert, nachdem diese Datei"
TAKE_OVER = "Diese Antworten übernehmen"


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
    assert TAKE_OVER not in html


def test_a_right_file_is_taken_over(page: str, town: Town, browser_of: BrowserOf) -> None:
    """The twin: the change is shown, and saved with one button."""
    alice = browser_of("alice")
    book = downloaded(alice, town)
    book.worksheets[0].cell(row_of(book, PROBLEM), 5).value = "Anträge warten zu lange."
    html = sent(alice, page, book)
    assert pages.problems(html) == []
    assert "Anträge warten zu lange." in html
    assert TAKE_OVER in html


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


def as_json(alice: Browser, town: Town, **answers: Any) -> bytes:
    """The JSON file of the open phase with some answers (``section_question``) put in."""
    file = json.loads(alice.page(f"/assess/{town.open_phase}/answers/json"))
    file["answers"] |= {name.replace("_", ".", 1): value for name, value in answers.items()}
    return json.dumps(file).encode()


def brought(alice: Browser, page: str, file: bytes) -> str:
    """The page that shows what a JSON file would change."""
    return alice.upload(page, answers=(file, "antworten.json")).get_data(as_text=True)


def carried(html: str) -> str:
    """What the button of the preview sends."""
    return unescape(html.partition('name="bundle" value="')[2].partition('"')[0])


def test_a_kept_answer_of_a_hidden_section_is_no_conflict(
    page: str, town: Town, browser_of: BrowserOf, workspace: Workspace
) -> None:
    """Nobody changed it since the file was made, so the file's answer can be taken over."""
    first = {"scan.personal_data": "yes", "data.dpia": "not_needed", "data.dpia_reason": "Alt."}
    saved = assessments.save_section(workspace, town.cast.bob, town.open_phase, first, {})
    hiding = {"scan.personal_data": "no"}
    assessments.save_section(workspace, town.cast.bob, town.open_phase, hiding, saved.numbers)
    alice = browser_of("alice")
    html = brought(alice, page, as_json(alice, town, data_dpia_reason="Neu."))
    assert "hier inzwischen geändert, bleibt" not in html
    assert "Neu." in html
    assert TAKE_OVER in html


def test_what_changed_after_the_look_is_shown_with_both_texts(
    page: str, town: Town, browser_of: BrowserOf, workspace: Workspace
) -> None:
    """Bob saves between Alice's look and her click: both texts are shown, the rest is saved."""
    alice = browser_of("alice")
    file = as_json(alice, town, purpose_problem="Von Alice.", purpose_goal="Ein Ziel.")
    sending = {"bundle": carried(brought(alice, page, file))}
    theirs = {PROBLEM: "Von Bob."}
    assessments.save_section(workspace, town.cast.bob, town.open_phase, theirs, {})
    answer = alice.post(f"{page}/apply", sending)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert pages.problems(html) == []
    assert "Von Alice." in html
    assert "Von Bob." in html
    assert f"/assess/{town.open_phase}/questions/{PROBLEM}" in html
    assert "Ein Ziel." not in html  # taken over
    assert TAKE_OVER not in html
    section = assessments.section(workspace, town.cast.bob, town.open_phase, "purpose")
    assert (section.sheet[PROBLEM], section.sheet["purpose.goal"]) == ("Von Bob.", "Ein Ziel.")


def test_without_a_conflict_the_click_leads_to_the_tasks(
    page: str, town: Town, browser_of: BrowserOf
) -> None:
    """The twin: everything is taken over."""
    alice = browser_of("alice")
    sending = {"bundle": carried(brought(alice, page, as_json(alice, town, purpose_goal="Ziel.")))}
    answer = alice.post(f"{page}/apply", sending)
    assert (answer.status_code, answer.location) == (303, f"/assess/{town.open_phase}")


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_file_from_before_an_edit_is_refused_on_the_page(
    page: str, town: Town, browser_of: BrowserOf, workspace: Workspace, form: str
) -> None:
    """It says what happened and what to do; the twin, downloaded now, is read."""
    alice, before = browser_of("alice"), renamed(workspace, "Früher")
    old = offline.take_along(before, town.cast.alice, town.open_phase, form, "de").content
    html = alice.upload(page, answers=(old, f"antworten.{form}")).get_data(as_text=True)
    assert pages.problems(html) == []
    assert OTHER_WORDS in html
    assert "Laden Sie die Fragen neu herunter und übertragen Sie Ihre Antworten." in html
    now = alice.get(f"/assess/{town.open_phase}/answers/{form}").data
    twin = alice.upload(page, answers=(now, f"antworten.{form}")).get_data(as_text=True)
    assert OTHER_WORDS not in twin
    assert "Alle ihre Antworten stehen schon hier" in twin


def test_an_edit_between_look_and_click_saves_nothing(
    page: str, town: Town, browser_of: BrowserOf, workspace: Workspace
) -> None:
    """What the button sends knows the wording that was looked at; the twin is saved."""
    alice = browser_of("alice")
    looked = carried(brought(alice, page, as_json(alice, town, purpose_goal="Ziel.")))
    before = renamed(workspace, "Früher")
    taken = offline.take_along(before, town.cast.alice, town.open_phase, "json", "de").content
    other = json.loads(looked) | {"fingerprint": json.loads(taken)["fingerprint"]}
    saves = len(rows(workspace, AnswerEntry))
    assert OTHER_WORDS in alice.post(f"{page}/apply", {"bundle": json.dumps(other)}).text
    assert len(rows(workspace, AnswerEntry)) == saves
    assert alice.post(f"{page}/apply", {"bundle": looked}).status_code == 303
    assert len(rows(workspace, AnswerEntry)) == saves + 1


def test_nothing_to_take_over_is_not_offered(
    page: str, town: Town, browser_of: BrowserOf, workspace: Workspace
) -> None:
    """Where every answer stays, there is no button; the answers are named with both texts."""
    alice = browser_of("alice")
    file = as_json(alice, town, purpose_problem="Von Alice.")
    theirs = {PROBLEM: "Von Bob."}
    assessments.save_section(workspace, town.cast.bob, town.open_phase, theirs, {})
    html = brought(alice, page, file)
    assert pages.problems(html) == []
    assert "hier inzwischen geändert, bleibt" in html
    assert TAKE_OVER not in html


def test_a_refused_file_does_not_say_that_all_stands_here(
    page: str, town: Town, browser_of: BrowserOf
) -> None:
    """With nothing but a mistake in it, the page does not call the file without a change."""
    alice = browser_of("alice")
    html = brought(alice, page, as_json(alice, town, scan_technique="Zauberei"))
    assert "Nichts wurde übernommen" in html
    assert "Alle ihre Antworten stehen schon hier" not in html
    twin = brought(alice, page, as_json(alice, town))
    assert "Alle ihre Antworten stehen schon hier" in twin
