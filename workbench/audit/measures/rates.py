"""Frames → every metric of every group, with its 95 % interval and how far it can be trusted.

Closed forms on counts and sums; the names are fairlearn's and scikit-learn's. A rate is a share
between 0 and 1, a mean has its own unit; ``metrics`` says what each means.
"""

import numpy as np

from workbench.audit.catalogue import metrics_of
from workbench.audit.measures.estimates import Estimates, estimated
from workbench.audit.measures.frames import Frame
from workbench.audit.parts import Group, Measure, Status
from workbench.audit.plan import AuditPlan, Thresholds
from workbench.audit.words.phrases import labels
from workbench.basics.text import LANGUAGES, later, translate

EVERYBODY = later("everybody")
# Where fewer people decide a number (see ``Estimates.few``), its interval may hold the truth in
# less than 93 % of audits; simulations found as little as 63 %.
FEW = 30


def group_results(frame: Frame, plan: AuditPlan) -> dict[str, Group]:
    """Every group of the frame by its key, with its size and all metrics of the plan.

    A metric that nobody is there to count for (0/0) is "not_defined", without a value.
    """
    measures = {name: _measures(estimated(name, frame), plan) for name in metrics_of(plan)}
    sizes = frame.counts.sum(axis=1)
    return {
        key: _group(
            int(sizes[row]),
            dict(zip(frame.attributes, frame.groups[row], strict=True)),
            {name: found[row] for name, found in measures.items()},
            plan,
        )
        for row, key in enumerate(frame.keys)
    }


def overall_result(everybody: Frame, plan: AuditPlan) -> Group:
    """Everybody as one group, from a frame that has only this one."""
    (group,) = group_results(everybody, plan).values()
    words = {language: translate(language, EVERYBODY) for language in LANGUAGES}
    return group.model_copy(update={"label": words})


def standing(of: int, effective: float | None) -> float:
    """What a status goes by: the people counted, or what they are worth if that is less.

    So ask the standards for published proportions of the US National Center for Health Statistics
    (Parker et al. 2017), too. Rounded, so that equal weights change nothing.
    """
    return of if effective is None else round(min(of, effective), 6)


def status_of(people: float, thresholds: Thresholds, few: float = np.inf) -> Status:
    """How far a number that rests on so many people can be relied on.

    ``few``: how many of them decide it, see ``Estimates``.
    """
    if people == 0:
        return "not_defined"
    if people < thresholds.assess_minimum:
        return "not_assessable"
    return "uncertain" if people < thresholds.certain_minimum or few < FEW else "ok"


def _group(n: int, parts: dict[str, str], metrics: dict[str, Measure], plan: AuditPlan) -> Group:
    return Group(
        n=n,
        label=labels(plan, parts),
        parts=parts,
        status=status_of(n, plan.thresholds),
        metrics=metrics,
    )


def _measures(found: Estimates, plan: AuditPlan) -> list[Measure]:
    low, high = found.ends()
    return [
        measure(
            (found.value[row], low[row], high[row]),
            int(found.of[row]),
            float(found.effective[row]) if plan.weight else None,
            plan,
            float(found.few[row]),
        )
        for row in range(len(found.value))
    ]


def measure(
    numbers: tuple[float, float, float],
    of: int,
    effective: float | None,
    plan: AuditPlan,
    few: float = np.inf,
) -> Measure:
    """A value with its ends, as part of a result; an end that is not finite is not stated."""
    value, low, high = (float(number) if np.isfinite(number) else None for number in numbers)
    if value is None:
        return Measure(status="not_defined", of=of)
    return Measure(
        value=value,
        low=low,
        high=high,
        status=status_of(standing(of, effective), plan.thresholds, few),
        of=of,
        effective=effective,
    )
