"""What the worker does for audits, all in a jailed process: look, run a plan, describe, compare."""

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from workbench.audit import resultfile
from workbench.audit.intake.dialects import AMBIGUOUS
from workbench.audit.results import AuditResult, published
from workbench.basics import clock
from workbench.basics.errors import DataRefused, Unavailable
from workbench.basics.text import later
from workbench.isolation import runner
from workbench.storage import audits, jobs, journal, uploads
from workbench.storage.audits import Audit, AuditComparison, Dataset
from workbench.storage.jobs import Claim
from workbench.storage.workspace import Workspace

Report = Callable[[float, str], None]
# What the jailed process answers.
Outcome = dict[str, Any]
INSPECT_SECONDS, RUN_SECONDS, COMPARE_SECONDS = 300.0, 1800.0, 300.0
CHART_LIMIT = 5_000_000
DIED = later(
    "The check of this file was broken off {attempts} times. Probably the file is damaged or too "
    "large for this machine. Send a smaller or a newly made file."
)


def inspect(workspace: Workspace, claim: Claim, report: Report) -> None:
    """Look at a data set and store what is in it, or why it is refused.

    The claim may name the dialect in which a person says it is written. Then the file is kept also
    if that does not fit: another dialect can be tried. So it is where only a person can say which
    dialect it is.
    """
    with workspace.database.reading() as session:
        row = session.get(Dataset, claim.subject)
    if row is None:  # discarded while it waited
        with workspace.database.transaction() as session:
            jobs.finish(session, claim)
        return
    found, refusal = _attempted(claim, partial(_looked, workspace, row, claim, report))
    with workspace.database.transaction() as session:
        if not jobs.finish(session, claim):
            return
        row = session.get(Dataset, claim.subject)
        if row is None:
            return
        row.inspection, row.refusal = found, refusal
        row.state = "refused" if refusal else "ready"
        session.add(row)
        journal.append(session, None, "audit.inspect", row.system_id, state=row.state)
        is_curable = claim.arguments or (refusal and refusal["message"] == AMBIGUOUS)
        useless = row.files.values() if refusal and not is_curable else ()
        for name in useless:
            if not uploads.in_use(session, name, besides=row.id):
                workspace.files.drop(name)


def _looked(workspace: Workspace, row: Dataset, claim: Claim, report: Report) -> Outcome:
    with _laid_out(workspace, row) as (folder, arguments):
        return runner.run(
            "workbench.audit.intake.look:inspect",
            folder,
            {**arguments, **claim.arguments},
            wall_seconds=INSPECT_SECONDS,
            report=report,
        )


def run(workspace: Workspace, claim: Claim, report: Report) -> None:
    """Run a plan, or describe an imported result; store what comes of it, or why nothing does."""
    with workspace.database.reading() as session:
        audit = session.get_one(Audit, claim.subject)
        dataset = session.get_one(Dataset, audit.dataset_id) if audit.dataset_id else None
    work = (
        partial(_computed, workspace, audit, dataset, report)
        if dataset
        else partial(_described, workspace, audit, report)
    )
    outcome, refusal = _attempted(claim, work)
    charts = _keep_charts(workspace, outcome["charts"]) if outcome else None
    rows = (_keep_rows(workspace, outcome["rows"]) or None) if outcome else None
    with workspace.database.transaction() as session:
        if not jobs.finish(session, claim):
            return
        audit = session.get_one(Audit, claim.subject)
        audit.result = outcome["result"] if outcome else None
        audit.charts, audit.row_charts, audit.refusal = charts, rows, refusal
        audit.state, audit.finished_at = "refused" if refusal else "done", clock.now()
        session.add(audit)
        journal.append(
            session, None, "audit.run", audit.system_id, audit=audit.id, state=audit.state
        )


def _computed(workspace: Workspace, audit: Audit, dataset: Dataset, report: Report) -> Outcome:
    with _laid_out(workspace, dataset) as (folder, arguments):
        return runner.run(
            "workbench.audit.tasks:run",
            folder,
            {**arguments, "plan": audit.plan},
            wall_seconds=RUN_SECONDS,
            report=report,
        )


