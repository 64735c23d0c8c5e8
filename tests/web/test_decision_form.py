"""The form of a value decision: four steps, the optional folded, days in three inputs."""

import re
from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.town import Town
from workbench.governance.decisions import LENGTHS
from workbench.services import Workspace, decisions

BrowserOf = Callable[[str], Browser]
SUMMARY = re.compile(r'<details class="kern-accordion"( open)?>\s*<summary[^>]*><span[^>]*>([^<]+)')
ALONE, VOTES = "Nur IT oder Hersteller haben mitgewirkt", "Stimmen, und wer am Tisch saß"


@pytest.fixture
def address(town: Town) -> str:
    """Where a value decision is recorded."""
    return f"/assess/{town.open_phase}/decisions"


def unfolded(html: str) -> set[str]:
    """What stands open."""
    return {title for is_open, title in SUMMARY.findall(html) if is_open}


def test_a_new_form_is_short(address: str, browser_of: BrowserOf) -> None:
    """Everything optional is folded; every long text says how long it may be."""
    html = browser_of("alice").page(f"{address}/new")
    assert pages.problems(html) == []
    assert len(SUMMARY.findall(html)) == 5
    assert unfolded(html) == set()
    assert html.count('class="kern-fieldset step"') == 4
    reasons = f"{LENGTHS['reasons']:,}".replace(",", ".")
    assert f'id="reasons-limit">Höchstens {reasons} Zeichen.' in html
    assert 'aria-describedby="reasons-hint reasons-limit"' in html


@pytest.mark.parametrize(
    ("sent", "opened"),
    [
        ({"votes_for": "drei", "capacities": "politics"}, {VOTES}),
        ({"decided_on-day": "31", "capacities": "it"}, {ALONE}),
        ({"decided_on-day": "31", "people_law": "Anna"}, {VOTES}),
        ({"decided_on-day": "31", "capacities": "politics"}, set()),
    ],
)
def test_what_is_wrong_or_needed_is_open(
    address: str, browser_of: BrowserOf, sent: dict[str, str], opened: set[str]
) -> None:
    """A folded field with an error or a text is open, and the reason once IT is alone."""
    answer = browser_of("alice").post(address, sent)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert pages.problems(html) == []
    assert unfolded(html) == opened


def test_a_day_that_cannot_be_is_told_beside_it(address: str, browser_of: BrowserOf) -> None:
    """Decided in the future, and looked at again before: each field says what is wrong with it."""
    sent = {
        "decided_on-day": "1",
        "decided_on-month": "1",
        "decided_on-year": "2199",
        "review_on-day": "1",
        "review_on-month": "1",
        "review_on-year": "2020",
    }
    answer = browser_of("alice").post(address, sent)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert 'href="#decided_on">Wann wurde entschieden? – Dieser Tag liegt in der Zukunft.' in html
    assert 'href="#review_on"' in html
    assert "– Dieser Tag muss nach dem Tag der Entscheidung liegen." in html


def test_a_day_that_is_none_comes_back_as_typed(address: str, browser_of: BrowserOf) -> None:
    """The summary leads to the first of the three inputs. The twin: a day is stored and shown."""
    alice = browser_of("alice")
    day = {"decided_on-day": "31", "decided_on-month": "2", "decided_on-year": "2026"}
    html = alice.post(address, day).get_data(as_text=True)
    assert 'href="#decided_on"' in html
    assert 'id="decided_on" name="decided_on-day" value="31"' in html
    assert alice.post(address, {**day, "decided_on-day": "3"}).status_code == 303
    saved = re.findall(r'href="(/decisions/\w+)"', alice.page(address))
    assert 'name="decided_on-month" value="2"' in alice.page(saved[-1])


def test_whoever_is_named_in_a_capacity_took_part_in_it(
    town: Town, address: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Ticked or not; the name comes back into its field, and stands nowhere for the public."""
    alice = browser_of("alice")
    sent = {"question": "Was?", "people_law": "Rechtsamt, Frau Weiß", "capacities": "it"}
    assert alice.post(address, sent).status_code == 303
    saved = re.findall(r'href="(/decisions/\w+)"', alice.page(address))[-1]
    html = alice.page(saved)
    assert pages.problems(html) == []
    assert 'name="people_law" type="text" value="Rechtsamt, Frau Weiß"' in html
    (entry,) = [
        one
        for one in decisions.view(workspace, cast.alice, town.open_phase).decisions
        if one.body.question == "Was?"
    ]
    assert entry.body.capacities == ("it", "law")
    assert entry.body.people == {"law": "Rechtsamt, Frau Weiß"}
    assert VOTES in unfolded(html)
    assert "Frau Weiß" not in browser_of("frida").page(f"/publish/{town.open_system}")
