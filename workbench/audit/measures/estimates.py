"""One metric of all groups of a frame: value, how many people it rests on, how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from workbench.audit.measures.frames import COLUMNS, Counts, Frame, Moments, Reals
from workbench.audit.measures.intervals import Ends, Z, mean_interval, wilson
from workbench.audit.metrics import METRICS, Mean, Rate

# A variance below this, beside the squared mean, is what rounding leaves of equal numbers.
NO_SPREAD = 1e-12


@dataclass(frozen=True)
class Estimates:
    """One metric, an entry per group: arrays of shape (groups,).

    ``value`` is not-a-number where nobody is there to count. ``of`` are people; ``effective`` is
    how many equally weighted people would be as certain (see ``_certain``), equal to ``of``
    without weights. ``mean`` and ``spread`` are mean and standard deviation of what one
    person adds; for a root, of the squares under it.
    """

    metric: Rate | Mean
    value: Reals
    of: Counts
    effective: Reals
    mean: Reals
    spread: Reals

    @property
    def errors(self) -> Reals:
        """The standard error of each mean."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.spread / np.sqrt(self.effective))

    def ends(self, z: float = Z) -> Ends:
        """The interval of each value: Wilson's for a share, Student's t for a mean.

        Ends of a root are roots of the ends of the mean under it, which cannot be below 0.
        """
        if isinstance(self.metric, Rate):
            return wilson(self.value, self.effective, z)
        low, high = mean_interval(self.mean, self.spread, self.effective, z)
        if self.metric.root:
            return np.sqrt(np.maximum(low, 0)), np.sqrt(high)
        return low, high

    def chosen(self, rows: list[int]) -> "Estimates":
        """The same for some groups."""
        parts = ("value", "of", "effective", "mean", "spread")
        return replace(self, **{part: getattr(self, part)[rows] for part in parts})


def estimated(name: str, frame: Frame) -> Estimates:
    """The metric of every group of the frame; see ``metrics`` for its formula."""
    metric = METRICS[name]
    return _share(metric, frame) if isinstance(metric, Rate) else _mean(metric, frame)


def total(parts: Iterable[str], table: Counts | Reals) -> Reals:
    """The sums of some of the columns tp, fp, fn, tn, other, which are the last axis."""
    places = [COLUMNS.index(part) for part in parts]
    return np.asarray(table[..., places].sum(axis=-1), float)


def share(top: Reals, bottom: Reals) -> Reals:
    """``top`` / ``bottom``; 0/0 is not defined, so not-a-number, never 0."""
    undefined = np.full(np.shape(bottom), np.nan)
    return np.asarray(np.divide(top, bottom, out=undefined, where=bottom > 0))


def without(frame: Frame, everybody: Frame) -> Frame:
    """For every group, all the others: everybody but this group, under the group's name."""
    return replace(
        frame,
        counts=everybody.counts - frame.counts,
        weights=_rest(everybody.weights, frame.weights),
        squares=_rest(everybody.squares, frame.squares),
        moments={
            name: _other_moments(everybody.moments[name], part)
            for name, part in frame.moments.items()
        },
        scores=None,
    )


def _other_moments(whole: Moments, part: Moments) -> Moments:
    heavy = None
    if whole.heavy and part.heavy:
        heavy = whole.heavy[0] - part.heavy[0], _rest(whole.heavy[1], part.heavy[1])
    return Moments(whole.total - part.total, _rest(whole.squares, part.squares), heavy)


def _rest(whole: Reals, part: Reals) -> Reals:
    """What is left of sums that cannot be below 0; rounding must not say otherwise."""
    return np.maximum(whole - part, 0)


def _share(metric: Rate, frame: Frame) -> Estimates:
    bottom = total(metric.bottom, frame.weights)
    of = total(metric.bottom, frame.counts)
    # Weights of 0 leave people without anything to count.
    value = share(
        np.where(of > 0, total(metric.top, frame.weights), 0), np.where(of > 0, bottom, 0)
    )
    return Estimates(
        metric=metric,
        value=value,
        of=of.astype(np.int64),
        effective=_certain(metric, frame, of),
        mean=value,
        spread=np.sqrt(value * (1 - value)),
    )


def _mean(metric: Mean, frame: Frame) -> Estimates:
    moments = frame.moments[metric.variable]
    weights = frame.weights.sum(axis=1)
    mean = share(moments.total, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.maximum(share(moments.squares, weights) - mean**2, 0)
        variance = np.where(variance > NO_SPREAD * mean**2, variance, 0)
        effective = _certain_mean(frame, moments, mean, variance)
        spread = np.sqrt(variance * effective / np.maximum(effective - 1, 0))
    return Estimates(
        metric=metric,
        value=np.sqrt(mean) if metric.root else mean,
        of=frame.counts.sum(axis=1),
        effective=effective,
        mean=mean,
        spread=np.where(effective > 1, spread, np.nan),
    )


def _certain_mean(frame: Frame, moments: Moments, mean: Reals, variance: Reals) -> Reals:
    """How many equally weighted people would be as certain of a mean: see ``_certain``.

    Here v = Σ w² (x − mean)² / (Σ w)²; nobody is added, for a mean of equal numbers has no spread.
    """
    weights, squares = frame.weights.sum(axis=1), frame.squares.sum(axis=1)
    kish = _effective(weights, squares)
    if moments.heavy is None:
        return kish
    total, square = moments.heavy
    spread = square - 2 * mean * total + mean**2 * squares
    known = (variance > 0) & (spread > NO_SPREAD * mean**2 * squares)
    linear = np.divide(variance * weights**2, spread, out=np.full_like(kish, np.inf), where=known)
    return np.asarray(np.minimum(kish, linear))


def _certain(metric: Rate, frame: Frame, of: Reals) -> Reals:
    """How many equally weighted people would be as certain of a share.

    The smaller of two numbers. (Σ w)² / Σ w² (Kish 1965) takes weights for unrelated to what is
    counted. p(1 − p) / v, with v = Σ w² (x − p)² / (Σ w)² (linearisation: Särndal, Swensson,
    Wretman 1992, section 5.5; Korn and Graubard 1998), does not, as where the selected were drawn
    more rarely and weigh more; but it takes the weights that happened to occur for all there are.
    For v, half an average person is added on either side, so that a share of 0 has a variance.
    """
    weights, squares = (total(metric.bottom, table) for table in (frame.weights, frame.squares))
    kish = _effective(weights, squares)
    hits, hit_squares = (total(metric.top, table) for table in (frame.weights, frame.squares))
    with np.errstate(divide="ignore", invalid="ignore"):
        weight, square = weights / of, squares / of
        whole = weights + weight
        p = (hits + weight / 2) / whole
        spread = (1 - p) ** 2 * (hit_squares + square / 2) + p**2 * (
            squares - hit_squares + square / 2
        )
        linear = p * (1 - p) * whole**2 / spread
    return np.where(kish > 0, np.fmin(kish, linear), 0.0)


def _effective(weights: Reals, squares: Reals) -> Reals:
    return np.divide(weights**2, squares, out=np.zeros(np.shape(weights)), where=squares > 0)
