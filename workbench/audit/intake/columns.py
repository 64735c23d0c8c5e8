"""Columns in the few plain types the audit works with, as expressions that any engine answers."""

from collections.abc import Collection

import ibis
from ibis.expr import datatypes


def plain(table: ibis.Table, stated: Collection[str] = ()) -> tuple[ibis.Table, dict[str, str]]:
    """The same columns as whole numbers, numbers, truth values, dates and texts only.

    Not-a-number becomes a missing value, except in the ``stated`` columns, which are known to hold
    none: to look for it takes time. Instants are in UTC. Columns that hold anything else,
    such as lists or binary data, are left out: the second part says which, and what they hold.
    """
    made = {name: _plain(table[name], stated=name in stated) for name in table.columns}
    kept = [column.name(name) for name, column in made.items() if column is not None]
    left = {name: str(table[name].type()) for name, column in made.items() if column is None}
    return table.select(kept), left


def holds_numbers(column: ibis.Value) -> bool:
    """Whether a plain column holds numbers; truth values are none."""
    return bool(column.type().is_integer() or column.type().is_floating())


def without_nan(column: ibis.Value) -> ibis.Value:
    """The numbers of a column as floating-point ones; not-a-number is missing.

    A Parquet file states the smallest and largest number of a column, not-a-number left out.
    DuckDB 2.0 concludes from them that ``isnan`` of the column, or of simple sums with it, can
    never hold, and leaves it out; of the exponential it cannot. The exponential of infinity is no
    not-a-number.
    """
    number = column.cast("float64")
    return ibis.ifelse(number.exp().isnan(), ibis.null("float64"), number)


def _plain(column: ibis.Value, *, stated: bool) -> ibis.Value | None:
    kind = column.type()
    if kind.is_floating() or kind.is_decimal() or kind == datatypes.uint64:
        return column.cast("float64") if stated else without_nan(column)
    if kind.is_timestamp():
        return column.cast("timestamp(6)")
    if kind.is_null() or (kind.is_unknown() and "NULL" in str(kind)):
        return ibis.null("string").name(column.get_name())
    if kind.is_time() or kind.is_uuid():
        return column.cast("string")
    if kind.is_boolean() or kind.is_integer() or kind.is_date() or kind.is_string():
        return column
    return None
