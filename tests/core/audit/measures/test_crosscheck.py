"""fairlearn on the same cells gives the same rates, means and gaps."""

from dataclasses import replace

import numpy as np
import pytest

from tests.examples.frames import PLAN, frame_from, frame_of, histogram_of
from workbench.audit.catalogue import GAPS
from workbench.audit.measures.crosscheck import compare
from workbench.audit.measures.frames import Frame, Moments
from workbench.audit.measures.gaps import gap_results
from workbench.audit.measures.rates import group_results
from workbench.audit.parts import Crosscheck, Gap, Group
from workbench.audit.plan import AuditPlan

TABLE = {"a": (60, 20, 20, 100, 7), "b": (30, 20, 40, 110, 3), "c": (5, 0, 3, 9)}
RATE_GAPS = tuple(name for name in GAPS if not name.startswith(("mean", "root")))
ALL = PLAN.model_copy(update={"gaps": RATE_GAPS})


def measured(
    frame: Frame, plan: AuditPlan
) -> tuple[dict[str, dict[str, Group]], dict[str, dict[str, Gap]]]:
    groups = {frame.name: group_results(frame, plan)}
    return groups, gap_results([frame], groups, plan)


def checked(frame: Frame, plan: AuditPlan) -> Crosscheck:
    return compare([frame], *measured(frame, plan), plan)


def test_every_rate_and_gap() -> None:
    """Three groups with eight rates and fourteen gaps agree, bit for bit or nearly so."""
    found = checked(frame_of(TABLE), ALL)

    assert found.numbers == 3 * 8 + 14
    assert found.max_abs_difference < 1e-15


def test_weights() -> None:
    """With weights, the same."""
    generator = np.random.default_rng(1)
    rows = generator.integers(0, 2, (2, 400))
    groups = list("abcd" * 100)
    frame = frame_from(groups, list(rows[0]), list(rows[1]), list(generator.gamma(2, 1, 400)))

    found = checked(frame, ALL.model_copy(update={"weight": "w"}))

    assert found.numbers == 4 * 8 + 14
    assert found.max_abs_difference < 1e-14


def test_groups_without_weight() -> None:
    """A group whose weights are all 0 has no number; all others are compared as without it."""
    groups, outcome, said = list("aabb" * 50) + ["c"] * 2, [0, 1] * 101, [0, 1, 1, 0] * 50 + [1, 1]
    frame = frame_from(groups, outcome, said, [1.0] * 200 + [0.0] * 2)
    plan = ALL.model_copy(update={"weight": "w"})

    measures, _ = measured(frame, plan)
    found = checked(frame, plan)

    assert {part.status for part in measures["g"]["c"].metrics.values()} == {"not_defined"}
    assert found.numbers == 2 * 8 + 14
    assert found.max_abs_difference < 1e-15


def test_undefined_numbers_are_left_out() -> None:
    """What is 0/0 is not compared: there fairlearn says 0."""
    found = checked(frame_of({"a": (0, 0, 50, 50), "b": (0, 0, 60, 60)}), ALL)

    assert found.numbers == 2 * 7 + 8
    assert found.max_abs_difference < 1e-15


def test_mean_scores() -> None:
    """Mean scores are compared by the sums of narrow score bins."""
    people = np.random.default_rng(2).integers(0, 9, (2, 40, 2))
    scores = histogram_of(people)
    totals = scores.totals.sum(axis=1)
    half = {"a": (20, 60, 20, 60), "b": (20, 60, 20, 60)}
    frame = replace(frame_of(half), scores=scores, moments={"score": Moments(totals, totals)})
    size = people.sum(axis=(1, 2))
    counts = np.zeros((2, 5), dtype=np.int64)
    counts[:, 1], counts[:, 3] = size // 2, size - size // 2
    values = counts.astype(float)
    frame = replace(frame, counts=counts, weights=values, squares=values)
    plan = AuditPlan(score="s", threshold=0.5, attributes=("g",), reason="test")

    found = checked(frame, plan)

    assert found.numbers == 2 * 2 + 3
    assert found.max_abs_difference < 1e-14


VARIABLES = ("prediction", "error", "absolute_error", "squared_error")
NUMBERS = AuditPlan(
    task="regression", outcome="o", prediction="p", attributes=("g", "h"), weight="w", reason="test"
)


def numbers_of(scale: float) -> list[Frame]:
    """Frames of 900 weighted people in groups of g, of h, and of both."""
    draw = np.random.default_rng(3)
    outcome, predicted = scale * draw.normal(3, 1, (2, 900))
    error = predicted - outcome
    numbers = dict(zip(VARIABLES, (predicted, error, np.abs(error), error**2), strict=True))
    numbers = {name: list(values) for name, values in numbers.items()}
    one, two = list(draw.choice(list("ab"), 900)), list(draw.choice(list("xyz"), 900))
    both = [f"{g} & {h}" for g, h in zip(one, two, strict=True)]
    weights, no = list(draw.gamma(2, 1, 900)), [0] * 900
    return [
        replace(
            frame,
            name=name,
            attributes=tuple(name.split(" & ")),
            groups=tuple(tuple(key.split(" & ")) for key in frame.keys),
        )
        for name, groups in (("g", one), ("h", two), ("g & h", both))
        for frame in (frame_from(groups, no, no, weights, numbers),)
    ]


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_means_of_a_regression(scale: float) -> None:
    """Means, errors and their gaps agree, computed from the groups combined, in any unit."""
    frames = numbers_of(scale)
    groups = {frame.name: group_results(frame, NUMBERS) for frame in frames}
    gaps = gap_results(frames, groups, NUMBERS)

    found = compare(frames, groups, gaps, NUMBERS)

    assert found.numbers == (2 + 3 + 6) * 4 + 3 * 4
    assert 0 < found.max_abs_difference < 1e-14


def test_a_wrong_mean_is_noticed() -> None:
    """The twin: one mean that is off by a millionth is found, in any unit."""
    (frame, *_) = numbers_of(1e-9)
    groups = {"g": group_results(frame, NUMBERS)}
    gaps = gap_results([frame], groups, NUMBERS)
    mean = groups["g"]["a"].metrics["mean_absolute_error"]
    wrong = mean.model_copy(update={"value": (mean.value or 0) * 1.000_001})
    metrics = groups["g"]["a"].metrics | {"mean_absolute_error": wrong}
    other = {"g": groups["g"] | {"a": groups["g"]["a"].model_copy(update={"metrics": metrics})}}

    assert compare([frame], groups, gaps, NUMBERS).max_abs_difference < 1e-14
    assert compare([frame], other, gaps, NUMBERS).max_abs_difference > 1e-7


def test_it_notices() -> None:
    """The twin: a wrong rate and a wrong gap are found."""
    frame = frame_of(TABLE)
    groups, gaps = measured(frame, ALL)
    wrong = groups["g"]["a"].metrics["accuracy"].model_copy(update={"value": 0.5})
    metrics = groups["g"]["a"].metrics | {"accuracy": wrong}
    other = {"g": groups["g"] | {"a": groups["g"]["a"].model_copy(update={"metrics": metrics})}}
    gap = gaps["g"]["equalized_odds_ratio"].model_copy(update={"value": 0.1})

    assert compare([frame], other, gaps, ALL).max_abs_difference > 0.1
    wrong_gap = {"g": gaps["g"] | {"equalized_odds_ratio": gap}}
    assert compare([frame], groups, wrong_gap, ALL).max_abs_difference > 0.1
