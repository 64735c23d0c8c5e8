"""The page of an audit: its plan above the result, its files below; data can be read anew."""

from collections.abc import Callable

import pytest

from tests.examples import audit_results, audited, pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from workbench.audit import resultfile
from workbench.audit.results import ChartText
from workbench.isolation import runner
from workbench.reporting import audit as document
from workbench.services import Workspace, audits
from workbench.storage import jobs
from workbench.worker import drain

BrowserOf = Callable[[str], Browser]


@pytest.fixture
def address(workspace: Workspace, cast: Cast, system_id: str) -> str:
    """The page of a finished audit."""
    result = audit_results.classification()
    return f"/audits/{audited.finished(workspace, cast.alice, system_id, result)}"


@pytest.mark.parametrize("name", ["alice", "dora", "frida"])
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_the_plan_stands_above_the_result(
    address: str, browser_of: BrowserOf, name: str, language: str
) -> None:
    """Who fixed it, when, its reason, its gaps: everybody reads it before the first finding."""
    html = browser_of(name).page(f"{address}?lang={language}")
    assert pages.problems(html) == []
    above, _, below = html.partition('class="record-check"')
    plan = audit_results.plan()
    assert "Alice" in above
    assert plan.reason in above
    assert below
    told = {"de": "Startzahl", "en": "start number"}[language]
    assert told in above
    assert ("/audits/data/" in above) is (name == "alice")


def test_only_the_team_gets_the_whole_result(address: str, browser_of: BrowserOf) -> None:
    """The link stands on the team's page only; the file is the result, byte for byte."""
    file = f"{address}/result.json"
    answer = browser_of("bob").get(file)
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert not resultfile.read(answer.get_data()).is_published
    assert file in pages.links(browser_of("bob").page(address))
    assert f"/schema/{resultfile.SCHEMA_ID}" in pages.links(browser_of("bob").page(address))
    assert file not in pages.links(browser_of("dora").page(address))
    assert browser_of("dora").get(file).status_code == 403
    assert browser_of("charlie").get(file).status_code == 404


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_the_team_reads_what_it_can_act_on(
    workspace: Workspace, cast: Cast, system_id: str, browser_of: BrowserOf, language: str
) -> None:
    """Small groups stand on the team's page, with a banner; as published and for others not."""
    result = audit_results.classification()
    address = f"/audits/{audited.finished(workspace, cast.alice, system_id, result)}"
    inside = browser_of("alice").page(f"{address}?lang={language}")
    public = browser_of("alice").page(f"{address}?as=public&lang={language}")
    others = [browser_of(name).page(f"{address}?lang={language}") for name in ("dora", "frida")]
    assert ["as=public" in target for target in pages.links(inside)].count(True) == 1
    back = [target for target in pages.links(public) if target.endswith("#results")]
    assert ["as=public" in target for target in back] == [False]
    hidden = {"de": "nicht veröffentlicht", "en": "not published"}[language]
    for html in others:
        assert not [target for target in pages.links(html) if target.endswith("#results")]
        assert html.count(hidden) == public.count(hidden) > inside.count(hidden)
    for html in (inside, public, *others):
        assert pages.problems(html) == []
        assert 'src="/audits/' in html


@pytest.mark.parametrize("language", pages.LANGUAGES)
@pytest.mark.parametrize(
    "chart", [(audited.ROW_WORDS, audited.ROW_SVG), (audited.SWARM_WORDS, audited.SWARM_SVG)]
)
def test_single_people_are_drawn_for_the_team(
    workspace: Workspace,
    cast: Cast,
    system_id: str,
    browser_of: BrowserOf,
    language: str,
    chart: tuple[ChartText, str],
) -> None:
    """The picture of a row or a swarm, with its words, loads on the team's page; on no other."""
    told, drawn = chart
    result = audit_results.explained()
    address = f"/audits/{audited.finished(workspace, cast.alice, system_id, result)}"
    words = f"{told.title[language]}. {told.text[language]}"
    inside = browser_of("alice").page(f"{address}?lang={language}")
    assert pages.problems(inside) == []
    found = [
        one.get("src") or ""
        for one in pages.elements(inside)
        if one.tag == "img" and one.get("alt") == words
    ]
    assert len(found) == 1
    assert browser_of("alice").get(found[0]).get_data(as_text=True) == drawn
    assert browser_of("dora").get(found[0]).status_code == 404
    others = [browser_of(name).page(f"{address}?lang={language}") for name in ("dora", "frida")]
    for html in (browser_of("alice").page(f"{address}?as=public&lang={language}"), *others):
        assert words not in html
        assert found[0] not in html


