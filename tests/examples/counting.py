"""Small tables in, cells and frames out: what tests of the counting share."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from workbench.audit.intake.sources import opened
from workbench.audit.measures.cells import Cells, counted, everybody, frames
from workbench.audit.measures.frames import Frame
from workbench.audit.plan import AuditPlan, planned

Columns = Mapping[str, Sequence[object]]
GOOD: dict[str, object] = {
    "outcome": "repaid",
    "positive": "yes",
    "prediction": "granted",
    "attributes": ["sex"],
    "reason": "Because it matters.",
}


def plan_of(**changes: object) -> AuditPlan:
    """A plan for a table with ``repaid``, ``granted`` and ``sex``."""
    return planned(GOOD | changes)


def cells_of(columns: Columns | pa.Table, plan: AuditPlan, engine: str = "duckdb") -> Cells:
    """The cells of a table, by the way of every audit: from a Parquet file."""
    table = columns if isinstance(columns, pa.Table) else pa.table(dict(columns))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        parquet.write_table(table, path)
        with opened(path, engine=engine) as source:
            return counted(source, plan)


def frames_of(columns: Columns | pa.Table, plan: AuditPlan, engine: str = "duckdb") -> list[Frame]:
    """All frames of a table, the one of everybody last."""
    cells = cells_of(columns, plan, engine)
    return [*frames(cells, plan), everybody(cells)]


def written_out(frame: Frame) -> dict[str, object]:
    """Everything in a frame as plain values, so that two can be compared bit for bit."""
    scores = frame.scores
    return {
        "name": frame.name,
        "groups": frame.groups,
        "counts": frame.counts.tolist(),
        "weights": frame.weights.tolist(),
        "squares": frame.squares.tolist(),
        "moments": {
            name: [
                sums.tolist() for sums in (moments.total, moments.squares, *(moments.heavy or ()))
            ]
            for name, moments in frame.moments.items()
        },
        "scores": scores
        and {
            "edges": scores.edges.tolist(),
            "people": scores.people.tolist(),
            "weights": scores.weights.tolist(),
            "totals": scores.totals.tolist(),
            "cut": scores.cut,
        },
    }
