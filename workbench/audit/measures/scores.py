"""Scores against reality: calibration per group, and what each notion of fairness costs."""

from collections.abc import Iterator, Sequence

import numpy as np

from workbench.audit.catalogue import GAPS, metrics_of
from workbench.audit.measures.estimates import share
from workbench.audit.measures.frames import Frame, Reals
from workbench.audit.measures.grid import bin_ends, thresholds
from workbench.audit.measures.intervals import wilson
from workbench.audit.measures.policies import Outcomes, best_by_group, rates_at
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
)


def calibration(frame: Frame, plan: AuditPlan) -> dict[str, tuple[ScoreBin, ...]]:
    """Score bins of every group, ascending: what the system says and what really happened.

    Ten bins of equal width where all scores lie between 0 and 1, else ten with about equally many
    people of all groups together; fewer where the scores were not counted finely enough. The
    share's interval is Wilson's; with weights, on as many people as the group's weights are
    worth. Empty without scores or without an outcome.
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
            )
            for place in range(len(edges) - 1)
        )
        for row, key in enumerate(frame.keys)
    }


def tradeoffs(frames: Sequence[Frame], plan: AuditPlan) -> dict[str, Tradeoff]:
    """What each notion costs for each attribute; see ``tradeoff``.

    Of everybody, too, enough people of either outcome lie between any two different thresholds of
    all attributes, since each attribute's tradeoff tells about everybody.
    """
    found: dict[str, Tradeoff] = {}
    taken: list[float] = []
    for frame in frames:
        found[frame.name] = tradeoff(frame, plan, taken=taken)
        taken += [policy.thresholds[EVERYBODY] for policy in found[frame.name].common]
    return found


def tradeoff(
    frame: Frame,
    plan: AuditPlan,
    tolerance: float = TOLERANCE,
    taken: Sequence[float] = (),
) -> Tradeoff:
    """What accuracy each notion of fairness leaves, for thresholds in common and by group.

    Only groups with enough people of either outcome to be assessed count, in the accuracy too.
    All thresholds are of one grid of at most MOST_THRESHOLDS, the plan's own among them, so far
    apart that in each such group at least ``publish_minimum`` people of either outcome lie between
    two of them and beyond the outermost: nearer, the difference would tell about single people.
    So many of everybody also lie between them and the thresholds ``taken`` by other attributes.
    They avoid the ends of score bins where they can, because whole bins add up there.
    ``common``: all of them; everybody from the threshold up is favourable. ``by_group``: first,
    as the anchor, the most accurate common threshold (notion "accuracy"), then for each notion
    the most accurate threshold per group for which the gap is at most ``tolerance``; a notion that
    no thresholds reach is left out. A gap is None where a group has too few favourable predictions
    to judge them. Both are empty with fewer than two such groups, with fewer than LEAST_THRESHOLDS,
    without scores or without an outcome.
    """
    nothing = Tradeoff(common=(), by_group=(), tolerance=tolerance)
    scores = frame.scores
    if scores is None or not _is_judged(plan):
        return nothing
    judged = scores.people.sum(axis=1)
    minimum = plan.thresholds.assess_minimum
    rows = [row for row in range(len(judged)) if judged[row].min() >= minimum]
    grid = thresholds(scores, rows, plan, taken) if len(rows) > 1 else []
    if not grid:
        return nothing
    outcomes = Outcomes.of(scores, rows, minimum).at(grid)
    keys = [frame.keys[row] for row in rows]
    common = tuple(
        _policy(ACCURACY, [EVERYBODY], [place] * len(rows), outcomes) for place in range(len(grid))
    )
    anchor = common[int(outcomes.right.sum(axis=0).argmax())]
    by_group = (anchor, *_by_group(keys, outcomes, tolerance))
    return Tradeoff(common=common, by_group=by_group, tolerance=tolerance)


def _by_group(keys: list[str], outcomes: Outcomes, tolerance: float) -> Iterator[Policy]:
    for notion in NOTIONS:
        places = best_by_group(outcomes, GAPS[notion].metrics, tolerance)
        if places is not None:
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
