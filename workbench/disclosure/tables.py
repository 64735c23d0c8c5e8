"""The tables of an audit: numbers per group and gaps between groups, as text.

A record's JSON sorts all names, so the order to read in is made here.
"""

from typing import Any

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import METRICS
from workbench.audit.order import in_order
from workbench.audit.parts import Gap, Group
from workbench.audit.results import AuditResult
from workbench.audit.words.judgements import is_more_than_chance, is_sure, limit_of
from workbench.audit.words.phrases import column_words, figure
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import figures
from workbench.disclosure.figures import STATUS

# The numbers that are shown first; all others unfold.
FIRST = (
    "selection_rate",
    "true_positive_rate",
    "false_positive_rate",
    "accuracy",
    "mean_score",
    "mean_prediction",
    "mean_error",
    "mean_absolute_error",
    "root_mean_squared_error",
)
# More rows than these unfold on a page, and stand in no print.
MOST_ROWS = 13
# Answers to "Chance?".
SURE = later("hardly")
UNSURE = later("possible")
NOT_THESE_TWO = later("hardly; for these two possible")
CHANCES = {(True, True): SURE, (True, False): NOT_THESE_TWO, (False, False): UNSURE}


def names(result: AuditResult) -> list[str]:
    """The attributes in the order of the plan, then those combined."""
    attributes = result.provenance.plan.attributes
    combined = [name for name in result.groups if name not in attributes]
    return [*(name for name in attributes if name in result.groups), *combined]


def first(result: AuditResult) -> list[str]:
    """The metrics that are shown first, of those that the result has."""
    return [name for name in FIRST if name in result.overall.metrics]


def further(result: AuditResult) -> list[str]:
    """All other metrics of the result, in the catalogue's order."""
    return [name for name in METRICS if name in result.overall.metrics and name not in FIRST]


def table(result: AuditResult, name: str, language: str) -> dict[str, Any]:
    """The numbers and gaps of one attribute, or of several combined ("a & b").

    ``columns`` and ``rows`` hold the first metrics, ``more`` has the same for the others.
    ``is_long`` says that there are many combined groups.
    """
    others = further(result)
    is_combined = name not in result.provenance.plan.attributes
    return {
        "title": column_words(result.provenance.plan, name, language),
        **_numbers(result, name, first(result), language),
        "is_combined": is_combined,
        "is_long": is_combined and len(result.groups[name]) >= MOST_ROWS,
        "more": _numbers(result, name, others, language) if others else None,
        "gaps": [_gap(result, name, kind, gap, language) for kind, gap in _gaps(result, name)],
    }


def _numbers(
    result: AuditResult, name: str, metrics: list[str], language: str
) -> dict[str, list[Any]]:
    everybody = {**result.overall.label, language: text.translate(language, later("Everybody"))}
    overall = result.overall.model_copy(update={"label": everybody})
    return {
        "columns": [
            (text.translate(language, later("Group")), False),
            (text.translate(language, later("People")), True),
            *((text.translate(language, METRICS[metric].title), True) for metric in metrics),
        ],
        "rows": [_row(group, metrics, language) for group in (overall, *in_order(result, name))],
    }


def _gaps(result: AuditResult, table: str) -> list[tuple[str, Gap]]:
    gaps = result.gaps.get(table, {})
    return [(kind, gaps[kind]) for kind in GAPS if kind in gaps]


def _row(group: Group, metrics: list[str], language: str) -> dict[str, Any]:
    size = "" if group.n is None else text.number(language, group.n)
    return {
        "label": group.label[language],
        "n": size or text.translate(language, STATUS["suppressed"]),
        "cells": [figures.measure(name, group.metrics[name], language) for name in metrics],
    }


def _gap(result: AuditResult, table: str, kind: str, gap: Gap, language: str) -> dict[str, Any]:
    """How far the groups lie apart, against which limit, by chance or not, and what would show."""
    plan, groups = result.provenance.plan, result.groups[table]
    between = [groups[name].label[language] for name in (gap.highest, gap.lowest) if name in groups]
    limit = limit_of(plan, kind)
    return {
        "title": text.translate(language, GAPS[kind].title),
        **figures.gap(kind, gap, language),
        "between": " / ".join(between),
        "limit": figures.stated(kind, limit.value if limit else None, language),
        "chance": _chance(kind, gap, language),
        "detectable": figures.smallest(kind, gap.detectable, language),
    }


def _chance(kind: str, gap: Gap, language: str) -> figures.Cell:
    """Whether it may be chance, with the corrected probability."""
    sure = is_more_than_chance(gap)
    if sure is None or gap.p_adjusted is None:
        return {"value": "–", "interval": "", "remark": ""}
    least = figure(language, 0.001, 3)
    few = gap.p_adjusted < 0.001
    said = f"p < {least}" if few else f"p = {figure(language, gap.p_adjusted, 3)}"
    words = text.translate(language, CHANCES[sure, is_sure(kind, gap)])
    return {"value": words, "interval": said.replace(" ", "\N{NO-BREAK SPACE}"), "remark": ""}
