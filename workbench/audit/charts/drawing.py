"""Results → pictures (SVG) with their text alternative, the same bytes for the same numbers.

Drawn for a narrow screen: names stand above their mark, never beside it. What colour says, shape
or words say too.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from workbench.audit import catalogue
from workbench.audit.results import AuditResult, ChartText, Decomposition, Effect, Group, Measure
from workbench.audit.words.phrases import column_words, group_words, per_hundred
from workbench.basics.text import LANGUAGES, later, number, translate

CHARTED_RATES = ("selection_rate", "true_positive_rate")
MOST_BARS = 10
WIDTH, ROW, MARGINS = 4.2, 0.55, 0.75  # inches
NAME_CHARACTERS = 44
# Contrast with white: 8.9, 5.3, 4.9, 5.7 to 1; blue and orange stay apart in colour blindness.
BLUE, GREY, ORANGE, INK = "#1f4e79", "#6b6b6b", "#b35900", "#222222"
STYLE: Any = {
    "svg.hashsalt": "ki-werkbank",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
}
MARKS: dict[str, dict[str, Any]] = {
    "ok": {"color": BLUE, "marker": "o", "markerfacecolor": BLUE, "linestyle": "-"},
    "uncertain": {"color": BLUE, "marker": "o", "markerfacecolor": "white", "linestyle": "--"},
    "not_assessable": {"color": GREY, "marker": "D", "markerfacecolor": "white", "linestyle": ":"},
}

OF_100 = later("of 100 people (line: 95 % interval)")
EVERYBODY_LINE = later("dashed line: everybody, {share} of 100")
RATE_TITLE = later("{rate}, by {attribute}")
RATE_TEXT = later("{group}: {share} of 100, interval {low} to {high}, {of} counted")
STATUS_TEXTS = {
    "uncertain": later("uncertain"),
    "not_assessable": later("too few to assess"),
    "not_defined": later("nobody to count"),
    "suppressed": later("not published"),
}
DRIVERS_TITLE = later("What moves the model’s score most")
DRIVERS_AXIS = later("mean size of the effect ({scale})")
SHARES_TITLE = later("What makes up the score gap: {group} minus {reference}")
SHARES_AXIS = later("share of the gap ({scale})")
SHARES_TEXT = later("The whole gap is {gap}.")
BAR_TEXT = later("{name}: {size}")
SCALES = {"log-odds": later("log-odds"), "probability": later("probability")}


@dataclass(frozen=True)
class Chart:
    """A picture per language, and its title and text alternative."""

    pictures: dict[str, str]
    words: ChartText


def draw(result: AuditResult) -> dict[str, Chart]:
    """All charts of a result, by name: "rate/<attribute>/<rate>", "drivers", "shares/…"."""
    made = {
        f"rate/{attribute}/{name}": _rate_chart(result, attribute, name)
        for attribute in result.provenance.plan.attributes
        for name in CHARTED_RATES
    }
    if result.explanation is None:
        return made
    made["drivers"] = _drivers_chart(result, result.explanation.features)
    for part in result.explanation.decompositions:
        made[f"shares/{part.attribute}/{part.group}"] = _shares_chart(result, part)
    return made


def _rate_chart(result: AuditResult, attribute: str, name: str) -> Chart:
    plan, groups = result.provenance.plan, result.groups[attribute]
    overall = result.overall.metrics[name].value
    pictures: dict[str, str] = {}
    titles: dict[str, str] = {}
    texts: dict[str, str] = {}
    for language in LANGUAGES:
        words = {
            "rate": translate(language, catalogue.RATES[name].title),
            "attribute": column_words(plan, attribute, language),
        }
        titles[language] = translate(language, RATE_TITLE, words)
        told = [_told(group, name, language) for group in groups.values()]
        texts[language] = "; ".join(told) + "."
        pictures[language] = _dots(groups.values(), name, overall, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _told(group: Group, name: str, language: str) -> str:
    measure, label = group.metrics[name], group.label[language]
    status = translate(language, STATUS_TEXTS.get(measure.status, ""))
    if measure.value is None or measure.low is None or measure.high is None:
        return f"{label}: {status}"
    values = {
        "group": label,
        "share": per_hundred(measure.value, language),
        "low": per_hundred(measure.low, language),
        "high": per_hundred(measure.high, language),
        "of": measure.of,
    }
    said = translate(language, RATE_TEXT, values)
    return f"{said} ({status})" if status else said


def _dots(groups: Iterable[Group], name: str, overall: float | None, language: str) -> str:
    rows = list(groups)
    with mpl.rc_context(STYLE):
        figure, axes = _canvas(len(rows))
        axes.set_xlim(-2, 102)
        axes.set_xlabel(translate(language, OF_100))
        if overall is not None:
            axes.axvline(100 * overall, color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
            said = {"share": per_hundred(overall, language)}
            axes.set_title(translate(language, EVERYBODY_LINE, said), fontsize=9.5, loc="left")
        for place, group in enumerate(rows):
            measure = group.metrics[name]
            _name(axes, place, group.label[language], _value(measure, language))
            _dot(axes, place, measure)
        return _svg(figure)


def _value(measure: Measure, language: str) -> str:
    status = translate(language, STATUS_TEXTS.get(measure.status, ""))
    if measure.value is None:
        return status
    said = f"{per_hundred(measure.value, language)} (n = {measure.of})"
    return f"{said}, {status}" if status else said


def _dot(axes: Axes, place: int, measure: Measure) -> None:
    if measure.value is None or measure.low is None or measure.high is None:
        return
    mark = MARKS[measure.status]
    line: dict[str, Any] = {
        "color": mark["color"],
        "linestyle": mark["linestyle"],
        "linewidth": 2.2,
    }
    axes.plot([100 * measure.low, 100 * measure.high], [place, place], **line)
    axes.plot([100 * measure.value], [place], **(mark | {"linestyle": "none", "markersize": 8}))


def _drivers_chart(result: AuditResult, effects: dict[str, Effect]) -> Chart:
    sizes = {name: effect.mean_absolute for name, effect in effects.items()}
    titles = {language: translate(language, DRIVERS_TITLE) for language in LANGUAGES}
    return _bar_chart(result, sizes, titles, DRIVERS_AXIS)


def _shares_chart(result: AuditResult, part: Decomposition) -> Chart:
    plan = result.provenance.plan
    titles = {
        language: translate(
            language,
            SHARES_TITLE,
            {
                "group": group_words(plan, {part.attribute: part.group}, language),
                "reference": group_words(plan, {part.attribute: part.reference}, language),
            },
        )
        for language in LANGUAGES
    }
    made = _bar_chart(result, part.shares, titles, SHARES_AXIS)
    texts = {
        language: " ".join(
            [translate(language, SHARES_TEXT, {"gap": number(language, part.gap, 2)}), text]
        )
        for language, text in made.words.text.items()
    }
    return Chart(made.pictures, ChartText(title=titles, text=texts))


def _bar_chart(
    result: AuditResult, sizes: dict[str, float], titles: dict[str, str], axis: str
) -> Chart:
    plan, explanation = result.provenance.plan, result.explanation
    assert explanation is not None  # noqa: S101 — only drawn with one
    largest = sorted(sizes.items(), key=lambda item: (-abs(item[1]), item[0]))[:MOST_BARS]
    pictures, texts = {}, {}
    for language in LANGUAGES:
        bars = [(column_words(plan, name, language), size) for name, size in largest]
        scale = translate(language, SCALES[explanation.scale])
        pictures[language] = _bars(bars, translate(language, axis, {"scale": scale}), language)
        told = [
            translate(language, BAR_TEXT, {"name": name, "size": number(language, size, 2)})
            for name, size in bars
        ]
        texts[language] = "; ".join(told) + "."
    return Chart(pictures, ChartText(title=titles, text=texts))


def _bars(bars: list[tuple[str, float]], axis: str, language: str) -> str:
    with mpl.rc_context(STYLE):
        figure, axes = _canvas(len(bars))
        axes.set_xlabel(axis)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(lambda tick, _place: number(language, tick, 2))
        axes.axvline(0, color=INK, linewidth=1)
        for place, (name, size) in enumerate(bars):
            axes.barh(place, size, height=0.34, color=BLUE if size >= 0 else ORANGE)
            _name(axes, place, name, number(language, size, 2))
        return _svg(figure)


def _canvas(rows: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH, rows * ROW + MARGINS), layout="constrained")
    axes = figure.add_subplot()
    axes.set_ylim(rows - 0.5, -0.75)  # the first on top
    axes.set_yticks([])
    axes.spines[["top", "left", "right"]].set_visible(False)
    return figure, axes


def _name(axes: Axes, place: int, name: str, value: str) -> None:
    """The row's name on the left and its value on the right, above the mark."""
    short = textwrap.shorten(name, NAME_CHARACTERS - len(value), placeholder=" …")
    spot: dict[str, Any] = {
        "transform": axes.get_yaxis_transform(),
        "va": "bottom",
        # Lines may pass behind the words, not through them.
        "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    }
    axes.text(0, place - 0.24, short, ha="left", **spot)
    axes.text(1, place - 0.24, value, ha="right", fontweight="bold", **spot)


def _svg(figure: Figure) -> str:
    """The picture without date and program, which would make every run look different."""
    out = StringIO()
    empty = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(out, format="svg", metadata=empty)
    return out.getvalue()
