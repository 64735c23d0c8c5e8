"""What the worker cannot judge: the page names cause and remedy, and the next file works."""

import pickle
from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town, table
from workbench import worker
from workbench.services import Workspace

BrowserOf = Callable[[str], Browser]
HTML = b"<!doctype html><html><body><table><tr><td>1</td></tr></table></body></html>"
# What is handed in → a word that the page must say.
BAD = {
    "eine-spalte.csv": (b"prediction\n1\n0\n1\n", "Spalte"),
    "seite.csv": (HTML * 3, "Tabelle"),
    "modell.csv": (pickle.dumps({"sex": ["f", "m"], "outcome": [1, 0]}), "ickle"),
}
PLAN = {
    "outcome": "outcome",
    "positive": "1",
    "prediction": "prediction",
    "attributes": "sex",
    "reason": "Wer zu Unrecht gemeldet wird, hat Arbeit damit.",
}


def test_refused_files(town: Town, workspace: Workspace, browser_of: BrowserOf) -> None:
    """One column, a web page, a pickle: each page says why; no file stays; a good one is read."""
    browser, address = browser_of("alice"), f"/systems/{town.open_system}/audits/new"
    before = {file.name for file in workspace.files.folder.iterdir()}
    sent = {
        name: browser.upload(address, table=(content, name)).location
        for name, (content, _) in BAD.items()
    }
    for page in sent.values():
        assert "wartet" in browser.page(page)
    worker.drain(workspace)
    for name, page in sent.items():
        for language in pages.LANGUAGES:
            html = browser.page(f"{page}?lang={language}")
            assert pages.problems(html) == []
            assert 'role="alert"' in html
            assert "{" not in html.split('role="alert"')[1].split("</div>")[1]
        assert BAD[name][1] in browser.page(page), name
        assert address in browser.page(page)
        refused = browser.post(page, PLAN)
        assert refused.status_code in (303, 409)
    assert {file.name for file in workspace.files.folder.iterdir()} == before
    listed = browser.page(address.removesuffix("/new"))
    assert listed.count("abgelehnt") == len(BAD)


@pytest.fixture
def sent(
    town: Town, workspace: Workspace, browser_of: BrowserOf
) -> Callable[[bytes], tuple[Browser, str]]:
    """Sends a table; gives Alice's browser and the page on which its plan is made."""

    def send(content: bytes) -> tuple[Browser, str]:
        browser, address = browser_of("alice"), f"/systems/{town.open_system}/audits/new"
        page = browser.upload(address, table=(content, "tabelle.csv")).location
        worker.drain(workspace)
        return browser, page

    return send


def test_one_group_cannot_be_compared(sent: Callable[[bytes], tuple[Browser, str]]) -> None:
    """Without a second group there is nothing to compare: told before any plan is fixed."""
    browser, page = sent(table(200).replace(b"m,", b"f,"))
    html = browser.page(page)
    assert pages.problems(html) == []
    assert "Komma" in html  # how the file was read
    answer = browser.post(page, PLAN)
    told = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(told)) == (200, [])
    assert "nur eine Gruppe (f)" in told.partition('id="attributes-error"')[2].partition("</p>")[0]


def test_a_plan_whose_data_were_refused_is_no_earlier_plan(
    sent: Callable[[bytes], tuple[Browser, str]], workspace: Workspace
) -> None:
    """Only the worker sees it; told with the way back, where no reason for a change is asked."""
    browser, page = sent(table(200).replace(b"f,1,1", b"f,1,2", 1))
    answer = browser.post(page, PLAN)
    assert answer.status_code == 303
    assert pages.problems(browser.page(answer.location)) == []
    assert 'id="change"' in browser.page(page)  # twin: as long as a result may come
    worker.drain(workspace)
    told = browser.page(answer.location)
    assert pages.problems(told) == []
    assert "Werte, die das Ergebnis nicht kennt" in told.split('role="alert"')[1]
    assert page in told
    html = browser.page(page)
    assert 'id="change"' not in html
    assert "nicht möglich" in html
    assert browser.post(page, PLAN).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "nothing"},
        {"outcome": "prediction"},
        {"attributes": "outcome"},
        {"attributes": "nothing"},
        {"positive": "  "},
        {"reason": ""},
        {"edges": "sex: a, b"},
        {"edges": "no colon"},
    ],
)
def test_a_plan_that_does_not_fit_is_told(
    wrong: dict[str, str], town: Town, browser_of: BrowserOf
) -> None:
    """Each mistake in the plan is told on the page, and what was typed stays."""
    browser, address = browser_of("alice"), f"/audits/data/{town.spare_dataset}"
    answer = browser.post(address, {**PLAN, **wrong})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")
    assert "{" not in html.partition('id="error-summary"')[2].partition("</ul>")[0]
    if "reason" not in wrong:
        assert PLAN["reason"] in html
