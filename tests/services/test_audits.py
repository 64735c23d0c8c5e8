"""Handing in data: kept whole or not at all, and planned only when the worker has read them."""

import hashlib
import io
from pathlib import Path

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from workbench.audit.plan import AuditPlan
from workbench.audit.provenance import plan_hash
from workbench.basics.errors import (
    Busy,
    DataRefused,
    Forbidden,
    InvalidInput,
    NotFound,
    TooLarge,
    WrongState,
)
from workbench.isolation import runner
from workbench.services import Workspace, audit_files, audit_runs, audits, datasets
from workbench.storage import jobs, journal
from workbench.storage.audits import Audit, Dataset
from workbench.storage.files import Files
from workbench.storage.jobs import Job
from workbench.worker import drain

TABLE = b"paid;predicted;sex\n1;1;f\n0;1;m\n"
MODEL = b"tree\nversion=v4\n"
PLAN = AuditPlan(
    outcome="paid", positive="1", prediction="predicted", attributes=("sex",), reason="Weil."
)
COLUMN = {"kind": "text", "distinct": 2, "missing": 0, "frequent": []}
INSPECTION: dict[str, object] = {
    "kind": "csv",
    "dialect": {"encoding": "utf-8-sig", "delimiter": ";", "decimal": ","},
    "rows": 2,
    "columns": [{"name": name, **COLUMN} for name in ("paid", "predicted", "sex")],
    "head": [["1", "1", "f"]],
    "sha256": hashlib.sha256(TABLE).hexdigest(),
    "size": len(TABLE),
}


def receive(
    workspace: Workspace, cast: Cast, system_id: str, content: bytes = TABLE, model: bytes = b""
) -> str:
    """Alice hands in a table."""
    return datasets.receive(
        workspace,
        cast.alice,
        system_id,
        data=io.BytesIO(content),
        name="kredite.csv",
        model=io.BytesIO(model) if model else None,
        model_name="modell.txt",
    )


def inspected(workspace: Workspace, cast: Cast, system_id: str, content: bytes = TABLE) -> str:
    """A data set that the worker has read, as its row says."""
    key = receive(workspace, cast, system_id, content)
    with workspace.database.transaction() as session:
        row = session.get_one(Dataset, key)
        row.state, row.inspection = "ready", INSPECTION
        session.add(row)
    return key


def kept(workspace: Workspace) -> set[str]:
    """The names of all kept files."""
    folder = workspace.files.folder
    return {file.name for file in folder.iterdir()} if folder.exists() else set()


