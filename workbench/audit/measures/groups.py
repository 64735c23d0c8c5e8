"""Values of an attribute → names of groups: as they are, or by the edges that the plan states."""

import math
from bisect import bisect_right
from collections.abc import Sequence

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from workbench.audit.bins import bin_names
from workbench.audit.intake.columns import holds_numbers
from workbench.audit.intake.engines import Engine
from workbench.audit.intake.sources import Source
from workbench.audit.intake.values import EXACT_WHOLE, as_text, kind_of
from workbench.audit.plan import MISSING, MOST_GROUPS, AuditPlan, near
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# A numeric attribute with more different values than this needs edges.
MOST_NUMBERS = 20
# Whole numbers in a range as narrow as this are looked up rather than compared with each edge.
MOST_ENTRIES = 1_000
SHOWN_VALUES = 5

ALL_MISSING = later(
    "The attribute “{column}” has no value in any row, so there are no groups to compare. Choose "
    "another attribute or fill in the column."
)
NAMED_MISSING = later(
    "The attribute “{column}” has rows without a value and rows with the value “{value}”, which is "
    "what rows without a value are called here. Give these rows another value, or none."
)
ONE_GROUP = later(
    "The attribute “{column}” has only one group ({values}), so there is nothing to compare it "
    "with. Choose another attribute or other edges, or send a table with more groups."
)
TOO_MANY_GROUPS = later(
    "The attribute “{column}” has {count} groups, more than the {limit} that can be judged one by "
    "one. Summarise its values in fewer groups."
)
NEEDS_EDGES = later(
    "The attribute “{column}” holds {count} different numbers. State the edges of its groups, for "
    "example 25, 35, 50 (on the command line with --edges {column}=25,35,50)."
)
NO_NUMBERS = later(
    "Edges were stated for the attribute “{column}”, but it does not hold numbers. Remove the "
    "edges or choose a numeric column."
)
NO_REFERENCE = later(
    "The reference group “{group}” does not occur in “{column}”.{hint} Choose one of: {values}."
)


def key(engine: Engine, column: ibis.Value, edges: Sequence[float] | None) -> ibis.Value:
    """What rows are grouped by: the attribute's value, or how many of its edges it reaches.

    ``placed`` does the same to a column in memory.
    """
    if edges is None:
        return column
    if column.type().is_integer() and _are_near(edges):
        # Beyond the outermost edges all numbers are alike, so the next one stands for them.
        low, high = math.ceil(edges[0]) - 1, math.ceil(edges[-1])
        entries = [bisect_right(edges, number) for number in range(low, high + 1)]
        listed = ibis.literal(entries, type="array<int64>")
        places = engine.entry(listed, ibis.greatest(ibis.least(column, high), low) - low)
    else:
        places = reached(column.cast("float64"), edges)
    return ibis.ifelse(column.isnull(), ibis.null(places.type()), places)


def _are_near(edges: Sequence[float]) -> bool:
    size = max(abs(edges[0]), abs(edges[-1]))
    return size < EXACT_WHOLE and edges[-1] - edges[0] <= MOST_ENTRIES


def placed(values: pa.Array, edges: Sequence[float]) -> pa.Array:
    """How many of the ascending edges each number reaches; missing stays missing."""
    # Beyond 2^53 rounded, as every engine does it.
    numbers = values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    places = np.searchsorted(np.asarray(edges), numbers, side="right")
    return pa.array(places, pa.int64(), mask=np.asarray(values.is_null()))


def reached(number: ibis.Value, edges: Sequence[float], low: int = 0) -> ibis.Value:
    """How many of the ascending edges the number reaches, by halving: the same on any engine."""
    if not edges:
        return ibis.literal(low, "int16")
    middle = len(edges) // 2
    return ibis.ifelse(
        number >= edges[middle],
        reached(number, edges[middle + 1 :], low + middle + 1),
        reached(number, edges[:middle], low),
    )


def require_numbers(source: Source, plan: AuditPlan) -> None:
    """Check that attributes with edges hold numbers, and some. Raises DataRefused."""
    for attribute in plan.edges.keys() & set(plan.attributes):
        column = source.table[attribute]
        if not holds_numbers(column):
            some = source.answer(source.table.filter(column.notnull()).select(attribute).limit(1))
            message = NO_NUMBERS if some.num_rows else ALL_MISSING
            raise DataRefused(message, column=attribute)


