"""A result from the command line is imported on a page, and says everywhere that it was."""

from collections.abc import Callable

import pytest

from tests.examples import audit_results, audited, pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from workbench.audit import resultfile
from workbench.isolation import runner
from workbench.reporting import audit as document
from workbench.services import Workspace, audit_imports, audits
from workbench.worker import drain

BrowserOf = Callable[[str], Browser]


@pytest.fixture
def address(system_id: str) -> str:
    """The page of the import."""
    return f"/systems/{system_id}/audits/import"


@pytest.fixture
def content() -> bytes:
    """A result file."""
    return resultfile.write(audit_results.classification())


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    """The jailed process gives the result as it is; no PDF is drawn."""
    found = audit_results.classification().model_dump(mode="json")
    monkeypatch.setattr(runner, "run", lambda *_, **__: {"result": found, "charts": {}, "rows": {}})
    monkeypatch.setattr(document, "audit_pdf", lambda *_, **__: b"%PDF-")


@pytest.mark.usefixtures("works")
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_it_works(
    address: str, content: bytes, browser_of: BrowserOf, workspace: Workspace, language: str
) -> None:
    """From the list over the form to the audit, which is marked as imported on every page."""
    browser = browser_of("alice")
    listed = address.removesuffix("/import")
    assert address in pages.links(browser.page(listed))
    assert address in pages.links(browser.page(f"{listed}/new"))
    assert pages.problems(browser.page(f"{address}?lang={language}")) == []
    answer = browser.upload(address, result=(content, "result.json"))
    assert answer.status_code == 303
    page = f"{answer.location}?lang={language}"
    assert "<progress" in browser.page(page)
    drain(workspace)
    html = browser.page(page)
    assert pages.problems(html) == []
    word = {"de": "mportiert", "en": "mported"}[language]
    assert html.count(word) >= 2  # at the top, and as what weakens the result
    assert "result.json" not in "".join(pages.links(html))
    assert word in browser.page(f"{listed}?lang={language}")
    assert word in browser_of("dora").page(page)


def test_what_is_no_result_is_told(
    address: str, content: bytes, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, empty, foreign, broken and too large: the page says so, and the next file works."""
    browser = browser_of("alice")
    wrong: list[dict[str, tuple[bytes, str]]] = [
        {},
        {"result": (b"", "leer.json")},
        {"result": (b"{}", "x.json")},
        {"result": (content[:-20], "result.json")},
    ]
    for files in wrong:
        answer = browser.upload(address, **files)
        html = answer.get_data(as_text=True)
        assert (answer.status_code, pages.problems(html)) == (200, [])
        assert pages.title(html).startswith("Fehler:")
        assert 'href="#result"' in html
    with monkeypatch.context() as limits:
        limits.setattr(audit_imports, "RESULT_LIMIT", 1_000)
        answer = browser.upload(address, result=(content, "result.json"))
        html = answer.get_data(as_text=True)
        assert (answer.status_code, pages.problems(html)) == (413, [])
    assert browser.upload(address, result=(content, "result.json")).status_code == 303
    again = browser.upload(address, result=(content, "result.json")).get_data(as_text=True)
    assert 'href="#result"' in again
    assert "Prüfung 1" in again


def test_a_result_larger_than_a_form_is_taken(
    address: str, content: bytes, browser_of: BrowserOf
) -> None:
    """The small limit of forms does not stop a result of some megabytes."""
    padded = content.replace(b"{", b"{" + b" " * 2_000_000, 1)
    answer = browser_of("alice").upload(address, result=(padded, "result.json"))
    assert answer.status_code in (200, 303)


@pytest.mark.usefixtures("works")
def test_the_same_table_here_is_said(
    address: str, content: bytes, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """With a table of that fingerprint here, the page offers to repeat the calculation."""
    browser = browser_of("alice")
    page = browser.upload(address, result=(content, "result.json")).location
    drain(workspace)
    assert "/audits/data/" not in "".join(pages.links(browser.page(page)))
    system_id = address.split("/")[2]
    key = audited.handed_in(workspace, cast.alice, system_id)
    sha256 = audits.dataset(workspace, cast.alice, key).dataset.sha256
    audited.names_table(workspace, page.rpartition("/")[2], sha256)
    html = browser.page(page)
    assert f"/audits/data/{key}" in "".join(pages.links(html))
    assert "kredite.csv" in html


def test_the_board_may_not(address: str, browser_of: BrowserOf) -> None:
    """Only the team imports; others are refused, strangers find nothing."""
    for name, status in (("dora", 403), ("frida", 403), ("charlie", 404)):
        assert browser_of(name).get(address).status_code == status
        answer = browser_of(name).upload(address, result=(b"{}", "result.json"))
        assert answer.status_code == status
