"""Means per group as dots with their intervals, in the unit of the number itself."""

from collections.abc import Iterable

import matplotlib as mpl
from matplotlib.ticker import MaxNLocator

from workbench.audit.charts.canvas import (
    STYLE,
    Chart,
    canvas,
    name,
    row_height,
    svg,
    ticks,
    upright,
)
from workbench.audit.charts.rates import STATUS, TITLE, dot, name_words
from workbench.audit.metrics import MEANS
from workbench.audit.order import in_order
from workbench.audit.parts import ChartText, Group, Measure
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, digits_for, figure
from workbench.basics.text import LANGUAGES, later, translate

CHARTED = ("mean_score", "mean_prediction", "mean_error", "mean_absolute_error")
AXIS = later("mean (line: 95 % interval)")
EVERYBODY_LINE = later("dashed line: everybody, {value}")
TEXT = later("{group}: {value}, interval {low} to {high}, {of} counted")


def draw(result: AuditResult) -> dict[str, Chart]:
    """The charts "mean/<attribute>/<mean>"; none where there is neither score nor number."""
    return {
        f"mean/{attribute}/{mean}": _chart(result, attribute, mean)
        for attribute in result.provenance.plan.attributes
        for mean in CHARTED
        if mean in result.overall.metrics
    }


def _chart(result: AuditResult, attribute: str, mean: str) -> Chart:
    plan, groups = result.provenance.plan, in_order(result, attribute)
    titles: dict[str, str] = {}
    texts: dict[str, str] = {}
    pictures: dict[str, str] = {}
    for language in LANGUAGES:
        words = {
            "rate": translate(language, MEANS[mean].title),
            "attribute": column_words(plan, attribute, language),
        }
        titles[language] = translate(language, TITLE, words)
        told = [_told(group, mean, language) for group in groups]
        texts[language] = "; ".join(told) + "."
        overall = result.overall.metrics[mean].value
        pictures[language] = _dots(groups, mean, overall, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _told(group: Group, mean: str, language: str) -> str:
    measure, label = group.metrics[mean], group.label[language]
    status = translate(language, STATUS.get(measure.status, ""))
    if measure.value is None or measure.low is None or measure.high is None:
        return f"{label}: {status}"
    numbers = {"value": measure.value, "low": measure.low, "high": measure.high}
    digits = digits_for(*numbers.values())
    values = {key: figure(language, value, digits) for key, value in numbers.items()}
    said = translate(language, TEXT, {**values, "group": label, "of": measure.of})
    return f"{said} ({status})" if status else said


def _dots(groups: Iterable[Group], mean: str, overall: float | None, language: str) -> str:
    rows = list(groups)
    names = [name_words(group, group.metrics[mean], language) for group in rows]
    shown = [group.metrics[mean].value for group in rows]
    with mpl.rc_context(STYLE):
        figure_, axes = canvas(len(rows), row_height(names))
        axes.margins(x=0.06)
        axes.set_xlabel(translate(language, AXIS))
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(ticks(language, [one for one in shown if one is not None]))
        if overall is not None:
            upright(axes, overall, len(rows))
            said = {"value": figure(language, overall, digits_for(overall))}
            axes.set_title(translate(language, EVERYBODY_LINE, said), fontsize=9.5, loc="left")
        for place, group in enumerate(rows):
            measure = group.metrics[mean]
            name(axes, place, names[place], _value(measure, language), lines=2)
            dot(axes, place, measure)
        return svg(figure_)


def _value(measure: Measure, language: str) -> str:
    if measure.value is None:
        return ""
    return f"{figure(language, measure.value, digits_for(measure.value))} (n = {measure.of})"
