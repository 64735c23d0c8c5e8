"""A result computed elsewhere becomes an audit that says so, or is refused and leaves nothing."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.examples import audit_results, audited
from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.services.test_audits import INSPECTION, kept, receive
from workbench.audit import resultfile
from workbench.audit.results import AuditResult
from workbench.audit.words import caveats
from workbench.basics.errors import DataRefused, Forbidden, InvalidInput, NotFound, TooLarge
from workbench.isolation import runner
from workbench.reporting import audit as document
from workbench.services import Workspace, audit_files, audit_imports, audits
from workbench.storage.audits import Audit
from workbench.storage.jobs import Job
from workbench.worker import drain

SVG = {"de": "<svg>de</svg>", "en": "<svg>en</svg>"}


@pytest.fixture
def result() -> AuditResult:
    """A result as the command line writes it."""
    return audit_results.classification()


@pytest.fixture(autouse=True)
def jail(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Mapping[str, object], set[str]]]:
    """What the jailed process was asked; it answers as the real one does, without drawing."""
    asked = []

    def run(task: str, folder: Path, arguments: Mapping[str, object], **_: object) -> object:
        if "result" not in arguments:
            return INSPECTION
        asked.append((task, arguments, {file.name for file in folder.iterdir()}))
        found = resultfile.read((folder / str(arguments["result"])).read_bytes())
        told = caveats.described(found, imported=True)
        return {"result": told.model_dump(mode="json"), "charts": {"rate/x": SVG}, "rows": {}}

    monkeypatch.setattr(runner, "run", run)
    monkeypatch.setattr(document, "audit_pdf", imported_pdf)
    return asked


def imported_pdf(*_: object, fixed: object) -> bytes:
    """A report that knows no time at which the plan was fixed."""
    assert fixed is None
    return b"%PDF-"


def import_result(workspace: Workspace, cast: Cast, system_id: str, content: bytes) -> str:
    """Alice imports a result."""
    return audit_imports.receive(workspace, cast.alice, system_id, io.BytesIO(content))


def test_it_works(
    workspace: Workspace, cast: Cast, system_id: str, result: AuditResult, jail: list[Any]
) -> None:
    """The file is kept, the sealed-off process describes it, the audit says where it is from."""
    key = import_result(workspace, cast, system_id, resultfile.write(result))
    view = audits.view(workspace, cast.bob, key)
    assert (view.audit.origin, view.audit.state, view.dataset) == ("imported", "waiting", None)
    assert view.plan == result.provenance.plan
    assert workspace.files.read(view.audit.file) == resultfile.write(result)
    drain(workspace)
    assert jail == [("workbench.audit.tasks:described", {"result": "result.json"}, {"result.json"})]
    view = audits.view(workspace, cast.dora, key)
    assert view.audit.state == "done"
    assert view.entry is not None
    said = [one for one in view.entry.result.findings if "imported" in one.id]
    assert [(one.id, one.kind, one.text["en"]) for one in said] == [
        ("imported", "caveat", caveats.IMPORTED)
    ]
    assert list(workspace.scratch.iterdir()) == []


def test_a_result_that_was_changed_is_refused(
    workspace: Workspace, cast: Cast, system_id: str, result: AuditResult
) -> None:
    """Other than written, half a file, no result at all: refused beside the field, nothing kept."""
    whole = resultfile.write(result)
    for broken in (whole[: len(whole) // 2], b"{}", b"[]", b"\xff\xfe", b"sex;age\n1;2\n"):
        with pytest.raises(InvalidInput) as caught:
            import_result(workspace, cast, system_id, broken)
        assert set(caught.value.fields) == {"result"}
    assert kept(workspace) == set()
    assert rows(workspace, Audit) == []
    import_result(workspace, cast, system_id, whole)  # twin


def test_an_empty_or_too_large_file_is_refused(
    workspace: Workspace,
    cast: Cast,
    system_id: str,
    result: AuditResult,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is kept of either."""
    whole = resultfile.write(result)
    with pytest.raises(InvalidInput, match="empty"):
        import_result(workspace, cast, system_id, b"")
    monkeypatch.setattr(audit_imports, "RESULT_LIMIT", len(whole) - 1)
    with pytest.raises(TooLarge):
        import_result(workspace, cast, system_id, whole)
    assert kept(workspace) == set()
    assert rows(workspace, Job) == []


