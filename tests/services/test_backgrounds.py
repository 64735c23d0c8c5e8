"""A background beside a model: judged at the door, kept with it, given to every run of a plan."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.services.test_audits import INSPECTION, MODEL, PLAN, TABLE, kept
from workbench.audit.intake import content
from workbench.audit.plan import NO_MODEL
from workbench.basics.errors import DataRefused, InvalidInput, TooLarge
from workbench.isolation import runner
from workbench.services import Workspace, audits, datasets
from workbench.storage.audits import Dataset
from workbench.storage.uploads import EMPTY_FILE
from workbench.worker import drain

BEHIND = b"age;income\n31;1999,5\n"


def receive(
    workspace: Workspace, cast: Cast, system_id: str, behind: bytes = BEHIND, model: bytes = MODEL
) -> str:
    """Alice hands in a table, a model and a background."""
    return datasets.receive(
        workspace,
        cast.alice,
        system_id,
        data=io.BytesIO(TABLE),
        name="kredite.csv",
        model=io.BytesIO(model) if model else None,
        model_name="modell.txt",
        background=io.BytesIO(behind),
        background_name="training.csv",
    )


def test_it_works(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """It is kept whole under its fingerprint, and its name stands with the data."""
    key = receive(workspace, cast, system_id)
    row = audits.dataset(workspace, cast.bob, key).dataset
    assert row.background_name == "training.csv"
    assert row.background_sha256 == hashlib.sha256(BEHIND).hexdigest()
    assert workspace.files.read(row.background_sha256) == BEHIND
    assert set(row.files.values()) == kept(workspace)


def test_without_a_model_it_is_refused(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """Before a byte is kept, with the sentence of the command line; with the model it is taken."""
    with pytest.raises(InvalidInput) as refused:
        receive(workspace, cast, system_id, model=b"")
    assert refused.value.fields == {"background": NO_MODEL}
    assert (kept(workspace), rows(workspace, Dataset)) == (set(), [])
    receive(workspace, cast, system_id)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (b"%PDF-1.7 ...", content.PDF),
        (b"\x80\x04\x95\x00\x00.", content.PICKLE),
        (b'{"learner": {}}', content.MARKUP),
        (b"", EMPTY_FILE),
    ],
    ids=["pdf", "pickle", "a model in its place", "empty"],
)
def test_what_is_no_table_is_refused_at_the_door(
    workspace: Workspace, cast: Cast, system_id: str, wrong: bytes, message: str
) -> None:
    """By its first bytes, not by its name; nothing is kept of what came with it."""
    with pytest.raises(InvalidInput) as refused:
        receive(workspace, cast, system_id, wrong)
    assert refused.value.fields == {"background": message}
    assert (kept(workspace), rows(workspace, Dataset)) == (set(), [])


@pytest.mark.parametrize("right", [BEHIND, b"PAR1" + bytes(9_000)], ids=["csv", "parquet"])
def test_what_may_be_a_table_is_kept_from_its_first_byte(
    workspace: Workspace, cast: Cast, system_id: str, right: bytes
) -> None:
    """Twin: the look at the door takes nothing away; the worker judges the rest."""
    row = audits.dataset(workspace, cast.bob, receive(workspace, cast, system_id, right)).dataset
    assert workspace.files.read(row.background_sha256) == right


def test_too_large_keeps_nothing(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte over the limit is refused by name; at the limit it is taken."""
    monkeypatch.setattr(datasets, "BACKGROUND_LIMIT", len(BEHIND))
    with pytest.raises(TooLarge) as refused:
        receive(workspace, cast, system_id, BEHIND + b"\n")
    assert refused.value.values["field"] == "background"
    assert (kept(workspace), rows(workspace, Dataset)) == (set(), [])
    receive(workspace, cast, system_id)


def test_it_goes_when_the_data_go(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """Discarding deletes it, unless something else keeps the same content: here, as a table."""
    first, second = (receive(workspace, cast, system_id) for _ in range(2))
    datasets.discard(workspace, cast.bob, first)
    assert hashlib.sha256(BEHIND).hexdigest() in kept(workspace)
    table = datasets.receive(
        workspace, cast.alice, system_id, data=io.BytesIO(BEHIND), name="same.csv"
    )
    datasets.discard(workspace, cast.bob, second)
    assert kept(workspace) == {hashlib.sha256(BEHIND).hexdigest()}
    datasets.discard(workspace, cast.bob, table)
    assert kept(workspace) == set()


def test_it_goes_when_the_table_is_refused(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no audit can use is not kept, whichever of the files it is."""

    def refuse(*_: object, **__: object) -> dict[str, object]:
        raise DataRefused("No.")

    monkeypatch.setattr(runner, "run", refuse)
    key = receive(workspace, cast, system_id)
    drain(workspace)
    assert audits.dataset(workspace, cast.alice, key).dataset.state == "refused"
    assert kept(workspace) == set()


def test_every_plan_for_the_data_is_run_with_it(
    workspace: Workspace, cast: Cast, system_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The jailed process finds all files in its folder, also when it is planned again."""
    seen: list[dict[str, bytes]] = []

    def run(task: str, folder: Path, arguments: Mapping[str, object], **_: object) -> object:
        if task.endswith(":inspect"):
            return INSPECTION
        parts = ("data", "model", "background")
        seen.append({part: (folder / str(arguments[part])).read_bytes() for part in parts})
        raise DataRefused("Enough seen.", about="background")

    monkeypatch.setattr(runner, "run", run)
    key = receive(workspace, cast, system_id)
    drain(workspace)
    for number in (1, 2):
        audit = audits.plan(workspace, cast.bob, key, PLAN)
        drain(workspace)
        assert seen == [{"data": TABLE, "model": MODEL, "background": BEHIND}] * number
        view = audits.view(workspace, cast.alice, audit)
        assert view.audit.refusal == {
            "message": "Enough seen.",
            "values": {"about": "background"},
        }
        assert view.dataset is not None
        assert view.dataset.id == key
