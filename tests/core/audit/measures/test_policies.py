"""The thresholds found are the best of all, as trying every combination shows."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples.frames import histogram_of
from workbench.audit.measures.policies import Outcomes, best_by_group, rates_at

METRICS = (
    ("selection_rate",),
    ("true_positive_rate",),
    ("true_positive_rate", "false_positive_rate"),
    ("precision",),
)


def outcomes_of(people: np.ndarray) -> Outcomes:
    return Outcomes.of(histogram_of(people), range(len(people)), 10)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(METRICS), st.sampled_from([0.0, 0.01, 0.1, 0.3]))
def test_no_combination_is_better(seed: int, metrics: tuple[str, ...], tolerance: float) -> None:
    """For any scores of three groups, no thresholds within the tolerance are more accurate."""
    people = np.random.default_rng(seed).integers(0, 40, (3, 5, 2)) + 1
    outcomes = outcomes_of(people)
    every = [
        (outcomes.accuracy(places), places)
        for places in product(range(5), repeat=3)
        if all(np.ptp(rates_at(outcomes, name, places)) <= tolerance + 1e-12 for name in metrics)
    ]

    found = best_by_group(outcomes, metrics, tolerance)

    if not every:
        assert found is None
    else:
        assert found is not None
        assert outcomes.accuracy(found) == pytest.approx(max(every)[0], abs=1e-12)
        assert max(np.ptp(rates_at(outcomes, name, found)) for name in metrics) <= tolerance + 1e-12


def test_outcomes_by_hand() -> None:
    """Two bins: 3 of 10 below the middle are favourable, 8 of 10 from it up."""
    outcomes = outcomes_of(np.array([[[3, 7], [8, 2]]]))

    assert outcomes.right[0].tolist() == [11 / 20, 15 / 20]
    assert outcomes.rates["selection_rate"][0].tolist() == [1, 0.5]
    assert outcomes.rates["true_positive_rate"][0].tolist() == [1, 8 / 11]
    assert outcomes.rates["false_positive_rate"][0].tolist() == [1, 2 / 9]
    assert outcomes.rates["precision"][0].tolist() == [11 / 20, 8 / 10]


def test_some_thresholds() -> None:
    """Of some thresholds per group, the best of these alone is found."""
    outcomes = outcomes_of(np.random.default_rng(1).integers(1, 40, (2, 5, 2)))
    some = outcomes.among([[1, 4], [2]])

    found = best_by_group(some, ("selection_rate",), 1.0)

    right = outcomes.right
    assert found == [1 if right[0, 1] >= right[0, 4] else 4, 2]
    assert np.isnan(some.rates["selection_rate"][0]).tolist() == [True, False, True, True, False]
    assert some.accuracy([0, 0]) == outcomes.accuracy([0, 0])


@pytest.mark.parametrize("metrics", METRICS)
def test_no_threshold_at_all(metrics: tuple[str, ...]) -> None:
    """Where a group has no threshold, or none has, no combination is found."""
    outcomes = outcomes_of(np.random.default_rng(1).integers(1, 40, (2, 5, 2)))

    assert best_by_group(outcomes.among([[1, 4], []]), metrics, 1.0) is None
    assert best_by_group(outcomes.among([[], []]), metrics, 1.0) is None


def test_many_thresholds() -> None:
    """Far more levels than are tried still give thresholds within the tolerance."""
    people = np.random.default_rng(1).integers(0, 9, (4, 1000, 2)) + 1
    outcomes = outcomes_of(people)
    metrics = ("true_positive_rate", "false_positive_rate")

    found = best_by_group(outcomes, metrics, 0.01)

    assert found is not None
    assert max(np.ptp(rates_at(outcomes, name, found)) for name in metrics) <= 0.01 + 1e-12
