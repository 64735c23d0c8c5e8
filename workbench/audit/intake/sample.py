"""Some rows of a table, each with its groups: what explanations are made on.

Which rows are drawn, and in which order, follows from what stands in them and the plan's seed:
every row gets a number by a hash of its content (identical rows are counted through), and those
with the smallest numbers are drawn. So neither the order of the rows nor the engine changes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from workbench.audit.intake.sources import Source
from workbench.audit.intake.values import as_text, plain
from workbench.audit.measures.exact import step_for
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

# Between the parts of a row's text; no table holds it.
SEPARATOR = "\x1f"
# As many letters of the hash as DuckDB keeps within its tables; 48 bits tell all rows apart.
LETTERS = 12
KEY, COPY, NUMBER = "row key", "row copy", "row number"


@dataclass(frozen=True)
class Sample:
    """At most some thousand rows, drawn and ordered by their content and the plan's seed.

    ``rows`` holds the asked columns in plain types. ``groups`` gives, per attribute, the group of
    each row. ``given`` is what the table says was predicted, per row: 1 or 0 for a favourable
    prediction or not, or the score, or the number; ``of`` the number of rows in the whole table.
    """

    rows: pa.Table
    groups: dict[str, npt.NDArray[np.object_]]
    given: npt.NDArray[np.float64]
    of: int


def drawn(
    source: Source,
    plan: AuditPlan,
    order: Mapping[str, tuple[str, ...]],
    columns: Sequence[str],
    most: int,
) -> Sample:
    """At most ``most`` rows, each with the same probability, none twice; see the module.

    ``order`` is that of the cells, ``columns`` are those that the table has and the caller needs.
    """
    needed = _needed(plan, columns)
    keyed = source.table.select(needed)
    keyed = keyed.mutate(_key(source, keyed, plan.seed).name(KEY))
    counted = keyed.group_by(KEY).aggregate(copies=keyed.count())
    copies = counted.select(KEY, ibis.range(0, counted.copies).unnest().name(COPY))
    ticket = copies[KEY] + SEPARATOR + copies[COPY].cast("string")
    numbered_copies = copies.select(KEY, ticket.hexdigest("md5").name(NUMBER))
    chosen = source.answer(numbered_copies.order_by([NUMBER, KEY]).limit(most))
    # A table, because Ibis takes seconds for thousands of values written out in a condition.
    wanted = source.memory(pa.table({KEY: pc.unique(chosen[KEY])}))
    # Rows with the same key are the same, so the smallest of their values is that of each.
    whole = keyed.semi_join(wanted, KEY).group_by(KEY)
    found = source.answer(whole.aggregate(**{name: keyed[name].min() for name in needed}))
    rows = found.take(pc.index_in(chosen[KEY], value_set=found[KEY].combine_chunks()))
    return _sample(source, plan, order, columns, rows)


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
    return sorted({*columns, *plan.attributes, *([given] if given else [])})


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
        of=source.rows,
    )


def _given(rows: pa.Table, plan: AuditPlan) -> npt.NDArray[np.float64]:
    name = plan.prediction or plan.score
    column = rows[name]
    if plan.prediction and plan.task == "classification":
        # Whether numbers are written as whole ones depends on the whole table: either may fit.
        texts = (as_text(column), column.cast(pa.string()))
        column = pc.or_(*(pc.equal(text, plan.positive) for text in texts))
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _key(source: Source, table: ibis.Table, seed: int) -> ibis.Value:
    """The beginning of a hash of the row's content and the seed, the same on every engine."""
    sizes = {
        name: table[name].abs().max(where=table[name].abs() < np.inf)
        for name in table.columns
        if table[name].type().is_floating()
    }
    bounds = source.answer(table.aggregate(**sizes)).to_pylist()[0] if sizes else {}
    text = ibis.literal(str(seed))
    for name in table.columns:
        part = _portable(table[name], bounds.get(name) or 0.0)
        text = text + SEPARATOR + part.fill_null("")
    return text.hexdigest("md5").substr(0, LETTERS)


def _portable(column: ibis.Value, bound: float) -> ibis.Value:
    """A value as a text that every engine writes alike; see ``exact`` for numbers."""
    kind = column.type()
    if kind.is_floating():
        inside = column.clip(-bound, bound)
        return step_for(bound).steps(inside).cast("string")
    if kind.is_boolean():
        return column.cast("int8").cast("string")
    if kind.is_timestamp():
        parts = (column.date(), column.hour(), column.minute(), column.second().cast("int64"))
        day, *time = (part.cast("string") for part in parts)
        return day + ":" + time[0] + ":" + time[1] + ":" + time[2]
    return column.cast("string")


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
