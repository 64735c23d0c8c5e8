"""Every group beside one other: the reference group that the plan names, and everybody.

Each interval holds for itself with 95 %. Nothing is tested here; the tests belong to the gaps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbench.audit.arrays import Reals
from workbench.audit.catalogue import metrics_of
from workbench.audit.measures import intervals
from workbench.audit.measures.estimates import Estimates, estimated, total, without
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.intervals import Ends, Z
from workbench.audit.metrics import Mean, Rate
from workbench.audit.parts import Gap, Group, Measure, Status
from workbench.audit.plan import AuditPlan

ASSESSABLE = frozenset({"ok", "uncertain"})
Side = Literal["reference", "overall"]
Form = Literal["difference", "ratio"]
Beside = dict[str, dict[str, dict[str, Gap]]]  # frame → group → metric_difference or _ratio


@dataclass(frozen=True)
class Contrast:
    """A number per group with its ends, each of shape (groups,)."""

    value: Reals
    ends: Ends


def comparison_results(
    frames: Sequence[Frame],
    everybody: Frame,
    groups: Mapping[str, Mapping[str, Group]],
    plan: AuditPlan,
) -> dict[Side, Beside]:
    """Every group beside the reference group, and beside everybody, by frame, group and name.

    ``<metric>_difference`` is the group's value minus the other's: 0 means equal, above 0 that
    the group's is the higher one. ``<metric>_ratio``, for rates, is the group's over the other's:
    1 means equal. For combined attributes the reference group has the reference value of each
    attribute, if the plan names them all. ``highest`` and ``lowest`` are stated where two groups
    are compared, ``compared`` is the group and, if there is one, the reference group.
    """
    results: dict[Side, Beside] = {"reference": {}, "overall": {}}
    for frame in frames:
        known = groups[frame.name]
        results["overall"][frame.name] = _beside_everybody(frame, everybody, known, plan)
        reference = _reference(frame, plan)
        if reference is not None:
            results["reference"][frame.name] = _beside_reference(frame, reference, known, plan)
    return results


def weakest(measures: Sequence[Measure]) -> Status:
    """How far a number can be relied on that rests on assessable measures."""
    return "uncertain" if any(each.status == "uncertain" for each in measures) else "ok"


def _reference(frame: Frame, plan: AuditPlan) -> int | None:
    """The row of the reference group; None where the plan names none or nobody is in it."""
    values = tuple(plan.references.get(attribute) for attribute in frame.attributes)
    named = plan.references.get(frame.name, " & ".join(value or "" for value in values))
    if frame.name not in plan.references and None in values:
        return None
    return frame.keys.index(named) if named in frame.keys else None


def _beside_reference(
    frame: Frame, reference: int, groups: Mapping[str, Group], plan: AuditPlan
) -> dict[str, dict[str, Gap]]:
    results: dict[str, dict[str, Gap]] = {key: {} for key in frame.keys}
    other = frame.keys[reference]
    for name in metrics_of(plan):
        found = estimated(name, frame)
        same = found.chosen([reference] * len(frame.keys))
        for form, contrast in _independent(found, same).items():
            for row, key in enumerate(frame.keys):
                measures = [groups[each].metrics[name] for each in (key, other)]
                results[key][f"{name}_{form}"] = _gap(contrast, row, form, measures, (key, other))
    del results[other]
    return results


def _beside_everybody(
    frame: Frame, everybody: Frame, groups: Mapping[str, Group], plan: AuditPlan
) -> dict[str, dict[str, Gap]]:
    results: dict[str, dict[str, Gap]] = {key: {} for key in frame.keys}
    others = without(frame, everybody)
    for name in metrics_of(plan):
        found, rest = estimated(name, frame), estimated(name, others)
        portion = _portion(found.metric, frame, everybody)
        for form, contrast in _part_of_whole(found, rest, portion).items():
            for row, key in enumerate(frame.keys):
                measures = [groups[key].metrics[name]]
                results[key][f"{name}_{form}"] = _gap(contrast, row, form, measures, (key,))
    return results


def _independent(one: Estimates, other: Estimates) -> dict[Form, Contrast]:
    """Two separate groups side by side."""
    ends, other_ends = one.ends(), other.ends()
    found: dict[Form, Contrast] = {
        "difference": Contrast(
            one.value - other.value,
            intervals.difference(one.value, ends, other.value, other_ends),
        )
    }
    if isinstance(one.metric, Rate):
        value = _over(one.value, other.value)
        bounds = intervals.ratio(one.value, ends, other.value, other_ends)
        found["ratio"] = Contrast(value, bounds)
    return found


def _part_of_whole(one: Estimates, rest: Estimates, portion: Reals) -> dict[Form, Contrast]:
    """A group beside everybody, of whom it is a part.

    The group and the others are independent, so the contrast is written as a function of both
    and of the group's portion of all, and each moves to the ends of its own interval in turn;
    the three ways that this moves the contrast are added as squares (MOVER).
    """
    ends, rest_ends = one.ends(), rest.ends()
    others, (rest_low, rest_high) = _filled(rest.value, rest_ends, portion)
    size = np.divide(one.effective, portion, out=np.zeros_like(portion), where=portion > 0)
    error = np.sqrt(portion * (1 - portion) / np.maximum(size, 1))
    less, more = np.clip(portion - Z * error, 0, 1), np.clip(portion + Z * error, 0, 1)

    def apart(value: Reals, other: Reals, part: Reals) -> Reals:
        # One person alone has infinite ends; what follows from them is not stated.
        with np.errstate(invalid="ignore"):
            return value - _whole(one.metric, value, other, part)

    value = apart(one.value, others, portion)
    by_portion = [apart(one.value, others, part) - value for part in (less, more)]
    down = [
        apart(ends[0], others, portion) - value,
        apart(one.value, rest_high, portion) - value,
        np.minimum(*by_portion),
    ]
    up = [
        apart(ends[1], others, portion) - value,
        apart(one.value, rest_low, portion) - value,
        np.maximum(*by_portion),
    ]
    found: dict[Form, Contrast] = {
        "difference": Contrast(value, (value - _added(down), value + _added(up)))
    }
    if isinstance(one.metric, Rate):
        found["ratio"] = _ratio_to_whole(one, rest, portion, error)
    return found


def _ratio_to_whole(one: Estimates, rest: Estimates, portion: Reals, error: Reals) -> Contrast:
    """The group's rate over everybody's: 1 / (portion + (1 − portion) / ratio to the others)."""
    others, rest_ends = _filled(rest.value, rest.ends(), portion)
    ends = one.ends()
    low, high = intervals.ratio(one.value, ends, others, rest_ends)
    whole = _whole(one.metric, one.value, others, portion)
    value = _over(one.value, whole)
    # Nobody else has it: the ratio to the others has no end, the one to everybody has. The low end
    # is what MOVER-R tends to as the others' rate goes to 0.
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.sqrt(np.maximum(ends[0] * (2 * one.value - ends[0]), 0)) / rest_ends[1]
    low, high = np.where(others > 0, low, least), np.where(others > 0, high, np.inf)
    low, high = (_of_whole(end, portion) for end in (low, high))
    moved = Z * error * np.abs(_over(others - one.value, whole))
    with np.errstate(divide="ignore", invalid="ignore"):
        down = np.hypot(np.log(_over(value, low)), moved)
        up = np.hypot(np.log(_over(high, value)), moved)
        low = np.where(low > 0, value * np.exp(-down), 0.0)
        high = np.where(value > 0, value * np.exp(up), high)
    return Contrast(value, (np.where(np.isnan(value), np.nan, low), high))


def _filled(value: Reals, ends: Ends, portion: Reals) -> tuple[Reals, Ends]:
    """The others' numbers; where the group is everybody there is no other, and 0 has no weight."""
    alone = portion >= 1
    low, high = (np.where(alone, 0.0, end) for end in ends)
    return np.where(alone, 0.0, value), (low, high)


