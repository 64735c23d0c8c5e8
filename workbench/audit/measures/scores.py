"""Scores against reality: calibration per group, and what each notion of fairness costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from workbench.audit.arrays import Reals
from workbench.audit.catalogue import GAPS, metrics_of
from workbench.audit.measures.estimates import share
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.grid import bin_ends, own_thresholds, thresholds
from workbench.audit.measures.intervals import CONFIDENCE, wilson
from workbench.audit.measures.policies import ROUNDING, Outcomes, best_by_group, rates_at
from workbench.audit.measures.rates import measure
from workbench.audit.parts import Policy, ScoreBin, Tradeoff
from workbench.audit.plan import AuditPlan

TOLERANCE = 0.01
ACCURACY = "accuracy"
EVERYBODY = ""
NOTIONS = (
    "demographic_parity_difference",
    "equal_opportunity_difference",
    "equalized_odds_difference",
    "predictive_parity_difference",
    "accuracy_difference",
)


def calibration(frame: Frame, plan: AuditPlan) -> dict[str, tuple[ScoreBin, ...]]:
    """Score bins of every group, ascending: what the system says and what really happened.

    Ten bins of equal width where all scores lie between 0 and 1, else ten with about equally many
    people of all groups together; fewer where the scores were not counted finely enough. The
    share's interval is Wilson's; with weights, on as many people as the group's weights are
    worth; the wider ones are corrected for the number of bins that can be assessed. Empty without
    scores or without an outcome.
    """
    scores = frame.scores
    if scores is None or not _is_judged(plan):
        return {}
    cuts = bin_ends(scores)
    people, weights = (
        np.add.reduceat(table, cuts[:-1], axis=1) for table in (scores.people, scores.weights)
    )
    means = share(np.add.reduceat(scores.totals, cuts[:-1], axis=1), weights.sum(axis=2))
    shares = share(weights[..., 0], weights.sum(axis=2))
    of = people.sum(axis=2)
    effective = of * _worth(frame)[:, None]
    low, high = wilson(shares, effective)
    looked = max(
        1, int((np.minimum(of, effective).round(6) >= plan.thresholds.assess_minimum).sum())
    )
    all_low, all_high = wilson(shares, effective, ndtri(1 - (1 - CONFIDENCE) / (2 * looked)))
    edges = scores.edges[cuts]
    return {
        key: tuple(
            ScoreBin(
                start=float(edges[place]),
                end=float(edges[place + 1]),
                mean_score=_stated(means[row, place]),
                share=measure(
                    (shares[row, place], low[row, place], high[row, place]),
                    int(of[row, place]),
                    float(effective[row, place]) if plan.weight else None,
                    plan,
                ),
                low=_stated(all_low[row, place]),
                high=_stated(all_high[row, place]),
            )
            for place in range(len(edges) - 1)
        )
        for row, key in enumerate(frame.keys)
    }


def tradeoffs(
    frames: Sequence[Frame], plan: AuditPlan, tolerance: float = TOLERANCE
) -> dict[str, Tradeoff]:
    """What accuracy each notion of fairness leaves, for thresholds in common and by group.

    Only groups with enough people of either outcome to be assessed count, in the accuracy too.
    ``common``: all thresholds of one grid of at most MOST_THRESHOLDS, the plan's own among them, so
    far apart that in each such group at least ``publish_minimum`` people of either outcome lie
    between two of them and beyond the outermost: nearer, the difference would tell about single
    people. So many of everybody also lie between them and those of other attributes. They avoid
    the ends of score bins where they can, because whole bins add up there. Everybody from the
    threshold up is favourable.
    ``by_group``: first, as the anchor, the most accurate common threshold (notion "accuracy"), then
    for each notion the most accurate threshold per group for which the gap is at most
    ``tolerance``. Each group chooses among the common ones and further ones of its own, as far
    apart within the group. A notion is left out where no such thresholds reach it, or none that are
    right at least as often as the same decision for everybody: that is always fair, and no choice.
    So what is told is never better than what is possible, and it may be worse. A gap is None where
    a group has too few favourable predictions to judge them. Both are empty with fewer than two
    such groups, with fewer than LEAST_THRESHOLDS, without scores or without an outcome.
    """
    grids: dict[str, _Grid] = {}
    for frame in frames:
        taken = [score for grid in grids.values() for score in grid.scores]
        grids[frame.name] = _grid(frame, plan, taken)
    return {
        frame.name: _tradeoff(
            frame,
            plan,
            grids[frame.name],
            tolerance,
            [score for name, grid in grids.items() if name != frame.name for score in grid.scores],
        )
        for frame in frames
    }


@dataclass(frozen=True)
class _Grid:
    """The groups that count, the thresholds in common as places, and these as scores."""

    rows: list[int]
    places: list[int]
    scores: list[float]


def _grid(frame: Frame, plan: AuditPlan, taken: Sequence[float]) -> _Grid:
    scores = frame.scores
    if scores is None or not _is_judged(plan):
        return _Grid([], [], [])
    judged = scores.people.sum(axis=1)
    minimum = plan.thresholds.assess_minimum
    rows = [row for row in range(len(judged)) if judged[row].min() >= minimum]
    places = thresholds(scores, rows, plan, taken) if len(rows) > 1 else []
    return _Grid(rows, places, [float(scores.edges[place]) for place in places])


def _tradeoff(
    frame: Frame, plan: AuditPlan, grid: _Grid, tolerance: float, taken: Sequence[float]
) -> Tradeoff:
    scores, rows = frame.scores, grid.rows
    if scores is None or not grid.places:
        return Tradeoff(common=(), by_group=(), tolerance=tolerance)
    outcomes = Outcomes.of(scores, rows, plan.thresholds.assess_minimum)
    common = tuple(
        _policy(ACCURACY, [EVERYBODY], [place] * len(rows), outcomes) for place in grid.places
    )
    anchor = max(common, key=lambda policy: policy.accuracy)
    own = own_thresholds(scores, rows, plan, grid.places, taken)
    choices = [sorted({*grid.places, *places}) for places in own]
    keys = [frame.keys[row] for row in rows]
    by_group = (anchor, *_by_group(keys, outcomes, choices, tolerance))
    return Tradeoff(common=common, by_group=by_group, tolerance=tolerance)


def _by_group(
    keys: list[str], outcomes: Outcomes, choices: list[list[int]], tolerance: float
) -> Iterator[Policy]:
    everyone = float(outcomes.right[:, 0].sum())
    least = max(everyone, 1 - everyone) - ROUNDING
    among = outcomes.among(choices)
    for notion in NOTIONS:
        places = best_by_group(among, GAPS[notion].metrics, tolerance)
        if places is not None and outcomes.accuracy(places) >= least:
            yield _policy(notion, keys, places, outcomes)


def _policy(notion: str, names: list[str], places: list[int], outcomes: Outcomes) -> Policy:
    """Thresholds by name and what they bring; one name for everybody takes the first."""
    edges = outcomes.edges
    return Policy(
        notion=notion,
        thresholds={name: float(edges[place]) for name, place in zip(names, places, strict=False)},
        accuracy=outcomes.accuracy(places),
        gaps={name: _apart(outcomes, GAPS[name].metrics, places) for name in NOTIONS},
    )


def _apart(outcomes: Outcomes, metrics: tuple[str, ...], places: list[int]) -> float | None:
    """The gap between the groups at these thresholds; the widest of several metrics."""
    gaps = [float(np.ptp(rates_at(outcomes, name, places))) for name in metrics]
    return None if np.isnan(gaps).any() else max(gaps)


def _is_judged(plan: AuditPlan) -> bool:
    return "accuracy" in metrics_of(plan)


def _worth(frame: Frame) -> Reals:
    """How many equally weighted people one person of each group is worth (Kish), at most 1."""
    people = frame.counts.sum(axis=1)
    worth = share(frame.weights.sum(axis=1) ** 2, frame.squares.sum(axis=1))
    return np.asarray(worth / people)


def _stated(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
