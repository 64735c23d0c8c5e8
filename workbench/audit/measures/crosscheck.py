"""A second, independent calculation: fairlearn's MetricFrame on the same cells."""

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
from fairlearn import metrics as fairlearn
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import accuracy_score, precision_score

from workbench.audit.measures.cells import Frame
from workbench.audit.results import Crosscheck, Gap, Group

Numbers = npt.NDArray[np.int64]

RATES: dict[str, Callable[..., float]] = {
    "selection_rate": fairlearn.selection_rate,
    "true_positive_rate": fairlearn.true_positive_rate,
    "false_positive_rate": fairlearn.false_positive_rate,
    "false_negative_rate": fairlearn.false_negative_rate,
    "true_negative_rate": fairlearn.true_negative_rate,
    "precision": partial(precision_score, zero_division=0),
    "accuracy": accuracy_score,
}
# fairlearn offers no accuracy_difference under this name; its MetricFrame gives it below.
GAPS: dict[str, Callable[..., float]] = {
    "demographic_parity_difference": fairlearn.demographic_parity_difference,
    "demographic_parity_ratio": fairlearn.demographic_parity_ratio,
    "equal_opportunity_difference": fairlearn.equal_opportunity_difference,
    "equalized_odds_difference": fairlearn.equalized_odds_difference,
    "accuracy_difference": fairlearn.make_derived_metric(
        metric=accuracy_score, transform="difference", sample_param_names=["sample_weight"]
    ),
}


def compare(
    frames: list[Frame],
    groups: dict[str, dict[str, Group]],
    gaps: dict[str, dict[str, Gap]],
) -> Crosscheck:
    """The largest difference between our rates and gaps and fairlearn's; 0 is bit-equal.

    Numbers that are not defined are left out: for these fairlearn says 0.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        found = [
            difference
            for frame in frames
            for difference in (
                *_rates(frame, groups[frame.name]),
                *_gaps(frame, gaps[frame.name]),
            )
        ]
    return Crosscheck(
        library="fairlearn",
        version=version("fairlearn"),
        numbers=len(found),
        max_abs_difference=max(found, default=0.0),
    )


def _rates(frame: Frame, groups: dict[str, Group]) -> Iterator[float]:
    outcome, prediction, group, people = _rows(frame, frame.keys)
    table = fairlearn.MetricFrame(
        metrics=RATES,
        y_true=outcome,
        y_pred=prediction,
        sensitive_features=group,
        sample_params={name: {"sample_weight": people} for name in RATES},
    ).by_group
    for key, ours in groups.items():
        for name, measure in ours.metrics.items():
            if measure.value is not None:
                yield abs(measure.value - float(table.loc[key, name]))


def _gaps(frame: Frame, gaps: dict[str, Gap]) -> Iterator[float]:
    for name, gap in gaps.items():
        if gap.value is None:
            continue
        outcome, prediction, group, people = _rows(frame, gap.compared)
        theirs = GAPS[name](outcome, prediction, sensitive_features=group, sample_weight=people)
        yield abs(gap.value - float(theirs))


def _rows(
    frame: Frame, keys: tuple[str, ...]
) -> tuple[Numbers, Numbers, npt.NDArray[np.str_], Numbers]:
    """The cells of these groups as weighted rows: outcome, prediction, group, people."""
    chosen = [frame.keys.index(key) for key in keys]
    people = frame.counts[chosen]
    outcome = np.tile([1, 0, 1, 0], len(chosen))
    prediction = np.tile([1, 1, 0, 0], len(chosen))
    group = np.repeat(np.array(keys), people.shape[1])
    some = people.ravel() > 0
    return outcome[some], prediction[some], group[some], people.ravel()[some]
