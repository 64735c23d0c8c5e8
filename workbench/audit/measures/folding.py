"""Cells → frames: the same counts and sums, added up per group of one or several attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from workbench.audit.arrays import Counts, Places, Reals
from workbench.audit.measures.cuts import Cut
from workbench.audit.measures.exact import Sums
from workbench.audit.measures.frames import COLUMNS, Frame, Histogram, Moments
from workbench.audit.plan import AuditPlan

WEIGHT = "weight"
SQUARED = " squared"
HEAVY = "by squared weight: "
# Places in COLUMNS of people whose real outcome is favourable.
FAVOURABLE = (COLUMNS.index("tp"), COLUMNS.index("fn"))


@dataclass(frozen=True)
class Cells:
    """How many people share an outcome, a prediction, a score's bin and the groups of everything.

    ``order`` gives the groups of each attribute as they are listed. Each cell has a ``people``
    count of at least 1, its place in COLUMNS (``judged``), in ``order`` per attribute (``codes``,
    shape (cells, attributes)) and among the score's ``edges`` (``bins``; None without a score).
    ``sums`` goes by number ("weight", "score", "error" …, each also squared), weighted if there
    are weights, then also each by the squared weight (HEAVY). ``cut`` says from which score on
    people were chosen, and how many tied at the border. ``constant_prediction``: everybody, or
    nobody, got the favourable prediction (for regression: the same number). ``lines_added``,
    ``lines_empty``: see ``Provenance``.
    """

    order: dict[str, tuple[str, ...]]
    codes: Places
    judged: Places
    people: Counts
    sums: dict[str, Sums]
    bins: Places | None = None
    edges: Reals | None = None
    cut: Cut | None = None
    constant_prediction: bool = False
    lines_added: int = 0
    lines_empty: int = 0


def frames(cells: Cells, plan: AuditPlan) -> list[Frame]:
    """One frame per attribute, then per pair, and so on up to ``plan.depth`` attributes."""
    return [_frame(cells, chosen) for chosen in chosen_attributes(len(cells.order), plan.depth)]


def everybody(cells: Cells) -> Frame:
    """All people as one group: a frame without name and attributes."""
    return _frame(cells, ())


def chosen_attributes(attributes: int, depth: int) -> list[tuple[int, ...]]:
    """Which attributes are combined: each alone, then all pairs, and so on."""
    sizes = range(1, min(depth, attributes) + 1)
    return [chosen for size in sizes for chosen in combinations(range(attributes), size)]


def groups_of(cells: Cells, chosen: Sequence[int]) -> tuple[tuple[tuple[str, ...], ...], Places]:
    """The groups with people of the chosen attributes, in the listed order; each cell's place."""
    if not chosen:
        return ((),), np.zeros(len(cells.people), dtype=np.intp)
    names = list(cells.order.values())
    sizes = [len(names[place]) for place in chosen]
    codes = np.ravel_multi_index(tuple(cells.codes[:, place] for place in chosen), sizes)
    present, places = np.unique(codes, return_inverse=True)
    parts = np.stack(np.unravel_index(present, sizes), axis=1)
    groups = tuple(
        tuple(names[place][code] for place, code in zip(chosen, row, strict=True)) for row in parts
    )
    return groups, places


def _frame(cells: Cells, chosen: Sequence[int]) -> Frame:
    groups, places = groups_of(cells, chosen)
    shape = (len(groups), len(COLUMNS))
    counts = np.zeros(shape, dtype=np.int64)
    np.add.at(counts, (places, cells.judged), cells.people)
    table = (places, cells.judged)
    attributes = tuple(list(cells.order)[place] for place in chosen)
    return Frame(
        name=" & ".join(attributes),
        attributes=attributes,
        groups=groups,
        counts=counts,
        weights=_weights(cells, WEIGHT, table, shape),
        squares=_weights(cells, WEIGHT + SQUARED, table, shape),
        moments=_moments(cells, places, len(groups)),
        scores=_histogram(cells, places, len(groups)),
    )


def _weights(cells: Cells, name: str, places: Sequence[Places], shape: tuple[int, ...]) -> Reals:
    """Sums of weights, or of squared ones; without weights everybody weighs 1."""
    if name in cells.sums:
        return cells.sums[name].added(places, shape)
    people = np.zeros(shape, dtype=np.int64)
    np.add.at(people, tuple(places), cells.people)
    return people.astype(np.float64)


def _moments(cells: Cells, places: Places, groups: int) -> dict[str, Moments]:
    def summed(name: str) -> tuple[Reals, Reals]:
        total, squares = (
            cells.sums[each].added((places,), (groups,)) for each in (name, name + SQUARED)
        )
        return total, squares

    return {
        name: Moments(*summed(name), heavy=summed(HEAVY + name) if WEIGHT in cells.sums else None)
        for name in cells.sums
        if name != WEIGHT and not name.startswith(HEAVY) and not name.endswith(SQUARED)
    }


def _histogram(cells: Cells, places: Places, groups: int) -> Histogram | None:
    if cells.bins is None or cells.edges is None:
        return None
    bins = len(cells.edges) - 1
    real = np.isin(cells.judged, FAVOURABLE, invert=True).astype(np.intp)
    table, shape = (places, cells.bins, real), (groups, bins, 2)
    people = np.zeros(shape, dtype=np.int64)
    np.add.at(people, table, cells.people)
    return Histogram(
        edges=cells.edges,
        people=people,
        weights=_weights(cells, WEIGHT, table, shape),
        totals=cells.sums["score"].added((places, cells.bins), (groups, bins)),
        cut=cells.cut.score if cells.cut else None,
    )
