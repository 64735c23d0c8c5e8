"""Two audits side by side: where each gap was, where it is, and how sure the change is.

Where a change is not tested against chance, nothing but before and after is drawn.
"""

from collections.abc import Iterable
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workbench.audit.catalogue import GAPS
from workbench.audit.charts.canvas import (
    BLUE,
    GREY,
    LONG_ROW,
    STYLE,
    Chart,
    canvas,
    name,
    svg,
    ticks,
)
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Change, ChartText, Comparison
from workbench.audit.results import AuditResult
from workbench.audit.words.changes import change_sentence
from workbench.audit.words.phrases import column_words, digits_for, figure
from workbench.basics.text import LANGUAGES, later, translate

TITLE = later("{unit}, by {attribute}: before and after")
# What is drawn on one axis together: gaps in the same unit.
UNITS = {
    "points": later("Differences in percentage points"),
    "ratios": later("Ratios: of 100 for the highest group, so many for the lowest"),
    "means": later("Differences of means"),
}
# The line is the change's interval, put where the gap was before.
AXIS = later("○ before → ● after; line: 95 % interval of the change")
WORST_AXIS = later("○ before → ● after; line: interval in the worst case")
EXACT_AXIS = later("○ before → ● after")


def draw(comparison: Comparison, before: AuditResult, after: AuditResult) -> dict[str, Chart]:
    """The charts "comparison/<attribute>/<points, ratios or means>" of single attributes.

    ``before`` and ``after`` are the compared results; what they do not publish is not drawn.
    """
    plan = after.provenance.plan
    attributes = set(plan.attributes) & set(before.provenance.plan.attributes)
    made = {}
    for attribute in plan.attributes:
        for unit in UNITS:
            changes = [
                change
                for change in comparison.changes
                if change.attribute == attribute and _unit(change) == unit
            ]
            if attribute in attributes and changes:
                made[f"comparison/{attribute}/{unit}"] = _chart(after, attribute, unit, changes)
    return made


def _unit(change: Change) -> str:
    kind = GAPS[change.gap]
    if kind.metrics[0] in MEANS:
        return "means"
    return "ratios" if kind.form == "ratio" else "points"


def _chart(after: AuditResult, attribute: str, unit: str, changes: list[Change]) -> Chart:
    plan = after.provenance.plan
    titles, texts, pictures = {}, {}, {}
    for language in LANGUAGES:
        words = {
            "unit": translate(language, UNITS[unit]),
            "attribute": column_words(plan, attribute, language),
        }
        titles[language] = translate(language, TITLE, words)
        told = [change_sentence(plan, change, language) for change in changes]
        texts[language] = " ".join(told)
        pictures[language] = _picture(changes, 1.0 if unit == "means" else 100.0, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _picture(changes: Iterable[Change], scale: float, language: str) -> str:
    rows = list(changes)
    with mpl.rc_context(STYLE):
        figure_, axes = canvas(len(rows), LONG_ROW)
        axes.margins(x=0.08)
        tested = any(change.low is not None for change in rows)
        line = WORST_AXIS if any(change.worst_case for change in rows) else AXIS
        axes.set_xlabel(translate(language, line if tested else EXACT_AXIS), fontsize=9.5)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(ticks(language, _numbers(rows, scale)))
        for place, change in enumerate(rows):
            ends = [scale * change.before, scale * change.after]
            digits = 1 if scale > 1 else digits_for(*ends)
            said = " → ".join(figure(language, end, digits) for end in ends)
            title = translate(language, GAPS[change.gap].title)
            name(axes, place, title, said, lines=2)
            _row(axes, place, change, scale)
        return svg(figure_)


def _numbers(rows: list[Change], scale: float) -> list[float]:
    """All that stands on the axis."""
    ends = [
        (
            change.before,
            change.after,
            *(change.before + end for end in (change.low, change.high) if end is not None),
        )
        for change in rows
    ]
    return [scale * end for each in ends for end in each]


def _row(axes: Axes, place: int, change: Change, scale: float) -> None:
    ends = [change.before + end for end in (change.low, change.high) if end is not None]
    line: dict[str, Any] = {"color": BLUE, "linewidth": 2.2}
    axes.plot([scale * end for end in ends], [place] * len(ends), **line)
    axes.plot(
        [scale * change.before],
        [place],
        linestyle="none",
        marker="o",
        markersize=9,
        color=GREY,
        markerfacecolor="white",
        markeredgewidth=1.8,
    )
    axes.plot([scale * change.after], [place], linestyle="none", marker="o", markersize=7, **line)
