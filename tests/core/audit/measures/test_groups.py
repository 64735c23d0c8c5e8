"""Rows become groups as the plan says; what cannot be grouped is refused with a sentence."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from workbench.audit.measures import cells, groups
from workbench.audit.measures.groups import grouped
from workbench.audit.plan import MISSING, AuditPlan
from workbench.basics.errors import DataRefused

Planner = Callable[..., AuditPlan]
COLUMNS: dict[str, list[object]] = {
    "credit_risk": [1, 2, 1, 2],
    "prediction": [1, 1, 2, 2],
    "sex": ["male", "female", None, "male"],
    "age": [24, 25, 34, None],
    "foreign_worker": [True, False, True, False],
}


def table(**changes: list[object]) -> pa.Table:
    return pa.table(COLUMNS | changes)


def test_it_works(plan_for: Planner) -> None:
    """Bins follow their edges; missing values are a group of their own and come last."""
    made = grouped(table(), plan_for())

    assert made.order == {
        "sex": ("female", "male", MISSING),
        "age": ("under 25", "25 to 34", MISSING),
        "foreign_worker": ("false", "true"),
    }
    assert made.cells.to_pydict() == {
        "outcome": [True, False, True, False],
        "prediction": [True, True, False, False],
        "a0": ["male", "female", MISSING, "male"],
        "a1": ["under 25", "25 to 34", "25 to 34", MISSING],
        "a2": ["true", "false", "true", "false"],
    }


def test_whole_numbers_with_gaps(plan_for: Planner) -> None:
    """A missing value does not turn group 2 into "2.0"; numbers are listed by size."""
    made = grouped(table(sex=[10, 2, None, 2.0]), plan_for(references={}))

    assert made.order["sex"] == ("2", "10", MISSING)


@pytest.mark.parametrize(
    ("columns", "plan", "message"),
    [
        ({"credit_risk": [1, 2, None, 1]}, {}, groups.NOT_STATED),
        ({"prediction": [1, 2, None, 1]}, {}, groups.NOT_STATED),
        ({"credit_risk": [1, 2, 3, 1]}, {}, groups.NOT_BINARY),
        ({"credit_risk": [1, 1, 1, 1], "prediction": [1, 1, 1, 1]}, {}, groups.NOT_BINARY),
        ({}, {"positive": "good"}, groups.POSITIVE_UNKNOWN),
        ({"prediction": [0.2, 0.7, 1, 2]}, {}, groups.OTHER_VALUES),
        ({"sex": [None] * 4}, {}, groups.ALL_MISSING),
        ({"sex": ["male"] * 4}, {}, groups.ONE_GROUP),
        ({"age": [30, 31, 32, 33]}, {}, groups.ONE_GROUP),
        ({"age": list("abcd")}, {}, groups.NO_NUMBERS),
        ({}, {"references": {"sex": "mal"}}, groups.NO_REFERENCE),
    ],
)
def test_it_refuses(
    plan_for: Planner, columns: dict[str, list[object]], plan: dict[str, object], message: str
) -> None:
    """Every table that cannot be judged has its own sentence."""
    with pytest.raises(DataRefused) as refused:
        grouped(table(**columns), plan_for(**plan))

    assert refused.value.message == message


def test_a_constant_prediction_is_allowed(plan_for: Planner) -> None:
    """The twin: the same prediction for everybody can be audited."""
    made = grouped(table(prediction=[1, 1, 1, 1]), plan_for())

    assert made.cells.column("prediction").to_pylist() == [True] * 4


def test_numbers_need_edges(plan_for: Planner) -> None:
    """A number with many values is not cut into groups of one person each."""
    rows = 30
    wide = pa.table(
        {"credit_risk": [1, 2] * 15, "prediction": [1, 2] * 15, "age": list(range(rows))}
    )

    with pytest.raises(DataRefused) as refused:
        grouped(wide, plan_for(attributes=["age"], edges={}, references={}))

    assert refused.value.message == groups.NEEDS_EDGES


def test_too_many_groups(plan_for: Planner) -> None:
    """More than 200 groups, combinations included, are refused."""
    rows = [(a, b) for a in range(20) for b in range(20)]
    wide = pa.table(
        {
            "credit_risk": [1, 2] * 200,
            "prediction": [1, 2] * 200,
            "x": [f"x{a}" for a, _ in rows],
            "y": [f"y{b}" for _, b in rows],
        }
    )
    made = grouped(wide, plan_for(attributes=["x", "y"], references={}))

    with pytest.raises(DataRefused) as refused:
        cells.frames(cells.count(made), made.order)

    assert refused.value.message == groups.TOO_MANY_GROUPS
