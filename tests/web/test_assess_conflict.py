"""Two people answer the same question: nobody's words are lost."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town

BrowserOf = Callable[[str], Browser]
QUESTION = "effect.relief"
SEEN = f"seen-{QUESTION}"


@pytest.fixture
def address(town: Town) -> str:
    """A section that is being answered."""
    return f"/assess/{town.open_phase}/sections/effect"


@pytest.fixture
def clash(address: str, browser_of: BrowserOf) -> tuple[Browser, str]:
    """Alice's browser and the page she gets: Bob has saved while she was writing."""
    alice, bob = browser_of("alice"), browser_of("bob")
    assert bob.post(address, {QUESTION: "Bobs Text", SEEN: "0"}).status_code == 303
    sent = {QUESTION: "Alices Text", "effect.evidence": "Nur Alice", SEEN: "0"}
    answer = alice.post(address, sent)
    assert answer.status_code == 409
    return alice, answer.get_data(as_text=True)


def test_the_page_shows_both_texts(clash: tuple[Browser, str], address: str) -> None:
    """Alice's text stands in the field, Bob's beside it with his name; the rest is saved."""
    browser, html = clash
    assert pages.problems(html) == []
    assert "Alices Text" in html
    assert "Bobs Text" in html
    assert "Bob " in html
    assert "Nur Alice" in browser.page(address)
    assert "Alices Text" not in browser.page(address)


def test_take_theirs(clash: tuple[Browser, str], address: str) -> None:
    """With the box ticked Bob's text stays, and the page leads on."""
    browser, _ = clash
    sent = {QUESTION: "Alices Text", SEEN: "1", "take-theirs": QUESTION}
    assert browser.post(address, sent).status_code == 303
    html = browser.page(address)
    assert "Bobs Text" in html
    assert "Alices Text" not in html


def test_keep_mine(clash: tuple[Browser, str], address: str) -> None:
    """The page carries Bob's number, so saving again is a decision for one's own text."""
    browser, html = clash
    assert f'name="{SEEN}" id="{SEEN}" value="1"' in html
    assert browser.post(address, {QUESTION: "Alices Text", SEEN: "1"}).status_code == 303
    assert "Alices Text" in browser.page(address)


def test_the_same_text_is_no_conflict(address: str, browser_of: BrowserOf) -> None:
    """Two people who write the same are not bothered."""
    for name in ("bob", "alice"):
        answer = browser_of(name).post(address, {QUESTION: "Derselbe", SEEN: "0"})
        assert answer.status_code == 303


def test_an_untouched_answer_is_no_conflict(address: str, browser_of: BrowserOf) -> None:
    """Who did not change an answer does not undo the change of another."""
    alice, bob = browser_of("alice"), browser_of("bob")
    alice.post(address, {QUESTION: "Erster", SEEN: "0"})
    bob.post(address, {QUESTION: "Zweiter", SEEN: "1"})
    answer = alice.post(address, {QUESTION: "Erster", SEEN: "1", "effect.evidence": "Neu"})
    assert answer.status_code == 303
    html = alice.page(address)
    assert "Zweiter" in html
    assert "Neu" in html


def test_value_decisions_collide_the_same_way(town: Town, browser_of: BrowserOf) -> None:
    """A decision that somebody else changed is answered with both texts; saving again decides."""
    address = f"/decisions/{town.open_decision}"
    alice, bob = browser_of("alice"), browser_of("bob")
    assert bob.post(address, {"question": "Bobs Frage?", "seen": "1"}).status_code == 303
    sent = {"question": "Alices Frage?", "seen": "1"}
    answer = alice.post(address, sent)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (409, [])
    assert "Bobs Frage?" in html
    assert "Alices Frage?" in html
    assert alice.post(address, {**sent, "seen": "2"}).status_code == 303
    assert "Alices Frage?" in alice.page(address)


def test_a_page_shown_again_with_a_mistake_has_not_seen_newer_saves(
    address: str, browser_of: BrowserOf
) -> None:
    """Alice corrects a number; meanwhile Bob has answered: her next save does not hide his text."""
    alice, bob = browser_of("alice"), browser_of("bob")
    bob.post(address, {QUESTION: "Bobs Text", SEEN: "0"})
    wrong = {QUESTION: "Alices Text", "effect.cases_per_year": "viele", SEEN: "0"}
    shown = alice.post(address, wrong).get_data(as_text=True)
    assert f'name="{SEEN}" id="{SEEN}" value="0"' in shown
    answer = alice.post(address, {QUESTION: "Alices Text", SEEN: "0"})
    assert answer.status_code == 409
    assert "Bobs Text" in answer.get_data(as_text=True)
