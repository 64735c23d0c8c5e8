"""Random tables: cells and frames are what counting row by row gives, in any order of the rows."""

import math
from collections import Counter
from itertools import combinations
from random import Random

import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.examples.counting import frames_of, plan_of, written_out
from workbench.audit.measures.frames import COLUMNS
from workbench.audit.plan import MISSING, AuditPlan

BOTH = {"attributes": ["sex", "age"], "edges": {"age": [25, 35]}}
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
TABLE = st.lists(
    st.fixed_dictionaries(
        {
            "repaid": st.sampled_from(["yes", "no", "late"]),
            "granted": st.sampled_from(["yes", "no"]),
            "sex": st.sampled_from(["f", "m", None]),
            "age": st.one_of(st.none(), st.integers(0, 100), st.sampled_from([25.0, 34.5])),
            "w": st.just(0.0) | st.floats(0.01, 1000),
            "points": NUMBERS,
        }
    ),
    min_size=2,
    max_size=40,
).map(
    lambda rows: [
        *rows,
        {"repaid": "yes", "granted": "no", "sex": "f", "age": 1, "w": 1.0, "points": 0.5},
        {"repaid": "no", "granted": "yes", "sex": "m", "age": 99, "w": 2.0, "points": -0.5},
    ]
)
Rows = list[dict[str, object]]
PLANS = (
    plan_of(**BOTH),
    plan_of(**BOTH, weight="w"),
    plan_of(**BOTH, score="points", weight="w"),
    plan_of(**BOTH, score="points", prediction="", threshold=1.5),
)


def as_table(rows: Rows) -> pa.Table:
    kinds = {"age": pa.float64(), "w": pa.float64(), "points": pa.float64()}
    return pa.table(
        {name: pa.array([row[name] for row in rows], kinds.get(name)) for name in rows[0]}
    )


def names(row: dict[str, object]) -> tuple[str, str]:
    age = row["age"]
    assert age is None or isinstance(age, int | float)
    band = MISSING if age is None else ("under 25" if age < 25 else ("mid" if age < 35 else "old"))
    return str(row["sex"] or MISSING), band


def judged(row: dict[str, object], plan: AuditPlan) -> str:
    points = row["points"]
    assert isinstance(points, float)
    chosen = row["granted"] == "yes" if plan.prediction else points >= (plan.threshold or 0)
    if row["repaid"] == "yes":
        return "tp" if chosen else "fn"
    if chosen:
        return "fp"
    return "tn" if row["repaid"] == row["granted"] or not plan.prediction else "other"


def naive(rows: Rows, plan: AuditPlan) -> dict[tuple[str, ...], Counter[str]]:
    """Every group's people, counted one by one; keys are a frame's name and a group's names."""
    found: dict[tuple[str, ...], Counter[str]] = {}
    for row in rows:
        pairs = list(zip(("sex", "age"), names(row), strict=True))
        for chosen in (pair for size in range(3) for pair in combinations(pairs, size)):
            key = (" & ".join(name for name, _ in chosen), *(group for _, group in chosen))
            found.setdefault(key, Counter())[judged(row, plan)] += 1
    return found


# Each example asks a database, so a few of them are taken, and none is made smaller.
FEW = settings(max_examples=20, deadline=None, phases=(Phase.explicit, Phase.generate))


@FEW
@given(rows=TABLE, plan=st.sampled_from(PLANS))
def test_cells_equal_a_naive_count(rows: Rows, plan: AuditPlan) -> None:
    """Random tables: every count as by hand, every sum as exact addition gives it."""
    made = frames_of(as_table(rows), plan)
    expected = naive(rows, plan)

    found = {}
    for frame in made:
        for group, counts in zip(frame.groups, frame.counts.tolist(), strict=True):
            places = [
                "mid" if name.startswith("25") else "old" if name.startswith("35") else name
                for name in group
            ]
            found[(frame.name, *places)] = Counter(dict(zip(COLUMNS, counts, strict=True)))
    assert found == expected
    everybody = made[-1]
    weights = [float(str(row["w"])) if plan.weight else 1.0 for row in rows]
    points = [float(str(row["points"])) for row in rows]
    assert everybody.weights.sum() == pytest.approx(math.fsum(weights), abs=1e-12 * max(weights))
    if plan.score:
        largest = max(map(abs, points)) * max(weights) * len(rows)
        total = math.fsum(weight * point for weight, point in zip(weights, points, strict=True))
        assert everybody.moments["score"].total[0] == pytest.approx(total, abs=1e-14 * largest)
        assert everybody.scores is not None
        assert everybody.scores.people.sum() == len(rows)


@FEW
@given(rows=TABLE, plan=st.sampled_from(PLANS), random=st.randoms())
def test_the_order_of_rows_changes_nothing(rows: Rows, plan: AuditPlan, random: Random) -> None:
    """Not even the last bit of a sum."""
    mixed = list(rows)
    random.shuffle(mixed)

    first, second = (frames_of(as_table(each), plan) for each in (rows, mixed))

    assert [written_out(frame) for frame in first] == [written_out(frame) for frame in second]
