"""What the worker does for audits: look at a table, run a plan. Both in a jailed process."""

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbench.basics import clock
from workbench.basics.errors import DataRefused, Unavailable
from workbench.basics.text import later
from workbench.isolation import runner
from workbench.storage import audits, jobs, journal
from workbench.storage.audits import Audit, Dataset
from workbench.storage.jobs import Claim
from workbench.storage.workspace import Workspace

Report = Callable[[float, str], None]
INSPECT_SECONDS, RUN_SECONDS = 300.0, 1800.0
CHART_LIMIT = 5_000_000
DIED = later(
    "The check of this file was broken off {attempts} times. Probably the file is damaged or too "
    "large for this machine. Send a smaller or a newly made file."
)


def inspect(workspace: Workspace, claim: Claim, report: Report) -> None:
    """Look at a data set and store what is in it, or why it is refused."""
    with workspace.database.reading() as session:
        row = session.get(Dataset, claim.subject)
    if row is None:  # discarded while it waited
        with workspace.database.transaction() as session:
            jobs.finish(session, claim)
        return
    found: dict[str, object] | None = None
    refusal: dict[str, object] | None = None
    try:
        _refuse_after(claim)
        with _laid_out(workspace, row) as (folder, arguments):
            found = runner.run(
                "workbench.audit.intake.look:inspect",
                folder,
                arguments,
                wall_seconds=INSPECT_SECONDS,
                report=report,
            )
    except (DataRefused, Unavailable) as error:
        refusal = {"message": error.message, "values": error.values}
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
        kept = (row.sha256, row.model_sha256) if refusal else ()
        for name in kept:
            if not audits.uses(session, name, besides=row.id):
                workspace.files.drop(name)


def run(workspace: Workspace, claim: Claim, report: Report) -> None:
    """Run a plan and store its result, or why there is none."""
    with workspace.database.reading() as session:
        audit = session.get_one(Audit, claim.subject)
        dataset = session.get_one(Dataset, audit.dataset_id)
    outcome: dict[str, Any] | None = None
    refusal: dict[str, object] | None = None
    try:
        _refuse_after(claim)
        with _laid_out(workspace, dataset) as (folder, arguments):
            outcome = runner.run(
                "workbench.audit.tasks:run",
                folder,
                {**arguments, "plan": audit.plan},
                wall_seconds=RUN_SECONDS,
                report=report,
            )
    except (DataRefused, Unavailable) as error:
        refusal = {"message": error.message, "values": error.values}
    charts = _keep_charts(workspace, outcome["charts"]) if outcome else None
    with workspace.database.transaction() as session:
        if not jobs.finish(session, claim):
            return
        audit = session.get_one(Audit, claim.subject)
        audit.result = outcome["result"] if outcome else None
        audit.charts, audit.refusal = charts, refusal
        audit.state, audit.finished_at = "refused" if refusal else "done", clock.now()
        session.add(audit)
        journal.append(
            session, None, "audit.run", audit.system_id, audit=audit.id, state=audit.state
        )


def _refuse_after(claim: Claim) -> None:
    if claim.attempts > jobs.ATTEMPTS:
        raise DataRefused(DIED, attempts=jobs.ATTEMPTS)


@contextmanager
def _laid_out(workspace: Workspace, dataset: Dataset) -> Iterator[tuple[Path, dict[str, object]]]:
    # The jailed process reads this folder and nothing else of ours.
    workspace.scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=workspace.scratch, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copyfile(workspace.files.path(dataset.sha256), folder / "data")
        if dataset.model_sha256:
            shutil.copyfile(workspace.files.path(dataset.model_sha256), folder / "model")
        yield folder, {"data": "data", "model": "model" if dataset.model_sha256 else None}


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
