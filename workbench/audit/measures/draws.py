"""What chance does to the groups of a frame: people drawn anew, many times, with a stated seed."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from workbench.audit.arrays import Reals
from workbench.audit.measures.estimates import Estimates
from workbench.audit.measures.frames import COLUMNS, Frame
from workbench.audit.metrics import Mean, Rate
from workbench.audit.plan import AuditPlan

# Single precision is plenty for draws, and twice as fast.
Drawn = npt.NDArray[np.float32]
# Added to every kind of person that the frame has, so that a count of 0 can vary too (Jeffreys).
HALF = 0.5


@dataclass(frozen=True)
class Draws:
    """The frame's tables drawn anew: ``cells`` in the order of COLUMNS, each (groups, draws).

    ``expected`` is what they are drawn around, of shape (groups, 5). ``noise`` is standard normal,
    (groups, draws), for means.
    """

    cells: tuple[Drawn | None, ...]
    expected: Reals
    people: Reals
    noise: Drawn


@dataclass(frozen=True)
class Spread:
    """A metric: what groups are drawn around, (groups,), and how far each draw lies from there.

    Groups are expected where they were observed, but for what keeps a count of 0 from being sure.
    """

    middle: Reals
    deviations: Drawn

    @cached_property
    def variances(self) -> Reals:
        """Of each group, over the draws."""
        return np.asarray(self.deviations.var(axis=1), float)

    @cached_property
    def errors(self) -> Reals:
        """The standard error of each contrast, (groups, groups); infinite where nothing varies."""
        errors = np.sqrt(self.variances[:, None] + self.variances)
        np.fill_diagonal(errors, 0)
        return np.where(errors > 0, errors, np.inf)


def drawn(frame: Frame, plan: AuditPlan) -> Draws:
    """As many tables as the plan's ``draws``, each of as many people as were counted.

    Drawing from the multinomial distribution of the cells is the same as drawing people with
    replacement. With weights, the weights of a cell's people are drawn around their mean. The
    seed is mixed with the frame's name, so that a result does not depend on which other
    attributes are audited with it.
    """
    generator = np.random.default_rng([plan.seed, zlib.crc32(frame.name.encode())])
    used = frame.counts.sum(axis=0) > 0
    smoothed = np.where(used, frame.counts + HALF, 0.0)
    size = int(frame.counts.sum())
    chances = smoothed / smoothed.sum()
    tables = generator.multinomial(size, chances[:, used].ravel(), size=plan.draws)
    shape = (len(chances), int(used.sum()), plan.draws)
    people_drawn: Drawn = tables.T.reshape(shape).astype(np.float32)
    weight, variance = _weights(frame)
    columns: list[Drawn | None] = []
    for place in range(len(COLUMNS)):
        if not used[place]:
            columns.append(None)
            continue
        people = people_drawn[:, int(used[:place].sum())]
        columns.append(_weighted(people, weight[:, place], variance[:, place], generator))
    return Draws(
        cells=tuple(columns),
        expected=chances * size * weight,
        people=frame.counts.sum(axis=1).astype(float),
        noise=generator.standard_normal((len(chances), plan.draws), dtype=np.float32),
    )


def spread(found: Estimates, rows: Sequence[int], draws: Draws, *, relative: bool) -> Spread:
    """The metric of some groups; ``relative`` takes logarithms, for ratios."""
    chosen = list(rows)
    if isinstance(found.metric, Mean):
        some = found.chosen(chosen)
        return Spread(some.value, _mean_deviations(some, draws.noise[chosen]))
    top, bottom = (_drawn_sum(parts, chosen, draws) for parts in _halves(found.metric))
    expected = [
        draws.expected[chosen][:, [COLUMNS.index(part) for part in parts]].sum(axis=1)
        for parts in _halves(found.metric)
    ]
    if relative:
        # Half the weight of one person keeps the logarithm of a drawn 0 finite.
        half = HALF * draws.expected[chosen].sum(axis=1) / draws.people[chosen]
        middle = np.log(expected[0] + half) - np.log(expected[1] + half)
        logs = np.log(top + half[:, None]) - np.log(bottom + half[:, None])
        return Spread(middle, np.asarray(logs - middle[:, None], np.float32))
    middle = expected[0] / expected[1]
    around = middle.astype(np.float32)[:, None]
    shares = np.divide(top, bottom, out=np.broadcast_to(around, top.shape).copy(), where=bottom > 0)
    return Spread(middle, np.asarray(shares - around, np.float32))


def _halves(metric: Rate | Mean) -> tuple[tuple[str, ...], tuple[str, ...]]:
    assert isinstance(metric, Rate)  # noqa: S101 — means are drawn from their moments
    return metric.top, metric.bottom


def _drawn_sum(parts: Sequence[str], rows: list[int], draws: Draws) -> Drawn:
    summed = np.zeros((len(rows), draws.noise.shape[1]), dtype=np.float32)
    for part in parts:
        column = draws.cells[COLUMNS.index(part)]
        if column is not None:
            summed += column[rows]
    return summed


def _mean_deviations(found: Estimates, noise: Drawn) -> Drawn:
    around = found.errors.astype(np.float32)[:, None] * noise
    if isinstance(found.metric, Mean) and found.metric.root:
        middle = found.mean.astype(np.float32)[:, None]
        return np.asarray(np.sqrt(np.maximum(middle + around, 0)) - np.sqrt(middle), np.float32)
    return around


def _weights(frame: Frame) -> tuple[Reals, Reals]:
    """Mean and variance of the weights of each cell's people; 1 and 0 where nobody is."""
    people = np.maximum(frame.counts, 1)
    mean = np.where(frame.counts > 0, frame.weights / people, 1.0)
    square = np.where(frame.counts > 0, frame.squares / people, 1.0)
    return mean, np.maximum(square - mean**2, 0)


def _weighted(people: Drawn, mean: Reals, variance: Reals, generator: np.random.Generator) -> Drawn:
    """The sum of the weights of so many drawn people, cell by cell."""
    weights = people * mean.astype(np.float32)[:, None]
    if variance.any():
        spread = np.sqrt(people * variance.astype(np.float32)[:, None])
        weights += spread * generator.standard_normal(people.shape, dtype=np.float32)
    return np.asarray(np.maximum(weights, 0))
