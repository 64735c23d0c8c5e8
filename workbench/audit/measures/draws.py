"""What chance does to the groups of a frame: people drawn anew, many times, with a stated seed.

From it follows how wide intervals must be so that all differences of all pairs of groups lie in
theirs at the same time, in 95 % of audits.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.audit.arrays import Flags, Reals
from workbench.audit.measures.estimates import Estimates
from workbench.audit.measures.frames import COLUMNS, Frame
from workbench.audit.measures.intervals import CONFIDENCE, Z
from workbench.audit.metrics import Mean, Rate
from workbench.audit.plan import AuditPlan

# Single precision is plenty for draws, and twice as fast.
Drawn = npt.NDArray[np.float32]
Extremes = tuple[Flags, Flags]  # for each group: whether it can be the highest, the lowest
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


def critical(
    found: Sequence[Estimates],
    rows: Sequence[int],
    draws: Draws,
    *,
    relative: bool,
    extremes: Sequence[Extremes] | None = None,
) -> float:
    """How many standard errors wide all contrasts of these groups must be, to hold together.

    The 95th percentile over the draws of the largest contrast of any two groups, in any of the
    metrics, each in its own standard errors (max-t). ``relative`` takes contrasts of logarithms,
    for ratios. ``extremes`` leaves, for each metric, the contrasts of groups that can be the
    highest with groups that can be the lowest. For the only contrast of two groups it is the
    usual 1.96, which is also the least.
    """
    if len(found) == 1 and len(rows) == 2:
        return Z
    chosen, everyone = list(rows), np.ones(len(rows), bool)
    sides = extremes or [(everyone, everyone)] * len(found)
    largest = np.zeros((2, draws.noise.shape[1]), dtype=np.float32)
    for estimates, (highest, lowest) in zip(found, sides, strict=True):
        deviations = _deviations(estimates, chosen, draws, relative=relative)
        contrasts = _largest_contrasts(deviations, highest, lowest)
        np.maximum(largest, contrasts, out=largest)
    # Rare shares do not deviate as far upwards as downwards: the wider way counts.
    return max(Z, float(np.quantile(largest, CONFIDENCE, axis=1).max()))


def _deviations(found: Estimates, rows: list[int], draws: Draws, *, relative: bool) -> Drawn:
    """How far each draw of each group lies from what was expected: (groups, draws)."""
    if isinstance(found.metric, Mean):
        return _mean_deviations(found.chosen(rows), draws.noise[rows])
    top, bottom = (_drawn_sum(parts, rows, draws) for parts in _halves(found.metric))
    expected = [
        draws.expected[rows][:, [COLUMNS.index(part) for part in parts]].sum(axis=1)
        for parts in _halves(found.metric)
    ]
    if relative:
        # Half the weight of one person keeps the logarithm of a drawn 0 finite.
        half = (HALF * draws.expected[rows].sum(axis=1) / draws.people[rows])[:, None]
        top, bottom = np.log(top + half), np.log(bottom + half)
        middle = np.log(expected[0][:, None] + half) - np.log(expected[1][:, None] + half)
        return np.asarray(top - bottom - middle, np.float32)
    middle = (expected[0] / expected[1]).astype(np.float32)[:, None]
    shares = np.divide(top, bottom, out=np.broadcast_to(middle, top.shape).copy(), where=bottom > 0)
    return np.asarray(shares - middle, np.float32)


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


def _largest_contrasts(deviations: Drawn, highest: Flags, lowest: Flags) -> Drawn:
    """In each draw, the largest difference in standard errors, upwards and downwards: (2, draws).

    Upwards is of a group that can be the highest over one that can be the lowest.
    """
    largest = np.zeros((2, deviations.shape[1]), dtype=np.float32)
    variances, others = deviations.var(axis=1), deviations[lowest]
    for row in np.flatnonzero(highest):
        errors = np.sqrt(variances[row] + variances[lowest])
        scale = np.divide(1, errors, out=np.zeros_like(errors), where=errors > 0)
        apart = deviations[row] - others
        apart *= scale[:, None]
        np.maximum(largest, (apart.max(axis=0), -apart.min(axis=0)), out=largest)
    return largest


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
