"""Pages of the board's conditions and of the board's case: valid, and each side acts on its own."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town

BrowserOf = Callable[[str], Browser]
TEXT = "Nach einem Jahr wird wieder geprüft."
NAMES = ("alice", "dora", "frida")
REPORT = {
    "words": "Geprüft am Montag.",
    "fulfilled_on-day": "3",
    "fulfilled_on-month": "5",
    "fulfilled_on-year": "2026",
}


def here(town: Town) -> str:
    """The address of the town's only condition."""
    return f"/conditions/{town.review}/1"


def report(town: Town, browser_of: BrowserOf, **changed: str) -> int:
    """Alice reports it as fulfilled; gives the status of the answer."""
    sent = browser_of("alice").post(f"{here(town)}/report", REPORT | changed)
    return sent.status_code


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_every_page_is_valid(name: str, language: str, town: Town, browser_of: BrowserOf) -> None:
    """List, condition, case, values over time and desk, before and after a report."""
    browser = browser_of(name)
    system = f"/systems/{town.system}"
    paths = (
        f"{system}/conditions",
        here(town),
        f"/review/{town.phase}",
        f"{system}/decisions",
        "/desk",
    )
    for path in paths:
        assert pages.problems(browser.page(f"{path}?lang={language}")) == [], path
    assert report(town, browser_of) == 303
    for path in paths:
        assert pages.problems(browser.page(f"{path}?lang={language}")) == [], path


def test_the_team_reports_and_the_board_confirms(town: Town, browser_of: BrowserOf) -> None:
    """It moves from the team's desk to the board's, and from there to what is settled."""
    alice, dora = browser_of("alice"), browser_of("dora")
    system = f"/systems/{town.system}"
    assert TEXT in alice.page("/desk")
    assert TEXT in alice.page(system)
    assert TEXT not in dora.page("/desk")
    assert report(town, browser_of) == 303
    assert TEXT not in alice.page("/desk")
    assert TEXT in dora.page("/desk")
    assert "Geprüft am Montag." in dora.page(here(town))
    answer = dora.post(f"{here(town)}/answer", {"answer": "confirm", "words": ""})
    assert answer.status_code == 303
    for name in NAMES:
        page = browser_of(name).page(f"{system}/conditions")
        assert "Erfüllt, vom Ethikbeirat bestätigt" in page
    assert TEXT not in dora.page("/desk")


def test_forms_stand_only_where_they_work(town: Town, browser_of: BrowserOf) -> None:
    """The team has the report, the board the answer, the administration neither."""
    has = {name: browser_of(name).page(here(town)) for name in NAMES}
    assert [name for name in NAMES if "/report" in has[name]] == ["alice"]
    assert [name for name in NAMES if "/answer" in has[name]] == ["dora"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"words": ""}, "Sagen Sie es in einem Satz."),
        ({"fulfilled_on-year": "2099"}, "heute oder früher"),
        ({"fulfilled_on-day": "bald"}, "Dieses Datum gibt es nicht."),
        ({"fulfilled_on-month": ""}, "Bitte geben Sie Tag, Monat und Jahr an."),
    ],
)
def test_a_report_with_mistakes_says_so(
    changed: dict[str, str], message: str, town: Town, browser_of: BrowserOf
) -> None:
    """The page comes back with what was written and what is wrong."""
    browser = browser_of("alice")
    answer = browser.post(f"{here(town)}/report", REPORT | changed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert pages.problems(page) == []
    assert "Fehler" in page
    assert message in page


def test_an_answer_without_a_choice_says_so(town: Town, browser_of: BrowserOf) -> None:
    """And one that does not fit where the condition stands is none of the choices."""
    report(town, browser_of)
    browser = browser_of("dora")
    for sent in ({}, {"answer": "perhaps"}, {"answer": "return", "words": ""}):
        answer = browser.post(f"{here(town)}/answer", sent)
        assert answer.status_code == 200
        assert pages.problems(answer.get_data(as_text=True)) == []
    assert "Nicht erfüllt, sagt der Ethikbeirat" not in browser.page(here(town))


def test_the_board_s_page_begins_with_a_summary(town: Town, browser_of: BrowserOf) -> None:
    """Purpose, class, figures, gates, capacities, conditions and audits, before the answers."""
    page = browser_of("dora").page(f"/review/{town.phase}")
    marks = (
        "Erkennt Schäden an Straßen",
        "Einstufung",
        "Auswirkung und Schutz",
        "Was vor dem Einreichen gelten musste",
        "Bisher nie beteiligt:",
        TEXT,
        'id="audits"',
        'id="answers"',
        'id="evidence"',
    )
    assert [mark for mark in marks if mark not in page] == []
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "Beschluss.pdf" in page
    assert f"/systems/{town.system}/decisions#capacities" in page


def test_the_board_reads_what_its_page_leads_to(town: Town, browser_of: BrowserOf) -> None:
    """Log, capacity matrix and evidence answer; what is the team's own does not."""
    dora = browser_of("dora")
    page = dora.page(f"/systems/{town.system}/decisions")
    assert f"/review/{town.phase}#{town.decision}" in page
    assert f'id="{town.decision}"' in dora.page(f"/review/{town.phase}")
    assert dora.get(f"/assess/{town.phase}/evidence/{town.evidence}").status_code == 200
    assert dora.get(f"/systems/{town.open_system}/decisions").status_code == 404
    assert dora.get(f"/systems/{town.open_system}/conditions").status_code == 404
    assert dora.get(f"/systems/{town.system}").status_code == 403


def test_a_phase_is_taken_back_from_its_page(town: Town, browser_of: BrowserOf) -> None:
    """Reopened and submitted again, the team takes it back; the board reads why."""
    alice, dora = browser_of("alice"), browser_of("dora")
    here = f"/review/{town.phase}"
    assert "withdrawal" not in alice.page(here)
    alice.post(f"/assess/{town.phase}/reopen")
    alice.post(f"/assess/{town.phase}/submit")
    assert "withdrawal" in alice.page(here)
    assert "withdrawal" not in dora.page(here)
    assert pages.problems(alice.page(here)) == []
    too_long = alice.post(f"{here}/withdrawal", {"reason": "x" * 1001})
    assert too_long.status_code == 200
    assert pages.problems(too_long.get_data(as_text=True)) == []
    answer = alice.post(f"{here}/withdrawal", {"reason": "Eine Zahl war falsch."})
    assert answer.status_code == 303
    for language in pages.LANGUAGES:
        page = dora.page(f"{here}?lang={language}")
        assert "Eine Zahl war falsch." in page
        assert pages.problems(page) == []
    assert "zurückgenommen" in dora.page("/board?lang=de")
