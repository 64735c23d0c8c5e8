"""A second, independent calculation: fairlearn's MetricFrame on the same cells."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pandas as pd
from fairlearn import metrics as fairlearn
from sklearn import config_context
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import accuracy_score, precision_score

from workbench.audit.catalogue import GAPS, metrics_of
from workbench.audit.measures.frames import Frame
from workbench.audit.parts import Crosscheck, Gap, Group
from workbench.audit.plan import AuditPlan

Numbers = npt.NDArray[np.int64]
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

    ``numbers`` is how many were compared: all rates with a value and all their gaps, and mean
    scores, by the sums of narrow score bins. Numbers above 1 are compared relative to their size.
    Left out are numbers that are not defined (for these fairlearn says 0) and the means of a
    regression, which would take the rows; where only these exist, 0 numbers are compared.
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
            if "mean_score" in metrics_of(plan) and frame.scores is not None:
                names = ["mean_score"]
                found += _compared(partial(_score_table, frame), names, frame, ours, apart)
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
) -> Iterator[float]:
    """How far each number is off, for the metrics of these names."""
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
                yield _off(value, float(theirs.loc[key, metric]))
    for name, gap in stated.items():
        yield _off(gap.value or 0.0, _gap(name, tables[gap.compared]))


def _gap(name: str, table: fairlearn.MetricFrame) -> float:
    """The gap by fairlearn: of several metrics the widest that is defined."""
    kind = GAPS[name]
    ratio = kind.form == "ratio"
    apart: pd.Series[float] = table.ratio() if ratio else table.difference()
    widest = apart[list(kind.metrics)]
    return float(widest.min() if ratio else widest.max())


def _off(ours: float, theirs: float) -> float:
    return abs(ours - theirs) / max(1.0, abs(ours))


def _binary(metric: Metric) -> Metric:
    """The metric for outcomes and predictions that are favourable (1) or not (all others)."""

    def judged(outcome: Numbers, prediction: Numbers, sample_weight: object = None) -> float:
        said = (np.asarray(prediction) == 1).astype(int)
        return float(metric(np.asarray(outcome), said, sample_weight=sample_weight))

    return judged


def _false_omission_rate(outcome: Numbers, said: Numbers, sample_weight: object) -> float:
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


def _score_table(frame: Frame, keys: tuple[str, ...], names: list[str]) -> fairlearn.MetricFrame:
    """The mean score of each narrow bin as a weighted row."""
    assert frame.scores is not None  # noqa: S101 — asked only for frames that have scores
    chosen = [frame.keys.index(key) for key in keys]
    weights = frame.scores.weights[chosen].sum(axis=2)
    some = weights > 0
    means = frame.scores.totals[chosen][some] / weights[some]
    return fairlearn.MetricFrame(
        metrics=dict.fromkeys(names, fairlearn.mean_prediction),
        y_true=np.zeros_like(means),
        y_pred=means,
        sensitive_features=np.repeat(np.array(keys), weights.shape[1])[some.ravel()],
        sample_params={name: {"sample_weight": weights[some]} for name in names},
    )
