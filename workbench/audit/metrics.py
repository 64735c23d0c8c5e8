"""Every rate and mean in words and as data: formula, direction, what it does not show.

Names are fairlearn's and scikit-learn's. A rate is ``top`` over ``bottom``, sums of the five
counts of a confusion table: tp (favourable in outcome and prediction), fp (favourable only in the
prediction), fn (favourable only in the outcome), tn (the same unfavourable value in both), other
(two different unfavourable values; only where there are more than two values). A mean is taken of
a number per person.
"""

from dataclasses import dataclass
from typing import Literal

from workbench.basics.text import later

Count = Literal["tp", "fp", "fn", "tn", "other"]
EVERYBODY: tuple[Count, ...] = ("tp", "fp", "fn", "tn", "other")
Variable = Literal["score", "prediction", "error", "absolute_error", "squared_error"]


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
class Mean:
    """The mean of a number per person, in that number's own unit; ``root`` takes its root."""

    name: str
    title: str
    formula: str
    direction: str
    does_not_show: str
    sentence: str
    variable: Variable
    root: bool = False


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
            ("fp", "tn", "other"),
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
            ("tn", "other"),
            ("fp", "tn", "other"),
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
            "false_omission_rate",
            later("Unfavourable predictions that are wrong"),
            "FN / (FN + TN)",
            later("Higher means that an unfavourable prediction can be relied on less."),
            later("It does not show how often a favourable prediction is wrong."),
            later("Of 100 {group} without the prediction {positive}, it is wrong for {share}"),
            ("fn",),
            ("fn", "tn", "other"),
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

MEANS: dict[str, Mean] = {
    mean.name: mean
    for mean in (
        Mean(
            "mean_score",
            later("Mean score"),
            "Σ score / n",
            later("Higher means that the system rates the group higher."),
            later("It does not show whether the scores are right."),
            later("The mean score of {group} is {value}"),
            "score",
        ),
        Mean(
            "mean_prediction",
            later("Mean prediction"),
            "Σ prediction / n",
            later("Higher means that the system predicts more for the group."),
            later("It does not show whether the predictions are right."),
            later("The mean prediction for {group} is {value}"),
            "prediction",
        ),
        Mean(
            "mean_error",
            later("Mean error"),
            "Σ (prediction − outcome) / n",
            later("Above 0, the system predicts too much for the group; below 0, too little."),
            later("Errors in both directions can cancel out."),
            later("For {group}, the prediction is off by {value} on average, with its sign"),
            "error",
        ),
        Mean(
            "mean_absolute_error",
            later("Mean size of the error"),
            "Σ |prediction − outcome| / n",
            later("Higher means larger errors."),
            later("It does not show whether too much or too little is predicted."),
            later("For {group}, the prediction is off by {value} on average, whatever its sign"),
            "absolute_error",
        ),
        Mean(
            "root_mean_squared_error",
            later("Mean size of the error, large errors weighing more"),
            "√(Σ (prediction − outcome)² / n)",
            later("Higher means larger errors; a few very large ones raise it most."),
            later("It does not show whether too much or too little is predicted."),
            later("For {group}, the root of the mean squared error is {value}"),
            "squared_error",
            root=True,
        ),
    )
}
METRICS: dict[str, Rate | Mean] = {**RATES, **MEANS}
WITHOUT_OUTCOME = ("selection_rate",)
REGRESSION = tuple(name for name in MEANS if name != "mean_score")
