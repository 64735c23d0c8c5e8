"""A second, independent calculation: fairlearn's MetricFrame on the same cells."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pandas as pd
from fairlearn import metrics as fairlearn
from sklearn import config_context
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import (
    accuracy_score,
    mean_absolute_error,
    precision_score,
    root_mean_squared_error,
)

from workbench.audit.arrays import Counts, Reals
from workbench.audit.catalogue import GAPS, metrics_of
from workbench.audit.measures.frames import Frame
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Crosscheck, Gap, Group
from workbench.audit.plan import AuditPlan

Metric = Callable[..., float]

# Outcome and prediction of tp, fp, fn, tn, other: 1 is favourable, 0 and 2 are not.
OUTCOME = np.array([1, 0, 1, 0, 0])
PREDICTION = np.array([1, 1, 0, 0, 2])


def compare(
    frames: list[Frame],
    groups: Mapping[str, Mapping[str, Group]],
    gaps: Mapping[str, Mapping[str, Gap]],
    plan: AuditPlan,
) -> Crosscheck:
    """The largest difference between our rates, means and gaps and fairlearn's; 0 is bit-equal.

    ``numbers`` is how many were compared: all rates and means with a value and all their gaps.
    Means are computed again from the means of smaller parts: of narrow score bins, and for a
    regression of the groups of most attributes combined. They are compared relative to the largest
    of these in size, rates as they are. Numbers that are not defined are left out: for these
    fairlearn says 0.
    """
    rates = [name for name in metrics_of(plan) if name in RATES]
    found: list[float] = []
    # Each of many small calls would check its arguments again.
    with (
        warnings.catch_warnings(),
        config_context(assume_finite=True, skip_parameter_validation=True),
    ):
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        for frame in frames:
            ours, apart = groups[frame.name], gaps[frame.name]
            if rates:
                found += _compared(partial(_table, frame), rates, frame, ours, apart)
            for name in (name for name in metrics_of(plan) if name in MEANS):
                parts = _score_parts(frame) if name == "mean_score" else _parts(name, frame, frames)
                size = float(np.abs(parts.means).max(initial=0))
                found += _compared(parts.table, [name], frame, ours, apart, size)
    return Crosscheck(
        library="fairlearn",
        version=version("fairlearn"),
        numbers=len(found),
        max_abs_difference=max(found, default=0.0),
    )


def _compared(
    table: Callable[[tuple[str, ...], list[str]], fairlearn.MetricFrame],
    names: list[str],
    frame: Frame,
    groups: Mapping[str, Group],
    gaps: Mapping[str, Gap],
    size: float = 1.0,
) -> Iterator[float]:
    """How far each number of the metrics of these names is off, relative to ``size``."""
    # Whoever is compared, each metric is computed once for them.
    wanted = {frame.keys: dict.fromkeys(names)}
    stated = {
        name: gap
        for name, gap in gaps.items()
        if gap.value is not None and set(GAPS[name].metrics) <= set(names)
    }
    for name, gap in stated.items():
        wanted.setdefault(gap.compared, {}).update(dict.fromkeys(GAPS[name].metrics))
    tables = {keys: table(keys, list(metrics)) for keys, metrics in wanted.items()}
    theirs = tables[frame.keys].by_group
    for key, group in groups.items():
        for metric in names:
            value = group.metrics[metric].value
            if value is not None:
                yield _off(value, float(theirs.loc[key, metric]), size)
    for name, gap in stated.items():
        yield _off(gap.value or 0.0, _gap(name, tables[gap.compared]), size)


def _gap(name: str, table: fairlearn.MetricFrame) -> float:
    """The gap by fairlearn: of several metrics the widest that is defined."""
    kind = GAPS[name]
    ratio = kind.form == "ratio"
    apart: pd.Series[float] = table.ratio() if ratio else table.difference()
    widest = apart[list(kind.metrics)]
    return float(widest.min() if ratio else widest.max())


def _off(ours: float, theirs: float, size: float) -> float:
    return abs(ours - theirs) / (size or 1.0)  # where all numbers are 0, so is the size


def _binary(metric: Metric) -> Metric:
    """The metric for outcomes and predictions that are favourable (1) or not (all others)."""

    def judged(outcome: Counts, prediction: Counts, sample_weight: object = None) -> float:
        said = (np.asarray(prediction) == 1).astype(int)
        return float(metric(np.asarray(outcome), said, sample_weight=sample_weight))

    return judged


def _false_omission_rate(outcome: Counts, said: Counts, sample_weight: object) -> float:
    right = precision_score(
        outcome, said, pos_label=0, zero_division=0, sample_weight=sample_weight
    )
    return float(1 - right)


RATES: dict[str, Metric] = {
    "selection_rate": _binary(fairlearn.selection_rate),
    "true_positive_rate": _binary(fairlearn.true_positive_rate),
    "false_positive_rate": _binary(fairlearn.false_positive_rate),
    "false_negative_rate": _binary(fairlearn.false_negative_rate),
    "true_negative_rate": _binary(fairlearn.true_negative_rate),
    "precision": _binary(partial(precision_score, zero_division=0)),
    "false_omission_rate": _binary(_false_omission_rate),
    "accuracy": accuracy_score,
}
# Of parts whose outcome counts as 0, so that the errors are what was predicted.
MEAN_METRICS: dict[str, Metric] = {
    "mean_score": fairlearn.mean_prediction,
    "mean_prediction": fairlearn.mean_prediction,
    "mean_error": fairlearn.mean_prediction,
    "mean_absolute_error": mean_absolute_error,
    "root_mean_squared_error": root_mean_squared_error,
}


def _table(frame: Frame, keys: tuple[str, ...], names: list[str]) -> fairlearn.MetricFrame:
    """The cells of these groups as weighted rows, judged by fairlearn."""
    chosen = [frame.keys.index(key) for key in keys]
    weights = frame.weights[chosen].ravel()
    # Rows without weight count for nothing, and fairlearn has no number for a group of only these.
    some = weights > 0
    return fairlearn.MetricFrame(
        metrics={name: RATES[name] for name in names},
        y_true=np.tile(OUTCOME, len(chosen))[some],
        y_pred=np.tile(PREDICTION, len(chosen))[some],
        sensitive_features=np.repeat(np.array(keys), len(OUTCOME))[some],
        sample_params={name: {"sample_weight": weights[some]} for name in names},
    )


@dataclass(frozen=True)
class Parts:
    """The parts of which the groups of a frame consist: group, mean and weight of each."""

    groups: npt.NDArray[np.str_]
    means: Reals
    weights: Reals

    def table(self, keys: tuple[str, ...], names: list[str]) -> fairlearn.MetricFrame:
        """Each part of these groups as a weighted row, judged by fairlearn."""
        chosen = np.isin(self.groups, keys)
        return fairlearn.MetricFrame(
            metrics={name: MEAN_METRICS[name] for name in names},
            y_true=np.zeros(chosen.sum()),
            y_pred=self.means[chosen],
            sensitive_features=self.groups[chosen],
            sample_params={name: {"sample_weight": self.weights[chosen]} for name in names},
        )


def _score_parts(frame: Frame) -> Parts:
    """The narrow bins of the scores."""
    assert frame.scores is not None  # noqa: S101 — where there is a mean score, there are scores
    weights = frame.scores.weights.sum(axis=2)
    groups = np.repeat(np.array(frame.keys), weights.shape[1])
    return _with_people("mean_score", groups, frame.scores.totals.ravel(), weights.ravel())


def _parts(name: str, frame: Frame, frames: list[Frame]) -> Parts:
    """The groups of the most attributes that are combined with those of the frame."""
    finest = max(
        (other for other in frames if {*frame.attributes} <= {*other.attributes}),
        key=lambda other: len(other.attributes),
    )
    places = [finest.attributes.index(attribute) for attribute in frame.attributes]
    groups = [" & ".join(group[place] for place in places) for group in finest.groups]
    moments = finest.moments[MEANS[name].variable]
    return _with_people(name, np.array(groups), moments.total, finest.weights.sum(axis=1))


def _with_people(name: str, groups: npt.NDArray[np.str_], totals: Reals, weights: Reals) -> Parts:
    """The parts with any weight; fairlearn has no number for a group without."""
    some = weights > 0
    means = totals[some] / weights[some]
    root = MEANS[name].root
    return Parts(groups[some], np.sqrt(means) if root else means, weights[some])
