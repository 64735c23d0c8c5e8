"""Handing in data: what is too large, missing or empty is told, and the next try works."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.town import Town, table
from workbench.services import Workspace, audits, datasets

BrowserOf = Callable[[str], Browser]
NAMES = (
    "../../../etc/passwd", "..\\..\\windows.csv", "a\x00b.csv", "a\u202egnp.csv", "CON", "a" * 300,
    "<b>fett</b>.csv", "a\r\nSet-Cookie: x=y.csv", "Straße 7.csv", ".csv",
)  # fmt: skip


@pytest.fixture
def address(town: Town) -> str:
    """Where Alice hands in data."""
    return f"/systems/{town.open_system}/audits/new"


@pytest.fixture
def kept(workspace: Workspace, cast: Cast, town: Town) -> Callable[[], tuple[int, set[str]]]:
    """How many data sets there are, and the files in the data folder."""

    def count() -> tuple[int, set[str]]:
        found = audits.overview(workspace, cast.alice, town.open_system).datasets
        folder = workspace.settings.data
        names = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
        return len(found), {name for name in names if "workbench.db" not in name}

    return count


def test_a_file_larger_than_a_form_is_taken(address: str, browser_of: BrowserOf) -> None:
    """The small limit of forms does not stop a table of several megabytes."""
    answer = browser_of("alice").upload(address, table=(table(300_000), "bilder.csv"))
    assert answer.status_code == 303
    assert answer.location.startswith("/audits/data/")
    html = browser_of("alice").page(answer.location)
    assert pages.problems(html) == []
    assert "bilder.csv" in html


@pytest.mark.parametrize("margin", [0, 3_000_000])
def test_too_large(
    margin: int,
    address: str,
    browser_of: BrowserOf,
    kept: Callable[[], tuple[int, set[str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One byte too many is 413 with the limit, nothing is kept, and a smaller file is taken."""
    monkeypatch.setattr(datasets, "DATA_LIMIT", 2_000_000)
    monkeypatch.setattr(datasets, "MODEL_LIMIT", 1_000_000)
    before, browser = kept(), browser_of("alice")
    answer = browser.upload(address, table=(b"x" * (2_000_001 + margin), "bilder.csv"))
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (413, [])
    assert (" 2 MB" in html) or (" 4 MB" in html)
    assert kept() == before
    assert browser.upload(address, table=(table(), "bilder.csv")).status_code == 303


def test_a_model_too_large(
    address: str,
    browser_of: BrowserOf,
    kept: Callable[[], tuple[int, set[str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A model past its limit is refused, and the table beside it is not kept either."""
    monkeypatch.setattr(datasets, "MODEL_LIMIT", 1_000_000)
    before = kept()
    answer = browser_of("alice").upload(
        address, table=(table(), "bilder.csv"), model=(b"x" * 1_000_001, "modell.txt")
    )
    assert (answer.status_code, " 1 MB" in answer.get_data(as_text=True)) == (413, True)
    assert kept() == before


@pytest.mark.parametrize(
    "files",
    [{}, {"table": (b"", "")}, {"table": (b"", "leer.csv")}, {"model": (b"tree", "modell.txt")}],
)
def test_missing_or_empty(
    files: dict[str, tuple[bytes, str]],
    address: str,
    browser_of: BrowserOf,
    kept: Callable[[], tuple[int, set[str]]],
) -> None:
    """Without a table, or with an empty one, the page says so beside the field; nothing is kept."""
    before, browser = kept(), browser_of("alice")
    answer = browser.upload(address, **files)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")
    assert 'href="#table"' in html
    assert kept() == before
    assert browser.upload(address, table=(table(), "bilder.csv")).status_code == 303


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_only_a_name(
    name: str,
    address: str,
    browser_of: BrowserOf,
    kept: Callable[[], tuple[int, set[str]]],
    tmp_path: Path,
) -> None:
    """Whatever a file is called, it lies in the store under its hash, and pages show it as text."""
    browser, (_, before) = browser_of("alice"), kept()
    outside = set(tmp_path.iterdir())
    answer = browser.upload(address, table=(table(402), name))
    assert answer.status_code in (200, 303, 400)
    assert "x=y" not in str(answer.headers.get("Set-Cookie"))
    new = kept()[1] - before
    assert all(len(Path(file).name) == 64 and Path(file).parent.name == "files" for file in new)
    assert set(tmp_path.iterdir()) == outside
    if answer.status_code == 303:
        assert pages.problems(browser.page(answer.location)) == []
    assert pages.problems(browser.page(address.removesuffix("/new"))) == []


def test_data_that_wait_can_be_discarded(
    address: str, browser_of: BrowserOf, kept: Callable[[], tuple[int, set[str]]]
) -> None:
    """Discarding deletes the row and the file."""
    before, browser = kept(), browser_of("alice")
    page = browser.upload(address, table=(table(404), "bilder.csv")).location
    assert kept() != before
    assert browser.post(f"{page}/discard").status_code == 303
    assert kept() == before


def test_data_of_an_audit_cannot_be_discarded(town: Town, browser_of: BrowserOf) -> None:
    """What an audit was computed from stays."""
    answer = browser_of("alice").post(f"/audits/data/{town.dataset}/discard")
    assert (answer.status_code, pages.problems(answer.get_data(as_text=True))) == (409, [])
