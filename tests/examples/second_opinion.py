"""Every number of a published check once more: by fairlearn, on the rows as they were handed in."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
from fairlearn import metrics as fairlearn
from sklearn.metrics import accuracy_score, precision_score

RATES: dict[str, Callable[..., float]] = {
    "selection_rate": fairlearn.selection_rate,
    "true_positive_rate": fairlearn.true_positive_rate,
    "false_positive_rate": fairlearn.false_positive_rate,
    "false_negative_rate": fairlearn.false_negative_rate,
    "true_negative_rate": fairlearn.true_negative_rate,
    "precision": partial(precision_score, zero_division=0),
    "accuracy": accuracy_score,
}
GAPS: dict[str, Callable[..., float]] = {
    "demographic_parity_difference": fairlearn.demographic_parity_difference,
    "demographic_parity_ratio": fairlearn.demographic_parity_ratio,
    "equal_opportunity_difference": fairlearn.equal_opportunity_difference,
    "equalized_odds_difference": fairlearn.equalized_odds_difference,
    "accuracy_difference": fairlearn.make_derived_metric(
        metric=accuracy_score, transform="difference"
    ),
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
        found |= _comparisons(attribute, result["comparisons"].get(attribute, {}), frame)
    return found


def _gap(name: str, gap: dict[str, Any], keys: "pd.Series[str]", rows: pd.DataFrame) -> float:
    chosen = keys.isin(gap["compared"])
    return float(
        GAPS[name](
            rows["outcome"][chosen], rows["prediction"][chosen], sensitive_features=keys[chosen]
        )
    )


def _comparisons(attribute: str, groups: dict[str, Any], frame: pd.DataFrame) -> dict[str, float]:
    found = {}
    for key, gaps in groups.items():
        for name, gap in gaps.items():
            if gap["value"] is not None:
                apart = float(frame.loc[key, name]) - float(frame.loc[gap["compared"][1], name])
                found[f"{attribute}/{key}/{name}/apart"] = abs(gap["value"] - apart)
    return found
