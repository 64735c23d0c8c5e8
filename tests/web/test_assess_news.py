"""What somebody else saves appears on the open page, and never in the field one types in."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.examples.browser import Browser
from tests.examples.town import Town
from workbench.basics import clock
from workbench.services import visits

BrowserOf = Callable[[str], Browser]
QUESTION = "effect.relief"
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def address(town: Town) -> str:
    """A section that is being answered."""
    return f"/assess/{town.open_phase}/sections/effect"


def news(browser: Browser, address: str, seen: int = 0, told: str = "") -> tuple[int, str]:
    """What the page gets that asks by itself."""
    query = f"seen-{QUESTION}={seen}&told={told}"
    answer = browser.get(f"{address}/news?{query}", headers=SCRIPT)
    return answer.status_code, answer.get_data(as_text=True)


def test_another_person_s_save_is_told(address: str, browser_of: BrowserOf) -> None:
    """Name, time, question and text; told once, and again when there is something newer."""
    alice, bob = browser_of("alice"), browser_of("bob")
    assert news(alice, address) == (204, "")
    bob.post(address, {QUESTION: "Bobs <b>Text</b>", f"seen-{QUESTION}": "0"})
    status, html = news(alice, address)
    assert status == 200
    assert "Bob hat um" in html
    assert "Bobs &lt;b&gt;Text&lt;/b&gt;" in html
    assert f'href="#{QUESTION}-question"' in html
    assert f'value="{QUESTION}-1"' in html
    assert news(alice, address, told=f"{QUESTION}-1") == (204, "")
    bob.post(address, {QUESTION: "Noch neuer", f"seen-{QUESTION}": "1"})
    assert "Noch neuer" in news(alice, address, told=f"{QUESTION}-1")[1]


def test_what_the_page_shows_already_is_no_news(address: str, browser_of: BrowserOf) -> None:
    """Neither one's own saves nor those that the page has."""
    alice, bob = browser_of("alice"), browser_of("bob")
    bob.post(address, {QUESTION: "Bobs Text", f"seen-{QUESTION}": "0"})
    assert news(alice, address, seen=1) == (204, "")
    assert news(bob, address) == (204, "")


def test_the_page_asks_every_few_seconds(address: str, browser_of: BrowserOf) -> None:
    """The page carries the place for news, outside the form that saves."""
    html = browser_of("alice").page(address)
    form, _, rest = html.partition('</form>\n<div id="news"')
    assert 'id="section-form"' in form
    assert 'hx-trigger="every 5s"' in rest


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(
    address: str, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an hour after the last act of the person the session ends, open page or not."""
    alice, start = browser_of("alice"), clock.now()
    alice.page(address)
    for minutes in (10, 20, 29):
        monkeypatch.setattr(clock, "now", lambda m=minutes: start + timedelta(minutes=m))
        assert news(alice, address)[0] == 204
    monkeypatch.setattr(clock, "now", lambda: start + visits.IDLE + timedelta(minutes=2))
    assert news(alice, address)[0] == 403
