"""Where people are chosen by their score, a reader knows from which score bin on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.examples.frames import PLAN, frame_of, histogram_of, result_of
from workbench.audit.parts import Measure
from workbench.audit.suppression.smallness import Numbers

# Four score bins of two groups: 30 people in the highest, 70 in the two highest.
SIZES = [[40, 30, 20, 10], [50, 40, 20, 20]]


def numbers_of(chosen: Sequence[int]) -> Numbers:
    """The result of a check that takes so many of each group."""
    people = np.array([[[one, 0] for one in line] for line in SIZES])
    lines = {
        name: (top, 0, sum(line) - top, 0)
        for name, line, top in zip("ab", SIZES, chosen, strict=True)
    }
    frame = replace(frame_of(lines), scores=histogram_of(people))
    plan = PLAN.model_copy(update={"score": "points", "prediction": "", "top_k": sum(chosen)})
    return replace(result_of([frame], PLAN).numbers, plan=plan)


@pytest.mark.parametrize(
    ("chosen", "cut"),
    [
        ((10, 20), 0.75),  # the highest bin
        ((30, 40), 0.5),  # the two highest
        ((20, 30), 0.625),  # some of the second: any score within it
        ((5, 5), 0.875),
        ((100, 130), 0.0),  # everybody
    ],
)
def test_the_highest_scores(chosen: Sequence[int], cut: float) -> None:
    """By hand: counted down from the highest bin until all chosen people are found."""
    assert numbers_of(chosen).cut == cut


def test_a_stated_threshold_is_the_cut() -> None:
    """The twin: where the plan states a threshold, nothing is counted."""
    numbers = numbers_of((10, 20))
    plan = numbers.plan.model_copy(update={"top_k": None, "threshold": 0.3})
    assert replace(numbers, plan=plan).cut == 0.3
    assert replace(numbers, plan=plan.model_copy(update={"threshold": None})).cut is None


def test_hidden_bins_tell_no_cut() -> None:
    """Of a published result that hides the deciding bin, it is not known."""
    numbers = numbers_of((10, 20))
    highest = numbers.calibrations["g"]["a"][-1]
    gone = highest.model_copy(update={"share": Measure(status="suppressed")})
    bins = {"a": (*numbers.calibrations["g"]["a"][:-1], gone), "b": numbers.calibrations["g"]["b"]}
    assert replace(numbers, calibrations={"g": bins}).cut is None
