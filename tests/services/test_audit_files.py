"""Files of an audit: the report for whoever reads it, the whole result only for the team."""

import hashlib

import pytest

from tests.examples import audit_results, audited
from tests.examples.cast import Cast
from tests.examples.rows import rows
from workbench.audit import resultfile
from workbench.audit.results import AuditResult
from workbench.basics.errors import Forbidden, NotFound, WrongState
from workbench.reporting import audit as document
from workbench.reporting.audit import Fixed
from workbench.services import Workspace, audit_files, audits
from workbench.storage import jobs
from workbench.storage.audits import Audit
from workbench.storage.jobs import Job
from workbench.worker import drain


@pytest.fixture
def audit_id(workspace: Workspace, cast: Cast, system_id: str) -> str:
    """A finished audit whose report nobody has asked for."""
    return audited.finished(workspace, cast.alice, system_id, audit_results.classification())


def test_the_result_is_what_was_computed(workspace: Workspace, cast: Cast, audit_id: str) -> None:
    """The file reads back as exactly the stored result, small groups included."""
    file = audit_files.result(workspace, cast.bob, audit_id)
    stored = rows(workspace, Audit)[0].result
    assert resultfile.read(file.content) == AuditResult.model_validate(stored)
    assert not resultfile.read(file.content).is_published
    assert file.name == "audit-1-result.json"
    assert audit_files.result(workspace, cast.alice, audit_id) == file


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_have_the_result(
    workspace: Workspace, cast: Cast, audit_id: str, name: str, error: type[Exception]
) -> None:
    """It holds small groups: not for the board, the administration or another team."""
    with pytest.raises(error):
        audit_files.result(workspace, getattr(cast, name), audit_id)


def test_without_a_result_there_is_no_file(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """A waiting and a refused audit have neither result nor report."""
    for state in ("waiting", "refused"):
        key = audited.unfinished(workspace, cast.alice, system_id, state)
        with pytest.raises(NotFound):
            audit_files.result(workspace, cast.alice, key)
        with pytest.raises(NotFound):
            audit_files.report(workspace, cast.alice, key, "de")
        with pytest.raises(WrongState):
            audit_files.ask_for_report(workspace, cast.alice, key)


def test_a_stranger_cannot_ask(workspace: Workspace, cast: Cast, audit_id: str) -> None:
    """Whoever may not read the audit cannot have its report made."""
    with pytest.raises(NotFound):
        audit_files.ask_for_report(workspace, cast.charlie, audit_id)
    assert rows(workspace, Job) == []


def test_the_report_is_made_of_what_may_be_published(
    workspace: Workspace, cast: Cast, audit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both languages, with the charts of each; the board reads it, a stranger finds nothing."""
    seen = []

    def draw(
        result: AuditResult, language: str, charts: dict[str, str], *, fixed: Fixed | None
    ) -> bytes:
        assert fixed is not None
        seen.append((result.is_published, language, charts, fixed.by))
        return b"%PDF-" + language.encode()

    monkeypatch.setattr(document, "audit_pdf", draw)
    for _ in range(2):
        audit_files.ask_for_report(workspace, cast.dora, audit_id)
    with pytest.raises(NotFound):
        audit_files.report(workspace, cast.dora, audit_id, "de")
    drain(workspace)
    charts = {"rate/sex/selection_rate": audited.SVG}
    assert seen == [(True, language, charts, "Tiefbauamt") for language in ("de", "en")]
    file = audit_files.report(workspace, cast.dora, audit_id, "en")
    assert (file.name, file.content) == ("audit-1-en.pdf", b"%PDF-en")
    with pytest.raises(NotFound):
        audit_files.report(workspace, cast.charlie, audit_id, "en")
    with pytest.raises(NotFound):
        audit_files.report(workspace, cast.dora, audit_id, "fr")


def test_a_report_that_kills_its_workers_is_buried(
    workspace: Workspace, cast: Cast, audit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After three workers died over it, the fourth gives up; the audit itself stays as it is."""
    monkeypatch.setattr(document, "audit_pdf", lambda *_, **__: pytest.fail("tried"))
    audit_files.ask_for_report(workspace, cast.alice, audit_id)
    with workspace.database.transaction() as session:
        job = jobs.of(session, "report", audit_id)
        assert job is not None
        job.attempts = jobs.ATTEMPTS
        session.add(job)
    drain(workspace)
    assert [job.state for job in rows(workspace, Job)] == ["dead"]
    assert rows(workspace, Audit)[0].state == "done"


def test_a_chart_is_no_way_to_other_files(workspace: Workspace, cast: Cast, audit_id: str) -> None:
    """The audit's own chart is found by its hash; the table by its hash is not."""
    chart = hashlib.sha256(audited.SVG.encode()).hexdigest()
    assert audit_files.chart(workspace, cast.dora, audit_id, chart) == audited.SVG.encode()
    with pytest.raises(NotFound):
        audit_files.chart(workspace, cast.alice, audit_id, hashlib.sha256(b"a;b\n").hexdigest())


@pytest.mark.parametrize("name", ["dora", "frida"])
@pytest.mark.parametrize("drawn", [audited.ROW_SVG, audited.SWARM_SVG])
def test_the_charts_of_single_people_are_for_the_team(
    workspace: Workspace, cast: Cast, system_id: str, drawn: str, name: str
) -> None:
    """They tell about one person each: the team sees them, whoever may read the rest does not."""
    result = audit_results.explained()
    audit_id = audited.finished(workspace, cast.alice, system_id, result)
    chart = hashlib.sha256(drawn.encode()).hexdigest()
    assert audit_files.chart(workspace, cast.bob, audit_id, chart) == drawn.encode()
    with pytest.raises(NotFound):
        audit_files.chart(workspace, getattr(cast, name), audit_id, chart)


def test_no_edition_knows_the_charts_of_single_people(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """Neither what is published of the result nor its list of charts, nor the downloaded file."""
    audit_id = audited.finished(workspace, cast.alice, system_id, audit_results.explained())
    view = audits.view(workspace, cast.alice, audit_id)
    assert view.entry is not None
    assert view.whole is not None
    assert {"row/17", "swarm"} <= set(view.whole.charts)
    assert view.whole.explanation is not None
    assert view.whole.explanation.swarms
    assert view.entry.result.explanation is not None
    assert view.entry.result.explanation.swarms == ()
    assert set(view.entry.charts) == {audited.CHART}
    assert set(view.entry.result.charts) == {audited.CHART}
    assert b"row/17" not in audit_files.result(workspace, cast.alice, audit_id).content