def test_the_same_result_is_imported_once(
    workspace: Workspace, cast: Cast, system_id: str, result: AuditResult
) -> None:
    """A second import names the audit that the file already is; another system may have it."""
    whole = resultfile.write(result)
    import_result(workspace, cast, system_id, whole)
    with pytest.raises(InvalidInput, match="audit 1"):
        import_result(workspace, cast, system_id, whole)
    assert len(rows(workspace, Audit)) == 1
    assert len(kept(workspace)) == 1
    import_result(workspace, cast, examples.register(workspace, cast, "Zweites System"), whole)


def test_another_layout_is_the_same_result(
    workspace: Workspace, cast: Cast, system_id: str, result: AuditResult
) -> None:
    """Indented, with the keys in another order: what the file says counts; twin: other numbers."""
    import_result(workspace, cast, system_id, resultfile.write(result))
    content = json.loads(resultfile.write(result))
    again = json.dumps(dict(reversed(content.items())), indent=2).encode()
    for _ in range(2):  # while it waits for the worker, and once it is described
        with pytest.raises(InvalidInput, match="audit 1"):
            import_result(workspace, cast, system_id, again)
        drain(workspace)
    origin = result.provenance.model_copy(update={"rows": result.provenance.rows + 1})
    other = resultfile.write(result.model_copy(update={"provenance": origin}))
    import_result(workspace, cast, system_id, other)
    assert len(rows(workspace, Audit)) == 2
    assert len(kept(workspace) & {one.file for one in rows(workspace, Audit)}) == 2


def test_the_own_download_is_no_import(
    workspace: Workspace, cast: Cast, system_id: str, result: AuditResult
) -> None:
    """What this workbench computed and handed out is the audit that it is already."""
    key = audited.finished(workspace, cast.alice, system_id, result)
    own = audit_files.result(workspace, cast.alice, key).content
    with pytest.raises(InvalidInput, match="audit 1") as caught:
        import_result(workspace, cast, system_id, own)
    assert set(caught.value.fields) == {"result"}
    audited.unfinished(workspace, cast.alice, system_id, "waiting")
    import_result(workspace, cast, system_id, resultfile.write(result))  # twin: without its charts


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_import(
    workspace: Workspace, cast: Cast, system_id: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing, other roles are refused, before a byte is kept."""
    source = io.BytesIO(b"{}")
    with pytest.raises(error):
        audit_imports.receive(workspace, getattr(cast, name), system_id, source)
    assert source.tell() == 0
    assert kept(workspace) == set()


def test_a_refusal_of_the_sealed_off_process_is_told(
    workspace: Workspace,
    cast: Cast,
    system_id: str,
    result: AuditResult,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The audit says why there is no result; no report is made."""

    def refuse(*_: object, **__: object) -> dict[str, object]:
        raise DataRefused("No.")

    monkeypatch.setattr(runner, "run", refuse)
    key = import_result(workspace, cast, system_id, resultfile.write(result))
    drain(workspace)
    audit = audits.view(workspace, cast.alice, key).audit
    assert (audit.state, audit.refusal) == ("refused", {"message": "No.", "values": {}})
    assert [job.kind for job in rows(workspace, Job)] == ["audit"]


def test_the_same_table_here_is_noticed(
    workspace: Workspace, cast: Cast, system_id: str, result: AuditResult
) -> None:
    """Once a table with the fingerprint in the result is handed in, the audit knows it."""
    other, same = b"other", b"sex;age\n"
    here = receive(workspace, cast, system_id, same)
    receive(workspace, cast, system_id, other)
    origin = result.provenance.model_copy(
        update={"data_sha256": audits.dataset(workspace, cast.alice, here).dataset.sha256}
    )
    known = result.model_copy(update={"provenance": origin})
    imported = import_result(workspace, cast, system_id, resultfile.write(known))
    foreign = import_result(workspace, cast, system_id, resultfile.write(result))
    drain(workspace)
    found = audits.view(workspace, cast.alice, imported).dataset
    assert found is not None
    assert found.id == here
    assert audits.view(workspace, cast.alice, foreign).dataset is None
    assert audits.dataset(workspace, cast.alice, here).is_planned


def test_whoever_sent_a_result_has_it(
    workspace: Workspace, cast: Cast, system_id: str, result: AuditResult
) -> None:
    """The data file of an import is not handed out again as if it were the workbench's own."""
    key = import_result(workspace, cast, system_id, resultfile.write(result))
    drain(workspace)
    with pytest.raises(NotFound):
        audit_files.result(workspace, cast.alice, key)
    audit_files.ask_for_report(workspace, cast.dora, key)
    drain(workspace)
    assert audit_files.report(workspace, cast.dora, key, "de").content == b"%PDF-"
