"""Areas under the ROC curve equal scikit-learn's, and their intervals hold what they promise."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from workbench.audit.explanation.curve import area, interval


def test_area() -> None:
    """The area is scikit-learn's, ties counting half."""
    draw = np.random.default_rng(1)
    inside = draw.random(500) < 0.3
    scores = np.round(draw.normal(size=500) + inside, 1)

    found, influence = area(scores, inside)

    assert found == pytest.approx(roc_auc_score(inside, scores), abs=1e-12)
    assert influence.sum() == pytest.approx(0, abs=1e-12)


def test_ends() -> None:
    """A perfect score has area 1, a constant one 0.5, a reversed one 0."""
    inside = np.array([True, True, False, False])

    assert area(np.array([3.0, 2.0, 1.0, 0.0]), inside)[0] == 1
    assert area(np.zeros(4), inside)[0] == 0.5
    assert area(np.array([0.0, 1.0, 2.0, 3.0]), inside)[0] == 0


def test_intervals_hold_the_truth() -> None:
    """In 95 of 100 samples or nearly so, the interval holds the area of the whole population."""
    draw = np.random.default_rng(1)
    truth, held, runs = 0.7602499, 0, 1_000  # Φ(1 / √2): two normal curves one apart

    for _ in range(runs):
        inside = np.arange(200) < 80
        value, influence = area(draw.normal(size=200) + inside, inside)
        low, high = interval(value, float(np.sum(influence**2)))
        held += low <= truth <= high

    assert 0.925 < held / runs < 0.97
