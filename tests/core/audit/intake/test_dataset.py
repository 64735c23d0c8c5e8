"""A table is read exactly or refused with a sentence; its name counts for nothing."""

import pickle
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from workbench.audit.intake import content, csv_file, dataset, dialects, values
from workbench.audit.intake.dataset import Limits
from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import DataRefused


def written(folder: Path, data: bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_german_numbers(tmp_path: Path) -> None:
    """A semicolon file with decimal commas gives numbers, not text."""
    table = dataset.read(written(tmp_path, b"a;b\n1,5;2\n2,5;\n"))

    assert table.cells.to_pydict() == {"a": [1.5, 2.5], "b": [2, None]}
    assert table.head == (("1,5", "2"), ("2,5", ""))


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    """A column of postcodes stays text, so that 01067 does not become 1067."""
    table = dataset.read(written(tmp_path, b"a;plz\n1;01067\n2;99999\n"))

    assert table.cells.column("plz").to_pylist() == ["01067", "99999"]


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ("1.1 1.2 1.10", ["1.1", "1.2", "1.10"]),
        ("1.1 1.2 1.3", [1.1, 1.2, 1.3]),
        ("12E3 1200E1 7", ["12E3", "1200E1", "7"]),
        ("123456789012345678901 123456789012345678902 1", None),
        ("true 1 false", ["true", "1", "false"]),
        ("true false true", [True, False, True]),
    ],
)
def test_names_that_look_like_numbers(
    tmp_path: Path, values: str, kept: list[object] | None
) -> None:
    """District 1.10 is not district 1.1; a column that is not said to hold names holds numbers."""
    cells = values.split()
    data = "\n".join(["a;g", *(f"{n};{cell}" for n, cell in enumerate(cells))]).encode()
    path = written(tmp_path, data + b"\n")

    found = dataset.read(path, names=["g"]).cells["g"].to_pylist()

    assert found == (cells if kept is None else kept)
    assert not isinstance(dataset.read(path).cells["g"][0].as_py(), str) or kept == cells


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", dialects.EMPTY),
        (b"a;b\n", dataset.NO_ROWS),
        (b"a;b", dataset.NO_ROWS),
        (b"sep=;\na;b\n1;2\n", dialects.TITLE),
        (b"Loans of 2025\na;b\n1;2\n3;4\n", dialects.TITLE),
        (b"Loans of 2025;\na;b\n1;2\n3;4\n", dialects.TITLE),
        (b"a;a\n1;2\n", dataset.DOUBLE_NAMES),
        (b"a;A\n1;2\n", dataset.ALIKE_NAMES),
        (b"1;2\n3;4\n", dataset.NO_NAMES),
        (b"a;b\n1;2\n3;4;5\n", csv_file.RAGGED),
        (b"a\n1\n", dialects.ONE_COLUMN),
        (pickle.dumps({"a": [1]}), content.PICKLE),
        (b"PAR1 but nothing behind it", dataset.DAMAGED_PARQUET),
        (
            b";".join(b"c%d" % n for n in range(2001)) + b"\n" + b";" * 2000,
            dataset.TOO_MANY_COLUMNS,
        ),
    ],
)
def test_it_refuses(tmp_path: Path, data: bytes, message: str) -> None:
    """Every kind of bad table has its own sentence with cause and remedy."""
    with pytest.raises(DataRefused) as refused:
        dataset.read(written(tmp_path, data))

    assert message == refused.value.message


def test_too_large(tmp_path: Path) -> None:
    """More bytes or rows than the limits are refused; without limits they are read."""
    path = written(tmp_path, b"a;b\n1;2\n3;4\n")
    with pytest.raises(DataRefused) as rows:
        dataset.read(path, limits=Limits(size=100, rows=1, columns=9))
    with pytest.raises(DataRefused) as size:
        dataset.read(path, limits=Limits(size=3, rows=9, columns=9))

    assert rows.value.message == dataset.TOO_MANY_ROWS
    assert size.value.message == dataset.TOO_MANY_BYTES
    assert dataset.read(path, limits=None).cells.num_rows == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_late_codes_keep_their_zeros(tmp_path: Path, encoding: str) -> None:
    """A postcode far behind the first rows still makes its column one of texts, and no other."""
    lines = ["a;plz;c", *["1;12345;0"] * 5000, '2;"01067";10']
    table = dataset.read(written(tmp_path, "\n".join(lines).encode(encoding)))

    assert table.cells["plz"].to_pylist()[-2:] == ["12345", "01067"]
    assert table.cells["c"].to_pylist()[-2:] == [0, 10]


def test_late_decimals_and_words(tmp_path: Path) -> None:
    """A column that only late stops being whole numbers, or being empty, is read all the same."""
    rows = 200_000
    lines = ["a;b;c", *["1;;1"] * rows, "2,5;x;y"]
    german = Dialect(encoding="utf-8-sig", delimiter=";", decimal=",")

    table = dataset.read(written(tmp_path, "\n".join(lines).encode()), german)

    last = table.cells.slice(rows).to_pylist()
    assert last == [{"a": 2.5, "b": "x", "c": "y"}]
    assert table.cells["c"][0].as_py() == "1"


def test_parquet(tmp_path: Path) -> None:
    """Parquet is recognised under any name; not-a-number becomes a missing value."""
    path = tmp_path / "table.csv"
    parquet.write_table(
        pa.table(
            {
                "a": pa.array(["x", "y"]).dictionary_encode(),
                "b": [1.0, float("nan")],
                "__index_level_0__": [0, 1],
            }
        ),
        path,
    )

    table = dataset.read(path)

    assert table.cells.to_pydict() == {"a": ["x", "y"], "b": [1.0, None]}
    assert table.dialect is None


def test_nested_parquet(tmp_path: Path) -> None:
    """Lists and records cannot be compared and are refused."""
    path = tmp_path / "table"
    parquet.write_table(pa.table({"a": [[1], [2]], "b": [1, 2]}), path)

    with pytest.raises(DataRefused) as refused:
        dataset.read(path)

    assert refused.value.message == values.NESTED
