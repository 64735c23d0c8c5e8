"""A section is answered without JavaScript: saved, corrected, with rows more and fewer."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.town import Town
from workbench.services import Workspace, assessments

BrowserOf = Callable[[str], Browser]


@pytest.fixture
def address(town: Town) -> str:
    """Where the sections of the phase lie that is being answered."""
    return f"/assess/{town.open_phase}/sections"


@pytest.fixture
def stored(workspace: Workspace, cast: Cast, town: Town) -> Callable[[str], object]:
    """The stored answer to a question."""

    def of(question: str) -> object:
        view = assessments.section(workspace, cast.alice, town.open_phase, "purpose")
        return view.sheet.get(question)

    return of


def value(html: str, name: str) -> str | None:
    """What stands in the text field of that name."""
    for one in pages.elements(html):
        if one.get("name") == name and one.tag in ("input", "textarea"):
            return one.get("value") if one.tag == "input" else one.text or ""
    return None


def test_saving_leads_to_the_next_section(
    address: str, stored: Callable[[str], object], browser_of: BrowserOf
) -> None:
    """The button saves what was written and leads on; the page then shows it and the time."""
    browser = browser_of("alice")
    sent = {
        "effect.relief": "Weniger\r\nFahrten & <mehr> Ruhe",
        "effect.cases_per_year": "12.000",
        "effect.planned_start-day": "1",
        "effect.planned_start-month": "9",
        "effect.planned_start-year": "2027",
    }
    answer = browser.post(f"{address}/effect", sent)
    assert (answer.status_code, answer.location) == (303, f"{address}/law")
    assert stored("effect.relief") == "Weniger\nFahrten & <mehr> Ruhe"
    assert stored("effect.cases_per_year") == 12000
    assert stored("effect.planned_start") == "2027-09-01"
    html = browser.page(f"{address}/effect")
    assert value(html, "effect.relief") == "Weniger\nFahrten & <mehr> Ruhe"
    assert "Gespeichert um" in html


def test_the_last_section_leads_to_the_check(
    address: str, town: Town, browser_of: BrowserOf
) -> None:
    """After the last section all answers are shown."""
    answer = browser_of("alice").post(f"{address}/values", {"values.severity": "light"})
    assert (answer.status_code, answer.location) == (303, f"/assess/{town.open_phase}/check")


def test_a_mistake_keeps_what_was_typed(
    address: str, stored: Callable[[str], object], browser_of: BrowserOf
) -> None:
    """With one wrong entry nothing is saved, and every field holds what was typed."""
    sent = {"effect.relief": "Weniger Fahrten", "effect.cases_per_year": "viele"}
    answer = browser_of("alice").post(f"{address}/effect", sent)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert pages.title(html).startswith("Fehler:")
    assert 'href="#effect.cases_per_year"' in html
    assert value(html, "effect.relief") == "Weniger Fahrten"
    assert value(html, "effect.cases_per_year") == "viele"
    assert stored("effect.relief") is None


def test_a_hidden_question_stops_nobody(
    address: str, stored: Callable[[str], object], browser_of: BrowserOf
) -> None:
    """A wrong entry in a question that is not asked is no mistake; asked, it is one."""
    browser, start = browser_of("alice"), "people.participation_start"
    browser.post(f"{address}/scan_effect", {"scan.people": "residents"})
    sent = {start: "none", "people.participation": "", "people.participation-0-form": "x" * 9999}
    assert browser.post(f"{address}/people", sent).status_code == 303
    assert stored(start) == "none"
    assert browser.post(f"{address}/people", {**sent, start: "later"}).status_code == 200


def test_what_stands_beside_a_question_is_hidden_with_it(
    address: str, browser_of: BrowserOf
) -> None:
    """With JavaScript no button stays behind where the question is not asked."""
    browser = browser_of("alice")
    browser.post(f"{address}/scan_effect", {"scan.people": "residents"})
    html = browser.page(f"{address}/people")
    blocks = [one for one in pages.elements(html) if one.get("data-ask-if")]
    beside = [one for one in blocks if one.get("class") == "beside"]
    assert beside
    assert len(blocks) == 2 * len(beside)


def test_rows_are_added_and_removed_without_javascript(
    address: str, stored: Callable[[str], object], browser_of: BrowserOf
) -> None:
    """Buttons add and remove rows, nothing typed is lost, and only saving saves."""
    browser = browser_of("alice")
    sent = {"data.sources": "", "data.sources-0-name": "Bilder", "data.open_results": "Ja"}
    html = browser.post(f"{address}/data", {**sent, "group-add": "data.sources"}).get_data(
        as_text=True
    )
    assert pages.problems(html) == []
    assert value(html, "data.sources-0-name") == "Bilder"
    assert value(html, "data.sources-1-name") == ""
    assert value(html, "data.open_results") == "Ja"
    row = {"name": "Netz", "owner": "Bauhof", "origin": "Vermessung"}
    sent |= {f"data.sources-1-{name}": cell for name, cell in row.items()}
    html = browser.post(f"{address}/data", {**sent, "group-remove": "data.sources-0"}).get_data(
        as_text=True
    )
    assert value(html, "data.sources-0-name") is None
    assert value(html, "data.sources-1-name") == "Netz"
    assert stored("data.sources") is None
    last = {name: one for name, one in sent.items() if "-0-" not in name}
    assert browser.post(f"{address}/data", last).status_code == 303
    assert stored("data.sources") == [row]


def test_an_answer_can_be_taken_back(
    address: str, stored: Callable[[str], object], browser_of: BrowserOf
) -> None:
    """An emptied field empties the answer; a field that was not sent leaves it."""
    browser = browser_of("alice")
    browser.post(f"{address}/effect", {"effect.relief": "A", "effect.evidence": "B"})
    browser.post(f"{address}/effect", {"effect.relief": "", "seen-effect.relief": "1"})
    assert stored("effect.relief") is None
    assert stored("effect.evidence") == "B"


@pytest.mark.parametrize("seen", ["", "x", "-1", "²", "9" * 5000])
def test_a_number_that_is_none_is_no_number(
    seen: str, address: str, stored: Callable[[str], object], browser_of: BrowserOf
) -> None:
    """Whatever stands in the hidden field of a form, the answer is a page and not an error."""
    sent = {"effect.relief": "A", "seen-effect.relief": seen}
    assert browser_of("alice").post(f"{address}/effect", sent).status_code in (303, 409)
    assert stored("effect.relief") in ("A", None)


@pytest.mark.parametrize("seen", ["", "x", "9" * 5000])
def test_the_same_holds_for_decisions(seen: str, town: Town, browser_of: BrowserOf) -> None:
    """A value decision with an odd number in its hidden field is a conflict, not an error."""
    sent = {"question": "Eine andere Frage?", "seen": seen}
    answer = browser_of("alice").post(f"/decisions/{town.open_decision}", sent)
    assert answer.status_code == 409


def test_nothing_is_written_after_submission(town: Town, browser_of: BrowserOf) -> None:
    """A submitted or approved phase shows no form; what is sent all the same is refused."""
    browser, address = browser_of("alice"), f"/assess/{town.phase}/sections/purpose"
    html = browser.page(address)
    assert '<form class="form"' not in html
    assert "hx-post" not in html
    answer = browser.post(address, {"purpose.goal": "Anderes Ziel"})
    told = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(told)) == (409, [])
    assert "Anderes Ziel" not in browser.page(f"/assess/{town.phase}/check")


def test_the_administration_reads_and_does_not_write(town: Town, browser_of: BrowserOf) -> None:
    """The administration sees no form for answers or decisions."""
    browser = browser_of("frida")
    for path in ("sections/purpose", "decisions", "check"):
        html = browser.page(f"/assess/{town.open_phase}/{path}")
        assert html.count("<form") == 1, path  # the one to sign out
    assert browser.page(f"/decisions/{town.open_decision}").count("<form") == 1
