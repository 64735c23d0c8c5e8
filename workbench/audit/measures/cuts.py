"""Scores → decisions: from which score on people are chosen; and the bins that scores fall into."""

from dataclasses import dataclass

import ibis
import numpy as np

from workbench.audit.arrays import Flags, Places, Reals
from workbench.audit.intake.engines import Engine
from workbench.audit.intake.sources import Source
from workbench.audit.measures.facts import Range
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

COUNT = 100
# A share of the largest score, twice what all roundings together can move one past an edge.
SLACK = 2.0**-49
# Scores that differ by less than this share of their size, or by less than this, are put into one
# bin: what is smaller cannot be divided by.
NARROW, LEAST = 1e-9, 1e-300

TOO_FEW_ROWS = later(
    "More people are to be chosen ({count}) than the table has rows ({rows}). State a smaller "
    "number."
)
NOBODY_CHOSEN = later(
    "More people share the highest score ({tied}) than are to be chosen ({count}), so the scores "
    "do not say who is. State another number or a threshold."
)


@dataclass(frozen=True)
class Cut:
    """Who is chosen: everybody with a score of at least ``score``.

    ``tied`` people have the score at the border of the ``top_k`` but were not chosen, because not
    all of them fit; then fewer than ``top_k`` are chosen.
    """

    score: float
    tied: int = 0


def cut_of(source: Source, plan: AuditPlan, scores: Range) -> Cut | None:
    """From which score on people are chosen; None when the prediction says it.

    For ``top_k``, rows are counted, whatever their weight. Raises DataRefused when there are not
    that many, or when the scores cannot tell them apart.
    """
    if plan.top_k is None:
        return None if plan.threshold is None else Cut(plan.threshold)
    if plan.top_k > source.rows:
        raise DataRefused(TOO_FEW_ROWS, count=plan.top_k, rows=source.rows)
    border = _highest(source, plan, scores)
    score = source.table[plan.score].cast("float64")
    row = source.answer(
        source.table.aggregate(
            above=(score > border).sum(),
            level=(score == border).sum(),
            next=score.min(where=score > border),
        )
    ).to_pylist()[0]
    if row["above"] + row["level"] == plan.top_k:
        return Cut(border)
    if row["above"] == 0:
        raise DataRefused(NOBODY_CHOSEN, tied=row["level"], count=plan.top_k)
    return Cut(row["next"], tied=row["level"])


@dataclass(frozen=True)
class Bins:
    """Bins of equal width from ``low`` to ``high``; ``cut`` is always an edge, too.

    From 0 to 1 in steps of 0.01 when all scores lie there, else 100 between the lowest and the
    highest score; a single one when these hardly differ. ``apart`` gives the highest score a bin
    of its own, because it is the only one that is chosen and the last edge belongs to the last bin.
    """

    low: float
    high: float
    count: int
    cut: float | None
    apart: bool

    @property
    def even(self) -> Reals:
        """The edges of equal width."""
        return np.append(np.arange(self.count) / self._scale + self.low, self.high)

    @property
    def edges(self) -> Reals:
        """All edges, ascending. A bin holds scores from its edge to under the next."""
        given = [] if self.cut is None else [self.cut]
        edges = np.unique(np.append(self.even, given))
        if self.apart or len(edges) == 1:
            return np.append(edges, np.nextafter(edges[-1], np.inf))
        return edges

    def place(self, score: ibis.Value, engine: Engine) -> ibis.Value:
        """Where each score stands, as one whole number: see ``read``.

        The nearest whole number of what lies half a bin below, taken a little too high: a score at
        an edge is thus in the bin above it, however products are rounded, and so may be one that
        is less than twice SLACK of the largest score below it. Who reaches the cut is told
        exactly. Few operations, because they take most of the time of an audit of many scores.
        """
        if self.count == 1:
            bins = ibis.literal(0, "int64")
        else:
            nudge = SLACK * max(abs(self.low), abs(self.high)) * self._scale
            bins = engine.nearest(score * self._scale + (nudge - self.low * self._scale - 0.5))
        if self.cut is None:
            return bins
        return bins * 2 + (score >= self._border).cast("int64")

    def read(self, places: Places) -> tuple[Places, Flags]:
        """The bin of each "place", and whether its scores reach the cut.

        The last edge belongs to the last bin.
        """
        if self.cut is None:
            return np.clip(places, 0, self.count - 1), np.zeros(len(places), dtype=bool)
        bins, above = np.clip(places >> 1, 0, self.count - 1), (places & 1).astype(bool)
        edges = self.edges
        first = np.searchsorted(edges, self._border)
        own_edge = self.cut not in self.even or edges[-1] > self.high
        bins = np.where(above, np.maximum(bins + own_edge, first), np.minimum(bins, first - 1))
        # Scores that are all alike have fewer bins than these additions allow for.
        return np.clip(bins, 0, len(edges) - 2), above & (self.cut <= self.high)

    @property
    def _border(self) -> float:
        """The cut; where it lies above all scores, the highest, which gets a bin of its own."""
        assert self.cut is not None  # noqa: S101 — every caller asked
        return min(self.cut, self.high)

    @property
    def _scale(self) -> float:
        """Bins per unit of the score."""
        return self.count / max(self.high - self.low, LEAST)


def bins_of(scores: Range, cut: Cut | None) -> Bins:
    """The bins for scores of that range."""
    low, high = (0.0, 1.0) if scores.low >= 0 and scores.high <= 1 else (scores.low, scores.high)
    wide = high - low > max(NARROW * scores.size, LEAST)
    border = None if cut is None else cut.score
    return Bins(low, high, COUNT if wide else 1, border, apart=border == scores.high == high)


def _highest(source: Source, plan: AuditPlan, scores: Range) -> float:
    """The ``top_k``-th highest score, exactly, without sorting more than one bin's scores."""
    assert plan.top_k is not None  # noqa: S101 — the only caller asked
    value = source.only([plan.score], [plan.score])[plan.score].cast("float64")
    place = bins_of(scores, None).place(value, source.engine)
    binned = value.as_table().select(value=value, place=place)
    counted = source.answer(binned.group_by("place").aggregate(n=binned.count()))
    left = plan.top_k
    for row in sorted(counted.to_pylist(), key=lambda row: -row["place"]):
        if left <= row["n"]:
            break
        left -= row["n"]
    inside = binned.filter(binned.place == row["place"])
    highest = inside.order_by(inside.value.desc()).limit(left)
    return float(source.answer(highest.aggregate(border=highest.value.min()))["border"][0].as_py())
