"""The tables behind the charts of what drives a model, as text.

Each begins with what is strongest (``rows``); what its chart or the eye can leave out is in
``more``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.audit.order import MOST_DRAWN, MOST_SPREAD, in_order, strongest
from workbench.audit.parts_explanation import Decomposition, Effect, Explanation, Spread
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, digits_for, figure, value_words
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import figures

MOST_SHARES = 4
# So many groups stand side by side; more do not fit on paper.
SIDE_BY_SIDE = 5
BETWEEN = later("{group} compared with {reference}, gap {gap}")
BETWEEN_ENDS = later("{group} compared with {reference}, gap {gap} ({ends})")
SIZE = later("size {size}")
PARTS = {
    "low": later("low values"),
    "middle": later("middle values"),
    "high": later("high values"),
}
Rows = list[dict[str, Any]]


def features(told: Explanation, plan: AuditPlan, language: str) -> dict[str, Rows]:
    """All columns: ``name``, mean ``size`` of the effect, mean ``effect`` with its sign."""
    names = _by_size(told)
    digits = max(3, digits_for(*(told.features[name].mean_absolute for name in names[:MOST_DRAWN])))
    rows = [
        {
            "name": column_words(plan, name, language),
            "size": figure(language, told.features[name].mean_absolute, digits),
            "effect": figure(language, told.features[name].mean, digits),
        }
        for name in names
    ]
    return {"rows": rows[:MOST_DRAWN], "more": rows[MOST_DRAWN:]}


def _by_size(told: Explanation) -> list[str]:
    return strongest({name: effect.mean_absolute for name, effect in told.features.items()})


def spreads(told: Explanation, plan: AuditPlan, language: str) -> dict[str, Rows]:
    """How effects spread over people, the strongest columns first: five quantiles each."""
    columns = list(dict.fromkeys(spread.feature for spread in told.spreads))
    rows: dict[str, Rows] = {"rows": [], "more": []}
    for spread in told.spreads:
        is_drawn = columns.index(spread.feature) < MOST_SPREAD
        rows["rows" if is_drawn else "more"].append(
            {
                "name": column_words(plan, spread.feature, language),
                "part": _part(plan, spread, language),
                "n": text.number(language, spread.n),
                "quantiles": [figure(language, quantile, 3) for quantile in spread.quantiles],
            }
        )
    return rows


def _part(plan: AuditPlan, spread: Spread, language: str) -> str:
    if spread.part in PARTS:
        return text.translate(language, PARTS[spread.part])
    return value_words(plan, spread.feature, spread.part, language)


def groups(
    result: AuditResult, attribute: str, found: Mapping[str, Mapping[str, Effect]], language: str
) -> dict[str, Any]:
    """Each column's mean effect in each group of one attribute, and its mean size there.

    ``tables`` have a few groups side by side each (``columns``, ``rows``, ``more``). ``without``
    names the groups that have none: too few people, or not published.
    """
    plan, told = result.provenance.plan, result.explanation
    assert told is not None  # noqa: S101 — the effects are part of it
    names = _by_size(told)
    labels = {
        group.parts[attribute]: group.label[language] for group in in_order(result, attribute)
    }
    there = [value for value in labels if value in found]
    parts = [there[at : at + SIDE_BY_SIDE] for at in range(0, len(there), SIDE_BY_SIDE)]
    return {
        "title": column_words(plan, attribute, language),
        "tables": [
            _side_by_side({labels[value]: found[value] for value in some}, names, plan, language)
            for some in parts
        ],
        "without": ", ".join(label for value, label in labels.items() if value not in found),
    }


def _side_by_side(
    effects: Mapping[str, Mapping[str, Effect]], names: list[str], plan: AuditPlan, language: str
) -> dict[str, Any]:
    title = text.translate(language, later("Feature"))
    rows = [
        {
            "name": column_words(plan, name, language),
            "cells": [_effect(each.get(name), language) for each in effects.values()],
        }
        for name in names
    ]
    return {
        "columns": [(title, False), *((label, True) for label in effects)],
        "rows": rows[:MOST_DRAWN],
        "more": rows[MOST_DRAWN:],
    }


def _effect(effect: Effect | None, language: str) -> figures.Cell:
    if effect is None:  # in an imported result, whatever computed it
        return {"value": "–", "interval": "", "remark": ""}
    size = figure(language, effect.mean_absolute, 3)
    return {
        "value": figure(language, effect.mean, 3),
        "interval": text.translate(language, SIZE, {"size": size}),
        "remark": "",
    }


def shares(result: AuditResult, told: Explanation, language: str) -> dict[str, Rows]:
    """What makes up the score gaps of groups: the largest shares of each, and in ``more`` all."""
    every = [(part, strongest(part.shares)) for part in told.decompositions]
    largest = [(part, names[:MOST_SHARES]) for part, names in every]
    return {
        "rows": _shares(result, largest, language),
        "more": _shares(result, every, language) if largest != every else [],
    }


def _shares(
    result: AuditResult, parts: Iterable[tuple[Decomposition, list[str]]], language: str
) -> Rows:
    plan, rows = result.provenance.plan, []
    for part, names in parts:
        labels = result.groups[part.attribute]
        words = {
            "group": labels[part.group].label[language],
            "reference": labels[part.reference].label[language],
            "gap": figure(language, part.gap, 3),
            "ends": _ends(part.gap_interval, language),
        }
        message = BETWEEN_ENDS if part.gap_interval else BETWEEN
        between = text.translate(language, message, words)
        rows += [
            {
                "groups": between,
                "name": column_words(plan, name, language),
                "share": {
                    "value": figure(language, part.shares[name], 3),
                    "interval": _ends(part.intervals.get(name), language),
                    "remark": "",
                },
            }
            for name in names
        ]
    return rows


def _ends(ends: tuple[float, float] | None, language: str) -> str:
    """An interval in words; "" in results of earlier versions, which have none."""
    if ends is None:
        return ""
    low, high = (figure(language, end, 3) for end in ends)
    return figures.between(low, high, language)
