"""Two audits of the same rows: how strongly chance moves their gaps of means together.

The same people give both means of a group, so these vary together. A mean is the ratio of two
sums, Σ w x / Σ w; linearised, a person adds w (x − mean) / Σ w to it (Särndal, Swensson and
Wretman 1992, section 5.5), so that the covariance of two means is the sum of the products of what
each person adds to both. Without weights all w are 1. Roots of means go by their slopes.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import ibis
import numpy as np

from workbench.audit.arrays import Places, Reals
from workbench.audit.catalogue import GAPS
from workbench.audit.measures import facts, products
from workbench.audit.measures.facts import Facts
from workbench.audit.measures.folding import Cells
from workbench.audit.measures.products import AFTER, BEFORE, PAIRS, SIDES, Factor, Pair, at
from workbench.audit.metrics import MEANS, Mean
from workbench.audit.parts import Gap
from workbench.audit.plan import AuditPlan

# Which of the two numbers are factors of a product, beside the weights.
POWERS = tuple(product((0, 1), repeat=2))
# What has a mean → the numbers that it is the product of. Taken apart, no product is summed twice;
# nor in two ways: Spark takes w · e · e and w · (e · e) for the same, but they round differently.
VARIABLES: dict[str, tuple[str, ...]] = {
    mean.variable: (mean.variable,) for mean in MEANS.values()
} | {"squared_error": ("error", "error")}


@dataclass(frozen=True)
class Numbered:
    """One number of a group's people, x before and y after: what its means rest on.

    ``weights`` and ``totals`` are Σ w and Σ w x before and after. ``products`` goes by two sides:
    with p, the product of their weights, [[Σ p, Σ p y], [Σ p x, Σ p x y]].
    """

    weights: tuple[float, float]
    totals: tuple[float, float]
    products: Mapping[Pair, Reals]

    def covariance(self, pair: Pair) -> float:
        """How the means of these sides vary together."""
        one, other = (
            np.array([-self.totals[side], self.weights[side]]) / self.weights[side] ** 2
            for side in pair
        )
        return float(one @ self.products[pair] @ other)

    def slope(self, side: int, metric: Mean) -> float:
        """By how much the metric grows with its mean: a root by 1 / (2 · root) of it."""
        if not metric.root:
            return 1.0
        mean = self.totals[side] / self.weights[side]
        return 1 / (2 * math.sqrt(mean)) if mean > 0 else 0.0  # squares that are all 0 do not vary


ByGroup = Mapping[str, Mapping[str, Numbered]]  # group → variable → sums


def needed(
    table: ibis.Table,
    plans: Sequence[AuditPlan],
    known: Sequence[Facts],
    weights: Mapping[int, Sequence[Factor]],
) -> Iterator[list[Factor]]:
    """The products that are summed, of every number that both audits take the mean of.

    ``weights`` are those of each side, none where everybody counts the same.
    """
    sides = [_variables(table, plan, found) for plan, found in zip(plans, known, strict=True)]
    for parts in VARIABLES.values():
        if not {*parts} <= sides[BEFORE].keys() & sides[AFTER].keys():
            continue
        both = [[Factor(at(part, side), *sides[side][part]) for part in parts] for side in SIDES]
        for side in SIDES:
            yield [*weights[side], *both[side]]
        for (one, other), (left, right) in product(PAIRS, POWERS):
            yield [*weights[one], *weights[other], *(both[one] * left), *(both[other] * right)]


def _variables(
    table: ibis.Table, plan: AuditPlan, known: Facts
) -> dict[str, tuple[ibis.Value, float]]:
    """Each number per person in the audit, with its largest size."""
    found = {name: number for name, (_, number) in facts.numbers_in(table, plan).items()}
    sizes = {name: found_range.size for name, found_range in known.ranges.items()}
    if plan.task == "regression":
        found["absolute_error"], sizes["absolute_error"] = found["error"].abs(), sizes["error"]
    return {name: (number, sizes[name]) for name, number in found.items()}


def folded(counted: Cells, rows: Places, groups: Sequence[str]) -> ByGroup:
    """The sums of every group; ``rows`` says in which group each cell is."""

    def summed(sides: Sequence[int], *factors: str) -> Reals:
        names = [*products.weights_of(counted, sides), *factors]
        return products.summed(counted, names, (rows,), (len(groups),))

    weights = [summed([side]) for side in SIDES]
    found: dict[str, dict[str, Numbered]] = {group: {} for group in groups}
    weight = products.weights_of(counted, [BEFORE])
    for name, parts in VARIABLES.items():
        both = [[at(part, side) for part in parts] for side in SIDES]
        if products.named([*weight, *both[BEFORE]]) not in counted.sums:
            continue
        totals = [summed([side], *both[side]) for side in SIDES]
        tables = {
            (one, other): [
                summed((one, other), *(both[one] * left), *(both[other] * right))
                for left, right in POWERS
            ]
            for one, other in PAIRS
        }
        for row, group in enumerate(groups):
            found[group][name] = Numbered(
                weights=(float(weights[0][row]), float(weights[1][row])),
                totals=(float(totals[0][row]), float(totals[1][row])),
                products={
                    pair: np.reshape([part[row] for part in parts], (2, 2))
                    for pair, parts in tables.items()
                },
            )
    return found


def correlation(tables: ByGroup, name: str, gaps: tuple[Gap, Gap]) -> float | None:
    """The correlation of one gap of means before and after, from −1 to 1.

    None where it is not one of means, was not summed, or does not vary.
    """
    metric = MEANS.get(GAPS[name].metrics[0])
    if metric is None:
        return None
    ends = [{gap.highest: 1.0, gap.lowest: -1.0} for gap in gaps]
    summed = {
        group: tables.get(group or "", {}).get(metric.variable) for side in ends for group in side
    }
    there = {group: found for group, found in summed.items() if found is not None}
    if len(there) < len(summed):
        return None
    varied = {
        pair: sum(
            math.prod(ends[side].get(group, 0.0) * one.slope(side, metric) for side in pair)
            * one.covariance(pair)
            for group, one in there.items()
        )
        for pair in PAIRS
    }
    spread = varied[0, 0] * varied[1, 1]
    return max(-1.0, min(1.0, varied[0, 1] / math.sqrt(spread))) if spread > 0 else None
