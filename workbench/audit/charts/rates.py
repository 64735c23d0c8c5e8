"""Rates per group as dots with their intervals, one chart per attribute and rate."""

from collections.abc import Iterable
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes

from workbench.audit import metrics
from workbench.audit.charts.canvas import (
    BLUE,
    GREY,
    STYLE,
    Chart,
    canvas,
    name,
    row_height,
    svg,
    upright,
)
from workbench.audit.order import in_order
from workbench.audit.parts import ChartText, Group, Measure
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, per_hundred
from workbench.basics.text import LANGUAGES, later, translate

CHARTED = ("selection_rate", "true_positive_rate")
MARKS: dict[str, dict[str, Any]] = {
    "ok": {"color": BLUE, "marker": "o", "markerfacecolor": BLUE, "linestyle": "-"},
    "uncertain": {"color": BLUE, "marker": "o", "markerfacecolor": "white", "linestyle": "--"},
    "not_assessable": {"color": GREY, "marker": "D", "markerfacecolor": "white", "linestyle": ":"},
}
OF_100 = later("of 100 people (line: 95 % interval)")
EVERYBODY_LINE = later("dashed line: everybody, {share} of 100")
TITLE = later("{rate}, by {attribute}")
TEXT = later("{group}: {share} of 100, interval {low} to {high}, {of} counted")
STATUS = {
    "uncertain": later("uncertain"),
    "not_assessable": later("too uncertain to assess"),
    "not_defined": later("nobody to count"),
    "suppressed": later("not published"),
}


def draw(result: AuditResult) -> dict[str, Chart]:
    """The charts "rate/<attribute>/<rate>" of a classification; none for numbers."""
    return {
        f"rate/{attribute}/{rate}": _chart(result, attribute, rate)
        for attribute in result.provenance.plan.attributes
        for rate in CHARTED
        if rate in result.overall.metrics
    }


def _chart(result: AuditResult, attribute: str, rate: str) -> Chart:
    plan, groups = result.provenance.plan, in_order(result, attribute)
    overall = result.overall.metrics[rate].value
    pictures: dict[str, str] = {}
    titles: dict[str, str] = {}
    texts: dict[str, str] = {}
    for language in LANGUAGES:
        words = {
            "rate": translate(language, metrics.RATES[rate].title),
            "attribute": column_words(plan, attribute, language),
        }
        titles[language] = translate(language, TITLE, words)
        told = [_told(group, rate, language) for group in groups]
        texts[language] = "; ".join(told) + "."
        pictures[language] = _dots(groups, rate, overall, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _told(group: Group, rate: str, language: str) -> str:
    measure, label = group.metrics[rate], group.label[language]
    status = translate(language, STATUS.get(measure.status, ""))
    if measure.value is None or measure.low is None or measure.high is None:
        return f"{label}: {status}"
    values = {
        "group": label,
        "share": per_hundred(measure.value, language),
        "low": per_hundred(measure.low, language),
        "high": per_hundred(measure.high, language),
        "of": measure.of,
    }
    said = translate(language, TEXT, values)
    return f"{said} ({status})" if status else said


def _dots(groups: Iterable[Group], rate: str, overall: float | None, language: str) -> str:
    rows = list(groups)
    names = [name_words(group, group.metrics[rate], language) for group in rows]
    with mpl.rc_context(STYLE):
        figure, axes = canvas(len(rows), row_height(names))
        axes.set_xlim(-2, 102)
        axes.set_xlabel(translate(language, OF_100))
        if overall is not None:
            upright(axes, 100 * overall, len(rows))
            said = {"share": per_hundred(overall, language)}
            axes.set_title(translate(language, EVERYBODY_LINE, said), fontsize=9.5, loc="left")
        for place, group in enumerate(rows):
            measure = group.metrics[rate]
            name(axes, place, names[place], _value(measure, language), lines=2)
            dot(axes, place, measure, scale=100)
        return svg(figure)


def name_words(group: Group, measure: Measure, language: str) -> str:
    """The group, and why its number is not certain."""
    status = translate(language, STATUS.get(measure.status, ""))
    return f"{group.label[language]}, {status}" if status else group.label[language]


def _value(measure: Measure, language: str) -> str:
    if measure.value is None:
        return ""
    return f"{per_hundred(measure.value, language)} (n = {measure.of})"


def dot(axes: Axes, place: int, measure: Measure, *, scale: float = 1) -> None:
    """The measure's value and interval, times ``scale``, in its row; nothing without a value."""
    if measure.value is None or measure.low is None or measure.high is None:
        return
    mark = MARKS[measure.status]
    line: dict[str, Any] = {
        "color": mark["color"],
        "linestyle": mark["linestyle"],
        "linewidth": 2.2,
    }
    axes.plot([scale * measure.low, scale * measure.high], [place, place], **line)
    axes.plot([scale * measure.value], [place], **(mark | {"linestyle": "none", "markersize": 8}))
