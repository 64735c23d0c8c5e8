"""Groups are named as the whole table names them, in a part of it too."""

from contextlib import closing
from datetime import datetime

import ibis
import pyarrow as pa
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.examples.counting import plan_of
from workbench.audit.intake.engines import connect
from workbench.audit.measures.groups import key, names_by_row, names_of, placed, reached
from workbench.audit.plan import MISSING

EDGES = st.lists(st.floats(-50, 50), min_size=1, max_size=9, unique=True).map(sorted)
INSTANTS = ("2020-01-01 09:30:00", "2020-01-01 09:30:00.000005", "2020-05-01")
NUMBERS = st.lists(st.one_of(st.none(), st.floats(-60, 60)), min_size=1)


@pytest.mark.parametrize(
    ("values", "named", "order"),
    [
        ([10, 2, None], ["10", "2", MISSING], ("2", "10", MISSING)),
        ([1e16, 2.5], ["1e+16", "2.5"], ("2.5", "1e+16")),
        ([1e15, 2.0], [f"{10**15}", "2"], ("2", f"{10**15}")),
        (["ö", "z", MISSING], ["ö", "z", MISSING], ("z", "ö", MISSING)),
        ([True, False], ["true", "false"], ("false", "true")),
        (
            [datetime.fromisoformat(each) for each in INSTANTS],
            list(INSTANTS),
            INSTANTS,
        ),
    ],
)
def test_names(values: list[object], named: list[str], order: tuple[str, ...]) -> None:
    """Numbers by size, texts by letter, a missing value last."""
    assert names_of(pa.array(values), "sex", plan_of(), whole=True) == (named, order)


@pytest.mark.parametrize(
    ("part", "order", "named"),
    [
        ([1e15, 2.0], ("1e+15", "2", "2.5"), ["1e+15", "2"]),
        ([1e15, 2.0], ("2", "3", f"{10**15}"), [f"{10**15}", "2"]),
        ([1, None], ("1", MISSING), ["1", MISSING]),
    ],
)
def test_a_part_has_the_names_of_the_whole(
    part: list[object], order: tuple[str, ...], named: list[str]
) -> None:
    """Though the part alone would be named differently."""
    column = pa.chunked_array([part])

    assert names_by_row(column, "sex", plan_of(), order).tolist() == named


@pytest.mark.parametrize("order", [("under 25", "25 to 34"), ("under 25", "25 to under 35")])
def test_bins_of_a_part(order: tuple[str, ...]) -> None:
    """Whether a number is called whole depends on the whole table."""
    plan = plan_of(attributes=["age"], edges={"age": [25, 35]})

    found = names_by_row(pa.chunked_array([[20.0, 30.0]]), "age", plan, order)

    assert tuple(found) == order


@settings(deadline=None)
@given(edges=EDGES, numbers=NUMBERS)
def test_places(edges: list[float], numbers: list[float | None]) -> None:
    """A place is the number of edges that a number reaches."""
    expected = [None if x is None else sum(x >= edge for edge in edges) for x in numbers]

    assert placed(pa.array(numbers, pa.float64()), edges).to_pylist() == expected


@settings(deadline=None)
@given(edges=EDGES)
def test_places_as_an_expression(edges: list[float]) -> None:
    """The expression halves the edges in the same way: each stands once, in order."""
    sql = str(ibis.to_sql(reached(ibis.table({"x": "float64"}, name="t").x, edges)))

    assert sql.count("WHEN") == len(edges)


WHOLE = st.lists(
    st.one_of(st.none(), st.integers(-60, 60), st.integers(-(2**60), 2**60)), min_size=1
)


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(edges=EDGES, numbers=WHOLE)
@example(edges=[2.5, 7.5], numbers=[2, 3, 7, 8, None])
@example(edges=[-3.0, 0.0], numbers=[-4, -3, -1, 0, None])
@example(edges=[1e300], numbers=[1, 2])
@example(edges=[0.0, float("inf")], numbers=[1, -1])
@example(edges=[0.0, 1e6], numbers=[999_999, 10**6, -1])
def test_whole_numbers_as_an_expression(edges: list[float], numbers: list[int | None]) -> None:
    """Looked up or compared, whole numbers reach as many edges as in memory."""
    column = pa.array(numbers, pa.int64())
    with closing(connect()) as engine:
        table = engine.memory(pa.table({"x": column}))
        found = engine.answer(table.select(place=key(engine, table.x, edges)))

    assert found["place"].to_pylist() == placed(column, edges).to_pylist()


def test_places_of_large_whole_numbers() -> None:
    """Beyond 2^53 numbers are rounded before they are placed, and not refused."""
    numbers = pa.array([2**53 + 1, 2**62 + 1, 3, None], pa.int64())

    assert placed(numbers, [5.0, 1e17]).to_pylist() == [1, 2, 0, None]
