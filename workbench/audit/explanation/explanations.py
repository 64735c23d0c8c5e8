"""Model + rows → what drives the model, for everybody, per group and in the gap of two groups."""

from collections.abc import Iterator, Mapping

import numpy as np

from workbench.audit.arrays import Flags, Reals
from workbench.audit.explanation.agreement import judged
from workbench.audit.explanation.backgrounds import Background
from workbench.audit.explanation.explainers import Explainer, explainer
from workbench.audit.explanation.means import apart, mean
from workbench.audit.explanation.shap_values import Explained, require_output
from workbench.audit.explanation.spreads import spreads
from workbench.audit.explanation.swarms import swarms
from workbench.audit.intake import sample
from workbench.audit.intake.sample import Sample
from workbench.audit.intake.sources import Source
from workbench.audit.intake.values import as_text
from workbench.audit.models.model import Model
from workbench.audit.parts import Gap
from workbench.audit.parts_explanation import (
    Contribution,
    Decomposition,
    Effect,
    Explanation,
    RowExplanation,
)
from workbench.audit.plan import MISSING, AuditPlan
from workbench.audit.words.ways import AUDITED, HANDED_IN

# Without a reference group: the two groups that lie widest apart in what was predicted.
WIDEST = ("demographic_parity_difference", "mean_prediction_difference", "mean_score_difference")

Order = Mapping[str, tuple[str, ...]]
Gaps = Mapping[str, Mapping[str, Gap]]
Pair = tuple[str, str, str]  # attribute, group, reference group


def explained(
    model: Model,
    drawn: Sample,
    source: Source,
    plan: AuditPlan,
    order: Order,
    gaps: Gaps,
    *,
    background: Background | None = None,
) -> Explanation:
    """What drives the model, shown on rows drawn from the table, with its features as columns.

    All effects point towards the favourable outcome (or the larger number), in the unit that
    ``scale`` names; means over people are weighted as the plan says. Groups below
    ``assess_minimum`` rows are left out. ``order`` names the groups per attribute. Effects are
    counted from the ``background``, else from the drawn rows. The same for any order of the rows.
    Raises DataRefused when the model cannot be fed or explained, or does not repeat the given
    predictions.
    """
    place, agreement = judged(model, drawn, plan)
    behind, named = (background.rows, HANDED_IN) if background else (drawn.rows, AUDITED)
    way = explainer(model, place, behind, plan.seed, named)
    part = drawn.first(way.rows_at_most)
    found = require_output(way.explain(part.rows), model.output(part.rows)[:, place])
    return Explanation(
        model_kind=model.kind,
        explainer=found.explainer,
        scale=found.scale,
        exact=found.exact,
        estimate_error=found.estimate_error,
        background=found.background,
        rows=part.rows.num_rows,
        rows_in_table=drawn.of,
        seed=plan.seed,
        base_value=found.base,
        agreement=agreement,
        features=_effects(found.values, part.weights, model.features),
        groups={
            attribute: {
                value: _effects(found.values[rows], part.weights[rows], model.features)
                for value, rows in _members(part, attribute, order, plan)
            }
            for attribute in plan.attributes
        },
        spreads=spreads(part.rows, found.values, plan.thresholds.publish_minimum),
        swarms=swarms(part.rows, found.values),
        decompositions=tuple(
            _decomposition(found, model.features, part, pair)
            for pair in _pairs(part, order, gaps, plan)
        ),
        row_explanations=_rows(way, source, plan, order),
        max_additivity_error=found.additivity_error,
    )


def _effects(values: Reals, weights: Reals, names: tuple[str, ...]) -> dict[str, Effect]:
    means, sizes = mean(values, weights), mean(np.abs(values), weights)
    return {
        name: Effect(mean=float(middle), mean_absolute=float(size))
        for name, middle, size in zip(names, means, sizes, strict=True)
    }


def _members(
    part: Sample, attribute: str, order: Order, plan: AuditPlan
) -> Iterator[tuple[str, Flags]]:
    for value in order[attribute]:
        rows: Flags = part.groups[attribute] == value
        if rows.sum() >= plan.thresholds.assess_minimum and part.weights[rows].any():
            yield value, rows


def _pairs(part: Sample, order: Order, gaps: Gaps, plan: AuditPlan) -> Iterator[Pair]:
    """Each group and its reference; without one, the lowest and the highest group."""
    for attribute in plan.attributes:
        large = [value for value, _ in _members(part, attribute, order, plan)]
        reference = plan.references.get(attribute)
        if reference in large:
            yield from ((attribute, group, reference) for group in large if group != reference)
            continue
        known = gaps.get(attribute, {})
        widest = next((known[name] for name in WIDEST if name in known), None)
        if widest and widest.lowest in large and widest.highest in large:
            yield attribute, widest.lowest, widest.highest


def _decomposition(
    found: Explained, names: tuple[str, ...], part: Sample, pair: Pair
) -> Decomposition:
    attribute, group, reference = pair
    here, there = (part.groups[attribute] == value for value in (group, reference))
    people = [(found.values[rows], part.weights[rows]) for rows in (here, there)]
    shares = apart(*people)
    scores = [(found.scores[rows, np.newaxis], part.weights[rows]) for rows in (here, there)]
    (gap,) = apart(*scores)
    return Decomposition(
        attribute=attribute,
        group=group,
        reference=reference,
        gap=gap.value,
        gap_interval=(gap.low, gap.high),
        shares={name: share.value for name, share in zip(names, shares, strict=True)},
        intervals={
            name: (share.low, share.high) for name, share in zip(names, shares, strict=True)
        },
        additivity_error=abs(sum(share.value for share in shares) - gap.value),
    )


def _rows(
    way: Explainer, source: Source, plan: AuditPlan, order: Order
) -> tuple[RowExplanation, ...]:
    """The rows that the plan names, each with its columns, the strongest first."""
    if not plan.explained_rows:
        return ()
    names = way.model.features
    some = sample.numbered(source, plan, order, names, plan.explained_rows)
    found = way.explain(some.rows)
    sums = np.abs(found.base + found.values.sum(axis=1) - found.scores)
    shown = [as_text(some.rows.column(name)).to_pylist() for name in names]
    return tuple(
        RowExplanation(
            row=number,
            score=float(found.scores[place]),
            base_value=found.base,
            contributions=tuple(
                Contribution(
                    feature=names[column],
                    value=MISSING if shown[column][place] is None else shown[column][place],
                    effect=float(found.values[place, column]),
                )
                for column in np.argsort(-np.abs(found.values[place]), kind="stable")
            ),
            additivity_error=float(sums[place]),
        )
        for place, number in enumerate(plan.explained_rows)
    )
