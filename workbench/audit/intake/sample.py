"""Some rows of a table, each with its groups: what explanations are made on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from workbench.audit.arrays import Reals
from workbench.audit.intake import lots
from workbench.audit.intake.sources import Source
from workbench.audit.intake.values import as_text, plain
from workbench.audit.measures.groups import names_by_row
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

NO_SUCH_ROW = later(
    "Row {row} was to be explained, but the table has only {rows} rows. Rows are counted from 1, "
    "without the row of column names."
)
NO_ROW_NUMBERS = later(
    "Single rows were to be explained, but rows of a folder of files have no fixed order. Send one "
    "file, or leave these rows out of the plan."
)

# Whatever is explained is explained on at most so many rows.
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Sample:
    """At most some thousand rows, drawn and ordered by their content and the plan's seed.

    ``rows`` holds the asked columns in plain types. ``groups`` gives, per attribute, the group of
    each row. ``given`` is what the table says was predicted, per row: 1 or 0 for a favourable
    prediction or not, or the score, or the number; ``weights`` for how many people it stands (1
    without weights); ``of`` is the number of rows in the whole table.
    """

    rows: pa.Table
    groups: dict[str, npt.NDArray[np.object_]]
    given: Reals
    weights: Reals
    of: int

    def first(self, count: int) -> "Sample":
        """So many of its rows: a smaller sample, drawn alike."""
        return Sample(
            rows=self.rows.slice(0, count),
            groups={attribute: names[:count] for attribute, names in self.groups.items()},
            given=self.given[:count],
            weights=self.weights[:count],
            of=self.of,
        )


def drawn(
    source: Source,
    plan: AuditPlan,
    order: Mapping[str, tuple[str, ...]],
    columns: Sequence[str],
    most: int,
) -> Sample:
    """At most ``most`` rows, each with the same probability, none twice; see ``lots``.

    ``order`` is that of the cells, ``columns`` are those that the table has and the caller needs.
    """
    needed = _needed(plan, columns)
    return _sample(source, plan, order, columns, rows_of(source, needed, most, plan.seed))


def rows_of(source: Source, columns: Sequence[str], most: int, seed: int) -> pa.Table:
    """These columns of at most ``most`` rows, drawn and ordered by their content and the seed."""
    keyed = lots.keyed(source, columns, seed)
    keys = pa.array(lots.drawn(source, keyed, most), pa.string())
    # A table, because Ibis takes seconds for thousands of values written out in a condition.
    wanted = source.engine.memory(pa.table({lots.KEY: pc.unique(keys)}))
    # Rows with the same key are the same, so the smallest of their values is that of each.
    whole = keyed.semi_join(wanted, lots.KEY).group_by(lots.KEY)
    found = source.answer(whole.aggregate(**{name: keyed[name].min() for name in columns}))
    rows = found.take(pc.index_in(keys, value_set=found[lots.KEY].combine_chunks()))
    return rows.select(list(columns))


def numbered(
    source: Source,
    plan: AuditPlan,
    order: Mapping[str, tuple[str, ...]],
    columns: Sequence[str],
    numbers: Sequence[int],
) -> Sample:
    """The rows with these numbers, counted from 1 as they stand in the file, in this order.

    Raises DataRefused for a number that no row has, and for a folder, whose rows have no order.
    """
    if source.is_folder:
        raise DataRefused(NO_ROW_NUMBERS)
    for number in numbers:
        if not 1 <= number <= source.rows:
            raise DataRefused(NO_SUCH_ROW, row=number, rows=source.rows)
    needed = _needed(plan, columns)
    if source.cells is not None:
        rows = source.cells.select(needed).take([number - 1 for number in numbers])
    else:
        rows = _from_parquet(source, needed, numbers)
    return _sample(source, plan, order, columns, rows)


def _needed(plan: AuditPlan, columns: Sequence[str]) -> list[str]:
    given = plan.prediction or plan.score
    return sorted({*columns, *plan.attributes, *(name for name in (given, plan.weight) if name)})


def _sample(
    source: Source,
    plan: AuditPlan,
    order: Mapping[str, tuple[str, ...]],
    columns: Sequence[str],
    rows: pa.Table,
) -> Sample:
    return Sample(
        rows=rows.select(list(columns)),
        groups={
            name: names_by_row(rows[name], name, plan, order[name]) for name in plan.attributes
        },
        given=_given(rows, plan),
        weights=_numbers(rows[plan.weight]) if plan.weight else np.ones(rows.num_rows),
        of=source.rows,
    )


def _given(rows: pa.Table, plan: AuditPlan) -> Reals:
    name = plan.prediction or plan.score
    column = rows[name]
    if plan.prediction and plan.task == "classification":
        # Whether numbers are written as whole ones depends on the whole table: either may fit.
        texts = (as_text(column), column.cast(pa.string()))
        column = pc.or_(*(pc.equal(text, plan.positive) for text in texts))
    return _numbers(column)


def _numbers(column: pa.ChunkedArray) -> Reals:
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _from_parquet(source: Source, needed: Sequence[str], numbers: Sequence[int]) -> pa.Table:
    """Rows of a Parquet file by their place, reading only the row groups in which they stand."""
    with parquet.ParquetFile(source.files[0]) as file:
        sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
        ends = np.cumsum(sizes)
        group = np.searchsorted(ends, np.array(numbers) - 1, side="right")
        parts = []
        for number, place in zip(numbers, group, strict=True):
            read = file.read_row_group(int(place), columns=list(needed))
            parts.append(read.slice(number - 1 - (ends[place] - sizes[place]), 1))
    return plain(pa.concat_tables(parts))
