"""Group metrics, gaps and intervals: the engine beside fairlearn, in one run on the same people.

The engine begins with the frames (how fast these are counted is measured elsewhere), fairlearn
with the rows. Ratios carry over to other machines, seconds do not.
"""

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from fairlearn import metrics as fairlearn
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import accuracy_score, precision_score

from workbench.audit.measures.comparisons import comparison_results
from workbench.audit.measures.crosscheck import compare
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.gaps import gap_results
from workbench.audit.measures.rates import group_results
from workbench.audit.parts import Gap, Group
from workbench.audit.plan import AuditPlan

LEVELS = {"sex": 2, "race": 5, "age": 10, "cross": 100}
PLAN = AuditPlan(
    outcome="outcome",
    positive="1",
    prediction="prediction",
    attributes=("sex", "race", "age"),
    reason="benchmark",
)
Metric = Callable[..., float]


def false_omission_rate(outcome: "pd.Series[int]", prediction: "pd.Series[int]") -> float:
    """The share of wrong ones among unfavourable predictions; fairlearn has none."""
    return 1 - float(precision_score(outcome, prediction, pos_label=0, zero_division=0))


METRICS: dict[str, Metric] = {
    "selection_rate": fairlearn.selection_rate,
    "true_positive_rate": fairlearn.true_positive_rate,
    "false_positive_rate": fairlearn.false_positive_rate,
    "false_negative_rate": fairlearn.false_negative_rate,
    "true_negative_rate": fairlearn.true_negative_rate,
    "precision": partial(precision_score, zero_division=0),
    "false_omission_rate": false_omission_rate,
    "accuracy": accuracy_score,
}


@dataclass(frozen=True)
class Duel:
    """What the same numbers cost: seconds of the engine and of fairlearn.

    ``extrapolated`` says that fairlearn's seconds follow from fewer draws than the engine made.
    """

    what: str
    ours: float
    theirs: float
    extrapolated: bool = False

    @property
    def ratio(self) -> float:
        """How many times as long fairlearn takes."""
        return self.theirs / self.ours


def people(rows: int, seed: int = 1) -> pd.DataFrame:
    """So many made-up people: four groupings, an outcome, and a prediction that is often right."""
    generator = np.random.default_rng(seed)
    table = pd.DataFrame(
        {name: generator.integers(0, levels, rows) for name, levels in LEVELS.items()}
    )
    chance = 0.3 + 0.1 * table["sex"] + 0.02 * table["age"]
    table["outcome"] = (generator.random(rows) < chance).astype(int)
    right = generator.random(rows) < 0.8
    table["prediction"] = np.where(right, table["outcome"], 1 - table["outcome"])
    return table.astype(dict.fromkeys(LEVELS, str))


def frames_of(table: pd.DataFrame) -> list[Frame]:
    """The frames of the four groupings."""
    place = 2 * (1 - table["outcome"]) + (1 - table["prediction"])
    # By outcome and prediction: tp, fn, fp, tn; a frame has fp before fn.
    made = []
    for name in LEVELS:
        counted = pd.crosstab(table[name], place).reindex(columns=range(4), fill_value=0)
        counts = np.zeros((len(counted), 5), dtype=np.int64)
        counts[:, [0, 2, 1, 3]] = counted.to_numpy()
        values = counts.astype(float)
        groups = tuple((str(value),) for value in counted.index)
        made.append(Frame(name, (name,), groups, counts, values, values))
    return made


def rates(table: pd.DataFrame, frames: list[Frame]) -> Duel:
    """Eight rates of 117 groups in four groupings, with intervals only by the engine."""
    ours = fastest(lambda: _groups(frames), 5)
    theirs = fastest(lambda: [_table(table, name).by_group for name in LEVELS], 1)
    return Duel(f"8 rates, 4 groupings, {len(table):,} people", ours, theirs)


def gaps(table: pd.DataFrame, frames: list[Frame]) -> Duel:
    """The same, with differences and ratios; the engine with 2,000 draws and tests besides."""

    def theirs() -> None:
        for name in LEVELS:
            found = _table(table, name)
            found.difference()
            found.ratio()

    ours = fastest(lambda: _gaps(frames), 3)
    what = f"rates and gaps, 4 groupings, {len(table):,} people (engine: with intervals, tests)"
    return Duel(what, ours, fastest(theirs, 1))


def bootstrap(table: pd.DataFrame, frames: list[Frame], draws: int = 3) -> Duel:
    """2,000 draws with five groups: the engine's against fairlearn's, measured with fewer."""
    frame = frames[1]
    ours = fastest(lambda: _gaps([frame]), 3)

    def theirs() -> None:
        found = _table(table, frame.name, n_boot=draws, ci_quantiles=[0.025, 0.975], random_state=1)
        found.difference_ci()

    alone = fastest(lambda: _table(table, frame.name).difference(), 1)
    each = (fastest(theirs, 1) - alone) / draws
    what = f"{PLAN.draws:,} draws, 5 groups, {len(table):,} people (fairlearn: from {draws})"
    return Duel(what, ours, alone + each * PLAN.draws, extrapolated=True)


def parts(frames: list[Frame]) -> dict[str, float]:
    """Seconds of each step of the engine on these frames."""
    groups = _groups(frames)
    everybody = _everybody(frames[0])
    apart = gap_results(frames, groups, PLAN)
    return {
        "groups": fastest(lambda: _groups(frames), 5),
        "gaps": fastest(lambda: gap_results(frames, groups, PLAN), 3),
        "comparisons": fastest(lambda: comparison_results(frames, everybody, groups, PLAN), 3),
        "crosscheck by fairlearn": fastest(lambda: compare(frames, groups, apart, PLAN), 1),
    }


def duels(rows: int = 100_000) -> list[Duel]:
    """All three comparisons with fairlearn for so many people; at 1,000,000 it takes minutes."""
    table = people(rows)
    frames = frames_of(table)
    return [rates(table, frames), gaps(table, frames), bootstrap(table, frames)]


def fastest(work: Callable[[], object], times: int) -> float:
    """Seconds of the fastest of some runs: the least disturbed one."""
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UndefinedMetricWarning)
            work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def _groups(frames: list[Frame]) -> dict[str, dict[str, Group]]:
    return {frame.name: group_results(frame, PLAN) for frame in frames}


def _gaps(frames: list[Frame]) -> dict[str, dict[str, Gap]]:
    return gap_results(frames, _groups(frames), PLAN)


def _everybody(frame: Frame) -> Frame:
    counts = frame.counts.sum(axis=0, keepdims=True)
    values = counts.astype(float)
    return Frame("", (), ((),), counts, values, values)


def _table(table: pd.DataFrame, name: str, **draws: object) -> fairlearn.MetricFrame:
    return fairlearn.MetricFrame(
        metrics=METRICS,
        y_true=table["outcome"],
        y_pred=table["prediction"],
        sensitive_features=table[name],
        **draws,
    )
