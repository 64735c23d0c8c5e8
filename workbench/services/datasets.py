"""Hand in a table; before it is planned, have it read anew or discard it."""

from typing import BinaryIO

from workbench.audit.intake import content
from workbench.audit.intake.inspection import Dialect
from workbench.audit.plan import NO_MODEL
from workbench.basics import clock
from workbench.basics.errors import Busy, InvalidInput, WrongState
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.storage import access, audits, jobs, journal, uploads
from workbench.storage.audits import Dataset
from workbench.storage.workspace import Workspace

DATA_LIMIT = 200_000_000
MODEL_LIMIT = 100_000_000
BACKGROUND_LIMIT = 100_000_000
NAME_LENGTH = 120


def receive(
    workspace: Workspace,
    actor: Actor,
    system_id: str,
    *,
    data: BinaryIO,
    name: str,
    model: BinaryIO | None = None,
    model_name: str = "",
    background: BinaryIO | None = None,
    background_name: str = "",
) -> str:
    """Keep a table, and perhaps a model and rows that its effects are to be counted from.

    Asks the worker to look at the table; returns the data set's id. Raises TooLarge past 200 MB
    (table) or 100 MB (model, background), InvalidInput for an empty file and for a background
    without a model or that is no table, Busy when somebody deletes the same content at this moment.
    """
    with workspace.database.reading() as session:
        access.system(session, actor, system_id, "audit.run")
    if background is not None:
        _require_background(background, model)
    with (
        uploads.kept(workspace, data, DATA_LIMIT, field="table") as table,
        uploads.kept(workspace, model, MODEL_LIMIT, field="model") as kept,
        uploads.kept(workspace, background, BACKGROUND_LIMIT, field="background") as behind,
        workspace.database.transaction() as session,
    ):
        system = access.system(session, actor, system_id, "audit.run")
        # Somebody may have discarded the same content since; then the upload is to be repeated.
        if not all(workspace.files.holds(name) for name in (table, kept, behind) if name):
            raise Busy(later("The workbench is busy. Try again in a moment."))
        row = Dataset(
            system_id=system.id,
            name=name[-NAME_LENGTH:] or "data",
            sha256=table,
            model_name=model_name[-NAME_LENGTH:] if kept else "",
            model_sha256=kept,
            background_name=background_name[-NAME_LENGTH:] if behind else "",
            background_sha256=behind,
            received_at=clock.now(),
            received_by=actor.id,
        )
        session.add(row)
        session.flush()
        jobs.enqueue(session, "inspect", row.id)
        journal.append(session, actor.id, "audit.receive", system.id, sha256=table)
        return row.id


def _require_background(background: BinaryIO, model: BinaryIO | None) -> None:
    """Refuse at the door what nobody looks at before the plan is fixed; see ``receive``."""
    if model is None:
        raise InvalidInput(NO_MODEL, {"background": NO_MODEL})
    head = background.read(content.HEAD_BYTES)
    background.seek(0)
    if found := content.foreign(head):
        message, values = found
        raise InvalidInput(message, {"background": message}, **values)


def reread(workspace: Workspace, actor: Actor, dataset_id: str, dialect: Dialect) -> None:
    """Have a table of text read again in another way, because it was read wrongly.

    Raises WrongState while it is being read, and when its file is no longer here or is no text.
    """
    with workspace.database.transaction() as session:
        system, row = access.dataset(session, actor, dataset_id, "audit.run")
        if row.state == "waiting" or not _is_text(row) or not workspace.files.holds(row.sha256):
            raise WrongState(later("These data cannot be read in another way now."))
        row.state, row.inspection, row.refusal = "waiting", None, None
        session.add(row)
        if earlier := jobs.of(session, "inspect", row.id):
            session.delete(earlier)
            session.flush()
        jobs.enqueue(session, "inspect", row.id, dialect=dialect.model_dump())
        journal.append(session, actor.id, "audit.reread", system.id, sha256=row.sha256)


def _is_text(row: Dataset) -> bool:
    return not row.inspection or row.inspection["kind"] == "csv"


def discard(workspace: Workspace, actor: Actor, dataset_id: str) -> str:
    """Delete a data set that no audit uses; returns the system's id."""
    with workspace.database.transaction() as session:
        system, row = access.dataset(session, actor, dataset_id, "audit.run")
        if any(audit.dataset_id == row.id for audit in audits.of_system(session, system.id)):
            raise WrongState(later("An audit uses these data. They cannot be deleted."))
        session.delete(row)
        journal.append(session, actor.id, "audit.discard", system.id, sha256=row.sha256)
        # Inside the transaction: nobody can begin to use the file between the question and this.
        for name in row.files.values():
            if not uploads.in_use(session, name, besides=row.id):
                workspace.files.drop(name)
    return system.id