def _described(workspace: Workspace, audit: Audit, report: Report) -> Outcome:
    """Sentences and charts of a result from elsewhere; they say that it is from elsewhere."""
    with _folder(workspace) as folder:
        shutil.copyfile(workspace.files.path(audit.file), folder / "result.json")
        return runner.run(
            "workbench.audit.tasks:described",
            folder,
            {"result": "result.json"},
            wall_seconds=RUN_SECONDS,
            report=report,
        )


def compare(workspace: Workspace, claim: Claim, report: Report) -> None:
    """Compare the published values of two audits and draw what changed, or store why not."""
    with workspace.database.reading() as session:
        row = session.get_one(AuditComparison, claim.subject)
        sides = {
            side: session.get_one(Audit, key)
            for side, key in (("before", row.before_id), ("after", row.after_id))
        }
        table = _common_table(session, workspace, sides["before"], sides["after"])
    outcome, refusal = _attempted(claim, partial(_compared, workspace, sides, table, report))
    charts = _keep_charts(workspace, outcome["charts"]) if outcome else None
    with workspace.database.transaction() as session:
        if jobs.finish(session, claim):
            row = session.get_one(AuditComparison, claim.subject)
            row.result, row.charts = outcome["result"] if outcome else None, charts
            row.words = outcome["words"] if outcome else None
            row.refusal, row.state = refusal, "refused" if refusal else "done"
            session.add(row)


def _common_table(
    session: Session, workspace: Workspace, before: Audit, after: Audit
) -> str | None:
    """The SHA-256 of the table that both audits rest on, if this system still keeps it.

    An imported result may name any table, so only one that was handed in for the system is given.
    """
    name = audits.data_of(after)
    kept = {one.sha256 for one in audits.datasets_of(session, after.system_id)}
    same = name == audits.data_of(before) and name in kept
    return name if same and workspace.files.holds(name) else None


def _compared(
    workspace: Workspace, sides: dict[str, Audit], table: str | None, report: Report
) -> Outcome:
    with _folder(workspace) as folder:
        if table:
            shutil.copyfile(workspace.files.path(table), folder / "data")
        for side, audit in sides.items():
            shown = published(AuditResult.model_validate(audit.result))
            (folder / side).write_bytes(resultfile.write(shown))
        return runner.run(
            "workbench.audit.tasks:compared",
            folder,
            {**{side: side for side in sides}, "data": "data" if table else None},
            wall_seconds=COMPARE_SECONDS,
            report=report,
        )


def _attempted(
    claim: Claim, work: Callable[[], Outcome]
) -> tuple[Outcome | None, dict[str, object] | None]:
    """What came of the work, or why it was refused: exactly one of the two."""
    try:
        if claim.attempts > jobs.ATTEMPTS:
            raise DataRefused(DIED, attempts=jobs.ATTEMPTS)
        return work(), None
    except (DataRefused, Unavailable) as error:
        return None, {"message": error.message, "values": error.values}


@contextmanager
def _laid_out(workspace: Workspace, dataset: Dataset) -> Iterator[tuple[Path, dict[str, object]]]:
    """A folder with what was handed in, and the names of its files as the tasks call them."""
    with _folder(workspace) as folder:
        for part, sha256 in dataset.files.items():
            shutil.copyfile(workspace.files.path(sha256), folder / part)
        yield folder, {part: part for part in dataset.files}


@contextmanager
def _folder(workspace: Workspace) -> Iterator[Path]:
    # The jailed process reads this folder and nothing else of ours.
    workspace.scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=workspace.scratch, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _keep_charts(
    workspace: Workspace, charts: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    return {
        name: {
            language: workspace.files.put(io.BytesIO(svg.encode()), CHART_LIMIT)
            for language, svg in drawn.items()
        }
        for name, drawn in charts.items()
    }


def _keep_rows(
    workspace: Workspace, rows: dict[str, dict[str, Any]]
) -> dict[str, dict[str, dict[str, object]]]:
    """The charts of single people with their words, as ``Audit.row_charts`` has them."""
    files = _keep_charts(workspace, {name: chart["pictures"] for name, chart in rows.items()})
    return {
        name: {"files": {**files[name]}, "words": chart["words"]} for name, chart in rows.items()
    }
