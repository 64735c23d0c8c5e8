"""In 2,000 simulated audits with weights, intervals of 95 % hold the truth in 93 to 97 %.

Whether weights go with what is measured or not. Where they cannot, because few people decide a
number, its status is not "ok".
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from tests.examples.frames import PLAN, frame_of_means
from workbench.audit.measures.estimates import Estimates, estimated
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.intervals import difference
from workbench.audit.measures.rates import group_results
from workbench.audit.plan import AuditPlan

AUDITS = 2_000
Numbers = npt.NDArray[np.float64]
Kind = Callable[[np.random.Generator, Numbers, float], Numbers]
REGRESSION = AuditPlan(
    task="regression", outcome="o", prediction="p", attributes=("g",), reason="t", weight="w"
)
WEIGHED = PLAN.model_copy(update={"weight": "w"})


def unrelated(draw: np.random.Generator, hits: Numbers, spread: float) -> Numbers:
    """Lognormal weights, the same for hits and misses."""
    return draw.lognormal(0, spread, hits.shape)


def often(draw: np.random.Generator, hits: Numbers, spread: float) -> Numbers:
    """Misses weigh five times as much on average: hits were drawn that much more often."""
    return draw.lognormal(0, spread, hits.shape) * np.where(hits > 0, 1.0, 5.0)


def rarely(draw: np.random.Generator, hits: Numbers, spread: float) -> Numbers:
    """The other way round."""
    return draw.lognormal(0, spread, hits.shape) * np.where(hits > 0, 5.0, 1.0)


def mostly_often(draw: np.random.Generator, hits: Numbers, spread: float) -> Numbers:  # noqa: ARG001
    """Weights 1 or 10, the heavy ones more common among misses."""
    return np.where(draw.random(hits.shape) < np.where(hits > 0, 0.2, 0.8), 10.0, 1.0)


# What a hit weighs on average beside a miss; so many more or fewer of them are drawn.
WORTH: dict[Kind, float] = {unrelated: 1.0, often: 1 / 5, rarely: 5.0, mostly_often: 2.8 / 8.2}


def shares(kind: Kind, share: float, people: int, spread: float) -> Frame:
    """Groups of so many people, one per audit, of whom so large a share is selected by weight."""
    draw = np.random.default_rng([people, round(100 * share)])
    odds = share / (1 - share) / WORTH[kind]
    hits = (draw.random((AUDITS, people)) < odds / (1 + odds)).astype(float)
    weights = kind(draw, hits, spread)
    tables = np.zeros((3, AUDITS, 5))
    for power in (0, 1, 2):
        tables[power, :, 0] = (hits * weights**power).sum(axis=1)
        tables[power, :, 3] = ((1 - hits) * weights**power).sum(axis=1)
    names = tuple((str(place),) for place in range(AUDITS))
    return Frame("g", ("g",), names, tables[0].astype(np.int64), tables[1], tables[2])


def held(found: Estimates, true: float) -> tuple[float, float]:
    """How often the truth lies in the interval of one group, and that of two groups' difference."""
    low, high = found.ends()
    ones, others = (found.chosen(list(range(side, AUDITS, 2))) for side in (0, 1))
    down, up = difference(ones.value, ones.ends(), others.value, others.ends())
    one, both = (low <= true) & (true <= high), (down <= 0) & (up >= 0)
    return float(one.mean()), float(both.mean())


@pytest.mark.parametrize(
    ("kind", "share", "people", "spread"),
    [
        (unrelated, 0.1, 300, 0.5),
        (unrelated, 0.3, 150, 1.0),
        (unrelated, 0.02, 1000, 1.0),
        (unrelated, 0.6, 1000, 1.5),
        (often, 0.1, 150, 0.0),
        (often, 0.3, 300, 0.0),
        (often, 0.05, 1000, 0.0),
        (often, 0.1, 300, 0.5),
        (often, 0.3, 300, 1.0),
        (mostly_often, 0.1, 300, 0.0),
        (mostly_often, 0.02, 1000, 0.0),
        (rarely, 0.3, 150, 0.0),
        (rarely, 0.6, 300, 0.0),
        (rarely, 0.1, 1000, 0.0),
        (rarely, 0.6, 300, 1.0),
    ],
)
def test_shares(kind: Kind, share: float, people: int, spread: float) -> None:
    """A share, and the difference of two groups that are equal."""
    one, both = held(estimated("selection_rate", shares(kind, share, people, spread)), share)

    assert 0.93 <= one <= 0.97
    assert 0.93 <= both <= 0.97


@pytest.mark.parametrize(
    ("kind", "share", "people", "spread"),
    [(rarely, 0.1, 150, 0.0), (rarely, 0.02, 1000, 1.0), (rarely, 0.1, 300, 1.0)],
)
def test_few_of_a_kind(kind: Kind, share: float, people: int, spread: float) -> None:
    """Few selected people who stand for many: the interval may be too short, which is said."""
    frame = shares(kind, share, people, spread)

    found = [group.metrics["selection_rate"] for group in group_results(frame, WEIGHED).values()]

    assert held(estimated("selection_rate", frame), share)[0] < 0.93
    assert not any(measure.status == "ok" for measure in found)


def errors(draw: np.random.Generator, people: int, tail: float, related: float) -> Frame:
    """Lognormal errors with their mean taken off, and lognormal weights that go with them."""
    normal, other = draw.standard_normal((2, AUDITS, people))
    weights = np.exp(0.7 * (related * normal + np.sqrt(1 - related**2) * other))
    # By weight, the middle of the normal numbers is 0.7 · related.
    numbers = np.exp(tail * normal) - np.exp(tail * 0.7 * related + tail**2 / 2)
    named = {
        "prediction": numbers,
        "error": numbers,
        "absolute_error": abs(numbers),
        "squared_error": numbers**2,
    }
    frames = [frame_of_means(values, weights, name) for name, values in named.items()]
    for other in frames[1:]:
        frames[0].moments.update(other.moments)
    return frames[0]


@pytest.mark.parametrize(
    ("people", "tail", "related"),
    [(300, 0.5, 0.0), (120, 0.2, 0.0), (300, 0.5, -0.7), (1000, 0.5, -0.7), (300, 0.2, 0.7)],
)
def test_means(people: int, tail: float, related: float) -> None:
    """Weights that do not go with the error, fall with it, or grow with it."""
    draw = np.random.default_rng(people)

    one, both = held(estimated("mean_error", errors(draw, people, tail, related)), 0)

    assert 0.93 <= one <= 0.97
    assert 0.93 <= both <= 0.97


@pytest.mark.parametrize(
    ("people", "tail", "related", "most"), [(300, 1.0, 0.7, 0.1), (300, 1.5, 0.0, 0.1)]
)
def test_large_errors(people: int, tail: float, related: float, most: float) -> None:
    """A few very large errors: the interval is too short, which is said nearly always."""
    frame = errors(np.random.default_rng(people), people, tail, related)

    found = [group.metrics["mean_error"] for group in group_results(frame, REGRESSION).values()]

    assert held(estimated("mean_error", frame), 0)[0] < 0.93
    assert sum(measure.status == "ok" for measure in found) / AUDITS <= most


def test_errors_without_large_ones() -> None:
    """The twin: errors that are nearly normally distributed are not called uncertain."""
    frame = errors(np.random.default_rng(5), 300, 0.2, 0.0)

    found = [group.metrics["mean_error"] for group in group_results(frame, REGRESSION).values()]

    assert sum(measure.status == "ok" for measure in found) / AUDITS >= 0.95
