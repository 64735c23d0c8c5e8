"""Rows → cells: one group-by counts how many people share outcome, prediction and groups.

Every number of the audit follows from these few counts and sums, exactly, whatever the number and
order of the rows and whatever engine counted them.
"""

from collections.abc import Collection, Mapping, Sequence

import ibis
import numpy as np
import pyarrow as pa

from workbench.audit.arrays import Places
from workbench.audit.intake.sources import Source
from workbench.audit.measures import counting, cuts, exact, facts, first_rows, groups, judging
from workbench.audit.measures.cuts import Cut
from workbench.audit.measures.exact import Step
from workbench.audit.measures.facts import Facts, Range
from workbench.audit.measures.folding import (
    HEAVY,
    SQUARED,
    WEIGHT,
    Cells,
    chosen_attributes,
    everybody,
    frames,
    groups_of,
)
from workbench.audit.plan import MOST_GROUPS, AuditPlan, require_columns
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

__all__ = ["Cells", "counted", "everybody", "frames"]

TOO_MANY_COMBINED = later(
    "The groups of {columns} come to {count} when combined, more than the {limit} that can be "
    "judged one by one. Summarise their values in fewer groups, or combine fewer attributes."
)
UNCLEAR_NAMES = later(
    "The groups of {columns} cannot be told apart by their names, because some contain “ & ”. "
    "Rename these columns or values."
)
Numbers = Mapping[str, tuple[ibis.Value, Step]]


def counted(source: Source, plan: AuditPlan) -> Cells:
    """The cells of the table as the plan groups it, by one group-by in the source's engine.

    Where numbers are summed, a pass before asks for their range. Raises DataRefused, each time
    with cause and remedy, for every table that the plan cannot be carried out on.
    """
    require_columns(plan, source.columns)
    source.require_readable(plan.columns)
    groups.require_numbers(source, plan)
    few = first_rows.glance(source, plan)
    if plan.counts:
        made = _from_counts(source, plan)
    else:
        with facts.told(source, plan):
            made = _from_rows(source, plan, few)
    _check_combined(made, plan)
    return made


def _from_counts(source: Source, plan: AuditPlan) -> Cells:
    table, added, empty = counting.counted(source, plan)
    order, codes = coded(table, plan, {}, frozenset())
    judged = np.asarray(table["judged"]).astype(np.intp)
    return Cells(
        order=order,
        codes=codes,
        judged=judged,
        people=np.asarray(table["people"]),
        sums={},
        constant_prediction=judging.is_constant(judged),
        lines_added=added,
        lines_empty=empty,
    )


def _from_rows(source: Source, plan: AuditPlan, few: frozenset[str]) -> Cells:
    known = facts.facts_of(source, plan, looking=False)
    scores = known.ranges.get("score")
    cut = cuts.cut_of(source, plan, scores) if scores else None
    bins = cuts.bins_of(scores, cut) if scores else None
    given = source.only(plan.columns, known.stated)
    numbers = _numbers(given, plan, known)
    # With a score there are a hundred times as many cells: then few groups are what counts.
    raw = few if bins is None else frozenset()
    keys = [*group_keys(source, given, plan, raw), *judged_keys(given, plan, None)]
    keys += [bins.place(score_of(given, plan), source.engine).name("place")] if bins else []
    table = grouped(source, given, keys, numbers)
    if bins:
        places, reaches = bins.read(np.asarray(table["place"]))
        table = table.append_column("chosen", pa.array(reaches))
    people = np.asarray(table["people"])
    judged = judging.places(table, people, plan)
    order, codes = coded(table, plan, known.whole, raw)
    predicted = known.ranges.get("prediction")
    return Cells(
        order=order,
        codes=codes,
        judged=judged,
        people=people,
        sums={name: exact.answered(table, name, step) for name, (_, step) in numbers.items()},
        bins=places if bins else None,
        edges=bins.edges if bins else None,
        cut=cut,
        constant_prediction=_is_constant(predicted, judged),
    )


def _is_constant(predicted: Range | None, judged: Places) -> bool:
    return predicted.low == predicted.high if predicted else judging.is_constant(judged)


def group_keys(
    source: Source, table: ibis.Table, plan: AuditPlan, raw: Collection[str]
) -> list[ibis.Value]:
    """The group of each row by attribute: "a0", "a1" …

    Attributes in ``raw`` stay as they are, because counting their few values is faster; ``coded``
    puts these into groups.
    """
    cut = {name: plan.edges[name] for name in plan.edges if name not in raw}
    return [
        groups.key(source.engine, table[name], cut.get(name)).name(f"a{place}")
        for place, name in enumerate(plan.attributes)
    ]


