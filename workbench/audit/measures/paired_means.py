"""Two audits of the same rows: how strongly chance moves their gaps of means together.

The same people give both means of a group, so these vary together: their covariance is that of
the people's numbers before and after, by the number of people. Without weights only.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import numpy as np

from workbench.audit.catalogue import GAPS
from workbench.audit.measures import exact, facts
from workbench.audit.measures.exact import Step
from workbench.audit.measures.facts import Facts
from workbench.audit.measures.folding import Cells
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Gap
from workbench.audit.plan import AuditPlan

Pair = tuple[int, int]  # sides: 0 before, 1 after
PAIRS: tuple[Pair, ...] = ((0, 0), (0, 1), (1, 1))
Numbers = dict[str, tuple[ibis.Value, Step]]


@dataclass(frozen=True)
class Numbered:
    """One number of a group's people: how many, its sums before and after, sums of products."""

    people: float
    totals: tuple[float, float]
    products: Mapping[Pair, float]

    def covariance(self, pair: Pair) -> float:
        """How the means of these sides vary together."""
        one, other = (self.totals[side] / self.people for side in pair)
        return (self.products[pair] / self.people - one * other) / self.people


ByGroup = Mapping[str, Mapping[str, Numbered]]  # group → variable → sums


def numbers(table: ibis.Table, plans: Sequence[AuditPlan], known: Sequence[Facts]) -> Numbers:
    """What is summed per group: every number that both audits take the mean of, and its products.

    Nothing where either audit weighs its people.
    """
    if any(plan.weight for plan in plans):
        return {}
    sides = [_variables(table, plan, found) for plan, found in zip(plans, known, strict=True)]
    terms: dict[str, tuple[ibis.Value, float]] = {}
    for name in sides[0].keys() & sides[1].keys():
        for side, variables in enumerate(sides):
            terms[_total(name, side)] = variables[name]
        for one, other in PAIRS:
            (left, most), (right, largest) = sides[one][name], sides[other][name]
            terms[_product(name, (one, other))] = (left * right, most * largest)
    return {name: (number, exact.step_for(size)) for name, (number, size) in terms.items()}


def _variables(
    table: ibis.Table, plan: AuditPlan, known: Facts
) -> dict[str, tuple[ibis.Value, float]]:
    """Each number that has a mean in the audit, with its largest size."""
    found = {name: number for name, (_, number) in facts.numbers_in(table, plan).items()}
    sizes = {name: found_range.size for name, found_range in known.ranges.items()}
    if plan.task == "regression":
        found["absolute_error"], sizes["absolute_error"] = found["error"].abs(), sizes["error"]
    wanted = {mean.variable for mean in MEANS.values()} & found.keys()
    return {name: (found[name], sizes[name]) for name in sorted(wanted)}


def folded(counted: Cells, rows: exact.Places, groups: Sequence[str]) -> ByGroup:
    """The sums of every group; ``rows`` says in which group each cell is."""
    shape = (len(groups),)
    people = np.zeros(shape)
    np.add.at(people, rows, counted.people)
    sums = {name: part.added((rows,), shape) for name, part in counted.sums.items()}
    variables = [mean.variable for mean in MEANS.values() if _total(mean.variable, 0) in sums]
    return {
        group: {
            name: Numbered(
                people=float(people[row]),
                totals=(float(sums[_total(name, 0)][row]), float(sums[_total(name, 1)][row])),
                products={pair: float(sums[_product(name, pair)][row]) for pair in PAIRS},
            )
            for name in variables
        }
        for row, group in enumerate(groups)
    }


def correlation(tables: ByGroup, name: str, gaps: tuple[Gap, Gap]) -> float | None:
    """The correlation of one gap of means before and after, from −1 to 1.

    None where it is not one of means, was not summed, or does not vary.
    """
    metric = MEANS.get(GAPS[name].metrics[0])
    if metric is None or metric.root:
        return None
    slopes = [{gap.highest: 1.0, gap.lowest: -1.0} for gap in gaps]
    summed = {
        group: tables.get(group or "", {}).get(metric.variable) for side in slopes for group in side
    }
    there = {group: found for group, found in summed.items() if found is not None}
    if len(there) < len(summed):
        return None
    varied = {
        pair: sum(
            slopes[pair[0]].get(group, 0.0) * slopes[pair[1]].get(group, 0.0) * one.covariance(pair)
            for group, one in there.items()
        )
        for pair in PAIRS
    }
    spread = varied[0, 0] * varied[1, 1]
    return max(-1.0, min(1.0, varied[0, 1] / math.sqrt(spread))) if spread > 0 else None


def _total(name: str, side: int) -> str:
    return f"mean of {name} at {side}"


def _product(name: str, pair: Pair) -> str:
    return f"{name} at {pair[0]} by {pair[1]}"
