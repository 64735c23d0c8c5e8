"""Registering a system: how long each text may be is said before and after."""

from collections.abc import Callable

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town
from workbench.services.systems import LENGTHS

BrowserOf = Callable[[str], Browser]


def test_every_text_says_its_limit(town: Town, browser_of: BrowserOf) -> None:
    """On the page for a new system, and on the one that changes its description."""
    for address in ("/systems/new", f"/systems/{town.open_system}/edit"):
        html = browser_of("alice").page(address)
        assert pages.problems(html) == []
        for name, limit in LENGTHS.items():
            assert f'id="{name}-limit">Höchstens {limit} Zeichen.' in html


def test_a_text_that_is_too_long_is_told_the_limit(browser_of: BrowserOf) -> None:
    """Each field names its own limit and how long the text is."""
    sent = {"name": "x" * 150, "purpose": "x", "department": "x" * 101, "contact": "x" * 201}
    html = browser_of("alice").post("/systems/new", sent).get_data(as_text=True)
    assert pages.problems(html) == []
    for limit, length in ((100, 150), (100, 101), (200, 201)):
        assert f"Bitte kürzen Sie den Text auf {limit} Zeichen. Er hat {length}." in html