def judged_keys(table: ibis.Table, plan: AuditPlan, cut: Cut | None) -> list[ibis.Value]:
    """What ``judging.places`` needs of each row: "outcome", "prediction", "chosen"."""
    judged = {"outcome": plan.outcome, "prediction": plan.prediction}
    if plan.task == "regression":
        judged = {}
    keys = [table[column].name(name) for name, column in judged.items() if column]
    return [*keys, (score_of(table, plan) >= cut.score).name("chosen")] if cut else keys


def score_of(table: ibis.Table, plan: AuditPlan) -> ibis.Value:
    """The score of each row."""
    return table[plan.score].cast("float64")


def grouped(
    source: Source, table: ibis.Table, keys: Sequence[ibis.Value], numbers: Numbers
) -> pa.Table:
    """By these keys of the table: how many "people", and each sum as ``exact`` asks for it."""
    steps = {
        f"{name} steps": step.steps(number, source.engine)
        for name, (number, step) in numbers.items()
    }
    rows = table.select(*keys, **steps)
    sums: dict[str, ibis.Value] = {"people": rows.count()}
    for name in numbers:
        sums |= exact.asked(name, rows[f"{name} steps"], source.engine)
    return source.answer(rows.group_by([key.get_name() for key in keys]).aggregate(**sums))


def _numbers(table: ibis.Table, plan: AuditPlan, known: Facts) -> Numbers:
    """What is summed per cell: the weights, and each metric's number, all also squared.

    With weights, numbers are summed by the weight, and by the squared one (HEAVY).
    """
    sizes = {name: found.size for name, found in known.ranges.items()}
    given = {name: number for name, (_, number) in facts.numbers_in(table, plan).items()}
    plain = {name: (given[name], sizes[name]) for name in ("score",) if name in given}
    if plan.task == "regression":
        error, size = given["error"], sizes["error"]
        plain |= {
            "prediction": (given["prediction"], sizes["prediction"]),
            "error": (error, size),
            "absolute_error": (error.abs(), size),
            "squared_error": (error * error, size * size),
        }
    terms: dict[str, tuple[ibis.Value, float]] = {}
    for name, (number, size) in plain.items():
        terms |= {name: (number, size), name + SQUARED: (number * number, size * size)}
    if plan.weight:
        weight, most = given[WEIGHT], sizes[WEIGHT]
        light = {name: (number * weight, size * most) for name, (number, size) in terms.items()}
        heavy = {name: (number * weight, size * most) for name, (number, size) in light.items()}
        terms = light | {HEAVY + name: term for name, term in heavy.items()}
        terms |= {WEIGHT: (weight, most), WEIGHT + SQUARED: (weight * weight, most * most)}
    return {name: (number, exact.step_for(size)) for name, (number, size) in terms.items()}


def coded(
    table: pa.Table, plan: AuditPlan, whole: Mapping[str, bool], raw: Collection[str]
) -> tuple[dict[str, tuple[str, ...]], Places]:
    """The groups of each attribute, and the place of each cell's group among them.

    ``table`` has the columns of ``group_keys``.
    """
    order, codes = {}, np.zeros((table.num_rows, len(plan.attributes)), dtype=np.intp)
    for number, attribute in enumerate(plan.attributes):
        column = table[f"a{number}"].combine_chunks().dictionary_encode(null_encoding="encode")
        values = column.dictionary
        if attribute in raw:
            values = groups.placed(values, plan.edges[attribute])
        named, listed = groups.names_of(values, attribute, plan, whole=whole.get(attribute, True))
        place = {name: position for position, name in enumerate(listed)}
        places = np.array([place[name] for name in named], dtype=np.intp)
        order[attribute] = listed
        codes[:, number] = places[np.asarray(column.indices)]
    return order, codes


def _check_combined(cells: Cells, plan: AuditPlan) -> None:
    """Raises DataRefused when combined groups are too many, or share a name."""
    attributes, seen = list(cells.order), set()
    for chosen in chosen_attributes(len(attributes), plan.depth):
        columns = " & ".join(attributes[place] for place in chosen)
        found, _ = groups_of(cells, chosen)
        if len(found) > MOST_GROUPS:
            raise DataRefused(
                TOO_MANY_COMBINED, columns=columns, count=len(found), limit=MOST_GROUPS
            )
        if columns in seen or len({" & ".join(group) for group in found}) < len(found):
            raise DataRefused(UNCLEAR_NAMES, columns=columns)
        seen.add(columns)
