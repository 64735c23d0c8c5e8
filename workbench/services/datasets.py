"""What can be done with a handed-in table before it is planned: read anew, discard."""

from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import WrongState
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.storage import access, audits, jobs, journal, uploads
from workbench.storage.audits import Dataset
from workbench.storage.workspace import Workspace


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
