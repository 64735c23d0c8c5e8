"""One metric of all groups of a frame: value, how many people it rests on, how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from workbench.audit.arrays import Counts, Reals
from workbench.audit.measures.effective import Weighed, of_mean, of_share
from workbench.audit.measures.frames import COLUMNS, Frame, Moments
from workbench.audit.measures.intervals import Ends, Z, mean_interval, wilson
from workbench.audit.metrics import METRICS, Mean, Rate

# A variance below this, beside the squared mean, is what rounding leaves of equal numbers.
NO_SPREAD = 1e-12
ERRORS = frozenset({"error", "absolute_error", "squared_error"})


@dataclass(frozen=True)
class Estimates:
    """One metric, an entry per group: arrays of shape (groups,).

    ``value`` is not-a-number where nobody is there to count. ``of`` are people; ``effective`` is
    how many equally weighted people would be as certain (see ``effective``), equal to ``of``
    without weights. ``few`` is how many people decide the number where that makes its interval
    less sure than it looks (see ``_kind`` and ``_carriers``), else infinite. ``mean`` and
    ``spread`` are mean and standard deviation of what one person adds; for a root, of the squares
    under it.
    """

    metric: Rate | Mean
    value: Reals
    of: Counts
    effective: Reals
    few: Reals
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
        parts = ("value", "of", "effective", "few", "mean", "spread")
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
    hits, everyone = _weighed(metric.top, frame), _weighed(metric.bottom, frame)
    of = everyone.people
    # Weights of 0 leave people without anything to count.
    value = share(np.where(of > 0, hits.weights, 0), np.where(of > 0, everyone.weights, 0))
    return Estimates(
        metric=metric,
        value=value,
        of=of.astype(np.int64),
        effective=of_share(hits, everyone),
        few=_kind(hits, everyone, frame),
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
        effective = _effective(frame, moments, mean, variance)
        spread = np.sqrt(variance * effective / np.maximum(effective - 1, 0))
    return Estimates(
        metric=metric,
        value=np.sqrt(mean) if metric.root else mean,
        of=frame.counts.sum(axis=1),
        effective=effective,
        few=_carriers(metric, frame),
        mean=mean,
        spread=np.where(effective > 1, spread, np.nan),
    )


def _weighed(parts: Iterable[str], frame: Frame) -> Weighed:
    columns = tuple(parts)
    return Weighed(
        *(total(columns, table) for table in (frame.counts, frame.weights, frame.squares))
    )


def _kind(hits: Weighed, everyone: Weighed, frame: Frame) -> Reals:
    """How many people there are of the rarer kind, hits or misses, where weights differ.

    What such people weigh is only known of as many, however alike the others of the group weigh.
    """
    people, weights, squares = (
        float(table.sum()) for table in (frame.counts, frame.weights, frame.squares)
    )
    if weights**2 >= squares * people * (1 - NO_SPREAD):
        return np.full(len(frame.groups), np.inf)
    return np.minimum(hits.people, everyone.besides(hits).people)


def _carriers(metric: Mean, frame: Frame) -> Reals:
    """How many people carry the mean square of errors: (Σ w e²)² / Σ (w e²)², as Kish's number.

    A third of all where errors are normally distributed (kurtosis 3), fewer where a few are very
    large. Then an interval by t is too short: those who would make it long enough are mostly not
    among the few who were drawn. Infinite where no errors are measured, or none is above 0.
    """
    moments = frame.moments.get("squared_error")
    if moments is None or metric.variable not in ERRORS:
        return np.full(len(frame.groups), np.inf)
    squares = moments.squares if moments.heavy is None else moments.heavy[1]
    nothing = np.full(len(frame.groups), np.inf)
    return np.asarray(np.divide(moments.total**2, squares, out=nothing, where=squares > 0))


def _effective(frame: Frame, moments: Moments, mean: Reals, variance: Reals) -> Reals:
    """How many equally weighted people would be as certain of a mean; see ``effective``."""
    everyone = _weighed(COLUMNS, frame)
    if moments.heavy is None:
        return everyone.kish
    heavy, square = moments.heavy
    spread = square - 2 * mean * heavy + mean**2 * everyone.squares
    known = (variance > 0) & (spread > NO_SPREAD * mean**2 * everyone.squares)
    linear = np.divide(
        variance * everyone.weights**2, spread, out=np.copy(everyone.kish), where=known
    )
    return of_mean(everyone, mean, variance, linear, share(heavy, everyone.squares))
