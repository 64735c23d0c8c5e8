"""Cells → rates per group with Wilson intervals, and gaps between groups.

Closed forms on the counts of a confusion table; the names are fairlearn's.
"""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from workbench.audit.catalogue import GAPS, RATES, Count, GapKind
from workbench.audit.measures.bootstrap import interval, resampled
from workbench.audit.measures.cells import COLUMNS, Counts, Frame
from workbench.audit.plan import AuditPlan, Thresholds
from workbench.audit.results import Gap, Group, Measure, Status
from workbench.audit.words.phrases import labels
from workbench.basics.text import LANGUAGES, later, translate

Reals = npt.NDArray[np.float64]

EVERYBODY = later("everybody")
CONFIDENCE = 0.95
STANDARD_ERRORS = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
ASSESSABLE = frozenset({"ok", "uncertain"})


def group_results(frame: Frame, plan: AuditPlan) -> dict[str, Group]:
    """Every group of the frame with its size and rates, by its key."""
    return {
        key: _group(counts, dict(zip(frame.attributes, group, strict=True)), plan)
        for key, group, counts in zip(frame.keys, frame.groups, frame.counts, strict=True)
    }


def overall_result(counts: Counts, plan: AuditPlan) -> Group:
    """Everybody as one group."""
    words = {language: translate(language, EVERYBODY) for language in LANGUAGES}
    return _group(counts, {}, plan).model_copy(update={"label": words})


def gap_results(frame: Frame, groups: dict[str, Group], plan: AuditPlan) -> dict[str, Gap]:
    """All gaps of the frame's groups, each between those groups that can be assessed for it."""
    draws = resampled(frame, plan)
    return {name: _gap(kind, frame, groups, draws) for name, kind in GAPS.items()}


def comparison_results(
    frame: Frame, groups: dict[str, Group], plan: AuditPlan
) -> dict[str, dict[str, Gap]]:
    """Every group's rates minus those of the plan's reference group; empty without one.

    A value is between −1 and 1; above 0 means that the group's rate is the higher one.
    """
    reference = plan.references.get(frame.name)
    if reference is None:
        return {}
    draws = resampled(frame, plan)
    return {
        key: {name: _comparison(name, key, reference, frame, groups, draws) for name in RATES}
        for key in frame.keys
        if key != reference
    }


def rate(name: str, counts: npt.NDArray[np.integer]) -> Reals:
    """The rate for counts whose last axis is tp, fp, fn, tn; not-a-number for 0/0."""
    top, bottom = (_total(parts, counts) for parts in (RATES[name].top, RATES[name].bottom))
    shares: Reals = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
    return shares


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of ``hits`` in ``of`` > 0 (Wilson 1927): two shares."""
    z2 = STANDARD_ERRORS**2
    share = hits / of
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = STANDARD_ERRORS * (share * (1 - share) / of + z2 / (4 * of**2)) ** 0.5 / (1 + z2 / of)
    # At the ends the formula is exactly 0 or 1; rounding must not say otherwise.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    return low, 1.0 if hits == of else min(1.0, middle + half)


def status_of(people: int, thresholds: Thresholds) -> Status:
    """How far a number that rests on so many people can be relied on."""
    if people == 0:
        return "not_defined"
    if people < thresholds.assess_minimum:
        return "not_assessable"
    return "uncertain" if people < thresholds.certain_minimum else "ok"


def _total(parts: tuple[Count, ...], counts: npt.NDArray[np.integer]) -> Reals:
    places = [COLUMNS.index(part) for part in parts]
    total: Reals = counts[..., places].sum(axis=-1).astype(float)
    return total


def _group(counts: Counts, parts: dict[str, str], plan: AuditPlan) -> Group:
    return Group(
        n=int(counts.sum()),
        label=labels(plan, parts),
        parts=parts,
        status=status_of(int(counts.sum()), plan.thresholds),
        metrics={name: _measure(name, counts, plan.thresholds) for name in RATES},
    )


def _measure(name: str, counts: Counts, thresholds: Thresholds) -> Measure:
    kind = RATES[name]
    hits, of = int(_total(kind.top, counts)), int(_total(kind.bottom, counts))
    if of == 0:
        return Measure(status="not_defined", of=0)
    low, high = wilson(hits, of)
    return Measure(value=hits / of, low=low, high=high, status=status_of(of, thresholds), of=of)


def _gap(kind: GapKind, frame: Frame, groups: dict[str, Group], draws: Counts) -> Gap:
    """The gap between the highest and the lowest group, and how it varies between these two.

    The interval of the largest of many drawn gaps would lean upwards and could miss the gap
    itself; with the two groups held fixed it does not, and may well reach below no gap at all.
    """
    compared = tuple(key for key in frame.keys if _assessable(groups[key], kind.rates))
    if len(compared) < 2:
        return Gap(status="not_assessable", compared=compared)
    rows = [frame.keys.index(key) for key in compared]
    shares = {name: rate(name, frame.counts[rows]) for name in kind.rates}
    widest = max(kind.rates, key=lambda name: float(np.ptp(shares[name])))
    # Sorted, not argmax and argmin: where all groups are equal, these name the same one twice.
    order = np.argsort(shares[widest], kind="stable")
    high, low = rows[int(order[-1])], rows[int(order[0])]
    value, drawn = (
        _apart(kind, rate(widest, counts[..., high, :]), rate(widest, counts[..., low, :]))
        for counts in (frame.counts, draws)
    )
    if np.isnan(value):
        return Gap(status="not_defined", compared=compared)
    ends = interval(drawn)
    measures = [groups[key].metrics[name] for key in compared for name in kind.rates]
    return Gap(
        value=float(value),
        low=ends[0],
        high=ends[1],
        status=_weakest(measures),
        compared=compared,
        highest=frame.keys[high],
        lowest=frame.keys[low],
    )


def _apart(kind: GapKind, high: Reals, low: Reals) -> Reals:
    if kind.form == "difference":
        return high - low
    ratio: Reals = np.divide(low, high, out=np.full(np.shape(high), np.nan), where=high > 0)
    return ratio


def _comparison(
    name: str, key: str, reference: str, frame: Frame, groups: dict[str, Group], draws: Counts
) -> Gap:
    pair = (key, reference)
    if not all(_assessable(groups[each], (name,)) for each in pair):
        return Gap(status="not_assessable", compared=pair)
    here, there = (frame.keys.index(each) for each in pair)
    value, drawn = (
        rate(name, counts[..., here, :]) - rate(name, counts[..., there, :])
        for counts in (frame.counts, draws)
    )
    low, high = interval(drawn)
    highest, lowest = pair if value >= 0 else pair[::-1]
    return Gap(
        value=float(value),
        low=low,
        high=high,
        status=_weakest([groups[each].metrics[name] for each in pair]),
        compared=pair,
        highest=highest,
        lowest=lowest,
    )


def _assessable(group: Group, names: tuple[str, ...]) -> bool:
    return all(group.metrics[name].status in ASSESSABLE for name in names)


def _weakest(measures: list[Measure]) -> Status:
    return "uncertain" if any(each.status == "uncertain" for each in measures) else "ok"
