"""A table is read exactly or refused with a sentence; its name counts for nothing."""

import pickle
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from workbench.audit.intake import content, dataset, dialects, values
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
    ("data", "message"),
    [
        (b"", dialects.EMPTY),
        (b"a;b\n", dataset.NO_ROWS),
        (b"a;a\n1;2\n", dataset.DOUBLE_NAMES),
        (b"1;2\n3;4\n", dataset.NO_NAMES),
        (b"a;b\n1;2\n3;4;5\n", dataset.RAGGED),
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


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More bytes or rows than one audit reads are refused with the limit."""
    path = written(tmp_path, b"a;b\n1;2\n3;4\n")
    monkeypatch.setattr(dataset, "MOST_ROWS", 1)
    with pytest.raises(DataRefused) as rows:
        dataset.read(path)
    monkeypatch.setattr(dataset, "MOST_BYTES", 3)
    with pytest.raises(DataRefused) as size:
        dataset.read(path)

    assert rows.value.message == dataset.TOO_MANY_ROWS
    assert size.value.message == dataset.TOO_MANY_BYTES


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
