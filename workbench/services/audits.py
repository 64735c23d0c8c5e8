"""Hand in data, say what the columns are, fix the plan, read the result."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from workbench.audit.intake.inspection import Inspection
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.basics import clock
from workbench.basics.errors import Busy, InvalidInput, NotFound, WrongState
from workbench.basics.text import later
from workbench.disclosure import compose
from workbench.disclosure.record import Audit as AuditEntry
from workbench.governance.roles import TEAM, Actor
from workbench.storage import access, audits, jobs, journal
from workbench.storage.audits import Audit, Dataset
from workbench.storage.jobs import Job
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

DATA_LIMIT = 200_000_000
MODEL_LIMIT = 100_000_000
NAME_LENGTH = 120
EMPTY = sha256(b"").hexdigest()


@dataclass(frozen=True)
class DatasetView:
    """A handed-in table; ``inspection`` once the worker has read it, ``job`` while it waits.

    ``used``: an audit rests on it, so it cannot be discarded.
    """

    system: System
    dataset: Dataset
    inspection: Inspection | None
    job: Job | None
    used: bool


@dataclass(frozen=True)
class AuditView:
    """An audit with its plan, and its result or why there is none."""

    system: System
    audit: Audit
    dataset: Dataset
    plan: AuditPlan
    entry: AuditEntry | None
    job: Job | None


@dataclass(frozen=True)
class AuditsView:
    """The audits and data sets of a system; ``may_run`` whether this person may add one."""

    system: System
    audits: list[Audit]
    datasets: list[Dataset]
    may_run: bool


def overview(workspace: Workspace, actor: Actor, system_id: str) -> AuditsView:
    """The audits of a system and the data sets that wait for a plan."""
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "audit.read")
        return AuditsView(
            system=system,
            audits=audits.of_system(session, system.id),
            datasets=audits.datasets_of(session, system.id),
            may_run=actor.role == TEAM,
        )


def receive(
    workspace: Workspace,
    actor: Actor,
    system_id: str,
    *,
    data: BinaryIO,
    name: str,
    model: BinaryIO | None = None,
    model_name: str = "",
) -> str:
    """Keep a table (and a model) and ask the worker to look at it; returns the data set's id.

    Raises TooLarge past 200 MB (table) or 100 MB (model), InvalidInput for an empty file, Busy
    when somebody deletes the same content at this moment.
    """
    with workspace.database.reading() as session:
        access.system(session, actor, system_id, "audit.run")
    with (
        _kept(workspace, data, DATA_LIMIT) as table,
        _kept(workspace, model, MODEL_LIMIT) as kept,
        workspace.database.transaction() as session,
    ):
        system = access.system(session, actor, system_id, "audit.run")
        # Somebody may have discarded the same content since; then the upload is to be repeated.
        if not all(workspace.files.holds(name) for name in (table, kept) if name):
            raise Busy(later("The workbench is busy. Try again in a moment."))
        row = Dataset(
            system_id=system.id,
            name=name[-NAME_LENGTH:] or "data",
            sha256=table,
            model_name=model_name[-NAME_LENGTH:] if kept else "",
            model_sha256=kept,
            received_at=clock.now(),
            received_by=actor.id,
        )
        session.add(row)
        session.flush()
        jobs.enqueue(session, "inspect", row.id)
        journal.append(session, actor.id, "audit.receive", system.id, sha256=table)
        return row.id


@contextmanager
def _kept(workspace: Workspace, source: BinaryIO | None, limit: int) -> Iterator[str]:
    # Nothing stays behind when the upload is refused or the database says no.
    if source is None:
        yield ""
        return
    name = workspace.files.put(source, limit)
    try:
        if name == EMPTY:
            raise InvalidInput(
                later("The file is empty. Choose a file with a header line and data."),
                {"table": later("The file is empty. Choose a file with a header line and data.")},
            )
        yield name
    except BaseException:
        with workspace.database.transaction() as session:
            if not audits.uses(session, name):
                workspace.files.drop(name)
        raise


def dataset(workspace: Workspace, actor: Actor, dataset_id: str) -> DatasetView:
    """A data set as far as the worker has got with it."""
    with workspace.database.reading() as session:
        system, row = access.dataset(session, actor, dataset_id, "audit.run")
        return DatasetView(
            system=system,
            dataset=row,
            inspection=Inspection.model_validate(row.inspection) if row.inspection else None,
            job=jobs.of(session, "inspect", row.id),
            used=any(one.dataset_id == row.id for one in audits.of_system(session, system.id)),
        )


def discard(workspace: Workspace, actor: Actor, dataset_id: str) -> str:
    """Delete a data set that no audit uses; returns the system's id."""
    with workspace.database.transaction() as session:
        system, row = access.dataset(session, actor, dataset_id, "audit.run")
        if any(audit.dataset_id == row.id for audit in audits.of_system(session, system.id)):
            raise WrongState(later("An audit uses these data. They cannot be deleted."))
        session.delete(row)
        journal.append(session, actor.id, "audit.discard", system.id, sha256=row.sha256)
        names = (row.sha256, row.model_sha256)
        # Inside the transaction: nobody can begin to use the file between the question and this.
        for name in names:
            if not audits.uses(session, name, besides=row.id):
                workspace.files.drop(name)
    return system.id


def plan(workspace: Workspace, actor: Actor, dataset_id: str, plan: AuditPlan) -> str:
    """Fix the plan and ask the worker to run it; returns the audit's id.

    The plan is stored with time and person before any result exists.
    """
    with workspace.database.transaction() as session:
        system, row = access.dataset(session, actor, dataset_id, "audit.run")
        if row.state != "ready" or not row.inspection:
            raise WrongState(later("These data are not ready for an audit."))
        known = {column.name for column in Inspection.model_validate(row.inspection).columns}
        if unknown := {plan.outcome, plan.prediction, *plan.attributes} - known:
            raise InvalidInput(
                later("The data have no column {column}."), column=", ".join(sorted(unknown))
            )
        audit = Audit(
            system_id=system.id,
            dataset_id=row.id,
            number=audits.next_number(session, system.id),
            plan=plan.model_dump(mode="json"),
            planned_at=clock.now(),
            planned_by=actor.id,
        )
        session.add(audit)
        session.flush()
        jobs.enqueue(session, "audit", audit.id)
        journal.append(session, actor.id, "audit.plan", system.id, audit=audit.id)
        return audit.id


def view(workspace: Workspace, actor: Actor, audit_id: str) -> AuditView:
    """An audit with its result; small groups are protected from the town's own people too."""
    with workspace.database.reading() as session:
        system, row = access.audit(session, actor, audit_id, "audit.read")
        return AuditView(
            system=system,
            audit=row,
            dataset=session.get_one(Dataset, row.dataset_id),
            plan=AuditPlan.model_validate(row.plan),
            entry=_entry(row) if row.result else None,
            job=jobs.of(session, "audit", row.id),
        )


def _entry(row: Audit) -> AuditEntry:
    return compose.audit(
        row.id,
        on=row.planned_at.date(),
        result=AuditResult.model_validate(row.result),
        charts=row.charts or {},
    )


def chart(workspace: Workspace, actor: Actor, audit_id: str, name: str) -> bytes:
    """A chart of an audit as SVG; NotFound for any file that is no chart of this audit."""
    with workspace.database.reading() as session:
        _, row = access.audit(session, actor, audit_id, "audit.read")
    if name not in {kept for drawn in (row.charts or {}).values() for kept in drawn.values()}:
        raise NotFound(access.NOT_FOUND)
    return workspace.files.read(name)
