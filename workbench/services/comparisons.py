"""Two audits side by side: before and after, version to version, or one system beside another."""

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

    ``others`` are the finished audits to choose from, those of the same system first, the newest
    first; ``names`` has the names of their systems by id. ``row`` is there once somebody
    asked for the comparison, ``comparison`` and ``charts`` (by name) once the worker has made
    them, ``job`` while it waits.
    ``before`` and ``after`` hold what may be published of the two results.
    """

    system: System
    audit: Audit
    others: list[Audit]
    names: Mapping[str, str]
    other: Audit | None = None
    row: AuditComparison | None = None
    job: Job | None = None
    comparison: Comparison | None = None
    charts: Mapping[str, Drawn] = field(default_factory=dict)
    before: AuditResult | None = None
    after: AuditResult | None = None


def view(workspace: Workspace, actor: Actor, audit_id: str, before_id: str = "") -> ComparisonView:
    """The comparison of an audit with an earlier one, as far as it is; only the choice without.

    NotFound when the earlier one is no finished audit that this person may read.
    """
    with workspace.database.reading() as session:
        system, audit = access.audit(session, actor, audit_id, "audit.read")
        others, names = _others(session, actor, audit)
        if not before_id:
            return ComparisonView(system, audit, others, names)
        other = next((one for one in others if one.id == before_id), None)
        if other is None or audit.state != "done":
            raise NotFound(access.NOT_FOUND)
        row = audits.comparison(session, other.id, audit.id)
        return ComparisonView(
            system,
            audit,
            others,
            names,
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


def _others(session: Session, actor: Actor, audit: Audit) -> tuple[list[Audit], dict[str, str]]:
    """The finished audits beside this one that the person may read, and their systems' names."""
    own = session.get_one(System, audit.system_id)
    known = {one.id: one.name for one in (own, *(each for each, _ in access.reach(session, actor)))}
    order = sorted(known, key=lambda key: (key != audit.system_id, known[key]))
    found = [one for key in order for one in audits.finished(session, key) if one.id != audit.id]
    return found, known


def ask(workspace: Workspace, actor: Actor, audit_id: str, before_id: str) -> None:
    """Ask the worker to compare an audit with an earlier one; asking again changes nothing.

    Whoever may read both audits may ask, also when they are of two systems. Raises InvalidInput
    when one of them is not finished or both are the same, NotFound for one that is not theirs.
    """
    with workspace.database.transaction() as session:
        system, audit = access.audit(session, actor, audit_id, "audit.read")
        _, other = access.audit(session, actor, before_id, "audit.read")
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
