"""Sums are exact to 2^-50 of the largest number, whatever the order."""

import math
from contextlib import closing
from decimal import Decimal
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from workbench.audit.intake.duckdb_engine import DuckDB
from workbench.audit.intake.engines import Engine
from workbench.audit.measures.exact import LARGEST_SHIFT, MASK, Step, answered, asked, step_for

NUMBERS = st.lists(
    st.one_of(st.floats(-1e12, 1e12), st.floats(-1, 1), st.integers(-(2**49), 2**49)),
    min_size=1,
    max_size=200,
)


class InParts(DuckDB):
    """DuckDB as if it could not add in 128 bits."""

    adds_wide: ClassVar[bool] = False


def summed(numbers: list[float], engine: Engine) -> float:
    bound = max(map(abs, numbers))
    step = step_for(bound)
    table = engine.memory(pa.table({"x": pa.array(numbers, pa.float64())}))
    row = engine.answer(table.aggregate(**asked("x", step.steps(table.x, engine), engine)))
    return float(answered(row, "x", step).added([np.array([0])], (1,))[0])


@example([6.6e-310])  # below what any step tells apart
@settings(max_examples=50, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(numbers=NUMBERS)
def test_it_is_exact(numbers: list[float]) -> None:
    """Against Python's exact addition; alike whether an engine adds in 128 bits or in parts."""
    with closing(DuckDB()) as wide, closing(InParts()) as narrow:
        found = summed([float(x) for x in numbers], wide)
        assert found == summed([float(x) for x in numbers], narrow)

    bound = max(abs(float(x)) for x in numbers)
    step = max(bound * 2.0**-50, 2.0**-LARGEST_SHIFT)
    assert abs(found - math.fsum(numbers)) <= len(numbers) * step


@pytest.mark.parametrize("size", [1e-300, 1e-9, 1.0, 123.456, 2.0**49, 1e60, 1e300])
def test_steps(size: float) -> None:
    """The largest number has at most 50 bits, and not many fewer."""
    steps = size * math.ldexp(1.0, step_for(size).shift)

    assert 0 < steps < 2**50
    assert size < 1e-200 or steps >= 2**48


def test_no_sum_overflows() -> None:
    """As many of the largest numbers as fit below 2^38 rows leave room in 64 bits."""
    assert 2**38 * MASK < 2**63
    assert step_for(0.0).shift == 0


def test_sums_beyond_64_bits() -> None:
    """Millions of the largest numbers, in both signs, come back whole."""
    most = 2**50 - 1
    for sign in (1, -1):
        totals = pa.chunked_array([[Decimal(0), Decimal(sign * most * 2**37)]], pa.decimal128(38))
        sums = answered(pa.table({"x": totals.slice(1)}), "x", Step(0))
        parts = sums.high.astype(object) * 2**25 + sums.low
        assert parts.tolist() == [sign * most * 2**37]
