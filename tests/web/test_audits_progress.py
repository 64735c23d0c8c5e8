"""While the worker works, the page says how far it is, and asks by itself."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town, table
from workbench import worker
from workbench.services import Workspace

BrowserOf = Callable[[str], Browser]
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def waiting(town: Town, browser_of: BrowserOf) -> tuple[Browser, str]:
    """Alice's browser and the page of data that the worker has not looked at."""
    browser = browser_of("alice")
    address = f"/systems/{town.open_system}/audits/new"
    return browser, browser.upload(address, table=(table(), "bilder.csv")).location


def piece(browser: Browser, address: str) -> str:
    """What the waiting page gets when it asks by itself."""
    html = browser.get(address, headers=SCRIPT).get_data(as_text=True)
    assert "<html" not in html
    assert html.count('id="progress"') == 1
    return html


def test_without_javascript_a_link_asks(waiting: tuple[Browser, str]) -> None:
    """The page shows a bar with its label, and a link that looks again."""
    browser, address = waiting
    html = browser.page(address)
    assert pages.problems(html) == []
    assert address in pages.links(html)
    assert "<progress" in html


def test_the_page_asks_until_the_work_is_done(
    waiting: tuple[Browser, str], workspace: Workspace
) -> None:
    """Each answer asks again; the last one leads to the result, in the page's language."""
    browser, address = waiting
    assert f'hx-get="{address}"' in piece(browser, address)
    assert f'hx-get="{address}?lang=en"' in piece(browser, f"{address}?lang=en")
    worker.drain(workspace)
    last = piece(browser, f"{address}?lang=en")
    assert "hx-get" not in last
    assert f'href="{address}?lang=en"' in last


def test_the_progress_is_told(
    waiting: tuple[Browser, str],
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the worker reports is what the page shows."""
    browser, address = waiting
    seen = []

    def half_done(_: Workspace, __: object, report: Callable[[float, str], None]) -> None:
        report(0.5, "Reading the table")
        seen.append(piece(browser, address))

    monkeypatch.setitem(worker.KINDS, "inspect", half_done)
    worker.work_once(workspace)
    assert "50" in seen[0]
    assert 'value="0.5"' in seen[0]
    assert "Die Tabelle wird gelesen" in seen[0]


def test_signed_out_the_page_stops_asking(waiting: tuple[Browser, str], visitor: Browser) -> None:
    """Without a session a sentence comes back instead of the sign-in page."""
    _, address = waiting
    html = piece(visitor, address)
    assert "hx-get" not in html
    assert 'role="alert"' in html
