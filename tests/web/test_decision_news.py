"""What somebody else saves of a value decision appears on the open form, which stays as it is."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import DECISION, Cast
from tests.examples.town import Town
from workbench.services import Workspace, decisions

BrowserOf = Callable[[str], Browser]
SCRIPT = {"HX-Request": "true"}
CHANGED = DECISION.model_copy(update={"reasons": "Bobs <b>Grund</b>"})


@pytest.fixture
def key(town: Town, workspace: Workspace, cast: Cast) -> str:
    """A decision that Alice has recorded."""
    return decisions.save(workspace, cast.alice, town.open_phase, DECISION)


def news(browser: Browser, key: str, seen: int = 1, told: str = "") -> tuple[int, str]:
    """What the page gets that asks by itself."""
    answer = browser.get(f"/decisions/{key}/news?seen={seen}&told={told}", headers=SCRIPT)
    return answer.status_code, answer.get_data(as_text=True)


def test_another_person_s_save_is_told(
    key: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Name, time, what was and what is; told once, and again when there is something newer."""
    alice = browser_of("alice")
    assert news(alice, key) == (204, "")
    decisions.save(workspace, cast.bob, town.open_phase, CHANGED, decision_id=key, seen=1)

    status, html = news(alice, key)

    assert status == 200
    assert "Bob hat diese Entscheidung um" in html
    assert "Bobs &lt;b&gt;Grund&lt;/b&gt;" in html
    assert DECISION.reasons in html
    assert DECISION.question not in html
    assert 'value="2"' in html
    assert news(alice, key, told="2") == (204, "")
    newer = CHANGED.model_copy(update={"reasons": "Noch neuer"})
    decisions.save(workspace, cast.bob, town.open_phase, newer, decision_id=key, seen=2)
    assert "Noch neuer" in news(alice, key, told="2")[1]


def test_what_the_page_shows_already_is_no_news(
    key: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Neither one's own saves nor the version that the page has; to a stranger there is none."""
    decisions.save(workspace, cast.bob, town.open_phase, CHANGED, decision_id=key, seen=1)

    assert news(browser_of("alice"), key, seen=2) == (204, "")
    assert news(browser_of("bob"), key) == (204, "")
    assert news(browser_of("charlie"), key)[0] == 404


def test_that_somebody_took_it_out_is_told(
    key: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """No word changed, but the decision is gone."""
    decisions.withdraw(workspace, cast.bob, key, 1, withdrawn=True)

    assert "herausgenommen" in news(browser_of("alice"), key)[1]


def test_the_page_asks_every_few_seconds(key: str, town: Town, browser_of: BrowserOf) -> None:
    """The form carries the place for news behind itself; a new decision has nothing to ask for."""
    alice = browser_of("alice")
    html = alice.page(f"/decisions/{key}")
    form, _, rest = html.partition('</form>\n<div id="news"')

    assert pages.problems(html) == []
    assert 'id="decision-form"' in form
    assert 'hx-trigger="every 5s"' in rest
    assert "htmx.min.js" in rest
    assert "htmx.min.js" not in alice.page(f"/assess/{town.open_phase}/decisions/new")
