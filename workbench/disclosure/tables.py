"""The tables of a published audit: rates per group and gaps between groups, as text.

A record's JSON sorts all names, so the order to read in is made here.
"""

from collections.abc import Callable
from typing import Any

from workbench.audit.bins import bin_names
from workbench.audit.catalogue import GAPS, RATES
from workbench.audit.plan import MISSING, AuditPlan
from workbench.audit.results import AuditResult, Gap, Group, Measure
from workbench.audit.words.phrases import column_words
from workbench.basics import text
from workbench.basics.text import later

# The rates that are shown; all others stand in the data file.
SHOWN = ("selection_rate", "true_positive_rate", "false_positive_rate", "accuracy")
STATUS = {
    "ok": "",
    "uncertain": later("uncertain, few people"),
    "not_assessable": later("too few people to assess"),
    "not_defined": later("nobody to count"),
    "suppressed": later("not published"),
}


def names(result: AuditResult) -> list[str]:
    """The attributes in the order of the plan, then those combined."""
    attributes = result.provenance.plan.attributes
    combined = [name for name in result.groups if name not in attributes]
    return [*(name for name in attributes if name in result.groups), *combined]


def table(result: AuditResult, name: str, language: str) -> dict[str, Any]:
    """The rates and gaps of one attribute, or of two combined ("a & b")."""
    shown = [rate for rate in SHOWN if rate in result.overall.metrics]
    everybody = {**result.overall.label, language: text.translate(language, later("Everybody"))}
    overall = result.overall.model_copy(update={"label": everybody})
    return {
        "title": column_words(result.provenance.plan, name, language),
        "columns": [
            (text.translate(language, later("Group")), False),
            (text.translate(language, later("People")), True),
            *((text.translate(language, RATES[rate].title), True) for rate in shown),
        ],
        "rows": [_row(group, shown, language) for group in (overall, *_groups(result, name))],
        "gaps": [_gap(result, name, kind, gap, language) for kind, gap in _gaps(result, name)],
    }


def _groups(result: AuditResult, table: str) -> list[Group]:
    """The groups of a table: stated ranges ascending, other values by name, missing ones last."""
    plan = result.provenance.plan
    return sorted(
        result.groups[table].values(),
        key=lambda group: [
            _place(plan, column, group.parts[column])
            for column in plan.attributes
            if column in group.parts
        ],
    )


def _place(plan: AuditPlan, column: str, value: str) -> tuple[bool, int, str]:
    edges = plan.edges.get(column, ())
    names = [bin_names(edges, whole=whole) for whole in (True, False)] if edges else []
    places = [found.index(value) for found in names if value in found]
    return value == MISSING, places[0] if places else 0, value


def _gaps(result: AuditResult, table: str) -> list[tuple[str, Gap]]:
    gaps = result.gaps.get(table, {})
    return [(kind, gaps[kind]) for kind in GAPS if kind in gaps]


def _row(group: Group, rates: list[str], language: str) -> dict[str, Any]:
    size = "" if group.n is None else text.number(language, group.n)
    return {
        "label": group.label[language],
        "n": size or text.translate(language, STATUS["suppressed"]),
        "cells": [_measure(group.metrics[rate], language) for rate in rates],
    }


def _measure(measure: Measure, language: str) -> dict[str, str]:
    """A rate in percent with its interval, and a remark where it needs one."""
    return {
        "value": _share(language, measure.value),
        "interval": _interval(language, measure.low, measure.high, _share),
        "remark": text.translate(language, STATUS[measure.status]),
    }


def _share(language: str, value: float | None) -> str:
    return "" if value is None else text.percent(language, value)


def _points(language: str, value: float | None) -> str:
    return "" if value is None else text.number(language, 100 * value, 1)


def _ratio(language: str, value: float | None) -> str:
    return "" if value is None else text.number(language, value, 2)


def _interval(
    language: str,
    low: float | None,
    high: float | None,
    written: Callable[[str, float | None], str],
) -> str:
    return (
        ""
        if low is None or high is None
        else f"{written(language, low)} – {written(language, high)}"
    )


def _gap(result: AuditResult, table: str, kind: str, gap: Gap, language: str) -> dict[str, str]:
    """How far the groups lie apart: differences in percentage points, ratios as a number."""
    ratio = GAPS[kind].form == "ratio"
    written = _ratio if ratio else _points
    unit = "" if ratio else text.translate(language, later("percentage points"))
    groups = result.groups[table]
    between = [groups[name].label[language] for name in (gap.highest, gap.lowest) if name in groups]
    value = written(language, gap.value)
    return {
        "title": text.translate(language, GAPS[kind].title),
        "value": f"{value} {unit}".strip() if value else "",
        "interval": _interval(language, gap.low, gap.high, written),
        "between": " / ".join(between),
        "remark": text.translate(language, STATUS[gap.status]),
    }
