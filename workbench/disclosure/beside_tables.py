"""Each group beside the reference group and beside everybody: differences and ratios, as text."""

from typing import Any, Literal

from workbench.audit.metrics import METRICS
from workbench.audit.order import in_order
from workbench.audit.parts import Gap
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import figures, tables

Form = Literal["difference", "ratio"]
# How a row is called.
LABELS: dict[Form, str] = {
    "difference": later("{group} minus {other}"),
    "ratio": later("{group} relative to {other}"),
}
# The same of the first metrics, then of the others.
CAPTIONS: dict[Form, tuple[str, str]] = {
    "difference": (
        later("{attribute}: each group beside others (shares in percentage points)"),
        later("{attribute}: further shares, each group beside others (in percentage points)"),
    ),
    "ratio": (
        later("{attribute}: each group beside others, as ratios (1 means equal)"),
        later("{attribute}: further shares, each group beside others, as ratios (1 means equal)"),
    ),
}
NOTHING = Gap(status="not_defined")


def beside(result: AuditResult, name: str, language: str) -> dict[str, Any]:
    """Each group of one attribute beside the reference group, if any is named, and everybody.

    ``first`` has the differences of the first metrics, ``more`` those of the others, then all
    ratios, which may be many (``is_long``). Each has caption, columns and rows.
    """
    parts = (tables.first(result), tables.further(result))
    made = [
        _table(result, name, form, (caption, metrics), language)
        for form, captions in CAPTIONS.items()
        for caption, metrics in zip(captions, parts, strict=True)
        if any(_has(result, name, metric, form) for metric in metrics)
    ]
    more = made[1:]
    rows = sum(len(one["rows"]) for one in more)
    return {"first": made[:1], "more": more, "is_long": rows > tables.MOST_ROWS}


def _has(result: AuditResult, name: str, metric: str, form: Form) -> bool:
    """Whether the result compares this metric in this form at all: means have no ratio."""
    return any(
        f"{metric}_{form}" in gaps
        for tables_ in result.comparisons.values()
        for gaps in tables_.get(name, {}).values()
    )


def _table(
    result: AuditResult, name: str, form: Form, part: tuple[str, list[str]], language: str
) -> dict[str, Any]:
    caption, metrics = part
    compared = [metric for metric in metrics if _has(result, name, metric, form)]
    title = column_words(result.provenance.plan, name, language)
    columns = [(text.translate(language, METRICS[metric].title), True) for metric in compared]
    return {
        "caption": text.translate(language, caption, {"attribute": title}),
        "columns": [(text.translate(language, later("Groups")), False), *columns],
        "rows": _rows(result, name, form, compared, language),
    }


def _rows(
    result: AuditResult, name: str, form: Form, metrics: list[str], language: str
) -> list[dict[str, Any]]:
    reference = result.provenance.plan.references.get(name, "")
    labels = {value: group.label[language] for value, group in result.groups[name].items()}
    against: dict[Literal["reference", "overall"], str] = {
        "reference": labels.get(reference, reference),
        "overall": text.translate(language, later("everybody")),
    }
    return [
        {
            "label": text.translate(
                language, LABELS[form], {"group": labels[value], "other": other}
            ),
            "cells": [
                _cell(metric, form, found[value].get(f"{metric}_{form}", NOTHING), language)
                for metric in metrics
            ],
        }
        for kind, other in against.items()
        for group in in_order(result, name)
        if (value := group.parts[name]) in (found := result.comparisons.get(kind, {}).get(name, {}))
        and not (kind == "reference" and value == reference)
    ]


def _cell(metric: str, form: Form, gap: Gap, language: str) -> figures.Cell:
    if form == "ratio":
        return figures.ratio(gap, language)
    return figures.difference(metric, gap, language)
