"""From Parquet rows to frames, against DuckDB just reading the same columns; growth; memory.

Run as ``python -m tests.bench.cells FILE WHAT`` it does one thing once and prints its peak memory.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from tests.bench import goals
from workbench.audit import audited
from workbench.audit.intake.sources import opened
from workbench.audit.measures.cells import counted, frames
from workbench.audit.plan import AuditPlan

MILLION = 1_000_000
TIMES = 5
KIB = 1024
PLAN = AuditPlan(
    outcome="outcome",
    positive="1",
    prediction="prediction",
    attributes=("sex", "race", "age"),
    edges={"age": (20, 25, 30, 35, 40, 50, 60, 70, 80)},
    reason="benchmark",
)
WEIGHTED = PLAN.model_copy(update={"weight": "weight"})
SCORED = PLAN.model_copy(update={"prediction": "", "score": "score", "threshold": 0.7})
ROWS = """
    copy (
        select
            case when hash(i) % 2 = 0 then 'female' else 'male' end as sex,
            ['white', 'black', 'asian', 'native', 'other'][1 + (hash(i + 7) % 5)::int] as race,
            (17 + hash(i + 3) % 73)::int as age,
            (hash(i + 11) % 100 < 40)::int as outcome,
            (hash(i + 13) % 100 < 45)::int as prediction,
            (hash(i + 17) % 1000003) / 1000003.0 as score,
            1 + (hash(i + 19) % 1000) / 100.0 as weight
        from range($rows) t(i)
    ) to '{file}' (format parquet)
"""


def made(folder: Path, rows: int) -> Path:
    """A Parquet file with so many rows."""
    file = folder / f"{rows}.parquet"
    with duckdb.connect() as connection:
        connection.execute(ROWS.format(file=file), {"rows": rows})
    return file


def audit(file: Path, plan: AuditPlan) -> None:
    """The way of every audit up to its frames; the file is hashed meanwhile."""
    with opened(file, limits=None) as source:
        frames(counted(source, plan), plan)


def read(file: Path, plan: AuditPlan) -> None:
    """DuckDB looks at every value of the plan's columns, with as many threads."""
    sums = ", ".join(f'sum(hash("{column}"))' for column in plan.columns)
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"select {sums} from read_parquet(?)", [str(file)]).fetchall()


def group(file: Path, plan: AuditPlan) -> None:
    """DuckDB's own group-by of the same cells, written by hand, with sums that rounding blurs.

    No engine in front of it can be faster; what an audit takes beyond it is checks and exactness.
    """
    keys = [f'"{name}"' for name in (*plan.attributes, plan.outcome, plan.prediction) if name]
    keys += ['floor("score" * 100)', f'"score" >= {plan.threshold}'] if plan.score else []
    number = plan.score or plan.weight
    sums = f', sum("{number}"), sum("{number}" * "{number}")' if number else ""
    for name, edges in plan.edges.items():
        under = " ".join(f'when "{name}" < {edge} then {place}' for place, edge in enumerate(edges))
        cut = f"case {under} else {len(edges)} end"
        keys[keys.index(f'"{name}"')] = cut if plan.score else f'"{name}"'
    listed = ", ".join(keys)
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(
            f"select {listed}, count(*){sums} from read_parquet(?) group by {listed}", [str(file)]
        ).fetchall()


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs: the least disturbed one."""
    spent = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def whole(file: Path, *features: str) -> None:
    """A whole audit, from the file to sentences; with features also what gives groups away."""
    plan = PLAN.model_copy(update={"features": features})
    audited(file, plan, limits=None)


def peak(file: Path, what: str) -> float:
    """The most memory, in MB, of a process that does this once, libraries included."""
    command = [sys.executable, "-m", "tests.bench.cells", str(file), what]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


# Name → what is done with a file, in a process of its own.
DONE: dict[str, Callable[[Path], None]] = {
    "cells": lambda file: audit(file, PLAN),
    "whole audit": whole,
    "whole audit with two features": lambda file: whole(file, "score", "weight"),
}


def bench() -> None:
    """Print times, ratios, growth and memory for a million and for ten million rows."""
    with tempfile.TemporaryDirectory() as name:
        files = [made(Path(name), rows) for rows in (MILLION, 10 * MILLION)]
        for what, plan in (("prediction", PLAN), ("weights", WEIGHTED), ("score", SCORED)):
            spent = [fastest(partial(audit, file, plan)) for file in files]
            reads = [fastest(partial(read, file, plan)) for file in files]
            grouped = fastest(partial(group, files[1], plan))
            growth, ratio = spent[1] / spent[0], spent[1] / reads[1]
            print(  # noqa: T201
                f"cells, 3 attributes and their pairs, {what}: {spent[0]:.3f} s for 1e6, "
                f"{spent[1]:.3f} s for 1e7 rows; growth {growth:.1f} {goals.GROWTH.said(growth)}; "
                f"DuckDB just reading: {reads[0]:.3f} s, {reads[1]:.3f} s; ratio {ratio:.2f} "
                f"{goals.READING.said(ratio)}; DuckDB's own group-by, unchecked and rounded, takes "
                f"{grouped / reads[1]:.2f} times the reading"
            )
        # Rates, gaps, fairlearn's second calculation, the guard and the sentences take the same
        # time whatever the number of rows.
        spent = [fastest(partial(whole, file)) for file in files]
        print(f"whole audit: {spent[0]:.2f} s for 1e6, {spent[1]:.2f} s for 1e7 rows")  # noqa: T201
        for what in DONE:
            most = peak(files[1], what)
            print(f"peak memory at 1e7 rows, {what}: {most:.0f} MB {goals.MEMORY.said(most)}")  # noqa: T201


if __name__ == "__main__":
    DONE[sys.argv[2]](Path(sys.argv[1]))
    # Not getrusage: what it calls the most includes the process that started this one.
    (most,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    print(int(most) * KIB / 1e6)  # noqa: T201
