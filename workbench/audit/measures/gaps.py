"""How far groups lie apart: value, simultaneous interval, probability, smallest visible gap.

``gap_results`` compares the highest with the lowest group; ``comparison_results`` each group with
the reference group and with everybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.audit.catalogue import GAPS, GapKind, tested_gaps
from workbench.audit.measures import intervals
from workbench.audit.measures.comparisons import ASSESSABLE, comparison_results, weakest
from workbench.audit.measures.draws import Draws, critical, drawn
from workbench.audit.measures.estimates import Estimates, estimated
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.intervals import Ends, Z
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
class Apart:
    """One metric's widest contrast: rows of highest and lowest group, and that pair's ends.

    ``low`` and ``high`` are the ends of the widest contrast of all, whichever it is. The near end
    (towards no gap) must hold for all contrasts at once, because chance may pick any of them. The
    far end need not: one certain contrast is in truth the widest, and its own end suffices.
    """

    value: float
    low: float
    high: float
    pair: tuple[int, int]
    ends: tuple[float, float]


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
    z = critical(compared.found, compared.rows, draws, relative=ratio)
    apart = [_apart(estimates, compared.rows, z, ratio=ratio) for estimates in compared.found]
    defined = [place for place, each in enumerate(apart) if each is not None]
    parts = [each for each in apart if each is not None]
    if not parts:
        return Gap(status="not_defined", compared=keys)
    # Over several metrics the widest counts: the largest difference, the smallest ratio.
    widest = min if ratio else max
    place = widest(range(len(parts)), key=lambda place: parts[place].value)
    found, (high, low) = compared.found[defined[place]], parts[place].pair
    named = (frame.keys[high], frame.keys[low])
    return Gap(
        value=parts[place].value,
        low=widest(part.low for part in parts),
        high=_stated(widest(part.high for part in parts)),
        # The value rests on these two; how sure all groups are, is in the interval.
        status=weakest([groups[key].metrics[name] for key in named for name in kind.metrics]),
        compared=keys,
        highest=named[0],
        lowest=named[1],
        metric=found.metric.name if len(kind.metrics) > 1 else None,
        pair_low=parts[place].ends[0],
        pair_high=_stated(parts[place].ends[1]),
        detectable=detectable(found, list(compared.rows), (high, low), tests * len(kind.metrics)),
    )


def _apart(found: Estimates, rows: Sequence[int], z: float, *, ratio: bool) -> Apart | None:
    """All contrasts of a higher with a lower group; None where no ratio is defined."""
    # Sorted, not argmax and argmin: where all groups are equal, these name the same one twice.
    order = np.argsort(found.value[list(rows)], kind="stable")
    chosen = found.chosen([rows[place] for place in order])
    upper, lower = np.tril_indices(len(order), -1)
    more, less = chosen.value[upper], chosen.value[lower]

    def ends_at(wide: float) -> Ends:
        low, high = chosen.ends(wide)
        ends, others = (low[upper], high[upper]), (low[lower], high[lower])
        if ratio:
            return intervals.ratio(less, others, more, ends)
        return intervals.difference(more, ends, less, others)

    if ratio:
        values = np.divide(less, more, out=np.full(len(upper), np.nan), where=more > 0)
        if np.isnan(values).all():
            return None
        widest, place = np.nanmin, int(np.nanargmin(values))
    else:
        values = more - less
        widest, place = np.max, int(np.argmax(values))
    together, alone = ends_at(z), ends_at(Z)
    low, high = (alone[0], together[1]) if ratio else (together[0], alone[1])
    return Apart(
        value=float(values[place]),
        low=float(widest(low)),
        high=float(widest(high)),
        pair=(rows[order[upper[place]]], rows[order[lower[place]]]),
        ends=(float(together[0][place]), float(together[1][place])),
    )


def _stated(number: float) -> float | None:
    """An end that is not finite cannot be stated."""
    return number if np.isfinite(number) else None
