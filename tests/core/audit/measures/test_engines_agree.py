"""DuckDB and a real Spark on this machine give the same cells, sums and samples, bit for bit."""

from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.examples.counting import GOOD, plan_of, written_out
from workbench.audit import audited
from workbench.audit.intake import dataset, engines, spark_engine
from workbench.audit.intake.sample import drawn
from workbench.audit.intake.sources import opened
from workbench.audit.measures import facts, first_rows, pairs
from workbench.audit.measures.cells import counted, everybody, frames
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused

ROWS = 120
BINNED = {"attributes": ["sex", "age"], "edges": {"age": [25, 34.5]}}
PLANS = {
    "weights and score": plan_of(**BINNED, score="points", weight="w"),
    "groups of whole numbers": plan_of(
        attributes=["years"], edges={"years": [25, 34.5]}, score="points"
    ),
    "highest scores": plan_of(
        outcome="grade", positive="1", prediction="", score="points", top_k=17, attributes=["sex"]
    ),
    # The border is not the first score in its bin.
    "more of the highest scores": plan_of(
        outcome="grade", positive="1", prediction="", score="points", top_k=58, attributes=["sex"]
    ),
    "many classes": plan_of(
        outcome="grade", prediction="guess", positive="3", attributes=["sex", "age group", "x.y"]
    ),
    "regression": plan_of(
        **BINNED, task="regression", positive="", outcome="points", prediction="grade", weight="w"
    ),
}


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    """One small session for all tests here, on this machine only."""
    small = {
        "spark.master": "local[2]",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
        # Compiling a query takes longer than running it on a few rows.
        "spark.sql.codegen.wholeStage": "false",
        # As sessions of others may have it: the audit must not depend on it.
        "spark.sql.ansi.enabled": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark_engine, "SETTINGS", spark_engine.SETTINGS | small)
        engine = engines.connect("spark")
        yield
        engine.close()
        import_module("pyspark.sql").SparkSession.getActiveSession().stop()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows with every kind of column, odd names and missing values, in a folder of two files."""
    random = Random(7)
    rows = [
        {
            "repaid": random.choice(["yes", "no"]),
            "granted": random.choice(["yes", "no"]),
            "sex": random.choice(["f", "m", "ö", None]),
            "age": random.choice([None, float("nan"), 18.0, 25.0, 34.5, 70.25]),
            "age group": random.choice([1, 2, None]),
            "x.y": random.choice([True, False, None]),
            # The last lies halfway between two steps of the sums.
            "points": random.choice(
                [random.random(), 0.29, 0.3, (2 * random.getrandbits(49) + 1) / 2**51]
            ),
            "years": random.choice([None, -3, 24, 25, 34, 35, 71]),
            "w": random.uniform(0, 50),
            "grade": random.choice([1.0, 2.0, 3.0]),
            "guess": random.choice([1, 2, 3]),
            "day": random.choice([date(2026, 1, 31), None]),
            "instant": datetime(2026, 1, 1, random.randrange(24)),  # noqa: DTZ001 — as in a file
            "far": random.choice([1e300, float("inf"), -1e-300]),
        }
        for _ in range(ROWS)
    ]
    folder = tmp_path_factory.mktemp("rows")
    table = pa.Table.from_pylist(rows)
    parquet.write_table(table.slice(0, 70), folder / "a.parquet")
    parquet.write_table(table.slice(70), folder / "b.parquet")
    return folder


def everything(path: Path, plan: AuditPlan, engine: str) -> list[object]:
    """All frames, and a sample of rows, as plain values."""
    with opened(path, engine=engine) as source:
        cells = counted(source, plan)
        columns = [name for name in source.columns if name not in plan.attributes]
        sample = drawn(source, plan, cells.order, columns, 25)
    groups = {name: values.tolist() for name, values in sample.groups.items()}
    shown = [written_out(frame) for frame in (*frames(cells, plan), everybody(cells))]
    return [cells.order, cells.cut, shown, sample.rows.to_pylist(), groups, sample.given.tolist()]


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("name", PLANS)
def test_the_same_numbers(path: Path, name: str) -> None:
    """Every count, the last bit of every sum, every drawn row."""
    assert everything(path, PLANS[name], "duckdb") == everything(path, PLANS[name], "spark")


@pytest.mark.usefixtures("spark")
def test_two_audits_of_the_same_rows(path: Path) -> None:
    """The sums from which the changes of weighted means follow, too."""
    plan = PLANS["regression"]
    plans = (plan, plan.model_copy(update={"prediction": "guess"}))
    found = []
    for engine in ("duckdb", "spark"):
        with opened(path, engine=engine) as source:
            joined = pairs.joined(source, plans)
        found.append(
            {
                (frame, group, name): [
                    means.weights,
                    means.totals,
                    *(table.tolist() for table in means.products.values()),
                ]
                for frame, groups in joined.items()
                for group, joint in groups.items()
                for name, means in joint.means.items()
            }
        )

    assert found[0] == found[1]
    assert {name for *_, name in found[0]} == {
        "prediction",
        "error",
        "absolute_error",
        "squared_error",
    }


@pytest.mark.usefixtures("spark")
def test_a_whole_audit(path: Path) -> None:
    """From the folder to the sentences: all but the names of the engines is the same."""
    plan = plan_of(**BINNED, score="points", weight="w", features=["grade", "points"], draws=100)

    here, there = (audited(path, plan, engine=engine) for engine in ("duckdb", "spark"))

    assert (here.provenance.engine, there.provenance.engine) == ("duckdb", "spark")
    assert here.model_copy(update={"provenance": there.provenance}) == there


@pytest.mark.usefixtures("spark")
def test_csv_and_counts(tmp_path: Path) -> None:
    """A table in memory reaches Spark unchanged, large whole numbers and all."""
    path = tmp_path / "counts[1].csv"
    path.write_text("sex;town;tp;fp;tn;fn\nm;A;1;2;3;900719925474\nf;;5;6;7;8\nm;B;1;1;1;1\n")
    plan = plan_of(counts="confusion", outcome="", positive="", prediction="")

    found = []
    for engine in ("duckdb", "spark"):
        with opened(path, engine=engine) as source:
            found.append(frames(counted(source, plan), plan)[0])

    assert written_out(found[0]) == written_out(found[1])
    assert found[1].counts.tolist() == [[5, 6, 8, 7, 0], [2, 3, 900719925475, 4, 0]]


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("engine", ["duckdb", "spark"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e30])
def test_no_whole_number_is_near(tmp_path: Path, engine: str, value: float) -> None:
    """What has no nearest whole number is refused, not taken for one; its neighbour is not."""
    parquet.write_table(pa.table({"x": [-0.5, value], "y": [0, 0]}), tmp_path / "x")

    with opened(tmp_path / "x", engine=engine) as source:
        nearest = source.raw.select(x=source.engine.nearest(source.raw["x"]))
        assert source.answer(nearest.limit(1))["x"].to_pylist() == [0]
        with pytest.raises(DataRefused):
            source.answer(nearest)


@pytest.mark.usefixtures("spark")
def test_the_same_refusals(path: Path, tmp_path: Path) -> None:
    """What DuckDB refuses, Spark refuses with the same sentence."""
    damaged = tmp_path / "x"
    whole = (path / "a.parquet").read_bytes()
    damaged.write_bytes(whole[:8] + bytes(900) + whole[908:])
    gap = tmp_path / "gap"
    rows = {"repaid": ["yes", "no"], "sex": ["f", "m"], "points": [0.5, float("nan")]}
    parquet.write_table(pa.table(rows), gap)
    said = {}
    for engine in ("duckdb", "spark"):
        with pytest.raises(DataRefused) as many, opened(path, engine=engine) as source:
            counted(source, plan_of(outcome="points", positive="1"))
        with pytest.raises(DataRefused) as broken, opened(damaged, engine=engine) as source:
            counted(source, plan_of())
        with pytest.raises(DataRefused) as missing, opened(gap, engine=engine) as source:
            counted(source, plan_of(prediction="", score="points", threshold=0.5))
        refused = (many.value, broken.value, missing.value)
        said[engine] = [(error.message, error.values) for error in refused]

    assert said["spark"] == said["duckdb"]
    sentences = [first_rows.MANY_OUTCOMES, dataset.DAMAGED_PARQUET, facts.NOT_STATED]
    assert [message for message, _ in said["spark"]] == sentences
    assert GOOD["outcome"] == "repaid"
