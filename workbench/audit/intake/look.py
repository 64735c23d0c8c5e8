"""Table → inspection: what a person needs to see to say what each column is.

A task of its own, because it needs a tenth of the libraries that an audit loads.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.intake import dataset
from workbench.audit.intake.inspection import Column, Dialect, Inspection
from workbench.audit.intake.values import as_text, kind_of
from workbench.basics.text import later

# How far it is, between 0 and 1, and the step it is at.
Report = Callable[[float, str], None]

READING = later("Reading the table")
DONE = later("Done")
MOST_FREQUENT = 12
HEAD_ROWS = 5


def inspect(folder: Path, arguments: Mapping[str, object], report: Report) -> dict[str, object]:
    """Look at the table ``arguments["data"]`` in the folder; gives an Inspection as JSON values.

    ``arguments["dialect"]``, if there is one, says how a CSV file is written; else it is found
    out. Raises DataRefused, naming cause and remedy.
    """
    report(0.1, READING)
    stated = arguments.get("dialect")
    dialect = Dialect.model_validate(stated) if stated else None
    found = inspection_of(folder / str(arguments["data"]), dialect)
    report(1.0, DONE)
    return found.model_dump(mode="json")


def inspection_of(
    path: Path, dialect: Dialect | None = None, limits: dataset.Limits | None = dataset.WEB
) -> Inspection:
    """Size, dialect, columns and first rows of the table in the file. Raises DataRefused."""
    table = dataset.read(path, dialect, limits=limits)
    return Inspection(
        kind="csv" if table.dialect else "parquet",
        dialect=table.dialect,
        rows=table.cells.num_rows,
        columns=tuple(_column(table.cells, name) for name in table.cells.column_names),
        head=table.head or _head(table.cells),
        sha256=table.sha256,
        size=table.size,
    )


def _column(cells: pa.Table, name: str) -> Column:
    column = cells.column(name)
    counts = pc.value_counts(as_text(column).drop_null())
    order = pc.sort_indices(
        pa.table({"value": counts.field("values"), "count": counts.field("counts")}),
        sort_keys=[("count", "descending"), ("value", "ascending")],
    )
    frequent = counts.take(order[:MOST_FREQUENT]).to_pylist()
    return Column(
        name=name,
        kind=kind_of(column),
        distinct=len(counts),
        missing=column.null_count,
        frequent=tuple((each["values"], each["counts"]) for each in frequent),
    )


def _head(cells: pa.Table) -> tuple[tuple[str, ...], ...]:
    first = cells.slice(0, HEAD_ROWS)
    columns = [as_text(first.column(name)).to_pylist() for name in first.column_names]
    return tuple(tuple(value or "" for value in row) for row in zip(*columns, strict=True))
