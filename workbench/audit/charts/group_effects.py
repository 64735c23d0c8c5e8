"""How far a column moves the score of each group on average: one mark per group and column."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from workbench.audit.charts.canvas import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    STYLE,
    Chart,
    canvas,
    name,
    svg,
    ticks,
    wrapped,
)
from workbench.audit.charts.effects import SCALES
from workbench.audit.order import MOST_DRAWN, in_order, strongest
from workbench.audit.parts import ChartText
from workbench.audit.parts_explanation import Effect, Explanation
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, digits_for, figure
from workbench.basics.text import LANGUAGES, later, translate

TITLE = later("How far columns move the score of each group, by {attribute}")
AXIS = later("mean effect in the group ({scale})")
# Filled and hollow, and each of its own shape: no mark is told apart by its colour alone.
MARKS: tuple[dict[str, Any], ...] = (
    {"marker": "o", "color": BLUE},
    {"marker": "s", "color": ORANGE, "mfc": "none"},
    {"marker": "D", "color": GREY},
    {"marker": "^", "color": INK, "mfc": "none"},
    {"marker": "v", "color": ORANGE},
    {"marker": "P", "color": BLUE, "mfc": "none"},
)
LEGEND_CHARACTERS, LEGEND_LINE = 52, 0.22  # inches
Effects = Mapping[str, Mapping[str, Effect]]  # group → column → effect


def draw(result: AuditResult) -> dict[str, Chart]:
    """The charts "effects/<attribute>"; none without a model, and none of fewer than two groups.

    Of more groups than there are marks, the largest are drawn; all stand in the table.
    """
    told = result.explanation
    if told is None:
        return {}
    return {
        f"effects/{attribute}": _chart(result, told, attribute, groups)
        for attribute, groups in told.groups.items()
        if len(groups) > 1
    }


def _chart(result: AuditResult, told: Explanation, attribute: str, groups: Effects) -> Chart:
    plan, drawn = result.provenance.plan, _largest(result, attribute, groups)
    sizes = {name: effect.mean_absolute for name, effect in told.features.items()}
    known = [name for name in strongest(sizes) if all(name in groups[one] for one in drawn)]
    columns = known[:MOST_DRAWN]
    titles, texts, pictures = {}, {}, {}
    for language in LANGUAGES:
        words = {"attribute": column_words(plan, attribute, language)}
        titles[language] = translate(language, TITLE, words)
        labels = {value: result.groups[attribute][value].label[language] for value in drawn}
        rows = {
            column_words(plan, column, language): {
                labels[value]: groups[value][column].mean for value in drawn
            }
            for column in columns
        }
        texts[language] = "; ".join(_told(*row, language) for row in rows.items()) + "."
        scale = translate(language, SCALES[told.scale])
        axis = translate(language, AXIS, {"scale": scale})
        pictures[language] = _picture(rows, list(labels.values()), axis, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _largest(result: AuditResult, attribute: str, groups: Effects) -> list[str]:
    """The groups that are drawn, in the order in which groups are read."""
    sizes = {value: result.groups[attribute][value].n or 0 for value in groups}
    chosen = sorted(sizes, key=lambda value: -sizes[value])[: len(MARKS)]
    order = [group.parts[attribute] for group in in_order(result, attribute)]
    return [value for value in order if value in chosen]


def _told(column: str, effects: Mapping[str, float], language: str) -> str:
    digits = digits_for(*effects.values())
    said = [f"{group} {figure(language, effect, digits)}" for group, effect in effects.items()]
    return f"{column}: {', '.join(said)}"


def _picture(
    rows: Mapping[str, Mapping[str, float]], groups: Sequence[str], axis: str, language: str
) -> str:
    values = [effect for effects in rows.values() for effect in effects.values()]
    labels = [wrapped(group, LEGEND_CHARACTERS) for group in groups]
    lines = sum(label.count("\n") + 1 for label in labels)
    with mpl.rc_context(STYLE):
        picture, axes = canvas(len(rows), above=LEGEND_LINE * lines)
        axes.set_xlabel(axis)
        axes.margins(x=0.06)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(ticks(language, values))
        axes.axvline(0, color=INK, linewidth=1, zorder=0)
        for place, (column, effects) in enumerate(rows.items()):
            name(axes, place, column, "")
            _marks(axes, place, [effects[group] for group in groups])
        picture.legend(
            handles=[
                Line2D([], [], linestyle="none", label=label, **mark)
                for label, mark in zip(labels, MARKS, strict=False)
            ],
            loc="outside upper left",
            frameon=False,
            fontsize=9.5,
            handletextpad=0.2,
        )
        return svg(picture)


def _marks(axes: Axes, place: int, effects: Sequence[float]) -> None:
    axes.plot([min(effects), max(effects)], [place, place], color=GREY, linewidth=0.8, zorder=1)
    for effect, mark in zip(effects, MARKS, strict=False):
        axes.plot([effect], [place], markersize=7.5, markeredgewidth=1.6, **mark)
