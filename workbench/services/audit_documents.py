"""What the worker does once an audit has a result: its report as PDF in every language."""

import io
from collections.abc import Callable

from workbench.audit.results import AuditResult, published
from workbench.basics.text import LANGUAGES, later
from workbench.reporting import audit as document
from workbench.reporting.audit import Fixed
from workbench.storage import jobs, journal
from workbench.storage.audits import Audit
from workbench.storage.jobs import Claim
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

STEP = later("The PDF is being made.")
PDF_LIMIT = 50_000_000


def render(workspace: Workspace, claim: Claim, tell: Callable[[float, str], None]) -> None:
    """Make the report from what may be published of the result, and keep it with the audit.

    When workers died over it again and again, the job is buried instead.
    """
    if claim.attempts > jobs.ATTEMPTS:
        with workspace.database.transaction() as session:
            jobs.finish(session, claim, "dead")
        return
    with workspace.database.reading() as session:
        audit = session.get_one(Audit, claim.subject)
        office = session.get_one(System, audit.system_id).department
    # When the plan of an imported audit was fixed is not known here.
    fixed = Fixed(audit.planned_at, office) if audit.origin == "computed" else None
    result = published(AuditResult.model_validate(audit.result))
    kept = {}
    for position, language in enumerate(LANGUAGES):
        tell(position / len(LANGUAGES), STEP)
        charts = _charts(workspace, audit, language)
        content = document.audit_pdf(result, language, charts, fixed=fixed)
        kept[language] = workspace.files.put(io.BytesIO(content), PDF_LIMIT)
    with workspace.database.transaction() as session:
        if not jobs.finish(session, claim):
            return
        audit = session.get_one(Audit, claim.subject)
        audit.documents = kept
        session.add(audit)
        journal.append(session, None, "audit.report", audit.system_id, audit=audit.id)


def _charts(workspace: Workspace, audit: Audit, language: str) -> dict[str, str]:
    """The SVG of each chart by its name."""
    return {
        name: workspace.files.read(drawn[language]).decode()
        for name, drawn in (audit.charts or {}).items()
    }
