"""Rows → groups: outcome and prediction as yes or no, every attribute as the name of a group."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.bins import bin_names
from workbench.audit.intake.values import as_text, is_whole, kind_of
from workbench.audit.plan import MISSING, MOST_GROUPS, AuditPlan, near
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# A numeric attribute with more different values than this needs edges.
MOST_NUMBERS = 20
SHOWN_VALUES = 5

NOT_STATED = later(
    "The column “{column}” has no value in {rows} rows, and without one they cannot be judged. "
    "Remove these rows or fill in the value; say in the reason what you did."
)
NOT_BINARY = later(
    "The outcome “{column}” has {count} different values ({values}). This audit compares exactly "
    "two. Turn it into two values, for example “granted” and “refused”."
)
POSITIVE_UNKNOWN = later(
    "The outcome “{column}” never has the value “{positive}”; it has {values}. Choose one of these "
    "as the favourable one."
)
OTHER_VALUES = later(
    "The prediction “{column}” has values that the outcome does not know: {values}. Use the same "
    "two values in both columns ({known}). Scores must be turned into a decision first."
)
ALL_MISSING = later(
    "The attribute “{column}” has no value in any row, so there are no groups to compare. Choose "
    "another attribute or fill in the column."
)
ONE_GROUP = later(
    "The attribute “{column}” has only one group ({values}), so there is nothing to compare it "
    "with. Choose another attribute or other edges, or send a table with more groups."
)
TOO_MANY_GROUPS = later(
    "The attribute “{column}” has {count} groups, and with its combinations more than {limit} can "
    "come about, too many to judge one by one. Summarise its values in fewer groups."
)
NEEDS_EDGES = later(
    "The attribute “{column}” holds {count} different numbers. State the edges of its groups, for "
    "example 25, 35, 50."
)
NO_NUMBERS = later(
    "Edges were stated for the attribute “{column}”, but it does not hold numbers. Remove the "
    "edges or choose a numeric column."
)
NO_REFERENCE = later(
    "The reference group “{group}” does not occur in “{column}”. {hint} Choose one of: {values}."
)


@dataclass(frozen=True)
class Grouped:
    """One row per person: ``outcome`` and ``prediction`` (true = favourable), a group each.

    ``cells`` has these columns, then one of group names per attribute of the plan, in its order
    and under the names a0, a1, …; ``order`` gives the groups of an attribute as they are listed.
    """

    cells: pa.Table
    order: dict[str, tuple[str, ...]]


def grouped(table: pa.Table, plan: AuditPlan) -> Grouped:
    """The rows as the plan groups them; a missing value of an attribute is a group of its own.

    Raises DataRefused when outcome or prediction is not binary or incomplete, an attribute has
    no second group, needs edges, or has too many groups.
    """
    outcome, prediction = _judged(table, plan)
    columns = {"outcome": outcome, "prediction": prediction}
    order = {}
    for place, attribute in enumerate(plan.attributes):
        names, listed = _groups(table.column(attribute), attribute, plan)
        columns[f"a{place}"] = names
        order[attribute] = listed
    return Grouped(pa.table(columns), order)


def _judged(table: pa.Table, plan: AuditPlan) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    for column in (plan.outcome, plan.prediction):
        missing = table.column(column).null_count
        if missing:
            raise DataRefused(NOT_STATED, column=column, rows=missing)
    outcome, prediction = as_text(table[plan.outcome]), as_text(table[plan.prediction])
    known, predicted = _distinct(outcome), _distinct(prediction)
    if plan.positive not in known:
        raise DataRefused(
            POSITIVE_UNKNOWN, column=plan.outcome, positive=plan.positive, values=_some(known)
        )
    if len(known) != 2:
        raise DataRefused(NOT_BINARY, column=plan.outcome, count=len(known), values=_some(known))
    other = [value for value in predicted if value not in known]
    if other:
        raise DataRefused(
            OTHER_VALUES, column=plan.prediction, values=_some(other), known=_some(known)
        )
    return pc.equal(outcome, plan.positive), pc.equal(prediction, plan.positive)


def _groups(
    column: pa.ChunkedArray, attribute: str, plan: AuditPlan
) -> tuple[pa.ChunkedArray, tuple[str, ...]]:
    """The group of every row, and all groups in the order in which they are listed."""
    if column.null_count == len(column):
        raise DataRefused(ALL_MISSING, column=attribute)
    make: Callable[[pa.ChunkedArray, str, AuditPlan], tuple[pa.ChunkedArray, list[str]]]
    make = _binned if attribute in plan.edges else _as_they_are
    names, listed = make(column, attribute, plan)
    if column.null_count:
        names = pc.fill_null(names, MISSING)
        listed = [*(name for name in listed if name != MISSING), MISSING]
    if len(listed) == 1:
        raise DataRefused(ONE_GROUP, column=attribute, values=_some(listed))
    if len(listed) > MOST_GROUPS:
        raise DataRefused(TOO_MANY_GROUPS, column=attribute, count=len(listed), limit=MOST_GROUPS)
    _check_reference(attribute, listed, plan)
    return names, tuple(listed)


def _as_they_are(
    column: pa.ChunkedArray, attribute: str, _plan: AuditPlan
) -> tuple[pa.ChunkedArray, list[str]]:
    numeric = kind_of(column) == "number"
    values = pc.unique(column.drop_null()).sort()
    if numeric and len(values) > MOST_NUMBERS:
        raise DataRefused(NEEDS_EDGES, column=attribute, count=len(values))
    listed = as_text(pa.chunked_array([values])).to_pylist()
    return as_text(column), listed


def _binned(
    column: pa.ChunkedArray, attribute: str, plan: AuditPlan
) -> tuple[pa.ChunkedArray, list[str]]:
    if kind_of(column) != "number":
        raise DataRefused(NO_NUMBERS, column=attribute)
    edges = plan.edges[attribute]
    names = bin_names(edges, whole=is_whole(column))
    numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    place = np.searchsorted(np.asarray(edges), numbers, side="right")
    text = pa.array(np.asarray(names, dtype=object)[place], pa.string(), mask=np.isnan(numbers))
    present = set(pc.unique(text).to_pylist())
    return pa.chunked_array([text]), [name for name in names if name in present]


def _check_reference(attribute: str, listed: list[str], plan: AuditPlan) -> None:
    reference = plan.references.get(attribute)
    if reference is not None and reference not in listed:
        raise DataRefused(
            NO_REFERENCE,
            group=reference,
            column=attribute,
            hint=near(reference, listed),
            values=_some(listed),
        )


def _distinct(column: pa.ChunkedArray) -> list[str]:
    return sorted(pc.unique(column).to_pylist())


def _some(values: list[str]) -> str:
    shown = ", ".join(f"“{value}”" for value in values[:SHOWN_VALUES])
    return shown + (" …" if len(values) > SHOWN_VALUES else "")
