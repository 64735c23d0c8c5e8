"""A swarm holds the effects on single people and the places of their values, not the values."""

import numpy as np
import pyarrow as pa
import pytest
from pydantic import ValidationError

from workbench.audit.explanation.swarms import MOST_PEOPLE, swarms
from workbench.audit.parts_explanation import Swarm


def test_a_case_made_by_hand() -> None:
    """Places go from the lowest value to the highest; equal values share one."""
    rows = pa.table(
        {
            "income": pa.array([2000.0, 1000.0, 9000.0, 2000.0, 3000.0, None]),
            "job": ["nurse", "clerk", None, "clerk", "clerk", "clerk"],
            "member": [True, False, None, False, True, False],
            "same": [7] * 6,
        }
    )
    values = np.array([[0.2, 0.4, 0.1, 0.0]] * 5 + [[-0.2, -0.4, -0.1, 0.0]])

    job, income, member, same = swarms(rows, values)

    assert [one.feature for one in (job, income, member, same)] == [
        "job",
        "income",
        "member",
        "same",
    ]
    # Below 1000 is nobody, below 2000 one, below 3000 three, below the highest four.
    assert income.places == (0.25, 0.0, 1.0, 0.25, 0.75, None)
    assert income.effects == (0.2, 0.2, 0.2, 0.2, 0.2, -0.2)
    assert job.places == (None,) * 6
    assert member.places == (1.0, 0.0, None, 0.0, 1.0, 0.0)
    assert same.places == (0.5,) * 6


def test_the_first_people_stand_among_all() -> None:
    """Only so many are kept, with the place that their value has among all rows."""
    people = 2 * MOST_PEOPLE + 1
    rows = pa.table({"x": list(range(people))})

    (found,) = swarms(rows, np.arange(people, dtype=float)[:, None])

    assert len(found.effects) == len(found.places) == MOST_PEOPLE
    assert found.effects[-1] == MOST_PEOPLE - 1
    assert found.places[-1] == pytest.approx((MOST_PEOPLE - 1) / (2 * MOST_PEOPLE))


def test_no_value_of_a_person_is_kept() -> None:
    rows = pa.table({"income": [1234.5, 9876.5, 5555.5]})

    kept = swarms(rows, np.array([[0.1], [0.2], [0.3]]))[0].model_dump_json()

    assert not [value for value in ("1234", "9876", "5555") if value in kept]


def test_the_strongest_columns_come_first() -> None:
    """At most ten columns, the same as those of the spreads."""
    rows = pa.table({f"x{number}": [1, 2, 3] for number in range(12)})

    found = swarms(rows, np.ones((3, 12)) * np.arange(12))

    assert [one.feature for one in found] == [f"x{number}" for number in range(11, 1, -1)]


def test_a_column_without_any_value() -> None:
    rows = pa.table({"x": pa.array([None, None], pa.float64()), "y": pa.array([1.0, 2.0])})

    found = {one.feature: one.places for one in swarms(rows, np.ones((2, 2)))}

    assert found == {"x": (None, None), "y": (0.0, 1.0)}


@pytest.mark.parametrize("places", [(0.5,), (0.5, 1.5)])
def test_a_broken_swarm_is_refused(places: tuple[float, ...]) -> None:
    """A file may hold anything: each effect has its place, and a place is a share."""
    with pytest.raises(ValidationError):
        Swarm(feature="x", effects=(0.1, 0.2), places=places)
