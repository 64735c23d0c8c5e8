"""Two audits of the same rows: how strongly chance moves their gaps together.

One group-by over both plans counts, per group, how many people stand where in the confusion table
before and where after. From these joint cells follows the covariance of every two rates of a
group, and so the correlation of a gap before with the same gap after.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import ibis
import numpy as np

from workbench.audit.arrays import Places, Reals
from workbench.audit.catalogue import GAPS
from workbench.audit.intake import sources
from workbench.audit.intake.dataset import Limits
from workbench.audit.intake.sources import Source
from workbench.audit.measures import (
    cells,
    cuts,
    exact,
    facts,
    first_rows,
    judging,
    paired_means,
    products,
)
from workbench.audit.measures.cells import Numbers
from workbench.audit.measures.draws import HALF
from workbench.audit.measures.folding import WEIGHT, Cells, chosen_attributes, groups_of
from workbench.audit.measures.frames import COLUMNS
from workbench.audit.measures.paired_means import Numbered
from workbench.audit.measures.products import AFTER, BEFORE, PAIRS, SIDES, Factor, at
from workbench.audit.metrics import MEANS, RATES, Rate
from workbench.audit.parts import Gap
from workbench.audit.plan import AuditPlan, require_columns
from workbench.audit.results import AuditResult

JOINT = (len(COLUMNS), len(COLUMNS))
Place = tuple[str, str]  # attribute, gap


@dataclass(frozen=True)
class Joint:
    """The people of one group by their places before (rows) and after (columns): shape (5, 5).

    ``weights`` are the sums of their weights before and after, ``products`` those of the products
    of two weights: before by before, before by after, after by after. Without weights all are the
    people. ``means`` are the sums of their numbers by variable.
    """

    people: Reals
    weights: tuple[Reals, Reals]
    products: Mapping[tuple[int, int], Reals]
    means: Mapping[str, Numbered] = field(default_factory=dict)


def correlations(
    data: Path, before: AuditResult, after: AuditResult, *, limits: Limits | None = None
) -> dict[Place, float]:
    """How a gap of the earlier audit and of the later one vary together, from −1 to 1.

    ``data`` is the table that both were computed on; chance means other people like those in it.
    Gaps that both results state with their groups are answered, of attributes that both plans
    group alike; of means, see ``paired_means``. A gap of several metrics is one or the other of
    them before and after, so it is at most taken as if other people had been audited.
    1: chance moves both gaps alike, so that even a small change is more than chance. 0: as if
    other people had been audited. Below 0: as where the group that was ahead fell behind.
    The variances are those of the ratio of two sums (linearised, with weights: Särndal, Swensson
    and Wretman 1992, section 5.5); half a person is added to hit and miss before and after, so
    that two predictions that never differed here are not taken to never differ (Agresti and Min
    2005). Raises DataRefused when the table is not the one of the plans.
    """
    plans = (before.provenance.plan, after.provenance.plan)
    names = plans[AFTER].names_of_groups
    with sources.opened(data, plans[AFTER].dialect, limits=limits, names=names) as source:
        tables = joined(source, plans)
    return related(before, after, tables)


def related(
    before: AuditResult, after: AuditResult, tables: Mapping[str, Mapping[str, Joint]]
) -> dict[Place, float]:
    """The correlations that follow from the joint cells by frame and group."""
    found: dict[Place, float] = {}
    for attribute, gaps in before.gaps.items():
        for name, gap in gaps.items():
            later = after.gaps.get(attribute, {}).get(name)
            correlation = _correlation(tables.get(attribute, {}), name, gap, later)
            if correlation is not None:
                found[attribute, name] = correlation
    return found


def joined(source: Source, plans: tuple[AuditPlan, AuditPlan]) -> dict[str, dict[str, Joint]]:
    """The joint cells by frame and group, of all attributes that both plans group alike.

    Raises DataRefused when the table is not the one of the plans.
    """
    for plan in plans:
        require_columns(plan, source.columns)
        source.require_readable(plan.columns)
    shared = _shared(*plans)
    known = [facts.facts_of(source, plan) for plan in plans]
    raw = first_rows.glance(source, shared)
    stated = known[BEFORE].stated | known[AFTER].stated
    table = source.only([*plans[BEFORE].columns, *plans[AFTER].columns], stated)
    keys = cells.group_keys(source, table, shared, raw)
    for side, plan in zip(SIDES, plans, strict=True):
        scores = known[side].ranges.get("score")
        cut = cuts.cut_of(source, plan, scores) if scores else None
        judged = cells.judged_keys(table, plan, cut)
        keys += [key.name(f"{key.get_name()} {side}") for key in judged]
    numbers = _numbers(table, plans, known)
    counts = cells.grouped(source, table, keys, numbers)
    people = np.asarray(counts["people"])
    order, codes = cells.coded(counts, shared, known[AFTER].whole, raw)
    places = []
    for side, plan in zip(SIDES, plans, strict=True):
        end = f" {side}"
        own = {name: name.removesuffix(end) for name in counts.column_names if name.endswith(end)}
        places.append(judging.places(counts.select(list(own)).rename_columns(own), people, plan))
    sums = {name: exact.answered(counts, name, step) for name, (_, step) in numbers.items()}
    counted = Cells(order=order, codes=codes, judged=places[AFTER], people=people, sums=sums)
    return {
        " & ".join(shared.attributes[place] for place in chosen): _folded(counted, chosen, places)
        for chosen in chosen_attributes(len(shared.attributes), min(plan.depth for plan in plans))
    }


def _shared(before: AuditPlan, after: AuditPlan) -> AuditPlan:
    """The later plan with only those attributes that the earlier one groups alike."""
    alike = tuple(
        name
        for name in after.attributes
        if name in before.attributes and before.edges.get(name) == after.edges.get(name)
    )
    return after.model_copy(update={"attributes": alike, "references": {}})


def _numbers(
    table: ibis.Table, plans: tuple[AuditPlan, AuditPlan], known: list[facts.Facts]
) -> Numbers:
    """The weights of either side and their products, and what the means need."""
    weights = {
        side: [_weight(table, plans[side], known[side], side)] if plans[side].weight else []
        for side in SIDES
    }
    return products.numbers(
        [
            *weights.values(),
            *([*weights[one], *weights[other]] for one, other in PAIRS),
            *paired_means.needed(table, plans, known, weights),
        ]
    )


def _weight(table: ibis.Table, plan: AuditPlan, known: facts.Facts, side: int) -> Factor:
    number = table[plan.weight].cast("float64")
    return Factor(at(WEIGHT, side), number, known.ranges[WEIGHT].size)


def _folded(counted: Cells, chosen: tuple[int, ...], places: list[Places]) -> dict[str, Joint]:
    groups, rows = groups_of(counted, chosen)
    table, shape = (rows, *places), (len(groups), *JOINT)

    def summed(*sides: int) -> Reals:
        weights = products.weights_of(counted, sides)
        return products.summed(counted, weights, table, shape)

    people, weights = summed(), [summed(side) for side in SIDES]
    squares = {pair: summed(*pair) for pair in PAIRS}
    names = [" & ".join(group) for group in groups]
    means = paired_means.folded(counted, rows, names)
    return {
        name: Joint(
            people[row],
            (weights[BEFORE][row], weights[AFTER][row]),
            {pair: square[row] for pair, square in squares.items()},
            means[name],
        )
        for row, name in enumerate(names)
    }


def _correlation(
    tables: Mapping[str, Joint], name: str, before: Gap, after: Gap | None
) -> float | None:
    """The correlation of one gap before and after; None where it is not stated."""
    if after is not None and GAPS[name].metrics[0] in MEANS:
        numbered = {group: table.means for group, table in tables.items()}
        return paired_means.correlation(numbered, name, (before, after))
    first = _moves(tables, name, before, BEFORE)
    second = _moves(tables, name, after, AFTER) if after else None
    if first is None or second is None:
        return None
    spread = _together(tables, first, first) * _together(tables, second, second)
    found = _together(tables, first, second) / math.sqrt(spread)
    return min(0.0, found) if len(GAPS[name].metrics) > 1 else found


@dataclass(frozen=True)
class Moves:
    """How a gap follows from one rate of its two groups: by how much it grows with the rate."""

    rate: Rate
    side: int
    slopes: Mapping[str, float]


def _moves(tables: Mapping[str, Joint], name: str, gap: Gap, side: int) -> Moves | None:
    kind = GAPS[name]
    rate = RATES.get(gap.metric or kind.metrics[0])
    high, low = (group if group in tables else None for group in (gap.highest, gap.lowest))
    if rate is None or high is None or low is None:
        return None
    if kind.form == "difference":
        return Moves(rate, side, {high: 1.0, low: -1.0})
    top, bottom = (_influence(tables[group], rate, side)[0] for group in (low, high))
    return Moves(rate, side, {high: -top / bottom**2, low: 1 / bottom})


def _together(tables: Mapping[str, Joint], one: Moves, other: Moves) -> float:
    """The covariance of two gaps: groups are independent, so only that of shared groups counts."""
    return sum(
        slope * other.slopes[group] * _covariance(tables[group], one, other)
        for group, slope in one.slopes.items()
        if group in other.slopes
    )


def _covariance(joint: Joint, one: Moves, other: Moves) -> float:
    """The covariance of a group's two rates, the earlier side first, half a person added."""
    (first, ours, here), (second, theirs, there) = (
        _influence(joint, moves.rate, moves.side) for moves in (one, other)
    )
    products = joint.products[one.side, other.side]
    if one.side == other.side:
        counted = ours * theirs @ products.sum(axis=1 - one.side)
        half = 2 * HALF * ((1 - first) ** 2 + first**2)
    else:
        counted = ours @ products @ theirs
        half = HALF * (1 - 2 * first) * (1 - 2 * second)
    square = products.sum() / joint.people.sum()
    return float(counted + square * half / (here * there))


def _influence(joint: Joint, rate: Rate, side: int) -> tuple[float, Reals, float]:
    """A group's rate, what a person in each place of COLUMNS adds to it, and its denominator."""
    weights = joint.weights[side].sum(axis=1 - side)
    top, bottom = (
        np.array([column in parts for column in COLUMNS], float)
        for parts in (rate.top, rate.bottom)
    )
    whole = float(weights @ bottom)
    value = float(weights @ top) / whole
    return value, (top - value * bottom) / whole, whole
