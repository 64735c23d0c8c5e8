"""How far groups lie apart: value, interval, probability, smallest visible gap.

``gap_results`` compares the highest with the lowest group; ``comparison_results`` each group with
the reference group and with everybody.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from workbench.audit.arrays import Places, Reals
from workbench.audit.catalogue import GAPS, GapKind, tested_gaps
from workbench.audit.measures import intervals
from workbench.audit.measures.comparisons import ASSESSABLE, comparison_results, weakest
from workbench.audit.measures.draws import Draws, Spread, drawn, spread
from workbench.audit.measures.estimates import Estimates, estimated, share
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.intervals import Ends, Z
from workbench.audit.measures.inversion import LEAST, critical, far_width, meeting, near_width
from workbench.audit.measures.multiplicity import holm
from workbench.audit.measures.power import detectable
from workbench.audit.measures.significance import homogeneity
from workbench.audit.parts import Gap, Group
from workbench.audit.plan import AuditPlan

__all__ = ["comparison_results", "gap_results"]

Results = dict[str, dict[str, Gap]]
Test = tuple[str, tuple[str, ...]]  # a frame's name, the metrics that are compared


@dataclass(frozen=True)
class Compared:
    """The groups of a frame that can be assessed in all of these metrics, and the metrics."""

    rows: tuple[int, ...]
    found: tuple[Estimates, ...]


@dataclass(frozen=True)
class Contrasts:
    """One metric: every higher group beside every lower one, as their difference or ratio.

    ``more`` and ``less`` are the places of the two among the groups of ``found``.
    """

    found: Estimates
    more: Places
    less: Places
    ratio: bool

    @cached_property
    def values(self) -> Reals:
        """Not-a-number where a ratio is not defined."""
        more, less = self.found.value[self.more], self.found.value[self.less]
        return share(less, more) if self.ratio else more - less

    @property
    def place(self) -> int:
        """Where the widest contrast is."""
        return int(np.nanargmin(self.values) if self.ratio else np.argmax(self.values))

    @property
    def value(self) -> float:
        return float(self.values[self.place])

    def ends(self, z: float) -> Ends:
        """The interval of each contrast."""
        low, high = self.found.ends(z)
        more, less = (
            (self.found.value[side], (low[side], high[side])) for side in (self.more, self.less)
        )
        if self.ratio:
            return intervals.ratio(*less, *more)
        return intervals.difference(*more, *less)

    def near(self, width: float) -> float:
        """The end of the widest contrast, whichever it is, towards no gap."""
        low, high = self.ends(width)
        return float(np.nanmin(high) if self.ratio else np.max(low))

    def far(self, width: float) -> float:
        """The other one."""
        low, high = self.ends(width)
        return float(np.nanmin(low) if self.ratio else np.max(high))


def gap_results(
    frames: Sequence[Frame], groups: Mapping[str, Mapping[str, Group]], plan: AuditPlan
) -> Results:
    """All gaps that the plan tests, by frame and gap, each between the groups that are assessable.

    All frames at once, because each probability is corrected for all tests of the plan.
    ``p_value`` belongs to the metrics, so a difference and its ratio share it.
    """
    tests = dict.fromkeys(GAPS[name].metrics for name in tested_gaps(plan))
    compared = {
        (frame.name, test): _compared(frame, groups[frame.name], test)
        for frame in frames
        for test in tests
    }
    probabilities: dict[Test, float] = {}
    for frame in frames:
        for test in tests:
            probability = _probability(compared[frame.name, test], frame, plan)
            if probability is not None:
                probabilities[frame.name, test] = probability
    results: Results = {}
    for frame in frames:
        draws, known = drawn(frame, plan), groups[frame.name]
        results[frame.name] = {
            name: _gap(
                GAPS[name],
                frame,
                known,
                compared[frame.name, GAPS[name].metrics],
                draws,
                len(probabilities),
            )
            for name in tested_gaps(plan)
        }
    return _with_probabilities(results, probabilities)


def _compared(frame: Frame, groups: Mapping[str, Group], metrics: tuple[str, ...]) -> Compared:
    rows = tuple(
        row
        for row, key in enumerate(frame.keys)
        if all(groups[key].metrics[name].status in ASSESSABLE for name in metrics)
    )
    return Compared(rows, tuple(estimated(name, frame) for name in metrics))


def _probability(compared: Compared, frame: Frame, plan: AuditPlan) -> float | None:
    if len(compared.rows) < 2:
        return None
    return homogeneity(compared.found, compared.rows, frame, plan)


def _with_probabilities(results: Results, probabilities: Mapping[Test, float]) -> Results:
    corrected = holm(probabilities)
    stated: Results = {}
    for table, gaps in results.items():
        stated[table] = {}
        for name, gap in gaps.items():
            test = (table, GAPS[name].metrics)
            numbers = {"p_value": probabilities.get(test), "p_adjusted": corrected.get(test)}
            stated[table][name] = gap if gap.value is None else gap.model_copy(update=numbers)
    return stated


def _gap(
    kind: GapKind,
    frame: Frame,
    groups: Mapping[str, Group],
    compared: Compared,
    draws: Draws,
    tests: int,
) -> Gap:
    keys = tuple(frame.keys[row] for row in compared.rows)
    if len(keys) < 2:
        return Gap(status="not_assessable", compared=keys)
    ratio = kind.form == "ratio"
    contrasts = [
        _contrasts(found.chosen(list(compared.rows)), ratio=ratio) for found in compared.found
    ]
    parts = [part for part in contrasts if not np.isnan(part.values).all()]
    if not parts:
        return Gap(status="not_defined", compared=keys)
    # Over several metrics the widest counts: the largest difference, the smallest ratio.
    widest = min if ratio else max
    part = widest(parts, key=lambda part: part.value)
    spreads = [spread(found, compared.rows, draws, relative=ratio) for found in compared.found]
    together = critical(spreads)
    low, high = sorted(_ends(parts, spreads, together))
    pair_low, pair_high = (float(end[part.place]) for end in part.ends(together))
    pair = part.more[part.place], part.less[part.place]
    named = tuple(keys[place] for place in pair)
    return Gap(
        value=part.value,
        low=low,
        high=_stated(high),
        # The value rests on these two; how sure all groups are, is in the interval.
        status=weakest([groups[key].metrics[name] for key in named for name in kind.metrics]),
        compared=keys,
        highest=named[0],
        lowest=named[1],
        metric=part.found.metric.name if len(kind.metrics) > 1 else None,
        pair_low=pair_low,
        pair_high=_stated(pair_high),
        detectable=detectable(part.found, list(range(len(keys))), pair, tests * len(kind.metrics)),
    )


def _contrasts(found: Estimates, *, ratio: bool) -> Contrasts:
    # Sorted, not argmax and argmin: where all groups are equal, these name the same one twice.
    order = np.argsort(found.value, kind="stable")
    more, less = np.tril_indices(len(order), -1)
    return Contrasts(found, order[more], order[less], ratio=ratio)


def _ends(
    parts: Sequence[Contrasts], spreads: Sequence[Spread], together: float
) -> tuple[float, float]:
    """The near and the far end of the widest contrast: sizes of which what is observed is usual."""
    ratio = parts[0].ratio
    widest = min if ratio else max

    def near(width: float) -> float:
        return widest(part.near(width) for part in parts)

    def far(width: float) -> float:
        return widest(part.far(width) for part in parts)

    def size(end: float) -> float:
        """On the scale on which groups are drawn."""
        if not ratio:
            return end
        return -math.log(end) if end > 0 else math.inf

    return (
        near(meeting(partial(near_width, spreads), lambda width: size(near(width)), (together, Z))),
        far(meeting(partial(far_width, spreads), lambda width: size(far(width)), (LEAST, Z))),
    )


def _stated(number: float) -> float | None:
    """An end that is not finite cannot be stated."""
    return number if np.isfinite(number) else None
