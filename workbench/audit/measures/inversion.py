"""How far chance takes the widest contrast of many groups, if in truth it is of a stated size.

The observed widest contrast of groups lies further apart than the true one, for chance picks the
extremes; how much further depends on how many groups lie near them. So a size belongs to the
interval if the observed contrast is not unusual for groups that lie so far apart: those observed,
moved as little as that takes, and drawn anew around there (hybrid resampling: Chuang and Lai 2000,
Hybrid resampling methods for confidence intervals, Statistica Sinica 10).
"""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from scipy.optimize import brentq

from workbench.audit.arrays import Reals
from workbench.audit.measures.draws import Drawn, Spread
from workbench.audit.measures.intervals import CONFIDENCE, Z

# In how many audits the far end may miss the truth; where it does so less often, the near end may.
TAIL = (1 - CONFIDENCE) / 2
# The far end lies at least so many standard errors away, however near to each other groups are.
LEAST = 0.5
# Where other groups lie is uncertain. What would make an end miss the truth is assumed of them:
# for the near end, that they lie further out than observed, for the far end, further in.
OUTWARDS, INWARDS = 0.7, 0.4
# Contrasts that are shorter by so many standard errors are hardly ever drawn as the widest.
NEVER = 3.5
# How closely ends are found, of the distance in which they are sought.
CLOSE = 30


def critical(found: Sequence[Spread]) -> float:
    """How many standard errors wide all contrasts of these groups must be, to hold together.

    The 95th percentile over the draws of the largest contrast of any two groups, in any of the
    metrics, each in its own standard errors (max-t). For the only contrast of two groups it is the
    usual 1.96, which is also the least.
    """
    if _is_certain(found):
        return Z
    largest = np.zeros((2, found[0].deviations.shape[1]), dtype=np.float32)
    for each in found:
        for row, errors in enumerate(each.errors[:-1], start=1):
            contrasts = each.deviations[row - 1] - each.deviations[row:]
            contrasts *= (1 / errors[row:]).astype(np.float32)[:, None]
            np.maximum(largest, (contrasts.max(axis=0), -contrasts.min(axis=0)), out=largest)
    # Rare shares do not deviate as far upwards as downwards: the wider way counts.
    return max(Z, float(np.quantile(largest.max(axis=0), CONFIDENCE)))


def near_width(found: Sequence[Spread], apart: float) -> float:
    """How many standard errors the near end lies away from what is observed, if it is this size.

    ``found`` are the metrics whose widest contrast counts. At least the usual 1.96, and just that
    where chance has nothing to pick from.
    """
    drawn = _widest(found, apart, OUTWARDS)
    if drawn is None:
        return Z
    missed = min(TAIL, float((drawn <= -LEAST).mean()))  # by the far end
    return max(Z, float(np.quantile(drawn, CONFIDENCE + missed)))


def far_width(found: Sequence[Spread], apart: float) -> float:
    """The same for the far end: from ``LEAST`` to the usual 1.96."""
    drawn = _widest(found, apart, -INWARDS)
    if drawn is None:
        return Z
    return min(Z, max(LEAST, -float(np.quantile(drawn, TAIL))))


def meeting(
    width: Callable[[float], float], size: Callable[[float], float], within: tuple[float, float]
) -> float:
    """The width of an end where the truth would give it this very width.

    ``width`` of a size; ``size`` where an end of that width lies; ``within`` two widths, of
    which the first has the smaller size. Without a gap (0) at the first it is that one.
    """
    low, high = size(within[0]), size(within[1])
    if low <= 0 and within[0] > LEAST:
        return within[0]
    if np.isinf(high):
        return within[1]
    low, known = max(low, 0.0), cache(width)
    if size(known(low)) <= low:
        return within[0]
    at = brentq(lambda apart: size(known(apart)) - apart, low, high, xtol=(high - low) / CLOSE)
    return known(float(at))


def _is_certain(found: Sequence[Spread]) -> bool:
    """Whether chance cannot pick: there is one pair, or nothing that varies."""
    pair = len(found) == 1 and len(found[0].middle) == 2
    return pair or not any(np.isfinite(each.errors).any() for each in found)


def _moved(found: Sequence[Spread], apart: float, outwards: float) -> list[Reals]:
    """Where groups would lie that are as far apart as stated: as near as can be to the observed.

    The sum of squared moves, each in its own standard errors, is the least. Then those between
    the outermost two are moved outwards or inwards.
    """
    exceed = [_exceeding(each, each.middle, apart) for each in found]
    widest = int(np.argmax([each.max() for each in exceed]))
    moved = []
    for place, each in enumerate(found):
        start = _start(each, apart)
        high, low = np.unravel_index(np.argmax(exceed[place]), exceed[place].shape)
        if place == widest and np.ptp(each.middle) < apart:
            missing = apart - (each.middle[high] - each.middle[low])
            portion = each.variances[low] / (each.variances[high] + each.variances[low])
            start = float(each.middle[low] - portion * missing)
        centre = start + apart / 2
        distance = np.maximum(abs(each.middle - centre) + outwards * np.sqrt(each.variances), 0)
        middle = centre + np.sign(each.middle - centre) * np.minimum(distance, apart / 2)
        if place == widest:
            middle[[low, high]] = start, start + apart
        moved.append(middle)
    return moved


def _start(each: Spread, apart: float) -> float:
    """Where a range of this size starts that groups need least be moved into."""
    if np.ptp(each.middle) <= apart:
        return float(each.middle.min() + each.middle.max() - apart) / 2
    weights = 1 / np.maximum(each.variances, np.finfo(float).tiny)
    # Those below pull as much as those above: the pull is a rising, bent line.
    starts = np.sort(np.concatenate([each.middle, each.middle - apart]))
    below = np.maximum(starts[:, None] - each.middle, 0) @ weights
    above = np.maximum(each.middle - apart - starts[:, None], 0) @ weights
    return float(np.interp(0, below - above, starts))


def _exceeding(each: Spread, middle: Reals, apart: float) -> Reals:
    """By how many standard errors each contrast, row over column, exceeds the size."""
    contrasts = middle[:, None] - middle - apart
    return np.where(np.isfinite(each.errors), contrasts / each.errors, -np.inf)


def _widest(found: Sequence[Spread], apart: float, outwards: float) -> Drawn | None:
    """By how many standard errors the widest contrast of each draw exceeds the size.

    None where only one contrast can be the widest.
    """
    if _is_certain(found):
        return None
    moved = _moved(found, apart, outwards)
    exceed = [_exceeding(each, middle, apart) for each, middle in zip(found, moved, strict=True)]
    if sum(int((means > -NEVER).sum()) for means in exceed) == 1:
        return None
    largest = np.full(found[0].deviations.shape[1], -np.inf, np.float32)
    for each, means in zip(found, exceed, strict=True):
        for row in np.flatnonzero((means > -NEVER).any(axis=1)):
            others = np.flatnonzero(means[row] > -NEVER)
            contrasts = each.deviations[row] - each.deviations[others]
            contrasts *= (1 / each.errors[row, others]).astype(np.float32)[:, None]
            contrasts += means[row, others].astype(np.float32)[:, None]
            np.maximum(largest, contrasts.max(axis=0), out=largest)
    return largest
