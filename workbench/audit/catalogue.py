"""Every metric in words and as data: formula, direction, limits; the screens with their source.

Names are fairlearn's. A rate is ``top`` over ``bottom``, sums of the four counts of a confusion
table: tp (favourable in outcome and prediction), fp (favourable only in the prediction), fn
(favourable only in the outcome), tn (in neither). A gap compares a rate between groups.
"""

from dataclasses import dataclass
from typing import Literal

from workbench.basics.text import later

Count = Literal["tp", "fp", "fn", "tn"]
EVERYBODY: tuple[Count, ...] = ("tp", "fp", "fn", "tn")


@dataclass(frozen=True)
class Rate:
    """A share of people between 0 and 1, and how to say it of 100 of them."""

    name: str
    title: str
    formula: str
    direction: str
    does_not_show: str
    sentence: str
    top: tuple[Count, ...]
    bottom: tuple[Count, ...]


@dataclass(frozen=True)
class GapKind:
    """How far groups lie apart in rates: as a difference (0 = not) or as a ratio (1 = not)."""

    name: str
    title: str
    formula: str
    does_not_show: str
    rates: tuple[str, ...]
    form: Literal["difference", "ratio"] = "difference"
    sentence: str = ""


@dataclass(frozen=True)
class Screen:
    """From where on a gap asks for a justification: a convention with its source, no verdict."""

    id: str
    version: str
    gap: str
    limit: float
    source: str
    link: str
    remark: str


RATES: dict[str, Rate] = {
    rate.name: rate
    for rate in (
        Rate(
            "selection_rate",
            later("Share with a favourable prediction"),
            "(TP + FP) / n",
            later("Higher means that more people of the group get the favourable prediction."),
            later("It does not show whether the predictions are right."),
            later("Of 100 {group}, {share} get the favourable prediction {positive}"),
            ("tp", "fp"),
            EVERYBODY,
        ),
        Rate(
            "true_positive_rate",
            later("Favourable cases that are recognised"),
            "TP / (TP + FN)",
            later("Higher means that fewer people miss what they were entitled to."),
            later("It does not show how often others get it without reason."),
            later("Of 100 {group} whose real outcome is {positive}, {share} are predicted so"),
            ("tp",),
            ("tp", "fn"),
        ),
        Rate(
            "false_positive_rate",
            later("Unfavourable cases that pass as favourable"),
            "FP / (FP + TN)",
            later("Higher means that more people get the favourable prediction without reason."),
            later("It does not show how many favourable cases are missed."),
            later(
                "Of 100 {group} whose real outcome is not {positive}, {share} are still predicted "
                "{positive}"
            ),
            ("fp",),
            ("fp", "tn"),
        ),
        Rate(
            "false_negative_rate",
            later("Favourable cases that are missed"),
            "FN / (TP + FN)",
            later("Higher means that more people miss what they were entitled to."),
            later("It does not show how often others get it without reason."),
            later("Of 100 {group} whose real outcome is {positive}, {share} are missed"),
            ("fn",),
            ("tp", "fn"),
        ),
        Rate(
            "true_negative_rate",
            later("Unfavourable cases that are recognised"),
            "TN / (FP + TN)",
            later("Higher means that fewer people get the favourable prediction without reason."),
            later("It does not show how many favourable cases are missed."),
            later("Of 100 {group} whose real outcome is not {positive}, {share} are recognised"),
            ("tn",),
            ("fp", "tn"),
        ),
        Rate(
            "precision",
            later("Favourable predictions that are right"),
            "TP / (TP + FP)",
            later("Higher means that a favourable prediction can be relied on more."),
            later("It does not show how many favourable cases are missed."),
            later("Of 100 {group} with the prediction {positive}, it is right for {share}"),
            ("tp",),
            ("tp", "fp"),
        ),
        Rate(
            "accuracy",
            later("Predictions that are right"),
            "(TP + TN) / n",
            later("Higher means fewer errors of any kind."),
            later("It does not show which kind of error people suffer."),
            later("Of 100 {group}, the prediction is right for {share}"),
            ("tp", "tn"),
            EVERYBODY,
        ),
    )
}

GAPS: dict[str, GapKind] = {
    gap.name: gap
    for gap in (
        GapKind(
            "demographic_parity_difference",
            later("Gap in favourable predictions"),
            "max selection_rate − min selection_rate",
            later("It does not ask whether the groups differ in their real outcomes."),
            ("selection_rate",),
        ),
        GapKind(
            "demographic_parity_ratio",
            later("Ratio of favourable predictions"),
            "min selection_rate / max selection_rate",
            later("It looks large where favourable predictions are rare in every group."),
            ("selection_rate",),
            "ratio",
            later("Where {high} get 100 favourable predictions, equally many {low} get {gap}"),
        ),
        GapKind(
            "equal_opportunity_difference",
            later("Gap in recognised favourable cases"),
            "max true_positive_rate − min true_positive_rate",
            later("It trusts the recorded outcome, which may itself carry old disadvantages."),
            ("true_positive_rate",),
        ),
        GapKind(
            "equalized_odds_difference",
            later("Larger gap of the two kinds of error"),
            "max(gap true_positive_rate, gap false_positive_rate)",
            later("It does not say which of the two errors is the worse one for people."),
            ("true_positive_rate", "false_positive_rate"),
        ),
        GapKind(
            "accuracy_difference",
            later("Gap in right predictions"),
            "max accuracy − min accuracy",
            later("Equal accuracy can hide that groups suffer different kinds of error."),
            ("accuracy",),
        ),
    )
}

NO_EUROPEAN_LIMIT = later(
    "German and European law know no fixed limit. A convention only says from where on a gap asks "
    "for a justification."
)
AIF360 = "https://aif360.readthedocs.io/en/stable/modules/generated/aif360.metrics.html"
SCREENS: dict[str, Screen] = {
    screen.gap: screen
    for screen in (
        Screen(
            "four-fifths",
            "1978",
            "demographic_parity_ratio",
            0.8,
            "29 CFR 1607.4(D), Uniform Guidelines on Employee Selection Procedures (USA)",
            "https://www.ecfr.gov/current/title-29/section-1607.4",
            NO_EUROPEAN_LIMIT,
        ),
        *(
            Screen(
                f"ten-points-{name}",
                "0.6",
                name,
                0.1,
                "AI Fairness 360: differences of at most 0.1 in size",
                AIF360,
                NO_EUROPEAN_LIMIT,
            )
            for name, gap in GAPS.items()
            if gap.form == "difference"
        ),
    )
}
