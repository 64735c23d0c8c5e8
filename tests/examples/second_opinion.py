"""Every number of a published check once more: by fairlearn, on the rows as they were handed in."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from fairlearn import metrics as fairlearn
from sklearn.metrics import accuracy_score, precision_score


def precision(y_true: "pd.Series[int]", y_pred: "pd.Series[int]") -> float:
    """scikit-learn's, without a warning where nobody was predicted favourably."""
    return float(precision_score(y_true, y_pred, zero_division=0))


def false_omission_rate(y_true: "pd.Series[int]", y_pred: "pd.Series[int]") -> float:
    """The share of wrong ones among unfavourable predictions; fairlearn has none."""
    return float(y_true[y_pred == 0].mean())


RATES: dict[str, Callable[..., float]] = {
    "selection_rate": fairlearn.selection_rate,
    "true_positive_rate": fairlearn.true_positive_rate,
    "false_positive_rate": fairlearn.false_positive_rate,
    "false_negative_rate": fairlearn.false_negative_rate,
    "true_negative_rate": fairlearn.true_negative_rate,
    "precision": precision,
    "false_omission_rate": false_omission_rate,
    "accuracy": accuracy_score,
}
GAPS: dict[str, Callable[..., float]] = {
    "demographic_parity_difference": fairlearn.demographic_parity_difference,
    "demographic_parity_ratio": fairlearn.demographic_parity_ratio,
    "equal_opportunity_difference": fairlearn.equal_opportunity_difference,
    "equal_opportunity_ratio": fairlearn.equal_opportunity_ratio,
    "equalized_odds_difference": fairlearn.equalized_odds_difference,
    "equalized_odds_ratio": fairlearn.equalized_odds_ratio,
    **{
        f"{name}_{form}": fairlearn.make_derived_metric(metric=metric, transform=form)
        for name, metric in (
            ("accuracy", accuracy_score),
            ("predictive_parity", precision),
            ("false_positive_rate", fairlearn.false_positive_rate),
            ("false_omission_rate", false_omission_rate),
        )
        for form in ("difference", "ratio")
    },
}
AGES = {"under 25": (0, 25), "25 to 34": (25, 35), "35 to 49": (35, 50), "50 and over": (50, 200)}


def prepared(table: pd.DataFrame) -> pd.DataFrame:
    """The handed-in rows of the example with ages in classes, outcome and prediction as 0 or 1."""
    classes = {
        name: table["age"].between(low, high, inclusive="left")
        for name, (low, high) in AGES.items()
    }
    return pd.DataFrame(
        {
            "sex": table["sex"],
            "age": pd.DataFrame(classes).idxmax(axis=1),
            "outcome": (table["credit_risk"] == 1).astype(int),
            "prediction": (table["prediction"] == 1).astype(int),
        }
    )


def differences(result: dict[str, Any], rows: pd.DataFrame) -> dict[str, float]:
    """Every published number → how far fairlearn's differs; ``rows`` as ``prepared`` gives them."""
    found: dict[str, float] = {}
    for attribute, groups in result["groups"].items():
        parts = attribute.split(" & ")
        keys = rows[parts].agg(" & ".join, axis=1)
        frame = fairlearn.MetricFrame(
            metrics=RATES,
            y_true=rows["outcome"],
            y_pred=rows["prediction"],
            sensitive_features=keys,
        ).by_group
        for key, group in groups.items():
            if group["n"] is not None:
                found[f"{attribute}/{key}/n"] = abs(group["n"] - int((keys == key).sum()))
            for name, measure in group["metrics"].items():
                if measure["value"] is not None:
                    theirs = float(frame.loc[key, name])
                    found[f"{attribute}/{key}/{name}"] = abs(measure["value"] - theirs)
        for name, gap in result["gaps"].get(attribute, {}).items():
            if gap["value"] is not None:
                found[f"{attribute}/{name}"] = abs(gap["value"] - _gap(name, gap, keys, rows))
        found |= _comparisons(attribute, result["comparisons"], frame, rows)
    return found


def _gap(name: str, gap: dict[str, Any], keys: "pd.Series[str]", rows: pd.DataFrame) -> float:
    chosen = keys.isin(gap["compared"])
    return float(
        GAPS[name](
            rows["outcome"][chosen], rows["prediction"][chosen], sensitive_features=keys[chosen]
        )
    )


def _comparisons(
    attribute: str, comparisons: dict[str, Any], frame: pd.DataFrame, rows: pd.DataFrame
) -> dict[str, float]:
    """Each group against its reference group, and against everybody."""
    found = {}
    for against, tables in comparisons.items():
        for key, gaps in tables.get(attribute, {}).items():
            for name, gap in gaps.items():
                rate, _, form = name.rpartition("_")
                if gap["value"] is None:
                    continue
                here = float(frame.loc[key, rate])
                there = (
                    float(RATES[rate](rows["outcome"], rows["prediction"]))
                    if against == "overall"
                    else float(frame.loc[gap["compared"][1], rate])
                )
                theirs = here - there if form == "difference" else here / there
                found[f"{attribute}/{key}/{name}/{against}"] = abs(gap["value"] - theirs)
    return found
