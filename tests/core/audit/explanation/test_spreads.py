"""Spreads are quantiles per part of a column's values, and small parts are left out."""

import numpy as np
import pyarrow as pa
import pytest

from workbench.audit.explanation.spreads import spreads
from workbench.audit.plan import MISSING

PEOPLE = 90


def test_thirds_and_values() -> None:
    """A number is cut into thirds, a text goes by value; a missing value is a part of its own."""
    texts = ["a"] * 60 + ["b"] * 15 + ["c"] * 5 + [None] * 10
    rows = pa.table({"age": list(range(PEOPLE)), "kind": texts})
    values = np.column_stack([np.arange(PEOPLE) / 10, np.full(PEOPLE, 0.1)])

    found = {(spread.feature, spread.part): spread for spread in spreads(rows, values, 10)}

    assert [part for feature, part in found if feature == "age"] == ["low", "middle", "high"]
    assert {part for feature, part in found if feature == "kind"} == {"a", "b", MISSING}
    low = found["age", "low"]
    assert low.n == 30
    assert low.quantiles[2] == pytest.approx(np.median(np.arange(30) / 10))
    assert found["kind", MISSING].n == 10


def test_few_numbers_go_by_value() -> None:
    """A number with few values is no range: each value is a part."""
    rows = pa.table({"rate": [1, 2, 3] * 30})

    found = spreads(rows, np.arange(PEOPLE, dtype=float)[:, None], 10)

    assert [spread.part for spread in found] == ["1", "2", "3"]


def test_the_strongest_columns_come_first() -> None:
    """At most ten columns are shown, ordered by how far they move the score."""
    rows = pa.table({f"x{number}": list(range(PEOPLE)) for number in range(12)})
    values = np.ones((PEOPLE, 12)) * np.arange(12)

    found = list(dict.fromkeys(spread.feature for spread in spreads(rows, values, 10)))

    assert found == [f"x{number}" for number in range(11, 1, -1)]
