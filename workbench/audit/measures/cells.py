"""Rows → cells: one group-by counts how many people share outcome, prediction and groups.

Every number of the audit follows from these few counts, exactly, whatever the number of rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

import ibis
import numpy as np
import numpy.typing as npt

from workbench.audit.measures.groups import TOO_MANY_GROUPS, Grouped
from workbench.audit.plan import MOST_GROUPS
from workbench.basics.errors import DataRefused

Counts = npt.NDArray[np.int64]
# Columns of a frame's counts, by (outcome, prediction).
TP, FP, FN, TN = 0, 1, 2, 3
COLUMNS = ("tp", "fp", "fn", "tn")
PLACE = {(True, True): TP, (False, True): FP, (True, False): FN, (False, False): TN}

DUCKDB = {
    # Nothing may be loaded, fetched or written: the process could not, and need not.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
}


@dataclass(frozen=True)
class Frame:
    """The confusion table of every group of one attribute or of a pair ("a & b").

    ``counts`` has one row per group and the columns tp, fp, fn, tn. Groups without people are
    left out.
    """

    name: str
    attributes: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    counts: Counts

    @property
    def keys(self) -> tuple[str, ...]:
        """What each group is called in results: "female", or "female & 25 to 34"."""
        return tuple(" & ".join(group) for group in self.groups)


@dataclass(frozen=True)
class Cells:
    """How many people share an outcome, a prediction and the groups of all attributes."""

    judged: tuple[tuple[bool, bool], ...]
    groups: tuple[tuple[str, ...], ...]
    counts: Counts


def count(grouped: Grouped) -> Cells:
    """The cells of the grouped rows, by one group-by in DuckDB; at least one person in each."""
    connection = ibis.duckdb.connect(**DUCKDB)
    people = ibis.memtable(grouped.cells)
    counted = people.group_by(list(grouped.cells.column_names)).aggregate(people=people.count())
    rows = connection.to_pyarrow(counted).to_pylist()
    connection.disconnect()
    names = [f"a{place}" for place in range(len(grouped.order))]
    return Cells(
        judged=tuple((row["outcome"], row["prediction"]) for row in rows),
        groups=tuple(tuple(row[name] for name in names) for row in rows),
        counts=np.array([row["people"] for row in rows], dtype=np.int64),
    )


def frames(cells: Cells, order: dict[str, tuple[str, ...]]) -> list[Frame]:
    """One frame per attribute, then one per pair of attributes, each in the listed order.

    Raises DataRefused when there are more than 200 groups in all.
    """
    places = range(len(order))
    wanted: list[tuple[int, ...]] = [(place,) for place in places]
    wanted += list(combinations(places, 2))
    made = [_frame(cells, order, chosen) for chosen in wanted]
    groups = sum(len(frame.groups) for frame in made)
    if groups > MOST_GROUPS:
        widest = max(order, key=lambda attribute: len(order[attribute]))
        raise DataRefused(
            TOO_MANY_GROUPS, column=widest, count=len(order[widest]), limit=MOST_GROUPS
        )
    return made


def overall(cells: Cells) -> Counts:
    """The confusion table of everybody: tp, fp, fn, tn."""
    counts = np.zeros(len(COLUMNS), dtype=np.int64)
    np.add.at(counts, [PLACE[pair] for pair in cells.judged], cells.counts)
    return counts


def _frame(cells: Cells, order: dict[str, tuple[str, ...]], chosen: Sequence[int]) -> Frame:
    attributes = tuple(order)
    listed = list(product(*(order[attributes[place]] for place in chosen)))
    row = {group: number for number, group in enumerate(listed)}
    counts = np.zeros((len(listed), len(COLUMNS)), dtype=np.int64)
    rows = [row[tuple(group[place] for place in chosen)] for group in cells.groups]
    np.add.at(counts, (rows, [PLACE[pair] for pair in cells.judged]), cells.counts)
    inhabited = counts.sum(axis=1) > 0
    names = tuple(attributes[place] for place in chosen)
    return Frame(
        name=" & ".join(names),
        attributes=names,
        groups=tuple(group for group, some in zip(listed, inhabited, strict=True) if some),
        counts=counts[inhabited],
    )
