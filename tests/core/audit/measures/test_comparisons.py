"""Every group beside the reference group and beside everybody, with its sign and interval."""

import numpy as np
import pytest

from tests.examples.frames import PLAN, everybody_of, frame_from, frame_of
from workbench.audit.measures import intervals
from workbench.audit.measures.comparisons import comparison_results
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.rates import group_results
from workbench.audit.metrics import RATES
from workbench.audit.parts import Gap
from workbench.audit.plan import AuditPlan

THREE = frame_of({"a": (60, 20, 20, 100), "b": (30, 20, 40, 110), "c": (50, 30, 30, 90)})
FORMS = ("difference", "ratio")
NUMBERS = ("prediction", "error", "absolute_error", "squared_error")
REFERENCE = PLAN.model_copy(update={"references": {"g": "a"}})
REGRESSION = AuditPlan(
    task="regression", outcome="o", prediction="p", attributes=("g",), reason="test"
)


def beside(frame: Frame, plan: AuditPlan = REFERENCE) -> dict[str, dict[str, dict[str, Gap]]]:
    groups = {frame.name: group_results(frame, plan)}
    found = comparison_results([frame], everybody_of(frame), groups, plan)
    return {side: tables.get(frame.name, {}) for side, tables in found.items()}


def test_the_reference_group() -> None:
    """Each other group has every rate's difference and ratio, by Newcombe's interval."""
    found = beside(THREE)["reference"]

    assert set(found) == {"b", "c"}
    assert set(found["b"]) == {f"{name}_{form}" for name in RATES for form in FORMS}
    gap = found["b"]["true_positive_rate_difference"]
    one, other = np.array([30 / 70]), np.array([60 / 80])
    ends = intervals.difference(one, intervals.wilson(one, 70), other, intervals.wilson(other, 80))
    assert gap.value == pytest.approx(30 / 70 - 60 / 80)
    assert (gap.low, gap.high) == (ends[0][0], ends[1][0])
    assert (gap.compared, gap.highest, gap.lowest) == (("b", "a"), "a", "b")
    assert found["b"]["true_positive_rate_ratio"].value == pytest.approx((30 / 70) / (60 / 80))
    assert found["b"]["true_positive_rate_ratio"].highest == "a"


def test_everybody() -> None:
    """A group is compared with all groups together, itself included."""
    found = beside(THREE)["overall"]

    overall = 140 / 230
    assert set(found) == {"a", "b", "c"}
    gap = found["b"]["true_positive_rate_difference"]
    assert gap.value == pytest.approx(30 / 70 - overall)
    assert found["b"]["true_positive_rate_ratio"].value == pytest.approx(30 / 70 / overall)
    assert (gap.compared, gap.highest) == (("b",), None)
    assert (gap.high or 0) < 0


def test_a_part_varies_less_against_the_whole() -> None:
    """A group of nine tenths of all can hardly differ from all, and its interval shows that."""
    found = beside(frame_of({"a": (450, 0, 450, 0), "b": (50, 0, 50, 0)}))

    ordinary = found["reference"]["b"]["true_positive_rate_difference"]
    large, small = (found["overall"][key]["true_positive_rate_difference"] for key in "ab")
    widths = [(gap.high or 0) - (gap.low or 0) for gap in (large, small, ordinary)]
    assert widths[0] == pytest.approx(0.1 * widths[2], rel=1e-9)
    assert widths[1] == pytest.approx(0.9 * widths[2], rel=1e-9)


def test_the_only_group_is_everybody() -> None:
    """Where only one group has favourable outcomes, it does not differ from everybody."""
    found = beside(frame_of({"a": (50, 0, 50, 0), "b": (0, 40, 0, 60)}))["overall"]

    for name, expected in (("difference", 0), ("ratio", 1)):
        gap = found["a"][f"true_positive_rate_{name}"]
        assert (gap.value, gap.low, gap.high) == pytest.approx((expected,) * 3)
    assert found["b"]["true_positive_rate_difference"].status == "not_assessable"