def test_the_button_for_the_report_stands_in_no_list(address: str, browser_of: BrowserOf) -> None:
    """A button is no item; the links beside it are."""
    parts = [one for one in pages.elements(browser_of("dora").page(address)) if one.tag == "li"]
    inside = [each for part in parts for each in part.iter()]
    assert not [one for one in inside if "/report" in (one.get("action") or "")]
    assert [one for one in inside if "/compare" in (one.get("href") or "")]


def test_the_report_follows(
    address: str, browser_of: BrowserOf, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is made, the page says so; then it is a PDF in the language of the page."""
    monkeypatch.setattr(document, "audit_pdf", lambda _, language, *__, **___: language.encode())
    browser, file = browser_of("dora"), f"{address}/report.pdf"
    assert file not in pages.links(browser.page(address))
    assert browser.get(file).status_code == 404
    done = browser.post(f"{address}/report")
    assert done.status_code == 303
    assert "wird gerade erstellt" in browser.page(address)
    drain(workspace)
    assert file in pages.links(browser.page(address))
    answer = browser.get(f"{file}?lang=en")
    assert (answer.mimetype, answer.get_data()) == ("application/pdf", b"en")
    assert "filename=audit-1-en.pdf" in answer.headers["Content-Disposition"]


def test_a_report_that_failed_is_told(
    address: str, browser_of: BrowserOf, workspace: Workspace
) -> None:
    """A buried job is said in words; nobody waits for it."""
    with workspace.database.transaction() as session:
        jobs.enqueue(session, "report", address.rpartition("/")[2])
        job = jobs.of(session, "report", address.rpartition("/")[2])
        assert job is not None
        job.state = "dead"
        session.add(job)
    html = browser_of("alice").page(address)
    assert pages.problems(html) == []
    assert "Fehlers der Werkbank" in html


def test_the_table_is_read_anew(
    dataset_id: str, browser_of: BrowserOf, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong dialect is corrected on the page; while it is read the page waits."""
    seen = []

    def look(_: str, __: object, arguments: dict[str, object], **___: object) -> object:
        seen.append(arguments["dialect"])
        return audited.INSPECTED

    monkeypatch.setattr(runner, "run", look)
    browser, address = browser_of("alice"), f"/audits/data/{dataset_id}"
    said = {"encoding": "cp1252", "delimiter": "\t", "decimal": "."}
    answer = browser.post(f"{address}/dialect", said)
    assert answer.status_code == 303
    assert "<progress" in browser.page(address)
    drain(workspace)
    assert seen == [said]
    assert pages.problems(browser.page(address)) == []


def test_an_unknown_dialect_is_told(dataset_id: str, browser_of: BrowserOf) -> None:
    """Twin: what is no choice is refused beside its field; the data stay as they are."""
    browser, address = browser_of("alice"), f"/audits/data/{dataset_id}"
    answer = browser.post(f"{address}/dialect", {"encoding": "x", "delimiter": ";", "decimal": ","})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert 'href="#encoding"' in html
    assert "<progress" not in browser.page(address)


def test_what_an_upload_needs_is_said_before(system_id: str, browser_of: BrowserOf) -> None:
    """The formats of models, a table of counts as example, and what is asked next."""
    html = browser_of("alice").page(f"/systems/{system_id}/audits/new")
    assert pages.problems(html) == []
    for word in ("ONNX", "skops", "XGBoost", "LightGBM", "<td", "selected"):
        assert word in html


def test_a_refused_reading_offers_another(
    dataset_id: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """The file is still here, so the page offers the dialect again and no wrong comfort."""
    audited.refuse_reading(workspace, dataset_id)
    html = browser_of("alice").page(f"/audits/data/{dataset_id}")
    assert pages.problems(html) == []
    assert f"/audits/data/{dataset_id}/dialect" in html
    workspace.files.drop(audits.dataset(workspace, cast.alice, dataset_id).dataset.sha256)
    html = browser_of("alice").page(f"/audits/data/{dataset_id}")
    assert f"/audits/data/{dataset_id}/dialect" not in html
