"""The history of a value decision: every version with what it changed, for team and board."""

from collections.abc import Callable

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import DECISION, Cast
from tests.examples.town import Town
from workbench.services import Workspace, decisions

BrowserOf = Callable[[str], Browser]


def test_each_change_shows_before_and_now(
    town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Only what differs, in the words of the form, with name and moment; the newest first."""
    other = DECISION.model_copy(update={"chosen": 0, "yielding": DECISION.values[0]})
    key = decisions.save(workspace, cast.alice, town.open_phase, DECISION)
    decisions.save(workspace, cast.bob, town.open_phase, other, decision_id=key, seen=1)
    alice = browser_of("alice")
    address = f"/decisions/{key}/history"
    assert address in alice.page(f"/decisions/{key}")
    html = alice.page(address)
    newest = html.partition("Fassung 2")[2].partition("Fassung 1")[0]
    assert pages.problems(html) == []
    assert "Bob, " in newest
    assert "Welche Möglichkeit wurde gewählt?" in newest
    assert "Warum?" not in newest
    assert "Alice, " in html.partition("Fassung 1")[2]
    assert DECISION.reasons in html.partition("Fassung 1")[2]


def test_the_board_reads_it_from_its_case(town: Town, browser_of: BrowserOf) -> None:
    """And a stranger finds nothing."""
    dora, address = browser_of("dora"), f"/decisions/{town.decision}/history"
    assert address in dora.page(f"/review/{town.phase}")
    assert pages.problems(dora.page(address)) == []
    assert browser_of("charlie").get(address).status_code == 404
