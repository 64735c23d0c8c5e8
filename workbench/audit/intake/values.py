"""Columns in the few plain types the audit works with, and their values as text."""

import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.intake.inspection import ColumnKind
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

NESTED = later(
    "The column “{column}” holds lists, records or binary data ({kind}), which cannot be compared. "
    "Leave it out or turn it into plain values."
)
# Beyond this, a floating-point number no longer tells neighbouring whole numbers apart.
EXACT_WHOLE = 2**53
# The end of an instant that says nothing: of midnight, or of a whole second.
NO_TIME = r"( 00:00:00)?\.0+$"


def plain(table: pa.Table) -> pa.Table:
    """The same table with whole numbers, numbers, truth values, dates and texts only.

    Not-a-number becomes a missing value; instants are in UTC. ``columns.plain`` does the same for
    tables that an engine reads. Raises DataRefused for nested or binary columns.
    """
    columns = {name: _plain(name, table.column(name)) for name in table.column_names}
    return pa.table(columns)


def kind_of(column: pa.ChunkedArray) -> ColumnKind:
    """What kind of values a plain column holds; a column without any value counts as text."""
    if pa.types.is_boolean(column.type):
        return "boolean"
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return "number"
    if pa.types.is_temporal(column.type):
        return "date"
    return "text"


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Every value of a plain column as text, missing ones still missing.

    Whole numbers have no decimals even when a missing value made the column a decimal one, and
    instants neither a time of day at midnight nor fractions of a second that are 0.
    """
    if pa.types.is_floating(column.type) and _all_whole(column):
        return column.cast(pa.int64()).cast(pa.string())
    if pa.types.is_timestamp(column.type):
        return pc.replace_substring_regex(column.cast(pa.string()), NO_TIME, "")
    return column.cast(pa.string())


def is_whole(column: pa.ChunkedArray) -> bool:
    """Whether a numeric column holds whole numbers only."""
    return bool(pa.types.is_integer(column.type)) or _all_whole(column)


def _all_whole(column: pa.ChunkedArray) -> bool:
    small, unbroken = pc.less(pc.abs(column), EXACT_WHOLE), pc.equal(pc.floor(column), column)
    return bool(pc.all(pc.and_(small, unbroken), min_count=0).as_py())


def _plain(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if pa.types.is_decimal(kind) or pa.types.is_uint64(kind):
        column = column.cast(pa.float64(), safe=False)
    if pa.types.is_floating(column.type):
        column = column.cast(pa.float64())
        return pc.if_else(pc.is_nan(column), pa.scalar(None, pa.float64()), column)
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date32(kind):
        return column
    if pa.types.is_null(kind) or pa.types.is_time(kind) or _is_text(kind):
        return column.cast(pa.string())
    if pa.types.is_date64(kind):
        return column.cast(pa.date32())
    raise DataRefused(NESTED, column=name, kind=str(kind))


def _is_text(kind: pa.DataType) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in tests)
