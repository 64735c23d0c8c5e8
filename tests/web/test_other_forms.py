"""The pages of forms of other bodies: valid, linked, with files to take along."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import copied, settings_in
from tests.examples import cast as examples
from tests.examples import pages, quickly, road_damage
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from workbench.services import Workspace, assessments
from workbench.settings import Settings

FORMS = ("algoritmeregister", "annex-viii-c", "atrs", "crosswalk", "dpia", "fria")


@pytest.mark.parametrize("language", pages.LANGUAGES)
@pytest.mark.parametrize("system", ["system", "open_system"])
def test_every_form_is_a_valid_page(
    language: str, system: str, town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """The list leads to each form; every link of every page exists."""
    browser, start = browser_of("bob"), f"/systems/{getattr(town, system)}/forms"
    links: set[str] = set()
    for address in (start, *(f"{start}/{name}" for name in FORMS)):
        answer = browser.get(f"{address}?lang={language}")
        html = answer.get_data(as_text=True)
        assert (answer.status_code, pages.problems(html)) == (200, [])
        links |= {link for link in pages.links(html) if link.startswith("/systems/")}
        links |= {link for link in pages.links(html) if link.startswith("/assess/")}
    for name in FORMS:
        assert any(link.partition("?")[0] == f"{start}/{name}" for link in links)
    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_public_form_says_what_it_leaves_out(
    town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """Internal words stand in the form for authorities only."""
    browser = browser_of("alice")
    for name, there in (("atrs", False), ("crosswalk", True)):
        html = browser.get(f"/systems/{town.system}/forms/{name}").get_data(as_text=True)
        assert ("Geheime Person" in html) is there
        assert ("Weggelassen" in html) is not there


@pytest.mark.parametrize(("kind", "media"), [("json", "application/json"), ("csv", "text/csv")])
def test_a_form_is_taken_along(
    kind: str, media: str, town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """As a file with a name of its own; its addresses lead to the published edition."""
    browser = browser_of("frida")
    answer = browser.get(f"/systems/{town.system}/forms/crosswalk/en.{kind}")
    assert (answer.status_code, answer.mimetype) == (200, media)
    name = f"{town.slug}-crosswalk-en.{kind}"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    address = f"/register/{town.slug}/editions/1.json"
    assert address in answer.get_data(as_text=True)
    assert browser.get(address).status_code == 200


def test_others_find_nothing(town: Town, browser_of: Callable[[str], Browser]) -> None:
    """No unknown form; nothing for strangers; the board reads the submitted assessment instead."""
    start = f"/systems/{town.system}/forms"
    alice = browser_of("alice")
    for address in ("weather", "weather/de.csv", "atrs/fr.csv", "atrs/de.xml"):
        assert alice.get(f"{start}/{address}").status_code == 404
    for name, status in (("charlie", 404), ("dora", 403)):
        assert browser_of(name).get(f"{start}/atrs").status_code == status
