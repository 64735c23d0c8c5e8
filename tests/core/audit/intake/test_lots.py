"""Rows are drawn by the smallest lots; a large table is not counted key by key, and gives the same.

What is expected follows from the formula in the module, computed for every row in Python.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from workbench.audit.intake import lots
from workbench.audit.intake.sources import opened

ROWS, MOST = 30_000, 60


def table(values: Sequence[int]) -> pa.Table:
    return pa.table({"value": list(values), "group": [value % 2 for value in values]})


def keys_of(path: Path, most: int, seed: int = 1) -> tuple[list[str], Counter[str]]:
    """The drawn keys, and how often every key occurs."""
    with opened(path, limits=None) as source:
        rows = lots.keyed(source, ["value"], seed)
        every = source.answer(rows.select(lots.KEY))[lots.KEY].to_pylist()
        return lots.drawn(source, rows, most).tolist(), Counter(every)


def smallest(copies: Counter[str], most: int) -> list[str]:
    """Every row's lot by the formula, sorted, the first ones."""
    every = [
        ((number - int(key, 16) / 16**12) / count, key)
        for key, count in copies.items()
        for number in range(1, count + 1)
    ]
    return [key for _, key in sorted(every)[:most]]


def file(folder: Path, values: Sequence[int]) -> Path:
    parquet.write_table(table(values), folder / "x.parquet")
    return folder / "x.parquet"


TABLES = {
    "all different": range(ROWS),
    "few different": [n % 7 for n in range(ROWS)],
    # Half of the rows are one and the same, the others occur once.
    "one crowded": [0] * (ROWS // 2) + list(range(1, ROWS // 2 + 1)),
    "some twice": [n // 2 if n < 9_000 else n for n in range(ROWS)],
}


@pytest.mark.parametrize("name", TABLES)
def test_a_large_table(name: str, tmp_path: Path) -> None:
    """Counting only likely keys and crowded buckets finds exactly the smallest lots."""
    assert lots.LARGE * MOST < ROWS

    found, copies = keys_of(file(tmp_path, TABLES[name]), MOST)

    assert found == smallest(copies, MOST)
    assert len(found) == MOST


def test_without_looking_at_crowded_buckets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: where no bucket counts as crowded, a row that is there 15,000 times is missed."""
    monkeypatch.setattr(lots, "_crowd", lambda _rows: 10)
    path = file(tmp_path, TABLES["one crowded"])
    # Seeds for which the hash of the crowded row is not among the last ones.
    held = [keys_of(path, MOST, seed) for seed in (1, 2, 3)]
    assert all(found == smallest(copies, MOST) for found, copies in held)

    monkeypatch.setattr(lots, "_crowd", lambda _rows: ROWS)
    monkeypatch.setattr(lots, "_hash_at", lambda place: f"{int(max(0.9, place) * 16**12):012x}")
    missed = [keys_of(path, MOST, seed) for seed in (1, 2, 3)]
    assert any(found != smallest(copies, MOST) for found, copies in missed)


def test_each_row_has_the_same_chance(tmp_path: Path) -> None:
    """Over many seeds, rows that occur once and identical ones are drawn in their proportion."""
    path = file(tmp_path, [0] * 50 + list(range(1, 51)))
    draws, most = 200, 10
    with opened(path) as source:
        known = {}
        drawn = []
        for seed in range(draws):
            rows = lots.keyed(source, ["value"], seed)
            found = source.answer(rows.distinct())
            known = dict(zip(found[lots.KEY].to_pylist(), found["value"].to_pylist(), strict=True))
            drawn += [known[key] for key in lots.drawn(source, rows, most)]
    often = Counter(drawn)

    # Half of the rows are the same one; systematic drawing keeps it near half every time.
    assert often[0] == pytest.approx(draws * most / 2, rel=0.03)
    single = np.array([often[value] for value in range(1, 51)])
    expected = draws * most / 100
    # Of a fair draw, the sum of squares over their expectation is about 50 (chi-square).
    assert 25 < ((single - expected) ** 2 / expected).sum() < 85


def test_infinite_numbers(tmp_path: Path) -> None:
    """A number without end has a place, too: as the largest of the others."""
    path = tmp_path / "x.parquet"
    parquet.write_table(table([0] * 4).append_column("x", [[1.0, float("inf"), 2.0, None]]), path)
    with opened(path) as source:
        rows = lots.keyed(source, ["x"], 1)
        found = lots.drawn(source, rows, 10).tolist()
    assert len(found) == 4
    assert len(set(found)) == 3  # infinity is told apart from 1, not from 2
