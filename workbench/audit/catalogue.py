"""Every gap in words and as data, and which ones a plan can and does test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workbench.audit.metrics import MEANS, RATES, REGRESSION, WITHOUT_OUTCOME
from workbench.basics.text import later

if TYPE_CHECKING:  # a plan is checked against this catalogue
    from workbench.audit.plan import AuditPlan


@dataclass(frozen=True)
class GapKind:
    """How far groups lie apart: as a difference (0 = not at all) or as a ratio (1 = not at all).

    ``metrics`` names the rates (or the mean) that are compared; of several, the widest counts.
    ``usual``: tested when a plan names no gaps.
    """

    name: str
    title: str
    formula: str
    does_not_show: str
    metrics: tuple[str, ...]
    form: Literal["difference", "ratio"] = "difference"
    sentence: str = ""
    usual: bool = True


def _rate_gaps(
    name: str,
    titles: tuple[str, str],
    does_not_show: str,
    metrics: tuple[str, ...],
    sentence: str,
    *,
    usual: bool = True,
) -> tuple[GapKind, GapKind]:
    """A gap in rates, as a difference and as a ratio."""
    inside = ", ".join(metrics)
    several = len(metrics) > 1
    formulas = ("largest of: max − min, over {}", "smallest of: min / max, over {}")
    plain = ("max {0} − min {0}", "min {0} / max {0}")
    difference, ratio = (formula.format(inside) for formula in (formulas if several else plain))
    return (
        GapKind(f"{name}_difference", titles[0], difference, does_not_show, metrics, usual=usual),
        GapKind(
            f"{name}_ratio", titles[1], ratio, does_not_show, metrics, "ratio", sentence, usual
        ),
    )


GAPS: dict[str, GapKind] = {
    gap.name: gap
    for gap in (
        *_rate_gaps(
            "demographic_parity",
            (later("Gap in favourable predictions"), later("Ratio of favourable predictions")),
            later("It does not ask whether the groups differ in their real outcomes."),
            ("selection_rate",),
            later("Where {high} get 100 favourable predictions, equally many {low} get {gap}"),
        ),
        *_rate_gaps(
            "equal_opportunity",
            (
                later("Gap in recognised favourable cases"),
                later("Ratio of recognised favourable cases"),
            ),
            later("It trusts the recorded outcome, which may itself carry old disadvantages."),
            ("true_positive_rate",),
            later("Where 100 favourable cases of {high} are recognised, {gap} of {low} are"),
        ),
        *_rate_gaps(
            "equalized_odds",
            (
                later("Larger gap of the two kinds of error"),
                later("Smaller ratio of the two kinds of error"),
            ),
            later("It does not say which of the two errors is the worse one for people."),
            ("true_positive_rate", "false_positive_rate"),
            later("Where it happens to 100 {high}, it happens to {gap} of equally many {low}"),
        ),
        *_rate_gaps(
            "predictive_parity",
            (
                later("Gap in favourable predictions that are right"),
                later("Ratio of favourable predictions that are right"),
            ),
            later("It does not show how many favourable cases are missed."),
            ("precision",),
            later("Where 100 favourable predictions for {high} are right, {gap} for {low} are"),
        ),
        *_rate_gaps(
            "accuracy",
            (later("Gap in right predictions"), later("Ratio of right predictions")),
            later("Equal accuracy can hide that groups suffer different kinds of error."),
            ("accuracy",),
            later("Where 100 predictions for {high} are right, {gap} for {low} are"),
        ),
        *_rate_gaps(
            "false_positive_rate",
            (
                later("Gap in favourable predictions without reason"),
                later("Ratio of favourable predictions without reason"),
            ),
            later("It does not show how many favourable cases are missed."),
            ("false_positive_rate",),
            later("Where it happens to 100 {high}, it happens to {gap} of equally many {low}"),
            usual=False,
        ),
        *_rate_gaps(
            "false_omission_rate",
            (
                later("Gap in unfavourable predictions that are wrong"),
                later("Ratio of unfavourable predictions that are wrong"),
            ),
            later("It does not show how often a favourable prediction is wrong."),
            ("false_omission_rate",),
            later("Where it happens to 100 {high}, it happens to {gap} of equally many {low}"),
            usual=False,
        ),
        *(
            GapKind(
                f"{mean.name}_difference",
                title,
                f"max {mean.name} − min {mean.name}",
                mean.does_not_show,
                (mean.name,),
            )
            for mean, title in zip(
                MEANS.values(),
                (
                    later("Gap in mean scores"),
                    later("Gap in mean predictions"),
                    later("Gap in mean errors"),
                    later("Gap in mean sizes of the error"),
                    later("Gap in root mean squared errors"),
                ),
                strict=True,
            )
        ),
    )
}


def widest(name: str) -> float:
    """The largest difference that there can be: 1 between shares; between means, no bound."""
    return math.inf if MEANS.keys() & set(GAPS[name].metrics) else 1.0


def metrics_of(plan: AuditPlan) -> tuple[str, ...]:
    """The names of all metrics that the plan's columns allow, in the catalogue's order."""
    if plan.task == "regression":
        return REGRESSION
    judged = bool(plan.outcome) or plan.counts == "confusion"
    rates = tuple(RATES) if judged else WITHOUT_OUTCOME
    return (*rates, "mean_score") if plan.score else rates


def possible_gaps(plan: AuditPlan) -> tuple[str, ...]:
    """The names of all gaps that the plan's columns allow."""
    present = set(metrics_of(plan))
    return tuple(name for name, gap in GAPS.items() if present.issuperset(gap.metrics))


def tested_gaps(plan: AuditPlan) -> tuple[str, ...]:
    """The names of the gaps that the plan tests: those it names, else the usual ones."""
    possible = possible_gaps(plan)
    return tuple(
        name for name in possible if (name in plan.gaps if plan.gaps else GAPS[name].usual)
    )
