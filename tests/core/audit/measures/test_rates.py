"""Rates and means of groups are those of fairlearn and scikit-learn on the rows themselves."""

import numpy as np
import pytest
from fairlearn import metrics as fairlearn
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sklearn

from tests.examples.frames import PLAN, frame_from, frame_of
from workbench.audit.measures import rates
from workbench.audit.plan import AuditPlan, Thresholds

REGRESSION = AuditPlan(
    task="regression", outcome="o", prediction="p", attributes=("g",), reason="test"
)

People = list[tuple[str, int, int, float]]
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.integers(0, 1), st.integers(0, 1), st.sampled_from([0.5, 1, 3])
    ),
    min_size=1,
    max_size=60,
)


def theirs(name: str, people: People) -> float | None:
    """The metric by fairlearn or scikit-learn; None where nobody is there to count."""
    true, said = (np.array([person[place] for person in people]) for place in (1, 2))
    weights = np.array([person[3] for person in people])
    bottom = {
        "true_positive_rate": true == 1,
        "false_negative_rate": true == 1,
        "false_positive_rate": true == 0,
        "true_negative_rate": true == 0,
        "precision": said == 1,
        "false_omission_rate": said == 0,
    }
    if name in bottom and not bottom[name].any():
        return None
    if name == "accuracy":
        return float(sklearn.accuracy_score(true, said, sample_weight=weights))
    if name == "precision":
        return float(sklearn.precision_score(true, said, sample_weight=weights))
    if name == "false_omission_rate":
        return float(np.average(true[said == 0], weights=weights[said == 0]))
    return float(getattr(fairlearn, name)(true, said, sample_weight=weights))


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
@pytest.mark.filterwarnings("ignore")
def test_any_rows_equal_fairlearn(people: People) -> None:
    """For any rows with any weights, closed forms on counts equal fairlearn on the rows."""
    groups, true, said, weights = (list(column) for column in zip(*people, strict=True))
    plan = PLAN.model_copy(update={"weight": "w"})

    found = rates.group_results(frame_from(groups, true, said, weights), plan)

    for key, group in found.items():
        members = [person for person in people if person[0] == key]
        assert group.n == len(members)
        for name, measure in group.metrics.items():
            expected = theirs(name, members)
            if expected is None:
                assert (measure.status, measure.value, measure.of) == ("not_defined", None, 0)
            else:
                assert measure.value is not None
                assert measure.low is not None
                assert measure.high is not None
                assert measure.value == pytest.approx(expected, abs=1e-12)
                assert 0 <= measure.low <= measure.value + 1e-12
                assert measure.value - 1e-12 <= measure.high <= 1


def test_weights_make_less_certain() -> None:
    """The interval rests on (Σ w)² / Σ w² people: for weights 1, 1, 4 that is 36 / 18 = 2."""
    frame = frame_from("aaa", [1, 1, 1], [1, 0, 1], [1, 1, 4])
    plan = PLAN.model_copy(update={"weight": "w"})

    measure = rates.group_results(frame, plan)["a"].metrics["true_positive_rate"]

    assert (measure.value, measure.of, measure.effective) == (5 / 6, 3, 2.0)
    plain = rates.group_results(frame_from("aaa", [1, 1, 1], [1, 0, 1]), PLAN)
    assert plain["a"].metrics["true_positive_rate"].effective is None


@pytest.mark.parametrize(
    ("values", "weights", "people"),
    [
        # Mean 1, variance 8 / 10; Σ w² (x − 1)² = 32, so 0.8 · 100 / 32; (Σ w)² / Σ w² is more.
        ([0, 2, 1, 1], [4, 4, 1, 1], 2.5),
        # The twin: mean 1, variance 2 / 10, so 0.2 · 100 / 2 = 10 is more than (Σ w)² / Σ w².
        ([1, 1, 0, 2], [4, 4, 1, 1], 100 / 34),
        # Equal numbers have no spread to go by, whatever rounding leaves of it.
        ([0.1, 0.1, 0.1, 0.1], [4, 4, 1, 1], 100 / 34),
    ],
)
def test_weighted_means(values: list[float], weights: list[float], people: float) -> None:
    """A mean is as certain as of the smaller number of people: Kish's or the linearised one."""
    numbers = dict.fromkeys(("prediction", "error", "absolute_error", "squared_error"), values)
    frame = frame_from("aaaa", [0] * 4, [0] * 4, weights, numbers)

    found = rates.group_results(frame, REGRESSION.model_copy(update={"weight": "w"}))

    measure = found["a"].metrics["mean_error"]
    assert measure.value == pytest.approx(np.average(values, weights=weights))
    assert measure.effective == pytest.approx(people)


def test_two_unfavourable_values() -> None:
    """People with two different unfavourable values are not right, and not favourable."""
    found = rates.group_results(frame_of({"a": (1, 2, 3, 4, 10)}), PLAN)["a"].metrics

    assert found["accuracy"].value == 5 / 20
    assert found["true_negative_rate"].value == 14 / 16
    assert found["false_omission_rate"].value == 3 / 17


