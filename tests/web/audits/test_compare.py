"""Two audits are compared on a page: choose, wait, read; alone there is nothing to compare."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.examples import audit_results, audited, pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from workbench.audit import resultfile
from workbench.audit.comparison import compared
from workbench.basics.errors import DataRefused
from workbench.isolation import runner
from workbench.services import Workspace
from workbench.worker import drain

BrowserOf = Callable[[str], Browser]
CHART = "comparison/sex/points"


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    """The jailed process compares as the real one does; its chart is a box."""

    def run(_: str, folder: Path, arguments: Mapping[str, object], **__: object) -> object:
        before, after = (
            resultfile.read((folder / str(arguments[side])).read_bytes())
            for side in ("before", "after")
        )
        return {
            "result": compared(before, after).model_dump(mode="json"),
            "charts": {CHART: {"de": audited.SVG, "en": audited.SVG}},
            "words": {CHART: audited.WORDS.model_dump(mode="json")},
        }

    monkeypatch.setattr(runner, "run", run)


@pytest.fixture
def two(workspace: Workspace, cast: Cast, system_id: str) -> tuple[str, str]:
    """The ids of an earlier and a later finished audit."""
    first = audited.finished(workspace, cast.alice, system_id, audit_results.classification())
    second = audited.finished(
        workspace, cast.alice, system_id, audit_results.classification(p=0.5), b"new"
    )
    return first, second


@pytest.mark.usefixtures("works")
@pytest.mark.parametrize("name", ["alice", "dora"])
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_it_works(
    two: tuple[str, str], browser_of: BrowserOf, workspace: Workspace, name: str, language: str
) -> None:
    """From the audit's page over the choice and the waiting to table, chart and its text."""
    earlier, later = two
    browser, address = browser_of(name), f"/audits/{later}/compare"
    assert address in pages.links(browser.page(f"/audits/{later}"))
    html = browser.page(f"{address}?lang={language}")
    assert pages.problems(html) == []
    assert f'value="{earlier}"' in html
    assert f'value="{later}"' not in html
    answer = browser.post(f"{address}?lang={language}", {"before": earlier})
    assert answer.status_code == 303
    assert "<progress" in browser.page(answer.location)
    piece = browser.get(answer.location, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in piece
    drain(workspace)
    html = browser.page(answer.location)
    assert pages.problems(html) == []
    assert "<table" in html
    picture = next(one for one in pages.elements(html) if "chart" in one.get("class", "").split())
    assert audited.WORDS.text[language] in picture.attrib["alt"]
    assert browser.get(picture.attrib["src"]).get_data(as_text=True) == audited.SVG


def test_alone_there_is_nothing_to_compare(
    workspace: Workspace, cast: Cast, system_id: str, browser_of: BrowserOf
) -> None:
    """With one finished audit the page says what a comparison is for, and asks nothing."""
    result = audit_results.classification()
    only = audited.finished(workspace, cast.alice, system_id, result)
    audited.unfinished(workspace, cast.alice, system_id, "waiting")
    html = browser_of("alice").page(f"/audits/{only}/compare")
    assert pages.problems(html) == []
    assert 'name="before"' not in html


def test_a_link_asks_for_nothing(two: tuple[str, str], browser_of: BrowserOf) -> None:
    """Opening the page of a comparison that nobody asked for starts no work; it offers to."""
    earlier, later = two
    html = browser_of("alice").page(f"/audits/{later}/compare?with={earlier}")
    assert pages.problems(html) == []
    assert "<progress" not in html
    assert f'value="{earlier}" selected' in html


@pytest.mark.parametrize("before", ["", "self"])
def test_a_wrong_choice_is_told(two: tuple[str, str], browser_of: BrowserOf, before: str) -> None:
    """Nothing chosen, or the audit itself: told beside the field."""
    _, later = two
    sent = later if before else ""
    answer = browser_of("alice").post(f"/audits/{later}/compare", {"before": sent})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert 'href="#before"' in html


def test_what_one_may_not_read_is_not_found(two: tuple[str, str], browser_of: BrowserOf) -> None:
    """Nonsense cannot be compared with, and a stranger finds no comparison at all."""
    address = f"/audits/{two[1]}/compare"
    for wrong in ("0" * 32, "x"):
        assert browser_of("alice").get(f"{address}?with={wrong}").status_code == 404
        assert browser_of("alice").post(address, {"before": wrong}).status_code == 404
    assert browser_of("charlie").get(address).status_code == 404
    assert browser_of("charlie").post(address, {"before": two[0]}).status_code == 404


def test_a_refusal_is_told(
    two: tuple[str, str],
    browser_of: BrowserOf,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What cannot be compared says why; another audit can be chosen."""

    def refuse(*_: object, **__: object) -> object:
        raise DataRefused("No {n}.", n=1)

    monkeypatch.setattr(runner, "run", refuse)
    earlier, later = two
    page = browser_of("alice").post(f"/audits/{later}/compare", {"before": earlier}).location
    drain(workspace)
    html = browser_of("alice").page(page)
    assert pages.problems(html) == []
    assert "No 1." in html
    assert 'name="before"' in html


@pytest.mark.usefixtures("works")
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_another_system_can_be_chosen(
    two: tuple[str, str], browser_of: BrowserOf, workspace: Workspace, cast: Cast, language: str
) -> None:
    """The choice names the other system, and so does the page of the comparison."""
    other = audited.elsewhere(workspace, cast)
    browser, address = browser_of("alice"), f"/audits/{two[1]}/compare"
    html = browser.page(f"{address}?lang={language}")
    assert "Anderes System: " in html
    there = browser.post(f"{address}?lang={language}", {"before": other}).location
    drain(workspace)
    read = browser.page(f"{there}&lang={language}")
    assert pages.problems(read) == []
    heading = next(one for one in pages.elements(read) if one.tag == "h1")
    assert "Anderes System" in "".join(heading.itertext())
    assert "<td" in read
