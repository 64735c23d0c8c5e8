"""Say what the columns of a handed-in table are, fix the plan, read the result."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from workbench.audit.intake.inspection import Inspection
from workbench.audit.plan import NO_COLUMN, AuditPlan, near
from workbench.audit.provenance import plan_hash
from workbench.audit.results import AuditResult, ChartText
from workbench.basics import clock
from workbench.basics.errors import InvalidInput, WrongState
from workbench.basics.text import later
from workbench.disclosure import compose
from workbench.disclosure.record import Audit as AuditEntry
from workbench.governance.roles import TEAM, Actor
from workbench.storage import access, audits, jobs, journal
from workbench.storage.audits import Audit, Dataset
from workbench.storage.jobs import Job
from workbench.storage.people import Person
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NO_CHANGE = later("Say what is different from the earlier plan, and why. It stays visible.")


@dataclass(frozen=True)
class Planned:
    """A plan that was fixed, with time and person; ``same_data``: for this very table."""

    audit: Audit
    plan: AuditPlan
    by: str
    same_data: bool


@dataclass(frozen=True)
class DatasetView:
    """A handed-in table; ``inspection`` once the worker has read it, ``job`` while it waits.

    ``used``: an audit rests on it, so it cannot be discarded. ``kept``: its file is still here.
    ``plans`` are all plans of the system, newest first.
    """

    system: System
    dataset: Dataset
    inspection: Inspection | None
    job: Job | None
    used: bool
    kept: bool
    plans: list[Planned]

    @property
    def is_planned(self) -> bool:
        """Whether a plan for the same data exists, so that a new one needs a reason.

        A plan that was refused told no result.
        """
        return any(one.same_data and one.audit.state != "refused" for one in self.plans)


@dataclass(frozen=True)
class AuditView:
    """An audit with its plan, and its result or why there is none.

    ``dataset`` is the table here that it rests on; for an audit that was computed elsewhere, one
    with the same SHA-256, if there is any. ``report`` is the job that makes the PDF. ``whole``
    is the result with all that is never published (small groups, single rows): only for the team.
    ``charts`` maps each chart that this person may see to its SHA-256 per language. ``former`` is
    the plan for the same data that this one came after, if there was one.
    """

    system: System
    audit: Audit
    dataset: Dataset | None
    plan: AuditPlan
    former: AuditPlan | None
    by: str
    entry: AuditEntry | None
    job: Job | None
    report: Job | None
    may_run: bool
    whole: AuditResult | None
    charts: Mapping[str, Mapping[str, str]]


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


def dataset(workspace: Workspace, actor: Actor, dataset_id: str) -> DatasetView:
    """A data set as far as the worker has got with it."""
    with workspace.database.reading() as session:
        system, row = access.dataset(session, actor, dataset_id, "audit.run")
        same = {one.id for one in audits.with_data(session, system.id, row.sha256)}
        planned = audits.of_system(session, system.id)
        return DatasetView(
            system=system,
            dataset=row,
            inspection=Inspection.model_validate(row.inspection) if row.inspection else None,
            job=jobs.of(session, "inspect", row.id),
            used=any(one.dataset_id == row.id for one in planned),
            kept=workspace.files.holds(row.sha256),
            plans=[_planned(session, one, same_data=one.id in same) for one in planned],
        )


def _planned(session: Session, row: Audit, *, same_data: bool) -> Planned:
    return Planned(
        audit=row,
        plan=AuditPlan.model_validate(row.plan),
        by=session.get_one(Person, row.planned_by).name,
        same_data=same_data,
    )


def plan(
    workspace: Workspace, actor: Actor, dataset_id: str, plan: AuditPlan, change: str = ""
) -> str:
    """Fix the plan and ask the worker to run it; returns the audit's id.

    The plan is stored with time and person before any result exists. Once there is a plan for the
    same data, a new one says in ``change`` what is different; else InvalidInput. So is a plan that
    names a column which the table lacks.
    """
    with workspace.database.transaction() as session:
        system, row = access.dataset(session, actor, dataset_id, "audit.run")
        if row.state != "ready" or not row.inspection:
            raise WrongState(later("These data are not ready for an audit."))
        _require_columns(plan, Inspection.model_validate(row.inspection))
        if not change.strip() and audits.planned_before(session, system.id, row.sha256):
            raise InvalidInput(NO_CHANGE, {"change": NO_CHANGE})
        audit = Audit(
            system_id=system.id,
            dataset_id=row.id,
            number=audits.next_number(session, system.id),
            plan=plan.model_dump(mode="json"),
            change=change.strip(),
            planned_at=clock.now(),
            planned_by=actor.id,
        )
        session.add(audit)
        session.flush()
        jobs.enqueue(session, "audit", audit.id)
        journal.append(
            session, actor.id, "audit.plan", system.id, audit=audit.id, plan=plan_hash(plan)
        )
        return audit.id


def _require_columns(plan: AuditPlan, inspection: Inspection) -> None:
    present = [column.name for column in inspection.columns]
    for field, names in plan.roles.items():
        for name in names:
            if name not in present:
                values = {"column": name, "hint": near(name, present)}
                raise InvalidInput(NO_COLUMN, {field: NO_COLUMN}, **values)


def view(workspace: Workspace, actor: Actor, audit_id: str) -> AuditView:
    """An audit with its result; only the team, who can act on it, sees small groups as well."""
    with workspace.database.reading() as session:
        system, row = access.audit(session, actor, audit_id, "audit.read")
        return AuditView(
            system=system,
            audit=row,
            dataset=_data_of(session, row),
            plan=AuditPlan.model_validate(row.plan),
            former=_former_plan(session, row),
            by=session.get_one(Person, row.planned_by).name,
            entry=_entry(row) if row.result else None,
            job=jobs.of(session, "audit", row.id),
            report=jobs.of(session, "report", row.id),
            may_run=actor.role == TEAM,
            whole=_whole(row) if row.result and actor.role == TEAM else None,
            charts={
                **(row.charts or {}),
                **(audits.row_files(row) if actor.role == TEAM else {}),
            },
        )


def _former_plan(session: Session, row: Audit) -> AuditPlan | None:
    if not row.dataset_id:
        return None
    data = session.get_one(Dataset, row.dataset_id).sha256
    planned = audits.planned_before(session, row.system_id, data)
    former = next((one for one in planned if one.number < row.number), None)
    return AuditPlan.model_validate(former.plan) if former else None


def _data_of(session: Session, row: Audit) -> Dataset | None:
    if row.dataset_id:
        return session.get_one(Dataset, row.dataset_id)
    known = audits.datasets_of(session, row.system_id)
    return next((one for one in known if one.sha256 == audits.data_of(row)), None)


def _entry(row: Audit) -> AuditEntry:
    return compose.audit(
        row.id,
        on=clock.day(row.planned_at),
        result=_result(row),
        charts=row.charts or {},
    )


def _result(row: Audit) -> AuditResult:
    return AuditResult.model_validate(row.result)


def _whole(row: Audit) -> AuditResult:
    """The result with the words of the charts that only the team sees."""
    result = _result(row)
    words = {
        name: ChartText.model_validate(chart["words"])
        for name, chart in (row.row_charts or {}).items()
    }
    return result.model_copy(update={"charts": {**result.charts, **words}})
