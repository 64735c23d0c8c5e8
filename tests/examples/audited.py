"""Audits that are finished without the engine: a made-up result in the place of a computed one."""

import io
from typing import Any

from tests.examples import audit_results
from tests.examples import cast as examples
from tests.examples.cast import Cast
from workbench.audit.intake.inspection import Column, Inspection
from workbench.audit.results import AuditResult, ChartText
from workbench.basics import clock
from workbench.governance.roles import Actor
from workbench.services import Workspace
from workbench.storage import audits
from workbench.storage.audits import Audit, Dataset

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10">'
    '<rect width="20" height="10" fill="#2b7"/></svg>'
)
CHART = "rate/sex/selection_rate"
WORDS = ChartText(title={"de": "Bild", "en": "Picture"}, text={"de": "Ein Feld.", "en": "A box."})
ROW_SVG = SVG.replace("#2b7", "#c33")
ROW_WORDS = ChartText(
    title={"de": "Zeile 17", "en": "Row 17"}, text={"de": "Ein Mensch.", "en": "A person."}
)
SWARM_SVG = SVG.replace("#2b7", "#33c")
SWARM_WORDS = ChartText(
    title={"de": "Schwarm", "en": "Swarm"}, text={"de": "Einzelne.", "en": "Single people."}
)
INSPECTED: dict[str, object] = {
    "kind": "csv",
    "dialect": {"encoding": "utf-8-sig", "delimiter": ";", "decimal": ","},
    "rows": 1000,
    "columns": [
        {"name": name, "kind": kind, "distinct": distinct, "missing": 0, "frequent": frequent}
        for name, kind, distinct, frequent in (
            ("outcome", "number", 2, [["1", 600], ["0", 400]]),
            ("prediction", "number", 2, [["1", 630], ["0", 370]]),
            ("sex", "text", 2, [["female", 500], ["male", 500]]),
            ("age", "number", 60, [["31", 40], ["44", 38]]),
            ("district", "text", 9, [["Nord", 200], ["Süd", 190]]),
            ("points", "number", 500, [["0.25", 9], ["0.5", 7]]),
            ("persons", "number", 4, [["1", 700], ["2", 200], ["3", 60], ["4", 40]]),
        )
    ],
    "head": [
        ["1", "1", "female", "31", "Nord", "0.5", "1"],
        ["0", "1", "male", "44", "Süd", "0.25", "2"],
    ],
    "sha256": "0" * 64,
    "size": 20_000,
}


def handed_in(
    workspace: Workspace,
    by: Actor,
    system_id: str,
    content: bytes = b"a;b\n1;2\n",
    columns: tuple[str, ...] = (),
) -> str:
    """A data set that the worker has read; returns its id.

    ``columns`` are others than usual: groups first, then counts.
    """
    name = workspace.files.put(io.BytesIO(content), 1_000_000)
    inspected = {**INSPECTED, "sha256": name}
    if columns:
        groups = {"kind": "text", "distinct": 2, "missing": 0, "frequent": [["a", 1], ["b", 1]]}
        counts = {**groups, "kind": "number", "frequent": [["12", 1], ["40", 1]]}
        shapes = [groups, *[counts] * (len(columns) - 1)]
        inspected |= {
            "columns": [
                {"name": name, **shape} for name, shape in zip(columns, shapes, strict=True)
            ],
            "head": [],
        }
    with workspace.database.transaction() as session:
        row = Dataset(
            system_id=system_id,
            name="kredite.csv",
            sha256=name,
            state="ready",
            inspection=inspected,
            received_at=clock.now(),
            received_by=by.id,
        )
        session.add(row)
        return row.id


def change_column(workspace: Workspace, dataset_id: str, name: str, **values: object) -> None:
    """Let one column of a table be another one; without one of that name, it is added."""
    with workspace.database.transaction() as session:
        row = session.get_one(Dataset, dataset_id)
        seen = Inspection.model_validate(row.inspection)
        old = seen.column(name) or Column(
            name=name, kind="number", distinct=2, missing=0, frequent=()
        )
        new = old.model_copy(update=values)
        others = tuple(column for column in seen.columns if column.name != name)
        changed = seen.model_copy(update={"columns": (*others, new)})
        row.inspection = changed.model_dump(mode="json")
        session.add(row)


def finished(
    workspace: Workspace, by: Actor, system_id: str, result: AuditResult, content: bytes = b"a;b\n"
) -> str:
    """An audit with this result and one chart per language; for the team one per explained row.

    And one of single people, if the result tells about them. Returns its id.
    """
    kept = workspace.files.put(io.BytesIO(SVG.encode()), 1_000)
    told = result.explanation
    apart = (
        {f"row/{one.row}": (ROW_SVG, ROW_WORDS) for one in told.row_explanations} if told else {}
    )
    if told and told.swarms:
        apart["swarm"] = (SWARM_SVG, SWARM_WORDS)
    drawn = result.model_copy(update={"charts": {CHART: WORDS}})
    return _stored(
        workspace,
        by,
        system_id,
        dataset_id=handed_in(workspace, by, system_id, content),
        plan=result.provenance.plan.model_dump(mode="json"),
        state="done",
        result=drawn.model_dump(mode="json"),
        charts={CHART: {"de": kept, "en": kept}},
        row_charts={
            name: {
                "files": dict.fromkeys(
                    ("de", "en"), workspace.files.put(io.BytesIO(drawing.encode()), 1_000)
                ),
                "words": words.model_dump(mode="json"),
            }
            for name, (drawing, words) in apart.items()
        }
        or None,
        finished_at=clock.now(),
    )


def unfinished(workspace: Workspace, by: Actor, system_id: str, state: str) -> str:
    """An audit that waits, or one that was refused; returns its id."""
    return _stored(
        workspace,
        by,
        system_id,
        dataset_id=handed_in(workspace, by, system_id),
        plan=audit_results.plan().model_dump(mode="json"),
        state=state,
        refusal={"message": "No.", "values": {}} if state == "refused" else None,
    )


def _stored(workspace: Workspace, by: Actor, system_id: str, **values: Any) -> str:
    with workspace.database.transaction() as session:
        number = audits.next_number(session, system_id)
        audit = Audit(
            system_id=system_id,
            number=number,
            planned_at=clock.now(),
            planned_by=by.id,
            **values,
        )
        session.add(audit)
        return audit.id


def elsewhere(workspace: Workspace, cast: Cast) -> str:
    """A finished audit of another system of Alice's; returns its id."""
    other = examples.register(workspace, cast, "Anderes System")
    return finished(workspace, cast.alice, other, audit_results.classification())


def names_table(workspace: Workspace, audit_id: str, sha256: str) -> None:
    """Let the result of an audit name this table."""
    with workspace.database.transaction() as session:
        audit = session.get_one(Audit, audit_id)
        result = AuditResult.model_validate(audit.result)
        origin = result.provenance.model_copy(update={"data_sha256": sha256})
        audit.result = result.model_copy(update={"provenance": origin}).model_dump(mode="json")
        session.add(audit)


def refuse_reading(workspace: Workspace, dataset_id: str) -> None:
    """Let a table be as after a dialect that did not fit."""
    with workspace.database.transaction() as session:
        row = session.get_one(Dataset, dataset_id)
        row.state, row.inspection = "refused", None
        row.refusal = {"message": "No.", "values": {}}
        session.add(row)
