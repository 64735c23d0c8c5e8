"""``make bench``: what audits and pages cost, as ratios against peers measured in the same run.

Ratios carry over to other machines, seconds do not.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import fairlearn.metrics as fairlearn
import pandas as pd
import pyarrow as pa
from flask import Flask
from sklearn.metrics import accuracy_score, precision_score

from tests.conftest import settings_in
from workbench import install
from workbench.app import create_app
from workbench.audit.measures import cells, fairness, groups
from workbench.audit.plan import AuditPlan
from workbench.demo import model

ROWS = 100_000
TIMES = 5
REQUESTS = 500
PLAN = AuditPlan(
    outcome="credit_risk",
    positive="1",
    prediction="prediction",
    attributes=("sex", "age"),
    edges={"age": (25.0, 35.0, 50.0)},
    reason="benchmark",
)
METRICS = {
    "selection_rate": fairlearn.selection_rate,
    "true_positive_rate": fairlearn.true_positive_rate,
    "false_positive_rate": fairlearn.false_positive_rate,
    "false_negative_rate": fairlearn.false_negative_rate,
    "true_negative_rate": fairlearn.true_negative_rate,
    "precision": precision_score,
    "accuracy": accuracy_score,
}


def fastest(work: Callable[[], object], times: int = TIMES) -> float:
    """Seconds of the fastest of some runs: the least disturbed one."""
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def audit(folder: Path) -> None:
    """Cells and closed forms against fairlearn's MetricFrame on the rows."""
    rows = pd.read_csv(model.train(folder).table)
    rows = pd.concat([rows] * (ROWS // len(rows)), ignore_index=True)
    table = pa.Table.from_pandas(rows, preserve_index=False)

    def ours() -> None:
        grouped = groups.grouped(table, PLAN)
        for frame in cells.frames(cells.count(grouped), grouped.order):
            fairness.group_results(frame, PLAN)

    bins = pd.cut(rows["age"], [0, 25, 35, 50, 200], right=False).astype(str)
    paid, predicted = rows["credit_risk"] == 1, rows["prediction"] == 1

    def theirs() -> None:
        for features in (rows[["sex"]], bins.to_frame("age"), rows[["sex"]].assign(age=bins)):
            _ = fairlearn.MetricFrame(
                metrics=METRICS, y_true=paid, y_pred=predicted, sensitive_features=features
            ).by_group

    compare(f"audit of {len(rows):,} rows, 3 tables, 7 rates", ours, "fairlearn on rows", theirs, 2)


def page(folder: Path) -> None:
    """The public register against the least that Flask can do."""
    settings = settings_in(folder / "data")
    install.prepare(settings)
    client = create_app(settings).test_client()
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "x" * 2000)
    other = bare.test_client()

    def ours() -> None:
        for _ in range(REQUESTS):
            client.get("/register", base_url=settings.url)

    def theirs() -> None:
        for _ in range(REQUESTS):
            other.get("/")

    compare(f"register page, {REQUESTS} requests", ours, "Flask with a fixed text", theirs)


def compare(
    name: str, ours: Callable[[], None], peer: str, theirs: Callable[[], None], times: int = TIMES
) -> None:
    """Print both times and their ratio."""
    mine, other = fastest(ours), fastest(theirs, times)
    print(f"{name}: {mine:.3f} s; {peer}: {other:.3f} s; ratio {mine / other:.4f}")  # noqa: T201


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        audit(Path(name))
        page(Path(name))
