"""The audit of one example: hand in the data, let the worker look, fix the plan, compute."""

from io import BytesIO
from typing import Any, TypeVar

from workbench import worker
from workbench.audit.plan import planned
from workbench.basics.errors import WorkbenchError
from workbench.demo import model
from workbench.demo.example import Check
from workbench.governance.roles import Actor
from workbench.services import Workspace, audits, datasets

COUNTS = "zaehlung.csv"
T = TypeVar("T")


def check(workspace: Workspace, team: Actor, system_id: str, audit: Check) -> None:
    """Compute the audit; WorkbenchError when the worker refuses data or plan."""
    hand_in = _trained if audit.trained else _counted
    dataset_id = hand_in(workspace, team, system_id, audit)
    worker.drain(workspace)
    seen = audits.dataset(workspace, team, dataset_id)
    inspection = _done(seen.inspection, seen.dataset.refusal)
    dialect = inspection.dialect and inspection.dialect.model_dump()
    fixed = planned({**roles(audit), "dialect": dialect, **audit.plan})
    audit_id = audits.plan(workspace, team, dataset_id, fixed)
    worker.drain(workspace)
    view = audits.view(workspace, team, audit_id)
    _done(view.entry, view.audit.refusal)


def roles(audit: Check) -> dict[str, object]:
    """What the columns are that this kind of data always has."""
    if not audit.trained:
        return {"counts": "confusion"}
    return {
        "outcome": model.OUTCOME,
        "positive": "1",
        "prediction": model.PREDICTION,
        "attributes": ("sex", "age"),
    }


def _counted(workspace: Workspace, team: Actor, system_id: str, audit: Check) -> str:
    table = BytesIO(audit.table.encode())
    return datasets.receive(workspace, team, system_id, data=table, name=COUNTS)


def _trained(workspace: Workspace, team: Actor, system_id: str, _audit: Check) -> str:
    made = model.train(workspace.settings.data)
    with made.table.open("rb") as table, made.model.open("rb") as trained:
        return datasets.receive(
            workspace,
            team,
            system_id,
            data=table,
            name=made.table.name,
            model=trained,
            model_name=made.model.name,
        )


def _done(value: T | None, refusal: dict[str, Any] | None) -> T:
    if value is None:
        told = refusal or {"message": "The worker gave up; see the log.", "values": {}}
        raise WorkbenchError(told["message"], **told["values"])
    return value
