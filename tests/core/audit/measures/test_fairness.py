"""Rates, intervals and gaps are those of other libraries, of hand work, and of every order."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from fairlearn import metrics as fairlearn
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import accuracy_score, precision_score

from workbench.audit.catalogue import RATES
from workbench.audit.intake import dataset
from workbench.audit.measures import cells, crosscheck, fairness, groups
from workbench.audit.parts import Gap, Group
from workbench.audit.plan import AuditPlan, planned

Planner = Callable[..., AuditPlan]
THEIRS = {
    "selection_rate": fairlearn.selection_rate,
    "true_positive_rate": fairlearn.true_positive_rate,
    "false_positive_rate": fairlearn.false_positive_rate,
    "false_negative_rate": fairlearn.false_negative_rate,
    "true_negative_rate": fairlearn.true_negative_rate,
    "precision": precision_score,
    "accuracy": accuracy_score,
}


def measured(
    table: pa.Table, plan: AuditPlan
) -> tuple[list[cells.Frame], dict[str, dict[str, Group]], dict[str, dict[str, Gap]]]:
    made = groups.grouped(table, plan)
    frames = cells.frames(cells.count(made), made.order)
    found = {frame.name: fairness.group_results(frame, plan) for frame in frames}
    gaps = {frame.name: fairness.gap_results(frame, found[frame.name], plan) for frame in frames}
    return frames, found, gaps


def test_credit_equals_fairlearn_on_rows(credit: Path, plan_for: Planner) -> None:
    """Every rate of every group and intersection equals fairlearn's on the raw rows."""
    rows = pd.read_csv(credit)
    rows["age"] = pd.cut(
        rows["age"],
        [0, 24, 34, 49, 120],
        labels=["under 25", "25 to 34", "35 to 49", "50 and over"],
    ).astype(str)

    _, found, _ = measured(dataset.read(credit).cells, plan_for())

    compared = 0
    for table, members in found.items():
        for group in members.values():
            same = np.all([rows[name] == value for name, value in group.parts.items()], axis=0)
            true, predicted = (
                (rows.loc[same, name] == 1).astype(int) for name in ("credit_risk", "prediction")
            )
            assert group.n == same.sum(), table
            for name, measure in group.metrics.items():
                if measure.value is not None:
                    assert abs(measure.value - THEIRS[name](true, predicted)) <= 1e-12
                    compared += 1
    assert compared > 100


def test_the_crosscheck_agrees(credit: Path, plan_for: Planner) -> None:
    """fairlearn on the same cells gives the same rates and gaps, bit for bit."""
    checked = crosscheck.compare(*measured(dataset.read(credit).cells, plan_for()))

    assert checked.max_abs_difference == 0
    assert checked.numbers > 100


def test_the_crosscheck_notices(credit: Path, plan_for: Planner) -> None:
    """The twin: a wrong rate is found."""
    frames, found, gaps = measured(dataset.read(credit).cells, plan_for())
    group = found["sex"]["female"]
    wrong = group.metrics["accuracy"].model_copy(update={"value": 0.5})
    metrics = group.metrics | {"accuracy": wrong}
    found["sex"]["female"] = group.model_copy(update={"metrics": metrics})

    assert crosscheck.compare(frames, found, gaps).max_abs_difference > 0.1


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [  # Wilson's formula with z = 1.959964, worked out by hand
        (8, 10, 0.490162, 0.943318),
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        (50, 100, 0.403832, 0.596168),
    ],
)
def test_wilson_by_hand(hits: int, of: int, low: float, high: float) -> None:
    """The interval is Wilson's, and ends exactly at 0 and 1."""
    assert fairness.wilson(hits, of) == pytest.approx((low, high), abs=1e-6)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_equals_scipy(pair: tuple[int, int]) -> None:
    """For all counts the interval is scipy's, and holds the share itself."""
    theirs = binomtest(*pair).proportion_ci(method="wilson")

    low, high = fairness.wilson(*pair)

    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert low <= pair[0] / pair[1] <= high


