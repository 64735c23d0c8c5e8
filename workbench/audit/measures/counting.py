"""A table of counts, one row per group → the same cells that rows of people would give."""

from collections.abc import Sequence

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.intake.columns import holds_numbers
from workbench.audit.intake.sources import Source
from workbench.audit.measures.groups import whole
from workbench.audit.measures.judging import FN, FP, TN, TP
from workbench.audit.plan import COUNT_COLUMNS, MISSING, AuditPlan
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# What the line with the sum of all others is called in tables.
TOTALS = ("gesamt", "insgesamt", "gesamtsumme", "summe", "total", "totals", "grand total", "sum")
# More people than ever lived; beyond this, sums could leave the range of whole numbers.
LARGEST_COUNT = 10**12
# What a line says about its group; all other columns tell lines apart.
COUNTED = frozenset(name for names in COUNT_COLUMNS.values() for name in names)
REST = "rest"
# Column → its place in the confusion table. Without an outcome, people stand under fp and tn.
PARTS = {
    "confusion": {"tp": TP, "fp": FP, "fn": FN, "tn": TN},
    "selection": {"selected": FP, REST: TN},
}

COUNT_NO_NUMBER = later(
    "The column “{column}” must hold counts, but it holds something other than numbers. Correct "
    "the column."
)
COUNT_MISSING = later(
    "The column “{column}” has lines without a count: {rows}. Write 0 where there was nobody, and "
    "send the table again."
)
COUNT_NEGATIVE = later(
    "The counts in “{column}” go down to {low}. A count says how many people there are, so it "
    "cannot be negative. Correct the column."
)
COUNT_FRACTIONAL = later(
    "The column “{column}” holds numbers with decimals, but a count is a whole number of people. "
    "Send counts, not shares or averages."
)
COUNT_TOO_LARGE = later(
    "The counts in “{column}” go up to {high}, more people than there are. Correct the column."
)
MORE_SELECTED = later(
    "Groups with more people selected than there are in total: {rows}. Correct the columns "
    "“selected” and “total”."
)
SAME_GROUP = later(
    "Several lines describe the same group ({group}), and no other column tells them apart, so the "
    "same people may stand there twice. Remove double lines or add them up; or add a column that "
    "tells them apart, such as the month."
)
TOTAL_LINE = later(
    "The line “{group}” in “{column}” looks like the sum of other lines, so its people would count "
    "twice. Remove such lines. If it is a group of its own, give it another name."
)
NOBODY = later("All counts are 0, so there is nobody to compare. Send a table with people.")
ONE_OUTCOME = later(
    "All people in the table of counts have the same outcome, so right and wrong predictions "
    "cannot be told apart. Check the columns tp, fn, fp and tn, or send only “selected” and "
    "“total”."
)


def counted(source: Source, plan: AuditPlan) -> tuple[pa.Table, int, int]:
    """Columns "a0", "a1" … (a value per attribute), "judged" (place in COLUMNS), "people" (> 0).

    Lines of the same group add up where another column tells them apart, such as a month; then
    nobody needs to stand there twice. Gives how many lines were added to others, and how many
    groups nobody is in, too. Raises DataRefused for what is no count, and for lines that nothing
    tells apart.
    """
    assert plan.counts is not None  # noqa: S101 — the only caller asked
    names = COUNT_COLUMNS[plan.counts]
    _check(source, names)
    _check_lines(source, plan)
    _check_totals(source, plan)
    table = source.table
    keys = [table[name].name(f"a{place}") for place, name in enumerate(plan.attributes)]
    sums = {name: table[name].cast("int64").sum() for name in names}
    groups = source.answer(table.group_by(keys).aggregate(**sums))
    if plan.counts == "selection":
        groups = groups.append_column(REST, pc.subtract(groups["total"], groups["selected"]))
        over = pc.sum(pc.less(groups[REST], 0)).as_py()
        if over:
            raise DataRefused(MORE_SELECTED, rows=over)
    parts = [_part(groups, len(keys), name, place) for name, place in PARTS[plan.counts].items()]
    cells = pa.concat_tables(parts)
    cells = cells.filter(pc.greater(cells["people"], 0))
    _check_people(cells, plan)
    return cells, source.rows - groups.num_rows, _empty(groups, names)


def _empty(groups: pa.Table, names: Sequence[str]) -> int:
    """How many groups nobody is in."""
    people = [np.asarray(groups[name]) for name in names]
    return int((np.sum(people, axis=0) == 0).sum())


def _part(groups: pa.Table, attributes: int, column: str, place: int) -> pa.Table:
    part = groups.select([f"a{number}" for number in range(attributes)])
    part = part.append_column("judged", pa.array([place] * groups.num_rows, pa.int64()))
    return part.append_column("people", groups[column].cast(pa.int64()))


def _check(source: Source, names: Sequence[str]) -> None:
    """Raises DataRefused unless all counts are whole numbers from 0 on."""
    table, asked = source.table, dict[str, ibis.Value]()
    for name in names:
        if not holds_numbers(table[name]):
            raise DataRefused(COUNT_NO_NUMBER, column=name)
        number = table[name].cast("float64")
        asked |= {f"{name} stated": number.count(), f"{name} whole": whole(number)}
        asked |= {f"{name} low": number.min(), f"{name} high": number.max()}
    row = source.answer(table.aggregate(**asked)).to_pylist()[0]
    for name in names:
        stated, low, high = (row[f"{name} {what}"] for what in ("stated", "low", "high"))
        if stated < source.rows:
            raise DataRefused(COUNT_MISSING, column=name, rows=source.rows - stated)
        if low < 0:
            raise DataRefused(COUNT_NEGATIVE, column=name, low=low)
        if high > LARGEST_COUNT:
            raise DataRefused(COUNT_TOO_LARGE, column=name, high=high)
        if not row[f"{name} whole"]:
            raise DataRefused(COUNT_FRACTIONAL, column=name)


def _check_lines(source: Source, plan: AuditPlan) -> None:
    """Raises DataRefused where two lines differ in nothing but counts and other broken numbers."""
    table, kinds = source.table, source.table.schema()
    telling = [name for name in table.columns if name not in COUNTED]
    telling = [name for name in telling if name in plan.attributes or not kinds[name].is_floating()]
    lines = table.group_by(telling).aggregate(lines=table.count())
    found = source.answer(lines.filter(lines.lines > 1).order_by(telling).limit(1)).to_pylist()
    if found:
        values = [found[0][name] for name in plan.attributes]
        group = " & ".join(MISSING if value is None else str(value) for value in values)
        raise DataRefused(SAME_GROUP, group=group)


def _check_totals(source: Source, plan: AuditPlan) -> None:
    """Raises DataRefused for a line that is called a total: its people stand in others, too."""
    table = source.table
    for name in plan.attributes:
        text = table[name].cast("string")
        is_total = text.strip().lower().isin(TOTALS)
        found = source.answer(table.filter(is_total).select(text.name("label")).limit(1))
        if found.num_rows:
            raise DataRefused(TOTAL_LINE, group=found["label"][0].as_py(), column=name)


def _check_people(cells: pa.Table, plan: AuditPlan) -> None:
    present = set(cells["judged"].to_pylist())
    if not present:
        raise DataRefused(NOBODY)
    if plan.counts == "confusion" and (present <= {TP, FN} or present <= {FP, TN}):
        raise DataRefused(ONE_OUTCOME)
