"""In simulated pairs of audits, changes of means hold the truth as they say, with weights too.

Weights may be unrelated to the numbers, or go with them: some people were drawn more rarely.
"""

import numpy as np
import numpy.typing as npt
import pytest

from tests.examples.frames import frame_of_means, sampled
from workbench.audit import chance
from workbench.audit.catalogue import GAPS
from workbench.audit.measures import intervals, paired_means, products
from workbench.audit.measures.estimates import estimated
from workbench.audit.measures.paired_means import Numbered
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Gap

AUDITS, ROWS = 1_000, 300
NAME, ROOT = "mean_error_difference", "root_mean_squared_error_difference"
Numbers = npt.NDArray[np.float64]
Sides = tuple[Numbers, Numbers, Numbers]  # before, after, weights: shape (audits, people)
# How many people a row stands for where the error before is below 90, and above.
EVEN, RARELY, UNRELATED, OFTEN = (1.0, 1.0), (1.0, 4.0), (2.0, 2.0), (4.0, 1.0)


def town(
    draw: np.random.Generator, middle: float, better: float, worth: tuple[float, float]
) -> Sides:
    """Errors of an old and a new estimate that err alike; on average ``middle``, then less."""
    people = draw.gamma(4, 20, (AUDITS, 5 * ROWS))
    before, weights = sampled(draw, people, np.where(people > 90, worth[1], worth[0]), ROWS)
    if worth == UNRELATED:
        weights = draw.uniform(1, 5, before.shape)
    after = before + draw.normal(-better, 15, before.shape)
    return before + middle - 80, after + middle - 80, weights


def squared(sides: Sides) -> Sides:
    """What roots of means are the roots of."""
    return sides[0] ** 2, sides[1] ** 2, sides[2]


def gaps_of(towns: dict[str, Sides], side: int, name: str) -> list[Gap]:
    """The gap of each audit, between its higher and its lower town."""
    metric = MEANS[GAPS[name].metrics[0]]
    found = [
        estimated(metric.name, frame_of_means(each[side], each[2], metric.variable))
        for each in towns.values()
    ]
    keys, made = list(towns), []
    (one, other), ends = found, [each.ends() for each in found]
    down, up = intervals.difference(one.value, ends[0], other.value, ends[1])
    for value, low, high in zip(one.value - other.value, down, up, strict=True):
        first = bool(value >= 0)
        numbers = (value, low, high) if first else (-value, -high, -low)
        made.append(
            Gap(
                value=numbers[0],
                low=numbers[1],
                high=numbers[2],
                status="ok",
                highest=keys[not first],
                lowest=keys[first],
            )
        )
    return made


def numbered(sides: Sides, audit: int) -> Numbered:
    before, after, weight = (each[audit] for each in sides)
    rows = [np.stack([weight, weight * number]) for number in (before, after)]
    return Numbered(
        weights=(weight.sum(), weight.sum()),
        totals=(rows[0][1].sum(), rows[1][1].sum()),
        products={(one, other): rows[one] @ rows[other].T for one, other in products.PAIRS},
    )


def changes_of(towns: dict[str, Sides], name: str = NAME) -> list[tuple[float, Gap, Gap]]:
    """Of each audit: the correlation, and the gap before and after."""
    variable: str = MEANS[GAPS[name].metrics[0]].variable
    found = []
    both = (gaps_of(towns, side, name) for side in products.SIDES)
    for audit, gaps in enumerate(zip(*both, strict=True)):
        tables = {key: {variable: numbered(sides, audit)} for key, sides in towns.items()}
        correlation = paired_means.correlation(tables, name, gaps)
        assert correlation is not None
        found.append((correlation, *gaps))
    return found


@pytest.mark.parametrize(
    "worth", [EVEN, RARELY, UNRELATED, OFTEN], ids=["even", "rarely", "unrelated", "often"]
)
def test_simulated_audits(worth: tuple[float, float]) -> None:
    """The true change of the gap, here −10, lies in 93 to 97 % of the intervals."""
    draw = np.random.default_rng(9)
    towns = {"a": town(draw, 80, 0, worth), "b": town(draw, 110, 10, worth)}
    held = 0
    for correlation, before, after in changes_of(towns):
        place = ("g", NAME)
        found = chance.tested({place: correlation}, {place: before}, {place: after})[place]
        held += found["low"] <= -10 <= found["high"]
    assert 0.93 <= held / AUDITS <= 0.97


@pytest.mark.parametrize("worth", [EVEN, RARELY, UNRELATED], ids=["even", "rarely", "unrelated"])
def test_roots_of_means(worth: tuple[float, float]) -> None:
    """The same of roots: √(middle² + variance) of each town, before and after."""
    draw = np.random.default_rng(11)
    towns = {"a": town(draw, 80, 0, worth), "b": town(draw, 110, 10, worth)}
    before, after = 4 * 20**2, 4 * 20**2 + 15**2  # the variances of both errors
    (old_a, old_b), (new_a, new_b) = (
        np.sqrt(np.array(middles) ** 2 + variance)
        for middles, variance in (((80, 110), before), ((80, 100), after))
    )
    true, held = (new_b - new_a) - (old_b - old_a), 0
    changes = changes_of({key: squared(sides) for key, sides in towns.items()}, ROOT)
    for correlation, first, second in changes:
        place = ("g", ROOT)
        found = chance.tested({place: correlation}, {place: first}, {place: second})[place]
        held += found["low"] <= true <= found["high"]
    assert 0.93 <= held / AUDITS <= 0.97


def test_nothing_changed() -> None:
    """Among four gaps that did not change, Holm calls one more than chance in 5 % of audits."""
    draw = np.random.default_rng(10)
    made = [
        changes_of({"a": town(draw, 80, 0, RARELY), "b": town(draw, 110, 0, RARELY)})
        for _ in range(2)
    ]
    lines = [*zip(made[0][::2], made[0][1::2], made[1][::2], made[1][1::2], strict=True)]
    alarms = 0
    for changes in lines:
        places = [(name, NAME) for name in "wxyz"]
        named = dict(zip(places, changes, strict=True))
        found = chance.tested(
            {place: change[0] for place, change in named.items()},
            {place: change[1] for place, change in named.items()},
            {place: change[2] for place, change in named.items()},
        )
        alarms += min(each["p_adjusted"] for each in found.values()) < 0.05
    assert alarms / len(lines) <= 0.05 + 2 * (0.05 * 0.95 / len(lines)) ** 0.5