def test_nobody_to_count(plan_for: Planner) -> None:
    """0/0 is not defined, never 0."""
    table = pa.table(
        {"credit_risk": [1, 1, 2, 2], "prediction": [2, 2, 2, 2], "sex": ["f", "f", "m", "m"]}
    )
    plan = plan_for(attributes=["sex"], edges={}, references={})

    _, found, gaps = measured(table, plan)

    women = found["sex"]["f"].metrics
    assert (women["false_positive_rate"].status, women["false_positive_rate"].value) == (
        "not_defined",
        None,
    )
    assert women["precision"].status == "not_defined"
    assert (women["true_positive_rate"].value, women["true_positive_rate"].of) == (0.0, 2)
    assert gaps["sex"]["equal_opportunity_difference"].status == "not_assessable"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.sampled_from("abc"), st.sampled_from("xy")),
        min_size=8,
        max_size=60,
    ),
    st.randoms(use_true_random=False),
)
def test_any_table_in_any_order(people: list[tuple[bool, bool, str, str]], random: object) -> None:
    """Cells and closed forms give the plain shares of the rows, in whatever order they come."""
    people = [*people, (True, True, "a", "x"), (False, False, "b", "y")]
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis hands out a Random
    plan = planned(
        {
            "outcome": "o",
            "positive": "true",
            "prediction": "p",
            "attributes": ["g", "h"],
            "reason": "test",
            "draws": 100,
        }
    )

    found, again = (
        measured(pa.table(dict(zip("opgh", map(list, zip(*rows, strict=True)), strict=True))), plan)
        for rows in (people, shuffled)
    )

    assert found[1:] == again[1:]
    for value, group in found[1]["g"].items():
        rows = [row for row in people if row[2] == value]
        good = [row for row in rows if row[0]]
        assert group.n == len(rows)
        assert group.metrics["selection_rate"].value == sum(row[1] for row in rows) / len(rows)
        expected = sum(row[1] for row in good) / len(good) if good else None
        assert group.metrics["true_positive_rate"].value == expected


def test_the_seed_decides(credit: Path, plan_for: Planner) -> None:
    """The same seed gives the same intervals, another seed others; values never change."""
    table = dataset.read(credit).cells

    first, same, other = (measured(table, plan_for(seed=seed))[2] for seed in (1, 1, 2))

    assert first == same
    one, two = (gaps["sex"]["demographic_parity_difference"] for gaps in (first, other))
    assert one.value == two.value
    assert (one.low, one.high) != (two.low, two.high)


def test_the_interval_of_a_gap(credit: Path, plan_for: Planner) -> None:
    """A bootstrap interval of a difference is close to the one of the normal approximation."""
    _, found, gaps = measured(dataset.read(credit).cells, plan_for(draws=4000))

    gap = gaps["sex"]["demographic_parity_difference"]
    rates = [group.metrics["selection_rate"] for group in found["sex"].values()]
    error = (
        sum((rate.value or 0) * (1 - (rate.value or 0)) / (rate.of or 1) for rate in rates) ** 0.5
    )
    assert gap.value is not None
    assert (gap.low, gap.high) == pytest.approx(
        (gap.value - 1.96 * error, gap.value + 1.96 * error), abs=0.01
    )


def test_comparisons_with_a_reference(credit: Path, plan_for: Planner) -> None:
    """With a reference group, every rate is compared with that group's, with its sign."""
    plan = plan_for()
    frames, found, _ = measured(dataset.read(credit).cells, plan)

    compared = fairness.comparison_results(frames[0], found["sex"], plan)

    assert list(compared) == ["female"]
    assert set(compared["female"]) == set(RATES)
    women, men = (found["sex"][name].metrics["selection_rate"].value for name in ("female", "male"))
    assert compared["female"]["selection_rate"].value == pytest.approx((women or 0) - (men or 0))


def test_equal_groups_are_two_groups(plan_for: Planner, tmp_path: Path) -> None:
    """Where two groups have the same rate, the gap between both is 0, with an interval."""
    rows = [f"{group},{made},{said}" for group in "ab" for made in (1, 2) for said in (1, 2)] * 20
    table = tmp_path / "equal.csv"
    table.write_text("\n".join(["sex,credit_risk,prediction", *rows]))

    plan = plan_for(attributes=("sex",), edges={}, labels={}, references={})
    gap = measured(dataset.read(table).cells, plan)[2]["sex"]["demographic_parity_difference"]

    assert {gap.highest, gap.lowest} == {"a", "b"}
    assert gap.value == 0
    assert (gap.low or 0) < 0 < (gap.high or 0)