def _whole(metric: Rate | Mean, value: Reals, other: Reals, portion: Reals) -> Reals:
    """Everybody's value from a group's and the others'."""
    if isinstance(metric, Mean) and metric.root:
        return np.asarray(np.sqrt(portion * value**2 + (1 - portion) * other**2))
    return np.asarray(portion * value + (1 - portion) * other)


def _of_whole(ratio: Reals, portion: Reals) -> Reals:
    with np.errstate(divide="ignore"):
        return np.asarray(1 / (portion + (1 - portion) / ratio))


def _added(displacements: list[Reals]) -> Reals:
    return np.asarray(np.sqrt(np.square(displacements).sum(axis=0)))


def _over(one: Reals, other: Reals) -> Reals:
    undefined = np.full(np.shape(one), np.nan)
    return np.asarray(np.divide(one, other, out=undefined, where=other > 0))


def _portion(metric: Rate | Mean, frame: Frame, everybody: Frame) -> Reals:
    """The group's share of all people that the metric counts, by weight."""
    if isinstance(metric, Rate):
        part, whole = (total(metric.bottom, each.weights) for each in (frame, everybody))
    else:
        part, whole = (each.weights.sum(axis=1) for each in (frame, everybody))
    return np.clip(_over(part, np.broadcast_to(whole, part.shape)), 0, 1)


def _gap(
    contrast: Contrast, row: int, form: Form, measures: list[Measure], compared: tuple[str, ...]
) -> Gap:
    if not all(each.status in ASSESSABLE for each in measures):
        return Gap(status="not_assessable", compared=compared)
    value, low, high = (
        float(each[row]) if np.isfinite(each[row]) else None
        for each in (contrast.value, *contrast.ends)
    )
    if value is None:
        return Gap(status="not_defined", compared=compared)
    order = compared if value >= (form == "ratio") else compared[::-1]
    return Gap(
        value=value,
        low=low,
        high=high,
        status=weakest(measures),
        compared=compared,
        highest=order[0] if len(order) > 1 else None,
        lowest=order[-1] if len(order) > 1 else None,
    )
