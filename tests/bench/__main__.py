"""``make bench``: what audits and pages cost, as ratios against peers measured in the same run.

Ratios carry over to other machines, seconds do not. Takes about ten minutes, nearly all of it in
the peers; ``python -m tests.bench pages explaining`` measures only these.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from fairlearn.metrics import MetricFrame
from flask import Flask

from tests.bench import cells, explaining, goals, saving, statistics
from tests.conftest import settings_in
from workbench import install
from workbench.app import create_app
from workbench.audit.intake.sources import Source, opened
from workbench.audit.measures.cells import counted, frames
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.rates import group_results

REQUESTS = 500
ADULT = Path(__file__).parents[1] / "data" / "adult.parquet"
# Rows of the audit beside fairlearn, and how often each side runs.
SIZES = {100_000: 3, 1_000_000: 1}
# What is asked of both sides: name of our table → columns that are combined.
TABLES = {
    "sex": ["sex"],
    "race": ["race"],
    "age": ["age"],
    "sex & race & age": ["sex", "race", "age"],
}


def whole() -> None:
    """From a Parquet file to eight rates of all groups in four tables, beside fairlearn."""
    with tempfile.TemporaryDirectory() as name:
        for rows, times in SIZES.items():
            _whole(cells.made(Path(name), rows), rows, times)


def _whole(file: Path, rows: int, times: int) -> None:
    """Both give the same four tables of as many rates: one per attribute, and all combined.

    The engine reads the file, fairlearn has the rows in memory.
    """
    plan = cells.PLAN.model_copy(update={"depth": 3})
    table = pd.read_parquet(file)
    edges = [0, *plan.edges["age"], 200]
    table["age"] = pd.cut(table["age"], edges, right=False).astype(str)

    def asked(source: Source) -> list[Frame]:
        return [frame for frame in frames(counted(source, plan), plan) if frame.name in TABLES]

    def ours() -> None:
        with opened(file, limits=None) as source:
            for frame in asked(source):
                group_results(frame, plan)

    def theirs() -> None:
        for chosen in TABLES.values():
            _ = MetricFrame(
                metrics=statistics.METRICS,
                y_true=table["outcome"],
                y_pred=table["prediction"],
                sensitive_features=table[chosen],
            ).by_group

    with opened(file, limits=None) as source:
        made = asked(source)
    numbers = {
        len(group.metrics) for frame in made for group in group_results(frame, plan).values()
    }
    # Else the ratio would be that of other work.
    assert (len(made), numbers) == (len(TABLES), {len(statistics.METRICS)})
    what = f"{len(statistics.METRICS)} rates, {len(TABLES)} tables, {rows:,} rows"
    spent = statistics.fastest(theirs, times)
    after = statistics.fastest(lambda: [group_results(frame, plan) for frame in made], 5)
    for title, mine in (("file", statistics.fastest(ours, 5)), ("tables of counts", after)):
        goal = goals.FAIRLEARN.said(spent / mine) if rows == max(SIZES) else ""
        print(  # noqa: T201
            f"{what}, ours from the {title}, with intervals: {mine:.4f} s; "
            f"fairlearn on rows: {spent:.1f} s; {spent / mine:,.0f} times {goal}"
        )


def uncertainty() -> None:
    """Intervals, tests and draws beside fairlearn's."""
    for duel in statistics.duels():
        print(  # noqa: T201
            f"{duel.what}: {duel.ours:.4f} s; fairlearn: {duel.theirs:.1f} s"
            f"{' (extrapolated)' if duel.extrapolated else ''}; {duel.ratio:,.0f} times "
            f"{goals.DRAWS.said(duel.ratio) if duel.extrapolated else ''}"
        )


def explanation() -> None:
    """SHAP values beside shap.TreeExplainer."""
    table = pd.read_parquet(ADULT)
    target = table["income"].str.contains(">").astype(int)
    rows = table.drop(columns=["income", "split", "fnlwgt"])
    coded = rows.apply(
        lambda column: column if column.dtype.kind in "if" else pd.factorize(column)[0]
    )
    with tempfile.TemporaryDirectory() as name:
        explaining.explain(coded.astype(float), target, Path(name))


def pages() -> None:
    """The public register against the least that Flask can do."""
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "x" * 2000)
    with tempfile.TemporaryDirectory() as name:
        settings = settings_in(Path(name) / "data")
        install.prepare(settings)
        client, other = create_app(settings).test_client(), bare.test_client()

        def ours() -> None:
            for _ in range(REQUESTS):
                client.get("/register", base_url=settings.url)

        def theirs() -> None:
            for _ in range(REQUESTS):
                other.get("/")

        compare(f"register page, {REQUESTS} requests", (ours, 5), ("bare Flask", theirs, 5))


Timed = tuple[Callable[[], None], int]


def compare(name: str, ours: Timed, peer: tuple[str, Callable[[], None], int]) -> None:
    """Print both times and how many times faster we are."""
    title, theirs, times = peer
    mine, other = statistics.fastest(*ours), statistics.fastest(theirs, times)
    print(f"{name}: {mine:.3f} s; {title}: {other:.3f} s; {other / mine:,.2f} times")  # noqa: T201


PARTS = {
    "cells": cells.bench,
    "whole": whole,
    "uncertainty": uncertainty,
    "explaining": explanation,
    "pages": pages,
    "saving": saving.bench,
}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