def test_zero_rates() -> None:
    """A rate of 0 has a ratio of 0 with an end; beside a rate of 0 there is no ratio."""
    found = beside(frame_of({"a": (0, 0, 50, 50), "b": (20, 5, 30, 50), "c": (0, 0, 40, 50)}))

    assert found["reference"]["b"]["selection_rate_ratio"].status == "not_defined"
    for gap in (found["overall"]["a"]["selection_rate_ratio"],):
        assert (gap.value, gap.low) == (0, 0)
        assert 0 < (gap.high or 0) < 1


def test_combined_attributes() -> None:
    """The reference group of combined attributes has both reference values."""
    names = (("x", "k"), ("x", "l"), ("y", "k"), ("y", "l"))
    values = np.full((4, 5), 30.0)
    frame = Frame("a & b", ("a", "b"), names, values.astype(np.int64), values, values)
    plan = PLAN.model_copy(update={"attributes": ("a", "b"), "references": {"a": "y", "b": "k"}})

    assert set(beside(frame, plan)["reference"]) == {"x & k", "x & l", "y & l"}
    assert beside(frame, plan.model_copy(update={"references": {"a": "y"}}))["reference"] == {}


def test_small_groups() -> None:
    """A group that cannot be assessed is beside nobody, and nobody beside it."""
    frame = frame_of({"a": (5, 4, 3, 9), "b": (30, 20, 40, 110), "c": (50, 30, 30, 90)})

    found = beside(frame)

    for gap in (*found["reference"]["b"].values(), *found["overall"]["a"].values()):
        assert (gap.status, gap.value) == ("not_assessable", None)
    assert found["overall"]["b"]["accuracy_difference"].status == "ok"


def test_means_of_errors() -> None:
    """Means have differences only; of a root, the root of everybody's mean is compared."""
    generator = np.random.default_rng(2)
    error = [*generator.normal(0, 1, 60), *generator.normal(1, 2, 90)]
    size, square = [abs(one) for one in error], [one**2 for one in error]
    numbers = {
        "prediction": error,
        "error": error,
        "absolute_error": size,
        "squared_error": square,
    }
    frame = frame_from("a" * 60 + "b" * 90, [0] * 150, [0] * 150, None, numbers)

    found = beside(frame, REGRESSION)["overall"]["b"]

    assert set(found) == {
        "mean_prediction_difference",
        "mean_error_difference",
        "mean_absolute_error_difference",
        "root_mean_squared_error_difference",
    }
    assert found["mean_error_difference"].value == pytest.approx(
        np.mean(error[60:]) - np.mean(error)
    )
    rmse = found["root_mean_squared_error_difference"]
    assert rmse.value == pytest.approx(np.mean(square[60:]) ** 0.5 - np.mean(square) ** 0.5)
    assert 0 < (rmse.low or 0) < (rmse.value or 0) < (rmse.high or 0)


def test_one_person_alone() -> None:
    """A mean of one person varies without limit; it disturbs nobody and is not assessed."""
    numbers = {variable: [1.0, 2.0, 4.0] * 40 + [9.0] for variable in NUMBERS}
    frame = frame_from([*"ab" * 60, "c"], [0] * 121, [0] * 121, None, numbers)

    found = beside(frame, REGRESSION)["overall"]

    assert {gap.status for gap in found["c"].values()} == {"not_assessable"}
    assert {gap.status for gap in found["a"].values()} == {"uncertain"}


def test_one_person_beside_nobody() -> None:
    """One of 60 against none of 60 is no proof of anything: the ratio to everybody allows 1."""
    frame = frame_of({"a": (1, 0, 20, 39), "b": (0, 0, 20, 40)})

    found = beside(frame)["overall"]["a"]["selection_rate_ratio"]

    assert found.value == pytest.approx(2)
    assert found.low is not None
    assert found.low < 1
    assert found.high == pytest.approx(2, rel=0.3)
