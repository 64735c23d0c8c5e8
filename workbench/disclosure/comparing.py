"""Two audits side by side as somebody reads it: what keeps them apart, then what changed."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from workbench.audit.catalogue import GAPS
from workbench.audit.parts import Change, ChartText, Comparison
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.changes import change_numbers, change_sentence, direction
from workbench.audit.words.methods import CHANGES
from workbench.audit.words.phrases import column_words
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import figures, plan_words, tables
from workbench.disclosure.checks import ChartUrl

SAME_DATA = later(
    "Both audits rest on the same rows, so the changes come from the predictions or from the plan."
)
SAME_DATA_TESTED = later(
    "The intervals say which changes fit other people like these. They take into account that "
    "chance moves both audits together."
)
UNTESTED = later("Whether the changes would show in other people's data is not tested.")
PARTLY_TESTED = later(
    "Changes without an interval are not tested against chance: those of other groups, and those "
    "of a gap that has no interval itself."
)
WORST_CASE = later(
    "Counts do not say who was judged how. So the intervals are those of the worst case: they hold "
    "however the same people were judged in both tables, and also if these are other people. They "
    "are wider than they would be if both tables listed each person, so a real change can more "
    "easily pass for chance."
)
OTHER_DATA = later("The audits used different tables, so chance alone makes some difference.")
NO_CHANGE = later("The two audits have no gap in common that can be compared.")
LEFT_OUT = later("{gap}, by {attribute}: only one of the two audits states it.")


class Drawn(Protocol):
    """A chart that is kept: its title and text alternative, and its SHA-256 per language."""

    @property
    def words(self) -> ChartText:
        """Title and text alternative."""

    @property
    def files(self) -> Mapping[str, str]:
        """Language → SHA-256."""


def reading(
    comparison: Comparison,
    before: AuditResult,
    after: AuditResult,
    language: str,
    *,
    charts: Mapping[str, Drawn],
    chart_url: ChartUrl,
) -> dict[str, Any]:
    """The comparison in plain words; both results are those that may be shown.

    ``charts`` are those of ``charts.comparison`` by name, ``chart_url`` gives the address of one.

    Gives ``same_data`` (sentences), ``tested`` (whether the changes have intervals),
    ``worst_case`` (whether these are those of the worst case), ``method`` (how those come about),
    ``obstacles`` and ``left_out`` (sentences), ``nothing`` (a sentence when there is nothing to
    compare, else "") and ``tables``: per attribute ``title``, ``rows`` (title, before, after,
    change, interval, remark; the interval is "" where chance was not tested), ``told`` (a sentence
    per change) and ``charts`` (src, title, alt).
    A gap that one of the results does not show is not told.
    """
    plan = after.provenance.plan
    shown = [change for change in comparison.changes if _is_shown(change, before, after)]
    attributes = [name for name in tables.names(after) if name in {one.attribute for one in shown}]
    return {
        "same_data": " ".join(_about_chance(comparison, shown, language)),
        "tested": any(change.low is not None for change in shown),
        "worst_case": any(change.worst_case for change in shown),
        "method": plan_words.method_words(CHANGES, language),
        "obstacles": [obstacle[language] for obstacle in comparison.obstacles],
        "nothing": "" if shown else text.translate(language, NO_CHANGE),
        "tables": [
            {
                **_table(plan, name, [one for one in shown if one.attribute == name], language),
                "charts": _pictures(charts, f"comparison/{name}/", language, chart_url),
            }
            for name in attributes
        ],
        "left_out": [
            _left_out(plan, attribute, gap, language) for attribute, gap in comparison.left_out
        ],
    }


def _about_chance(comparison: Comparison, shown: list[Change], language: str) -> Iterator[str]:
    """Whether the rows are the same, and what the intervals mean or why there are none."""
    yield text.translate(language, SAME_DATA if comparison.same_data else OTHER_DATA)
    tested = [change.low is not None for change in shown]
    if comparison.untested:
        yield comparison.untested[language]
    elif shown and not any(tested):
        yield text.translate(language, UNTESTED)
    elif any(change.worst_case for change in shown):
        yield text.translate(language, WORST_CASE)
    elif comparison.same_data and shown:
        yield text.translate(language, SAME_DATA_TESTED)
    if any(tested) and not all(tested):
        yield text.translate(language, PARTLY_TESTED)


def _is_shown(change: Change, before: AuditResult, after: AuditResult) -> bool:
    """Whether both results state the gap: none of them hides it."""
    found = [result.gaps.get(change.attribute, {}).get(change.gap) for result in (before, after)]
    return all(gap is not None and gap.value is not None for gap in found)


def _table(plan: AuditPlan, attribute: str, changes: list[Change], language: str) -> dict[str, Any]:
    return {
        "title": column_words(plan, attribute, language),
        "rows": [_row(change, language) for change in changes],
        "told": [change_sentence(plan, change, language) for change in changes],
    }


def _pictures(
    charts: Mapping[str, Drawn], beginning: str, language: str, chart_url: ChartUrl
) -> list[dict[str, str]]:
    return [
        {
            "src": chart_url(chart.files[language]),
            "title": chart.words.title[language],
            "alt": f"{chart.words.title[language]}. {chart.words.text[language]}",
        }
        for name, chart in charts.items()
        if name.startswith(beginning)
    ]


def _row(change: Change, language: str) -> dict[str, str]:
    numbers = change_numbers(change, language)
    return {
        "title": text.translate(language, GAPS[change.gap].title),
        "before": numbers["before"],
        "after": numbers["after"],
        "change": numbers["change"],
        "interval": figures.between(numbers["low"], numbers["high"], language)
        if "low" in numbers and "high" in numbers
        else "",
        "remark": text.translate(language, direction(change)),
    }


def _left_out(plan: AuditPlan, attribute: str, gap: str, language: str) -> str:
    title = text.translate(language, GAPS[gap].title) if gap in GAPS else gap
    values = {"gap": title, "attribute": column_words(plan, attribute, language)}
    return text.translate(language, LEFT_OUT, values)
