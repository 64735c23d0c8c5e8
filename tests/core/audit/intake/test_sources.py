"""Any table becomes plain columns with a hash, whatever it is called and wherever it lies."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from workbench.audit.intake import (
    dataset,
    dialects,
    engines,
    files,
    sources,
    spark_engine,
    values,
)
from workbench.audit.intake.dataset import Limits
from workbench.audit.intake.inspection import Dialect
from workbench.audit.intake.sources import opened
from workbench.basics.errors import DataRefused, InvalidInput, Unavailable

NAN = float("nan")
GERMAN = "größe;b\n1,5;x\n2,5;\n".encode("cp1252")


def rows_of(path: Path, engine: str = "duckdb") -> list[dict[str, object]]:
    with opened(path, engine=engine) as source:
        return list(source.answer(source.table).to_pylist())


def test_german_csv(tmp_path: Path) -> None:
    """Encoding, separator and decimal comma are recognised and stated with the source."""
    path = tmp_path / "x.parquet"
    path.write_bytes(GERMAN)

    with opened(path) as source:
        assert source.answer(source.table).to_pydict() == {"größe": [1.5, 2.5], "b": ["x", None]}
        assert (source.rows, source.columns) == (2, ("größe", "b"))
        assert source.dialect == Dialect(encoding="cp1252", delimiter=";", decimal=",")
        assert source.sha256 == hashlib.sha256(GERMAN).hexdigest()
        assert (source.size, source.engine.name, source.files) == (len(GERMAN), "duckdb", ())


def test_a_confirmed_dialect_counts(tmp_path: Path) -> None:
    """What a person confirmed is used, not what would be guessed."""
    path = tmp_path / "x"
    path.write_bytes(b"a,b;c\n1,5;2\n")
    comma = Dialect(encoding="utf-8-sig", delimiter=",", decimal=".")

    with opened(path, comma) as source:
        assert source.columns == ("a", "b;c")


def every_kind() -> pa.Table:
    return pa.table(
        {
            "text": pa.array(["x", None, "z"]).dictionary_encode(),
            "long": pa.array(["x", "y", None], pa.large_string()),
            "small": pa.array([1, None, 3], pa.int8()),
            "money": pa.array([Decimal("1.25"), None, Decimal("3.50")]),
            "float": pa.array([1.5, NAN, -0.5], pa.float32()),
            "nan last": [0.0, 1.0, NAN],
            "infinite": [float("inf"), -1.0, NAN],
            "yes": [True, None, False],
            "day": [date(2026, 1, 2), None, date(1899, 12, 31)],
            "instant": pa.array([datetime(2026, 1, 2, 3, 4, tzinfo=UTC)] * 3),
            "nothing": pa.nulls(3),
            "huge": pa.array([2**63, 1, None], pa.uint64()),
            "__index_level_0__": [1, 2, 3],
        }
    )


def test_plain_columns(tmp_path: Path) -> None:
    """Dictionaries become texts, decimals numbers, not-a-number missing; row numbers are left."""
    path = tmp_path / "table"
    parquet.write_table(every_kind(), path)

    with opened(path) as source:
        found = source.answer(source.table)

    # The instant stays without its zone, in UTC.
    instant = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001
    assert found.to_pydict() == {
        "text": ["x", None, "z"],
        "long": ["x", "y", None],
        "small": [1, None, 3],
        "money": [1.25, None, 3.5],
        "float": [1.5, None, -0.5],
        "nan last": [0.0, 1.0, None],
        "infinite": [float("inf"), -1.0, None],
        "yes": [True, None, False],
        "day": [date(2026, 1, 2), None, date(1899, 12, 31)],
        "instant": [instant] * 3,
        "nothing": [None] * 3,
        "huge": [2.0**63, 1.0, None],
    }
    assert pa.types.is_string(found.schema.field("nothing").type)


def test_the_same_columns_in_memory(tmp_path: Path) -> None:
    """Reading with an engine gives what the inspection showed, text by text."""
    path = tmp_path / "table"
    parquet.write_table(every_kind(), path)

    with opened(path) as source:
        found = source.answer(source.table)
    shown = dataset.read(path).cells

    for name in shown.column_names:
        assert values.as_text(found[name]).to_pylist() == values.as_text(shown[name]).to_pylist()


def test_a_folder(tmp_path: Path) -> None:
    """All its Parquet files are one table; the hash is of names, sizes and hashes, sorted."""
    folder = tmp_path / "many"
    folder.mkdir()
    for name, first in (("b", 3), ("a", 1)):
        rows = {"n": [first, first + 1], "t": ["x", "y"]}
        parquet.write_table(pa.table(rows), folder / f"{name}.parquet")
    (folder / "_SUCCESS").touch()
    (folder / ".note.parquet").touch()
    lines = "".join(
        f"{file.name}\t{file.stat().st_size}\t{hashlib.sha256(file.read_bytes()).hexdigest()}\n"
        for file in (folder / "a.parquet", folder / "b.parquet")
    )

    with opened(folder) as source:
        assert sorted(source.answer(source.table)["n"].to_pylist()) == [1, 2, 3, 4]
        assert source.rows == 4
        assert source.sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_odd_names(tmp_path: Path) -> None:
    """Signs that mean something to an engine mean nothing in the name of a file or column."""
    path = tmp_path / "a[1]*{b}?.parquet"
    table = pa.table({'a "quoted"': [1], "b.c": [2], "select": [3], " ": [4]})
    parquet.write_table(table, path)
    parquet.write_table(pa.table({"wrong": [0], "one": [0]}), tmp_path / "a1{b}x.parquet")

    assert rows_of(path) == table.to_pylist()


def refusal(path: Path, limits: Limits | None = dataset.WEB) -> str:
    with pytest.raises(DataRefused) as refused, opened(path, limits=limits) as source:
        source.answer(source.table)
    return refused.value.message


def test_folders_that_are_refused(tmp_path: Path) -> None:
    """Empty, nested, or with files that do not fit together."""
    empty, nested, mixed = (tmp_path / name for name in ("empty", "nested", "mixed"))
    for folder in (empty, nested / "sex=male", mixed):
        folder.mkdir(parents=True)
    parquet.write_table(pa.table({"a": [1], "b": [2]}), nested / "sex=male" / "x.parquet")
    parquet.write_table(pa.table({"a": [1], "b": [2]}), mixed / "1.parquet")
    parquet.write_table(pa.table({"a": [1], "b": ["2"]}), mixed / "2.parquet")

    assert refusal(empty) == sources.EMPTY_FOLDER
    assert refusal(nested) == sources.NESTED_FOLDER
    assert refusal(mixed) == sources.FILES_DIFFER


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"Sex": [1, 2], "sex": [1, 2]}, dataset.ALIKE_NAMES),
        ({"1": [1, 2], "2": [1, 2]}, dataset.NO_NAMES),
        ({"a": [1, 2], "": [1, 2]}, dataset.EMPTY_NAME),
        ({"a": [1, 2]}, dialects.ONE_COLUMN),
        ({"a": pa.array([], pa.int64()), "b": pa.array([], pa.int64())}, dataset.NO_ROWS),
    ],
)
def test_tables_that_are_refused(tmp_path: Path, table: dict[str, object], message: str) -> None:
    """The same sentences as for a table that is read into memory."""
    path = tmp_path / "x"
    parquet.write_table(pa.table(table), path)

    assert refusal(path) == message
    with pytest.raises(DataRefused) as refused:
        dataset.read(path)
    assert refused.value.message == message


@pytest.mark.parametrize(
    "column",
    [
        pa.array([[1], [2]]),
        pa.array([{"x": 1}, {"x": 2}]),
        pa.array([b"x", b"y"]),
        pa.array([1, 2], pa.timestamp("ns", "UTC")),
    ],
    ids=["lists", "records", "bytes", "instants of an unusual kind"],
)
def test_a_column_that_cannot_be_compared(tmp_path: Path, column: pa.Array) -> None:
    """It is refused where it is needed, and no hindrance where it is not."""
    path = tmp_path / "x"
    parquet.write_table(pa.table({"a": column, "b": [1, 2]}), path)

    with sources.opened(path) as source:
        assert source.columns == ("a", "b")
        assert source.answer(source.table).column_names == ["b"]
        source.require_readable(["b"])
        with pytest.raises(DataRefused) as refused:
            source.require_readable(["b", "a"])

    assert (refused.value.message, refused.value.values["column"]) == (values.NESTED, "a")


def test_files_that_are_refused(tmp_path: Path) -> None:
    """No file, a damaged one, and double names, which Parquet does not forbid."""
    good, cut, inside, double = (tmp_path / name for name in ("good", "cut", "inside", "double"))
    parquet.write_table(pa.table({"a": ["x" * 50] * 999, "b": range(999)}), good)
    whole = good.read_bytes()
    cut.write_bytes(whole[:-20])
    inside.write_bytes(whole[:20] + bytes(200) + whole[220:])
    twice = pa.table([pa.array([1]), pa.array([2])], names=["a", "a"])
    parquet.write_table(twice, double)

    assert refusal(tmp_path / "none") == files.NO_FILE
    assert refusal(cut) == dataset.DAMAGED_PARQUET
    assert refusal(inside) == dataset.DAMAGED_PARQUET
    assert refusal(double) == dataset.DOUBLE_NAMES
    assert rows_of(good)[0] == {"a": "x" * 50, "b": 0}


def test_limits(tmp_path: Path) -> None:
    """Files sent to the web are limited, those on the command line are not."""
    path = tmp_path / "x"
    parquet.write_table(pa.table({"a": [1, 2], "b": [1, 2]}), path)
    size = path.stat().st_size

    assert refusal(path, Limits(size - 1, 9, 9)) == dataset.TOO_MANY_BYTES
    assert refusal(path, Limits(size, 1, 9)) == dataset.TOO_MANY_ROWS
    assert refusal(path, Limits(size, 9, 1)) == dataset.TOO_MANY_COLUMNS
    for limits in (None, Limits(size, 2, 2)):
        with opened(path, limits=limits) as source:
            assert source.rows == 2


def test_errors_of_others_pass_unchanged(tmp_path: Path) -> None:
    """What fails while the source is open is not taken for a file that cannot be opened."""
    path = tmp_path / "x"
    path.write_bytes(b"a;b\n1;2\n")

    with pytest.raises(FileNotFoundError), opened(path):
        (tmp_path / "other").read_bytes()


def test_engines_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown engine, no PySpark, no Java: each has its sentence."""
    path = tmp_path / "x"
    path.write_bytes(b"a;b\n1;2\n")
    with pytest.raises(InvalidInput) as unknown, opened(path, engine="excel"):
        pass
    monkeypatch.setattr(spark_engine, "MODULE", "no_such_pyspark")
    with pytest.raises(Unavailable) as no_spark, opened(path, engine="spark"):
        pass
    found = [unknown.value.message, no_spark.value.message]

    assert found == [engines.UNKNOWN_ENGINE, spark_engine.NO_SPARK]
