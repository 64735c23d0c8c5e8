"""Model + rows → what drives the model, for everybody, per group and in the gap of two groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from workbench.audit.explanation.explainers import Explained, explain, rows_for
from workbench.audit.measures.groups import Grouped
from workbench.audit.models import features, loading
from workbench.audit.plan import AuditPlan
from workbench.audit.results import Agreement, Decomposition, Effect, Explanation, Gap

Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]
Pair = tuple[str, str, str]  # attribute, group, reference group


@dataclass(frozen=True)
class Sample:
    """The rows that are explained, and their group names by attribute."""

    rows: pa.Table
    groups: dict[str, npt.NDArray[np.object_]]


def explained(
    path: Path, table: pa.Table, grouped: Grouped, gaps: dict[str, dict[str, Gap]], plan: AuditPlan
) -> Explanation:
    """What drives the model in the file, shown on the table's rows.

    All effects point towards the favourable outcome, in the unit that ``scale`` names. Groups
    below ``assess_minimum`` rows are left out. The same for any order of the rows.
    Raises DataRefused when the model cannot be loaded, fed or explained.
    """
    model = loading.load(path, plan.features)
    features.require(table, model.features)
    turned, agreement = _agreement(model, table, grouped, plan)
    sample = _sample(model, table, grouped, plan)
    found = explain(model, sample.rows, plan.seed)
    sign = -1 if turned else 1
    values = sign * found.values
    base = _turned_base(found) if turned else found.base
    return Explanation(
        model_kind=model.kind,
        explainer=found.explainer,
        scale=found.scale,
        background=found.background,
        rows=sample.rows.num_rows,
        rows_in_table=table.num_rows,
        seed=plan.seed,
        base_value=base,
        agreement=agreement,
        features=_effects(values, model.features),
        groups={
            attribute: {
                value: _effects(values[rows], model.features)
                for value, rows in _members(names, grouped.order[attribute], plan)
            }
            for attribute, names in sample.groups.items()
        },
        decompositions=tuple(
            _decomposition(values, sign * found.scores, model.features, sample, pair)
            for pair in _pairs(sample, gaps, plan)
        ),
        max_additivity_error=found.additivity_error,
    )


def _agreement(
    model: loading.Model, table: pa.Table, grouped: Grouped, plan: AuditPlan
) -> tuple[bool, Agreement]:
    """Whether to turn the model's score round, and for how many rows it repeats the prediction.

    A model that only says 0 or 1 does not tell which one is favourable: the reading that fits
    the predictions better is taken, and stated.
    """
    yes, known = model.says_yes(table, plan.positive)
    given = grouped.cells.column("prediction").to_numpy()
    share = float(np.mean(yes == given))
    turned = not known and share < 1 / 2
    agreement = Agreement(share=1 - share if turned else share, n=table.num_rows, reversed=turned)
    classes = getattr(getattr(model, "estimator", None), "classes_", None)
    first = known and classes is not None and features.text_of(classes[0]) == plan.positive
    return turned or first, agreement


def _turned_base(found: Explained) -> float:
    return -found.base if found.scale == "log-odds" else 1 - found.base


def _sample(model: loading.Model, table: pa.Table, grouped: Grouped, plan: AuditPlan) -> Sample:
    """At most as many rows as the explainer takes, drawn and ordered by their content.

    The order follows a hash of what stands in a row, so that neither the choice nor the last
    digit of a sum depends on the order of the rows in the file.
    """
    fed = table.select(list(model.features))
    names = [name for name in grouped.cells.column_names if name.startswith("a")]
    seen = pd.concat(
        [fed.to_pandas(), grouped.cells.select(names).to_pandas().add_prefix("\0")], axis=1
    )
    seen["\0seed"] = plan.seed
    order = np.argsort(pd.util.hash_pandas_object(seen, index=False).to_numpy(), kind="stable")[
        : rows_for(model)
    ]
    members = grouped.cells.take(order)
    return Sample(
        rows=fed.take(order),
        groups={
            attribute: np.asarray(members.column(name).to_pylist(), dtype=object)
            for attribute, name in zip(plan.attributes, names, strict=True)
        },
    )


def _effects(values: Reals, names: tuple[str, ...]) -> dict[str, Effect]:
    means, sizes = values.mean(axis=0), np.abs(values).mean(axis=0)
    return {
        name: Effect(mean=float(mean), mean_absolute=float(size))
        for name, mean, size in zip(names, means, sizes, strict=True)
    }


def _members(
    names: npt.NDArray[np.object_], order: tuple[str, ...], plan: AuditPlan
) -> Iterator[tuple[str, Flags]]:
    for value in order:
        rows: Flags = names == value
        if rows.sum() >= plan.thresholds.assess_minimum:
            yield value, rows


def _decomposition(
    values: Reals, scores: Reals, names: tuple[str, ...], sample: Sample, pair: Pair
) -> Decomposition:
    attribute, group, reference = pair
    here, there = (sample.groups[attribute] == value for value in (group, reference))
    shares = values[here].mean(axis=0) - values[there].mean(axis=0)
    gap = float(scores[here].mean() - scores[there].mean())
    return Decomposition(
        attribute=attribute,
        group=group,
        reference=reference,
        gap=gap,
        shares=dict(zip(names, map(float, shares), strict=True)),
        additivity_error=abs(float(shares.sum()) - gap),
    )


def _pairs(sample: Sample, gaps: dict[str, dict[str, Gap]], plan: AuditPlan) -> Iterator[Pair]:
    """Each group and its reference; without one, the lowest and highest share of predictions."""
    for attribute, members in sample.groups.items():
        everyone = tuple(sorted(set(members)))
        large = [value for value, _ in _members(members, everyone, plan)]
        reference = plan.references.get(attribute)
        widest = gaps[attribute]["demographic_parity_difference"]
        if reference in large:
            yield from ((attribute, group, reference) for group in large if group != reference)
        elif widest.lowest in large and widest.highest in large:
            yield attribute, widest.lowest, widest.highest
