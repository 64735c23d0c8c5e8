"""A section saves itself while somebody writes, and tells the time."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.examples.browser import Browser
from tests.examples.town import Town
from workbench.basics import clock

BrowserOf = Callable[[str], Browser]
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def address(town: Town) -> str:
    """A section that is being answered."""
    return f"/assess/{town.open_phase}/sections/effect"


def numbers(html: str) -> dict[str, int]:
    """Question → the number of its save that the page or fragment carries."""
    found = re.findall(r'name="seen-([^"]+)" id="seen-\1" value="(\d+)"', html)
    return {name: int(number) for name, number in found}


def test_the_answer_is_a_fragment_with_time_and_numbers(
    address: str, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes back is no page: the time in Germany, and the new numbers of the answers."""
    browser = browser_of("alice")
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 13, 32, tzinfo=UTC))
    shown = numbers(browser.page(address))
    assert shown["effect.relief"] == 0
    sent = {"effect.relief": "Weniger", **{f"seen-{key}": str(n) for key, n in shown.items()}}
    answer = browser.post(address, sent, headers=SCRIPT)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, "<html" in html) == (200, False)
    assert "Gespeichert um 14:32 Uhr" in html
    assert numbers(html)["effect.relief"] == 1
    assert 'hx-swap-oob="true"' in html
    assert "Gespeichert um 14:32 Uhr" in browser.page(address)


def test_with_the_new_number_the_next_save_is_no_conflict(
    address: str, browser_of: BrowserOf
) -> None:
    """A page that saves itself twice never runs into itself; without the number it would."""
    browser = browser_of("alice")
    first = browser.post(address, {"effect.relief": "A", "seen-effect.relief": "0"}, headers=SCRIPT)
    number = str(numbers(first.get_data(as_text=True))["effect.relief"])
    later = {"effect.relief": "B", "seen-effect.relief": number}
    assert "Gespeichert um" in browser.post(address, later, headers=SCRIPT).get_data(as_text=True)
    stale = {"effect.relief": "C", "seen-effect.relief": number}
    told = browser.post(address, stale, headers=SCRIPT).get_data(as_text=True)
    assert "Gespeichert um" not in told


def test_in_english(address: str, browser_of: BrowserOf) -> None:
    """The fragment speaks the language of the page."""
    sent = {"effect.relief": "Less"}
    html = browser_of("alice").post(f"{address}?lang=en", sent, headers=SCRIPT)
    assert "Saved at" in html.get_data(as_text=True)


def test_a_mistake_is_told_and_nothing_is_saved(address: str, browser_of: BrowserOf) -> None:
    """While an entry is wrong, the page says that it is not saved."""
    browser = browser_of("alice")
    sent = {"effect.relief": "Weniger", "effect.cases_per_year": "viele"}
    html = browser.post(address, sent, headers=SCRIPT).get_data(as_text=True)
    assert "Noch nicht gespeichert" in html
    assert numbers(html) == {}
    assert "Weniger" not in browser.page(address)


def fragment(browser: Browser, address: str, data: dict[str, str]) -> tuple[int, str]:
    """What the page gets that saves itself: the status and the text."""
    answer = browser.post(address, data, headers=SCRIPT)
    html = answer.get_data(as_text=True)
    assert "<html" not in html
    assert "Gespeichert" not in html
    assert 'id="save-state"' in html
    return answer.status_code, html


def test_what_cannot_be_saved_is_told_in_place(
    address: str, town: Town, visitor: Browser, browser_of: BrowserOf
) -> None:
    """Signed out, submitted meanwhile, too much: a sentence comes back, never a page in a page."""
    status, html = fragment(visitor, f"{address}?lang=en", {"effect.relief": "A"})
    assert (status, "Not saved." in html, "signed out" in html) == (403, True, True)
    submitted = f"/assess/{town.phase}/sections/effect"
    assert fragment(browser_of("alice"), submitted, {"effect.relief": "A"})[0] == 409
    assert fragment(browser_of("charlie"), address, {"effect.relief": "A"})[0] == 404
    assert fragment(browser_of("alice"), address, {"csrf_token": "x"})[0] == 400
    assert fragment(browser_of("alice"), address, {"effect.relief": "x" * 1_100_000})[0] == 413
