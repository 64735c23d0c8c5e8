"""Two audits of a system side by side: before and after, version to version."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from workbench.audit.results import AuditResult, ChartText, Comparison, published
from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.storage import access, audits, jobs, journal
from workbench.storage.audits import Audit, AuditComparison
from workbench.storage.jobs import Job
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NOT_FINISHED = later("Only finished audits can be compared.")
SAME = later("Choose another audit: one cannot be compared with itself.")


@dataclass(frozen=True)
class Drawn:
    """A chart: its title and text alternative, and its SHA-256 per language."""

    words: ChartText
    files: Mapping[str, str]


@dataclass(frozen=True)
class ComparisonView:
    """A later audit, the earlier one it is compared with (once chosen), and what changed.

    ``others`` are the finished audits to choose from, newest first. ``row`` is there once somebody
    asked for the comparison, ``comparison`` and ``charts`` (by name) once the worker has made
    them, ``job`` while it waits.
    ``before`` and ``after`` hold what may be published of the two results.
    """

    system: System
    audit: Audit
    others: list[Audit]
    other: Audit | None = None
    row: AuditComparison | None = None
    job: Job | None = None
    comparison: Comparison | None = None
    charts: Mapping[str, Drawn] = field(default_factory=dict)
    before: AuditResult | None = None
    after: AuditResult | None = None


def view(workspace: Workspace, actor: Actor, audit_id: str, before_id: str = "") -> ComparisonView:
    """The comparison of an audit with an earlier one, as far as it is; only the choice without.

    NotFound when the earlier one is none of the same system's finished audits.
    """
    with workspace.database.reading() as session:
        system, audit = access.audit(session, actor, audit_id, "audit.read")
        others = _others(session, audit)
        if not before_id:
            return ComparisonView(system, audit, others)
        other = next((one for one in others if one.id == before_id), None)
        if other is None or audit.state != "done":
            raise NotFound(access.NOT_FOUND)
        row = audits.comparison(session, other.id, audit.id)
        return ComparisonView(
            system,
            audit,
            others,
            other=other,
            row=row,
            job=jobs.of(session, "compare", row.id) if row else None,
            comparison=Comparison.model_validate(row.result) if row and row.result else None,
            charts=_drawn(row) if row else {},
            before=published(AuditResult.model_validate(other.result)),
            after=published(AuditResult.model_validate(audit.result)),
        )


def _drawn(row: AuditComparison) -> dict[str, Drawn]:
    files = row.charts or {}
    return {
        name: Drawn(ChartText.model_validate(said), files[name])
        for name, said in (row.words or {}).items()
    }


def _others(session: Session, audit: Audit) -> list[Audit]:
    return [one for one in audits.finished(session, audit.system_id) if one.id != audit.id]


def ask(workspace: Workspace, actor: Actor, audit_id: str, before_id: str) -> None:
    """Ask the worker to compare an audit with an earlier one; asking again changes nothing.

    Whoever may read both audits may ask. Raises InvalidInput when one of them is not finished or
    both are the same, NotFound when the earlier one belongs to another system.
    """
    with workspace.database.transaction() as session:
        system, audit = access.audit(session, actor, audit_id, "audit.read")
        other = session.get(Audit, before_id)
        if other is None or other.system_id != system.id:
            raise NotFound(access.NOT_FOUND)
        if other.id == audit.id:
            raise InvalidInput(SAME, {"before": SAME})
        if {audit.state, other.state} != {"done"}:
            raise InvalidInput(NOT_FINISHED, {"before": NOT_FINISHED})
        if audits.comparison(session, other.id, audit.id) is not None:
            return
        row = AuditComparison(
            before_id=other.id, after_id=audit.id, asked_at=clock.now(), asked_by=actor.id
        )
        session.add(row)
        session.flush()
        jobs.enqueue(session, "compare", row.id)
        journal.append(
            session, actor.id, "audit.compare", system.id, audit=audit.id, before=other.id
        )