@pytest.mark.parametrize(
    ("people", "status"), [(0, "not_defined"), (9, "not_assessable"), (10, "uncertain"), (50, "ok")]
)
def test_status(people: int, status: str) -> None:
    """How far a number can be relied on follows from how many people it rests on."""
    thresholds = Thresholds(publish_minimum=3, assess_minimum=10, certain_minimum=50)
    plan = PLAN.model_copy(update={"thresholds": thresholds})

    found = rates.group_results(frame_of({"a": (people, 0, 0, 60)}), plan)["a"]

    assert found.metrics["true_positive_rate"].status == status
    assert found.status == "ok"


@pytest.mark.parametrize(
    ("hits", "misses", "heavy", "status"),
    [
        (100, 100, 0.1, "ok"),  # equal weights are worth as many as were counted
        (100, 100, 3.0, "ok"),  # 200 rows worth 160
        (90, 90, 30.0, "uncertain"),  # 180 rows worth 96
        (30, 30, 30.0, "uncertain"),
        (20, 20, 30.0, "not_assessable"),  # 40 rows worth 21
        (29, 200, 3.0, "uncertain"),  # 183, but few hits to know what hits weigh
    ],
)
def test_status_goes_by_weight(hits: int, misses: int, heavy: float, status: str) -> None:
    """Many people are not many when a few weigh most."""
    people = hits + misses
    weights = [0.1 if heavy == 0.1 else 1.0, heavy] * (people // 2) + [1.0] * (people % 2)
    frame = frame_from("a" * people, [1] * people, [1] * hits + [0] * misses, weights)
    plan = PLAN.model_copy(update={"weight": "w"})

    found = rates.group_results(frame, plan)["a"].metrics["true_positive_rate"]

    assert (found.of, found.status) == (people, status)


@pytest.mark.parametrize(("largest", "status"), [(3.0, "ok"), (40.0, "uncertain")])
def test_few_large_errors_decide(largest: float, status: str) -> None:
    """Of 200 errors of 1, one of 40 makes nine tenths of the mean square; one of 3 does not."""
    error = [1.0, -1.0] * 100 + [largest]
    numbers = {
        "prediction": error,
        "error": error,
        "absolute_error": [abs(each) for each in error],
        "squared_error": [each**2 for each in error],
    }
    frame = frame_from("a" * 201, [0] * 201, [0] * 201, None, numbers)

    found = rates.group_results(frame, REGRESSION)["a"].metrics

    told = {name: measure.status for name, measure in found.items()}
    errors = ("mean_error", "mean_absolute_error", "root_mean_squared_error")
    assert told == {"mean_prediction": "ok", **dict.fromkeys(errors, status)}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-100, 100), st.floats(-100, 100), st.sampled_from([1.0, 2.0])),
        min_size=2,
        max_size=40,
    )
)
def test_regression_equals_sklearn(rows: list[tuple[float, float, float]]) -> None:
    """Means of errors equal scikit-learn's, with weights."""
    true, said, weights = (np.array(column) for column in zip(*rows, strict=True))
    error = said - true
    frame = frame_from(
        "a" * len(rows),
        [0] * len(rows),
        [0] * len(rows),
        list(weights),
        {
            "prediction": list(said),
            "error": list(error),
            "absolute_error": list(abs(error)),
            "squared_error": list(error**2),
        },
    )

    found = rates.group_results(frame, REGRESSION)["a"].metrics

    expected = {
        "mean_prediction": np.average(said, weights=weights),
        "mean_error": np.average(error, weights=weights),
        "mean_absolute_error": sklearn.mean_absolute_error(true, said, sample_weight=weights),
        "root_mean_squared_error": sklearn.root_mean_squared_error(
            true, said, sample_weight=weights
        ),
    }
    assert {name: measure.value for name, measure in found.items()} == pytest.approx(expected)
    rmse = found["root_mean_squared_error"]
    assert rmse.low is not None
    assert 0 <= rmse.low <= (rmse.value or 0) * (1 + 1e-9)


def test_the_same_number_for_all() -> None:
    """Where nobody differs, the interval has no width; one person alone has none."""
    numbers = {"prediction": [0.1] * 7}
    kept = {"error": [0.0] * 7, "absolute_error": [0.0] * 7, "squared_error": [0.0] * 7}
    frame = frame_from("aaaaaab", [0] * 7, [0] * 7, None, numbers | kept)

    found = rates.group_results(frame, REGRESSION)

    same = found["a"].metrics["mean_prediction"]
    assert (same.low, same.high) == (same.value, same.value)
    alone = found["b"].metrics["mean_prediction"]
    assert (alone.value, alone.low, alone.high) == (0.1, None, None)