def whole(column: ibis.Value) -> ibis.Value:
    """Whether all numbers of a column are whole, as an aggregate; missing ones do not count.

    The same question as ``values.is_whole`` asks of a column in memory.
    """
    number = column.cast("float64")
    return ((number % 1.0 == 0) & (number.abs() < float(EXACT_WHOLE))).all()


def names_of(
    values: pa.Array, attribute: str, plan: AuditPlan, *, whole: bool
) -> tuple[list[str], tuple[str, ...]]:
    """The group of each of some different values, and all groups as they are listed.

    ``values`` are what ``key`` or ``placed`` gave. Numbers are listed by size, texts by letter, a
    missing value last. Raises DataRefused for no group, one or too many, an unknown reference, or a
    value that is spelt as missing ones are called beside these.
    """
    present = values.drop_null().sort()
    if attribute in plan.edges:
        words = bin_names(plan.edges[attribute], whole=whole)
        named = [MISSING if place is None else words[place] for place in values.to_pylist()]
        listed = [words[place] for place in present.to_pylist()]
    else:
        texts = as_text(pa.chunked_array([values])).to_pylist()
        named = [MISSING if text is None else text for text in texts]
        listed = as_text(pa.chunked_array([present])).to_pylist()
    if MISSING in listed and values.null_count:
        raise DataRefused(NAMED_MISSING, column=attribute, value=MISSING)
    listed = list(dict.fromkeys(name for name in listed if name != MISSING))
    listed += [MISSING] if MISSING in named else []
    _check(attribute, listed, plan, values)
    return named, tuple(listed)


def names_by_row(
    column: pa.ChunkedArray, attribute: str, plan: AuditPlan, order: tuple[str, ...]
) -> npt.NDArray[np.object_]:
    """The group of each row of a part of the table, under the names that the whole table has.

    Whether numbers are named as whole ones depends on the whole table, so ``order`` decides.
    """
    for named in _readings(column, attribute, plan):
        if set(named) <= set(order):
            return np.array(named, dtype=object)
    raise AssertionError(attribute)  # the order comes from the same table


def _readings(column: pa.ChunkedArray, attribute: str, plan: AuditPlan) -> list[list[str]]:
    if attribute not in plan.edges:
        texts = (as_text(column), column.cast(pa.string()))
        return [text.fill_null(MISSING).to_pylist() for text in texts]
    places = placed(column.combine_chunks(), plan.edges[attribute]).to_pylist()
    words = [bin_names(plan.edges[attribute], whole=whole) for whole in (True, False)]
    return [[MISSING if place is None else names[place] for place in places] for names in words]


def too_many(column: str, kind: str, count: int) -> DataRefused:
    """What is said of an attribute with too many different values."""
    if kind == "number":
        return DataRefused(NEEDS_EDGES, column=column, count=count)
    return DataRefused(TOO_MANY_GROUPS, column=column, count=count, limit=MOST_GROUPS)


def some(values: Sequence[str]) -> str:
    """The first values in quotation marks, and a sign when there are more."""
    shown = ", ".join(f"“{value}”" for value in values[:SHOWN_VALUES])
    return shown + (" …" if len(values) > SHOWN_VALUES else "")


def _check(attribute: str, listed: list[str], plan: AuditPlan, values: pa.Array) -> None:
    if listed == [MISSING] and values.null_count:
        raise DataRefused(ALL_MISSING, column=attribute)
    if len(listed) == 1:
        raise DataRefused(ONE_GROUP, column=attribute, values=some(listed))
    cut = attribute in plan.edges or plan.counts is not None
    kind = "text" if cut else kind_of(pa.chunked_array([values]))
    if len(listed) > MOST_GROUPS or (kind == "number" and len(values.drop_null()) > MOST_NUMBERS):
        raise too_many(attribute, kind, len(values.drop_null()))
    reference = plan.references.get(attribute)
    if reference is not None and reference not in listed:
        raise DataRefused(
            NO_REFERENCE,
            group=reference,
            column=attribute,
            hint=near(reference, listed),
            values=some(listed),
        )