def test_it_works(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """Table and model are kept under their fingerprints, and the worker has a job."""
    key = receive(workspace, cast, system_id, model=MODEL)
    view = audits.dataset(workspace, cast.bob, key)
    assert (view.dataset.name, view.dataset.model_name) == ("kredite.csv", "modell.txt")
    assert (view.dataset.state, view.inspection) == ("waiting", None)
    assert view.job is not None
    assert view.job.state == "queued"
    assert workspace.files.read(view.dataset.sha256) == TABLE
    assert workspace.files.read(view.dataset.model_sha256) == MODEL


@pytest.mark.parametrize(("data", "model"), [(len(TABLE) - 1, 100), (100, len(MODEL) - 1)])
def test_too_large_keeps_nothing(
    workspace: Workspace,
    cast: Cast,
    system_id: str,
    monkeypatch: pytest.MonkeyPatch,
    data: int,
    model: int,
) -> None:
    """One byte over either limit: no file, no row, no job; a smaller file can follow."""
    with monkeypatch.context() as limits:
        limits.setattr(datasets, "DATA_LIMIT", data)
        limits.setattr(datasets, "MODEL_LIMIT", model)
        with pytest.raises(TooLarge):
            receive(workspace, cast, system_id, model=MODEL)
    assert kept(workspace) == set()
    assert rows(workspace, Dataset) == []
    assert rows(workspace, Job) == []
    receive(workspace, cast, system_id, model=MODEL)


def test_an_empty_file_is_refused(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """Nothing is kept, and the message says what to choose."""
    with pytest.raises(InvalidInput, match="empty"):
        receive(workspace, cast, system_id, b"")
    assert kept(workspace) == set()
    assert rows(workspace, Dataset) == []


def test_a_refused_upload_spares_a_file_that_is_used(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same table with a model that is too large: the first upload keeps its table."""
    key = receive(workspace, cast, system_id)
    monkeypatch.setattr(datasets, "MODEL_LIMIT", 1)
    with pytest.raises(TooLarge):
        receive(workspace, cast, system_id, model=MODEL)
    assert workspace.files.read(audits.dataset(workspace, cast.alice, key).dataset.sha256) == TABLE


def test_a_file_deleted_meanwhile_is_sent_again(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody discards the same content at this very moment: try again, no row without file."""
    monkeypatch.setattr(Files, "holds", lambda files, sha256: vanish(files.folder / sha256))
    with pytest.raises(Busy):
        receive(workspace, cast, system_id)
    assert rows(workspace, Dataset) == []
    assert kept(workspace) == set()


def vanish(file: Path) -> bool:
    """The file is deleted just before it is looked for."""
    file.unlink()
    return file.is_file()


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_hand_in(
    workspace: Workspace, cast: Cast, system_id: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing, other roles are refused, before a byte is kept."""
    source = io.BytesIO(TABLE)
    with pytest.raises(error):
        datasets.receive(workspace, getattr(cast, name), system_id, data=source, name="x.csv")
    assert source.tell() == 0
    assert kept(workspace) == set()


def test_a_stranger_finds_neither_data_nor_audit(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """By its address, a data set or audit of another team reads as one that does not exist."""
    key = inspected(workspace, cast, system_id)
    audit_id = audits.plan(workspace, cast.alice, key, PLAN)
    for act in (
        lambda: audits.dataset(workspace, cast.charlie, key),
        lambda: audits.plan(workspace, cast.charlie, key, PLAN),
        lambda: datasets.discard(workspace, cast.charlie, key),
        lambda: audits.view(workspace, cast.charlie, audit_id),
        lambda: audit_files.chart(workspace, cast.charlie, audit_id, "0" * 64),
        lambda: audits.overview(workspace, cast.charlie, system_id),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_plan_is_fixed_before_any_result(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """The plan is stored with number, person and time while there is no result yet."""
    key = inspected(workspace, cast, system_id)
    first = audits.plan(workspace, cast.bob, key, PLAN)
    second = audits.plan(workspace, cast.bob, key, PLAN, "Andere Gruppen.")
    view = audits.view(workspace, cast.dora, second)
    assert (view.plan, view.audit.number, view.audit.planned_by) == (PLAN, 2, cast.bob.id)
    assert (view.by, view.audit.change) == ("Bob", "Andere Gruppen.")
    assert (view.audit.state, view.entry) == ("waiting", None)
    listed = audits.overview(workspace, cast.alice, system_id)
    assert [row.id for row in listed.audits] == [second, first]
    assert listed.may_run
    assert not audits.overview(workspace, cast.dora, system_id).may_run


def test_the_journal_knows_which_plan_was_fixed(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """By its hash, so that nobody can say later that it was another one."""
    key = inspected(workspace, cast, system_id)
    audit_id = audits.plan(workspace, cast.bob, key, PLAN)
    with workspace.database.reading() as session:
        (entry,) = [one for one in journal.of(session, system_id) if one.action == "audit.plan"]
    stored = AuditPlan.model_validate(rows(workspace, Audit)[0].plan)
    assert entry.detail == {"audit": audit_id, "plan": plan_hash(stored)}


def test_only_read_data_can_be_planned(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """While the worker has not read the table, there is no plan for it."""
    key = receive(workspace, cast, system_id)
    with pytest.raises(WrongState, match="not ready"):
        audits.plan(workspace, cast.alice, key, PLAN)
    assert rows(workspace, Audit) == []


def test_another_plan_for_the_same_data_needs_a_reason(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """Without it no second plan is fixed, also when the same table is sent anew."""
    key, again = (inspected(workspace, cast, system_id) for _ in range(2))
    audits.plan(workspace, cast.alice, key, PLAN)
    for same in (key, again):
        assert audits.dataset(workspace, cast.alice, same).is_planned
        with pytest.raises(InvalidInput) as caught:
            audits.plan(workspace, cast.alice, same, PLAN, "  ")
        assert caught.value.fields == {"change": audits.NO_CHANGE}
    assert len(rows(workspace, Audit)) == 1
    audits.plan(workspace, cast.alice, again, PLAN, "Neue Klassen.")


def test_a_plan_for_other_data_needs_no_reason(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """Twin: for another table, or another system's same table, a plan is the first one."""
    audits.plan(workspace, cast.alice, inspected(workspace, cast, system_id), PLAN)
    other = inspected(workspace, cast, system_id, TABLE + b"1;0;f\n")
    elsewhere = inspected(workspace, cast, examples.register(workspace, cast, "Anderes System"))
    for key in (other, elsewhere):
        view = audits.dataset(workspace, cast.alice, key)
        assert not view.is_planned
        assert [one.same_data for one in view.plans] == [False] * len(view.plans)
        audits.plan(workspace, cast.alice, key, PLAN)


@pytest.mark.parametrize(
    "field", ["outcome", "prediction", "score", "weight", "attributes", "edges", "references"]
)
def test_a_plan_names_columns_of_the_table(
    workspace: Workspace, cast: Cast, system_id: str, field: str
) -> None:
    """A column that is not there is named."""
    key = inspected(workspace, cast, system_id)
    shapes = {"attributes": ("colour",), "edges": {"colour": (1.0,)}, "references": {"colour": "x"}}
    wrong = shapes.get(field, "colour")
    with pytest.raises(InvalidInput, match="colour"):
        audits.plan(workspace, cast.alice, key, PLAN.model_copy(update={field: wrong}))
    assert rows(workspace, Audit) == []


def test_an_unknown_chart_is_not_found(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """The address of a chart does not lead to any other kept file, such as the table itself."""
    key = inspected(workspace, cast, system_id)
    audit_id = audits.plan(workspace, cast.alice, key, PLAN)
    with pytest.raises(NotFound):
        audit_files.chart(workspace, cast.alice, audit_id, hashlib.sha256(TABLE).hexdigest())


def test_what_the_worker_finds_is_stored(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is ready with exactly what the sealed-off process said about it."""
    monkeypatch.setattr(runner, "run", lambda *_, **__: INSPECTION)
    key = receive(workspace, cast, system_id)
    drain(workspace)
    view = audits.dataset(workspace, cast.alice, key)
    assert view.dataset.state == "ready"
    assert view.inspection is not None
    assert view.inspection.model_dump(mode="json") == INSPECTION
    assert list(workspace.scratch.iterdir()) == []


def test_refused_data_leave_the_reason_and_no_file(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says why, the files are gone, and the upload can be repeated."""

    def refuse(*_: object, **__: object) -> dict[str, object]:
        raise DataRefused("Only {n} column.", n=1)

    monkeypatch.setattr(runner, "run", refuse)
    key = receive(workspace, cast, system_id)
    drain(workspace)
    row = audits.dataset(workspace, cast.alice, key).dataset
    assert (row.state, row.refusal) == (
        "refused",
        {"message": "Only {n} column.", "values": {"n": 1}},
    )
    assert kept(workspace) == set()
    receive(workspace, cast, system_id)


def test_data_that_kill_their_workers_are_refused(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """After three workers died over a table, the fourth refuses it instead of dying too."""
    key = receive(workspace, cast, system_id)
    with workspace.database.transaction() as session:
        job = jobs.of(session, "inspect", key)
        assert job is not None
        job.attempts = jobs.ATTEMPTS
        session.add(job)
    drain(workspace)
    row = audits.dataset(workspace, cast.alice, key).dataset
    assert row.refusal == {"message": audit_runs.DIED, "values": {"attempts": 3}}
