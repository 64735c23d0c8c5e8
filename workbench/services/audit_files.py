"""The files of an audit: its charts, its result as data, its report as PDF."""

from dataclasses import dataclass

from workbench.audit import resultfile
from workbench.audit.results import AuditResult
from workbench.basics.errors import NotFound, WrongState
from workbench.basics.text import later
from workbench.governance.roles import TEAM, Actor
from workbench.storage import access, audits, jobs, journal
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class AuditFile:
    """A file to hand out, and under which name."""

    name: str
    content: bytes


def chart(workspace: Workspace, actor: Actor, audit_id: str, name: str) -> bytes:
    """A chart of an audit or of its comparisons as SVG; NotFound for any other kept file.

    A chart of single people is given to the team only, one of a comparison to whoever may read both
    audits.
    """
    with workspace.database.reading() as session:
        _, row = access.audit(session, actor, audit_id, "audit.read")
        readable = {row.system_id, *(one.id for one, _ in access.reach(session, actor))}
        compared = audits.comparisons_of(session, row.id, readable)
        charts = [row.charts, *(one.charts for one in compared)]
        if actor.role == TEAM:
            charts.append(audits.row_files(row))
    known = {kept for each in charts for drawn in (each or {}).values() for kept in drawn.values()}
    if name not in known:
        raise NotFound(access.NOT_FOUND)
    return workspace.files.read(name)


def result(workspace: Workspace, actor: Actor, audit_id: str) -> AuditFile:
    """The whole result as ``result.json``, small groups included: only for the team.

    NotFound while there is none, and for an audit that was imported: whoever sent it has it.
    """
    with workspace.database.reading() as session:
        _, row = access.audit(session, actor, audit_id, "audit.run")
    if row.result is None or row.origin != "computed":
        raise NotFound(access.NOT_FOUND)
    content = resultfile.write(AuditResult.model_validate(row.result))
    return AuditFile(f"audit-{row.number}-result.json", content)


def ask_for_report(workspace: Workspace, actor: Actor, audit_id: str) -> None:
    """Have the worker make the report; asking again changes nothing.

    Raises WrongState while the audit has no result.
    """
    with workspace.database.transaction() as session:
        _, row = access.audit(session, actor, audit_id, "audit.read")
        if row.state != "done":
            raise WrongState(later("There is no report before there is a result."))
        if jobs.of(session, "report", row.id) is None:
            jobs.enqueue(session, "report", row.id)
            journal.append(session, actor.id, "audit.report.ask", row.system_id, audit=row.id)


def report(workspace: Workspace, actor: Actor, audit_id: str, language: str) -> AuditFile:
    """The report as PDF, as far as it may be published; NotFound until the worker has made it."""
    with workspace.database.reading() as session:
        _, row = access.audit(session, actor, audit_id, "audit.read")
    kept = (row.documents or {}).get(language)
    if kept is None:
        raise NotFound(access.NOT_FOUND)
    return AuditFile(f"audit-{row.number}-{language}.pdf", workspace.files.read(kept))
