"""Data that wait for a plan: read wrongly, they are read again; unused, they can be discarded."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.examples import audited
from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.services.test_audits import INSPECTION, MODEL, PLAN, TABLE, inspected, kept, receive
from workbench.audit.intake.dialects import AMBIGUOUS, NUL_BYTES
from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import DataRefused, Forbidden, NotFound, WrongState
from workbench.isolation import runner
from workbench.services import Workspace, audits, datasets
from workbench.storage.audits import Dataset
from workbench.storage.jobs import Job
from workbench.worker import drain

DIALECT = Dialect(encoding="cp1252", delimiter="|", decimal=".")


def test_it_works(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker gets the dialect, and what it then finds takes the place of the first reading."""
    asked = []

    def look(_: str, __: Path, arguments: Mapping[str, object], **___: object) -> object:
        asked.append(arguments)
        return INSPECTION | {"dialect": DIALECT.model_dump()}

    monkeypatch.setattr(runner, "run", look)
    key = receive(workspace, cast, system_id)
    drain(workspace)
    datasets.reread(workspace, cast.bob, key, DIALECT)
    view = audits.dataset(workspace, cast.alice, key)
    assert (view.dataset.state, view.inspection) == ("waiting", None)
    drain(workspace)
    assert [one.get("dialect") for one in asked] == [None, DIALECT.model_dump()]
    view = audits.dataset(workspace, cast.alice, key)
    assert view.inspection is not None
    assert (view.dataset.state, view.inspection.dialect) == ("ready", DIALECT)
    datasets.reread(workspace, cast.bob, key, DIALECT)  # as often as it takes


def test_a_dialect_that_does_not_fit_keeps_the_file(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is told, the table stays, and the next dialect can be tried."""
    key = inspected(workspace, cast, system_id)

    def refuse(*_: object, **__: object) -> dict[str, object]:
        raise DataRefused("No.")

    monkeypatch.setattr(runner, "run", refuse)
    datasets.reread(workspace, cast.alice, key, DIALECT)
    drain(workspace)
    view = audits.dataset(workspace, cast.alice, key)
    assert (view.dataset.state, view.kept) == ("refused", True)
    assert len(kept(workspace)) == 1
    monkeypatch.setattr(runner, "run", lambda *_, **__: INSPECTION)
    datasets.reread(workspace, cast.alice, key, DIALECT)
    drain(workspace)
    assert audits.dataset(workspace, cast.alice, key).dataset.state == "ready"


@pytest.mark.parametrize(
    ("message", "stays"),
    [(AMBIGUOUS, True), (NUL_BYTES, False)],  # the twin: there is nothing to say about it
)
def test_doubtful_numbers_keep_the_file(
    workspace: Workspace,
    cast: Cast,
    system_id: str,
    monkeypatch: pytest.MonkeyPatch,
    message: str,
    stays: bool,
) -> None:
    """Only a person can say what the point in 1.500 is, so the table stays until then."""

    def refuse(*_: object, **__: object) -> dict[str, object]:
        raise DataRefused(message, example="1.500", column="rent", sign=".")

    monkeypatch.setattr(runner, "run", refuse)
    key = receive(workspace, cast, system_id)
    drain(workspace)
    view = audits.dataset(workspace, cast.alice, key)
    assert (view.dataset.state, view.kept) == ("refused", stays)


def test_what_cannot_be_read_anew(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """Not while it is being read, not without the file, not a table that is no text."""
    waiting = receive(workspace, cast, system_id)
    gone = inspected(workspace, cast, system_id, TABLE + b"1;0;f\n")
    workspace.files.drop(audits.dataset(workspace, cast.alice, gone).dataset.sha256)
    parquet = inspected(workspace, cast, system_id)
    with workspace.database.transaction() as session:
        row = session.get_one(Dataset, parquet)
        row.inspection = {**INSPECTION, "kind": "parquet", "dialect": None}
        session.add(row)
    for key in (waiting, gone, parquet):
        with pytest.raises(WrongState):
            datasets.reread(workspace, cast.alice, key, DIALECT)


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not(
    workspace: Workspace, cast: Cast, system_id: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing, other roles are refused; the data stay as they were read."""
    key = audited.handed_in(workspace, cast.alice, system_id)
    with pytest.raises(error):
        datasets.reread(workspace, getattr(cast, name), key, DIALECT)
    assert audits.dataset(workspace, cast.alice, key).dataset.state == "ready"


def test_discarding_deletes_row_and_files(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """A data set that no audit uses can be deleted, and nothing of it stays."""
    key = receive(workspace, cast, system_id, model=MODEL)
    assert datasets.discard(workspace, cast.bob, key) == system_id
    assert kept(workspace) == set()
    with pytest.raises(NotFound):
        audits.dataset(workspace, cast.alice, key)
    drain(workspace)  # the job that waited for it finds nothing to do
    assert [job.state for job in rows(workspace, Job)] == ["done"]


def test_discarding_spares_what_another_data_set_uses(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """The same table handed in twice: deleting one leaves the other whole."""
    one, two = (receive(workspace, cast, system_id) for _ in range(2))
    datasets.discard(workspace, cast.alice, one)
    assert workspace.files.read(audits.dataset(workspace, cast.alice, two).dataset.sha256) == TABLE


def test_audited_data_stay(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """What an audit rests on cannot be deleted."""
    key = inspected(workspace, cast, system_id)
    audits.plan(workspace, cast.alice, key, PLAN)
    with pytest.raises(WrongState, match="uses these data"):
        datasets.discard(workspace, cast.alice, key)
    assert len(kept(workspace)) == 1
