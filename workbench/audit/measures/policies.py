"""Thresholds on scores: what they bring, and the best ones under which groups are alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.audit.arrays import Counts, Places, Reals
from workbench.audit.measures.estimates import share
from workbench.audit.measures.frames import Histogram

# So many levels of a rate are tried, alone and beside another rate; up to it the search is exact.
MOST_LEVELS = {1: 4_000, 2: 400}
# Rates are shares of whole people: a gap at the tolerance must not be missed by rounding.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Outcomes:
    """What each threshold brings to each group: arrays of shape (groups, thresholds).

    A threshold is one of the histogram's edges but the last (``edges`` begins with them); people
    from it up are favourable.
    ``rates`` are true and false positive rate, selection rate, precision and accuracy,
    not-a-number where too few people are behind it or it is no choice; ``right`` is the weight of
    right predictions, as a share of all.
    """

    edges: Reals
    right: Reals
    rates: dict[str, Reals]

    @classmethod
    def of(cls, scores: Histogram, rows: Sequence[int], minimum: int) -> "Outcomes":
        """The outcomes for these groups; a precision needs ``minimum`` favourable predictions."""
        weights = _from_above(scores.weights[list(rows)])
        chosen = _from_above(scores.people[list(rows)]).sum(axis=2)
        hits, passed = weights[..., 0], weights[..., 1]
        good, bad = hits[:, :1], passed[:, :1]
        precision = share(hits, hits + passed)
        precision[chosen < minimum] = np.nan
        return cls(
            edges=scores.edges,
            right=(hits + bad - passed) / (good + bad).sum(),
            rates={
                "selection_rate": share(hits + passed, np.broadcast_to(good + bad, hits.shape)),
                "true_positive_rate": share(hits, np.broadcast_to(good, hits.shape)),
                "false_positive_rate": share(passed, np.broadcast_to(bad, hits.shape)),
                "precision": precision,
                "accuracy": share(hits + bad - passed, np.broadcast_to(good + bad, hits.shape)),
            },
        )

    def among(self, choices: Sequence[Sequence[int]]) -> "Outcomes":
        """The outcomes of which only these thresholds of each group have rates."""
        chosen = np.zeros(self.right.shape, dtype=bool)
        for group, places in enumerate(choices):
            chosen[group, list(places)] = True
        rates = {name: np.where(chosen, rate, np.nan) for name, rate in self.rates.items()}
        return replace(self, rates=rates)

    def accuracy(self, places: Sequence[int]) -> float:
        """The share of right predictions with one threshold per group."""
        return float(self.right[np.arange(len(places)), places].sum())


def rates_at(outcomes: Outcomes, name: str, places: Sequence[int]) -> Reals:
    """Each group's rate at its threshold."""
    return outcomes.rates[name][np.arange(len(places)), list(places)]


def best_by_group(outcomes: Outcomes, metrics: Sequence[str], tolerance: float) -> list[int] | None:
    """The most accurate threshold per group for which no rate differs by more than ``tolerance``.

    All groups' rates then lie in a window of this width, and the window can start at a rate that
    some group reaches. So each such window is tried, and in it every group takes its own most
    accurate threshold: this finds the best of all combinations. For two rates (equalized odds)
    the windows are pairs. Where there are more levels than MOST_LEVELS, so many of them are
    tried, and a slightly better combination may be missed. Only thresholds that have all these
    rates count. None where no combination is that even.
    """
    ladders = [_ladder(outcomes, metrics, group) for group in range(len(outcomes.right))]
    levels = [_levels(outcomes.rates[name], MOST_LEVELS[len(metrics)]) for name in metrics]
    if not all(map(len, levels)):
        return None
    windows = [
        [_window(ladder.rates[place], starts, tolerance) for ladder in ladders]
        for place, starts in enumerate(levels)
    ]
    best, found = -np.inf, None
    for first in range(len(levels[0])) if len(metrics) > 1 else (slice(None),):
        inside = [
            _inside([spans[group] for spans in windows], first) for group in range(len(ladders))
        ]
        totals = sum(
            (ladder.best(*span) for ladder, span in zip(ladders, inside, strict=True)),
            start=np.zeros(len(levels[-1])),
        )
        place = int(totals.argmax())
        if totals[place] > best:
            best = float(totals[place])
            found = [(int(low[place]), int(high[place])) for low, high in inside]
    if found is None:
        return None
    return [ladder.place(*span) for ladder, span in zip(ladders, found, strict=True)]


@dataclass(frozen=True)
class Ladder:
    """One group's thresholds in an order in which all rates ascend.

    ``places`` are the thresholds, ``rates`` one array per metric, ``right`` the accuracy. In
    ``peaks[n]`` stands, at each step, the highest accuracy of the 2ⁿ steps from it on.
    """

    places: Places
    rates: list[Reals]
    right: Reals
    peaks: list[Reals]

    def best(self, low: Places, high: Places) -> Reals:
        """The highest accuracy from step ``low`` to under ``high``; −∞ where there is none."""
        length = high - low
        found = np.full(len(low), -np.inf)
        depths = np.frexp(np.maximum(length, 1))[1] - 1
        for depth, peaks in enumerate(self.peaks):
            here = (depths == depth) & (length > 0)
            found[here] = np.maximum(peaks[low[here]], peaks[high[here] - 2**depth])
        return found

    def place(self, low: int, high: int) -> int:
        """The most accurate threshold among these steps."""
        return int(self.places[low + int(self.right[low:high].argmax())])


def _ladder(outcomes: Outcomes, metrics: Sequence[str], group: int) -> Ladder:
    rates = [outcomes.rates[name][group] for name in metrics]
    # Both rates of equalized odds ascend as the threshold falls; a precision need not.
    if len(rates) > 1:
        places = np.arange(len(rates[0]))[::-1]
    else:
        places = np.argsort(rates[0], kind="stable")
    places = places[~np.isnan(np.add.reduce(rates)[places])]
    right = outcomes.right[group][places]
    peaks = [right]
    while 2 ** len(peaks) <= len(right):
        step = 2 ** (len(peaks) - 1)
        peaks.append(np.maximum(peaks[-1][:-step], peaks[-1][step:]))
    return Ladder(places, [rate[places] for rate in rates], right, peaks)


def _window(rates: Reals, starts: Reals, width: float) -> tuple[Places, Places]:
    """For each start, the first step inside the window and the first one after it."""
    return (
        np.searchsorted(rates, starts - ROUNDING, side="left"),
        np.searchsorted(rates, starts + width + ROUNDING, side="right"),
    )


def _inside(spans: list[tuple[Places, Places]], first: int | slice) -> tuple[Places, Places]:
    """The steps inside the window of the only metric, or of the first and each of the second."""
    low, high = spans[0][0][first], spans[0][1][first]
    for other in spans[1:]:
        low, high = np.maximum(low, other[0]), np.minimum(high, other[1])
    return low, high


def _levels(rates: Reals, most: int) -> Reals:
    levels = np.unique(rates[~np.isnan(rates)])
    if len(levels) > most:
        levels = levels[np.linspace(0, len(levels) - 1, most).round().astype(int)]
    return np.asarray(levels, float)


def _from_above(table: Counts | Reals) -> Reals:
    """Sums from each bin up to the last one, per group and outcome."""
    return np.asarray(table[:, ::-1].cumsum(axis=1)[:, ::-1], float)
