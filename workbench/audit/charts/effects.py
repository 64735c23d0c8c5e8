"""How effects spread over people, and how the score of one row comes about."""

from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
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
    row_height,
    svg,
    ticks,
)
from workbench.audit.order import MOST_SPREAD
from workbench.audit.parts import ChartText
from workbench.audit.parts_explanation import Explanation, RowExplanation, Spread
from workbench.audit.plan import AuditPlan
from workbench.audit.words.phrases import column_words, digits_for, figure, value_words
from workbench.basics.text import LANGUAGES, later, translate

SCALES = {
    "log-odds": later("log-odds"),
    "probability": later("probability"),
    "prediction": later("unit of the prediction"),
    "score": later("the model’s raw score"),
}
# Value of Spread.part → words and colour.
PARTS = {
    "low": (later("low values"), ORANGE),
    "middle": (later("middle values"), GREY),
    "high": (later("high values"), BLUE),
}
SPREADS_TITLE = later("Spread of effects: how far a column moves the score")
SPREADS_AXIS = later("effect ({scale}); bar: middle half of people, line: 90 %")
SPREAD_TEXT = later(
    "{name}: half of {n} people between {low} and {high}, 90 of 100 between {first} and {last}"
)
ROW_TITLE = later("Row {row}: how its score comes about")
ROW_AXIS = later("score ({scale})")
ROW_TEXT = later("From {base} on average to {score} in this row:")
START, END = later("on average"), later("score of this row")
OTHERS = later("other columns ({count})")
VALUE = later("{column}: {value}")
STEP = later("{name}: {effect}")
MOST_STEPS = 9


@dataclass(frozen=True)
class Step:
    """One row of the picture of a score: from where to where, in words, and its effect."""

    words: str
    start: float
    end: float
    is_effect: bool

    @property
    def effect(self) -> float:
        """By how much this step moves the score."""
        return self.end - self.start


def draw(plan: AuditPlan, explanation: Explanation) -> dict[str, Chart]:
    """The chart "spreads", and for each single row "row/<number>"."""
    made = {"spreads": _spreads_chart(plan, explanation)} if explanation.spreads else {}
    return made | rows(plan, explanation)


def rows(plan: AuditPlan, explanation: Explanation) -> dict[str, Chart]:
    """The charts "row/<number>": each tells about one person, so none is ever published."""
    return {
        f"row/{row.row}": _row_chart(plan, explanation, row) for row in explanation.row_explanations
    }


def _spreads_chart(plan: AuditPlan, explanation: Explanation) -> Chart:
    """Quantiles only: no single person's effect is drawn."""
    columns = list(dict.fromkeys(spread.feature for spread in explanation.spreads))[:MOST_SPREAD]
    shown = [spread for spread in explanation.spreads if spread.feature in columns]
    pictures, titles, texts = {}, {}, {}
    for language in LANGUAGES:
        titles[language] = translate(language, SPREADS_TITLE)
        rows = [(_part_words(plan, spread, language), spread) for spread in shown]
        scale = translate(language, SCALES[explanation.scale])
        axis = translate(language, SPREADS_AXIS, {"scale": scale})
        pictures[language] = _strips(rows, axis, language)
        texts[language] = "; ".join(_told(words, spread, language) for words, spread in rows) + "."
    return Chart(pictures, ChartText(title=titles, text=texts))


def _part_words(plan: AuditPlan, spread: Spread, language: str) -> str:
    column = column_words(plan, spread.feature, language)
    if spread.part in PARTS:
        value = translate(language, PARTS[spread.part][0])
    else:
        value = value_words(plan, spread.feature, spread.part, language)
    return translate(language, VALUE, {"column": column, "value": value})


def _told(words: str, spread: Spread, language: str) -> str:
    digits = digits_for(*spread.quantiles)
    first, low, _, high, last = (figure(language, each, digits) for each in spread.quantiles)
    values = {"low": low, "high": high, "first": first, "last": last}
    return translate(language, SPREAD_TEXT, {"name": words, "n": spread.n, **values})


def _strips(rows: list[tuple[str, Spread]], axis: str, language: str) -> str:
    ends = [quantile for _, spread in rows for quantile in spread.quantiles]
    with mpl.rc_context(STYLE):
        picture, axes = canvas(len(rows), row_height(words for words, _ in rows))
        set_scale(axes, axis, language, ends)
        for place, (words, spread) in enumerate(rows):
            first, low, middle, high, last = spread.quantiles
            colour = PARTS[spread.part][1] if spread.part in PARTS else BLUE
            axes.plot([first, last], [place, place], color=colour, linewidth=1.6)
            axes.barh(place, high - low, left=low, height=0.26, color=colour)
            axes.plot([middle], [place], color=INK, marker="o", markersize=5, mfc="white")
            name(axes, place, words, f"n = {spread.n}", lines=2)
        return svg(picture)


def _row_chart(plan: AuditPlan, explanation: Explanation, row: RowExplanation) -> Chart:
    pictures, titles, texts = {}, {}, {}
    for language in LANGUAGES:
        titles[language] = translate(language, ROW_TITLE, {"row": row.row})
        steps = _steps(plan, row, language)
        scale = translate(language, SCALES[explanation.scale])
        axis = translate(language, ROW_AXIS, {"scale": scale})
        pictures[language] = _stairs(steps, axis, language)
        texts[language] = _row_told(row, steps, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _steps(plan: AuditPlan, row: RowExplanation, language: str) -> list[Step]:
    """From the average to the row's score, the strongest columns first, the rest in one step."""
    steps = [Step(translate(language, START), 0.0, row.base_value, is_effect=False)]
    at = row.base_value
    for part in row.contributions[:MOST_STEPS]:
        value = value_words(plan, part.feature, part.value, language)
        column = column_words(plan, part.feature, language)
        words = translate(language, VALUE, {"column": column, "value": value})
        steps.append(Step(words, at, at + part.effect, is_effect=True))
        at += part.effect
    rest = row.contributions[MOST_STEPS:]
    if rest:
        words = translate(language, OTHERS, {"count": len(rest)})
        end = at + sum(part.effect for part in rest)
        steps.append(Step(words, at, end, is_effect=True))
    return [*steps, Step(translate(language, END), 0.0, row.score, is_effect=False)]


def _row_told(row: RowExplanation, steps: list[Step], language: str) -> str:
    digits = digits_for(*(step.effect for step in steps))
    ends = {
        "base": figure(language, row.base_value, digits),
        "score": figure(language, row.score, digits),
    }
    told = [
        translate(
            language, STEP, {"name": step.words, "effect": signed(step.effect, digits, language)}
        )
        for step in steps
        if step.is_effect
    ]
    return f"{translate(language, ROW_TEXT, ends)} {'; '.join(told)}."


def _stairs(steps: list[Step], axis: str, language: str) -> str:
    digits = digits_for(*(step.effect for step in steps))
    with mpl.rc_context(STYLE):
        picture, axes = canvas(len(steps), row_height(step.words for step in steps))
        set_scale(axes, axis, language, [step.end for step in steps])
        for place, step in enumerate(steps):
            if step.is_effect:
                colour = BLUE if step.effect >= 0 else ORANGE
                axes.barh(place, step.effect, left=step.start, height=0.34, color=colour)
                said = signed(step.effect, digits, language)
            else:
                axes.plot([step.end], [place], color=INK, marker="D", markersize=7)
                said = figure(language, step.end, digits)
            name(axes, place, step.words, said, lines=2)
        for place, step in enumerate(steps[:-1]):
            ends = [place + 0.17, place + 0.83]
            axes.plot([step.end, step.end], ends, color=GREY, linewidth=0.8, zorder=0)
        return svg(picture)


def signed(value: float, digits: int, language: str) -> str:
    """A change with its sign, and what rounds to 0 with a plus."""
    said = figure(language, value, digits)
    return said if said.startswith("−") else f"+{said}"


def set_scale(axes: Axes, axis: str, language: str, values: list[float]) -> None:
    """Name the axis and let it reach over all values; a line marks 0 if they lie around it."""
    axes.set_xlabel(axis)
    # By hand, because bars would otherwise end at the edge.
    lowest, highest = min(values), max(values)
    air = 0.04 * (highest - lowest) or 1.0
    axes.set_xlim(lowest - air, highest + air)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(ticks(language, values))
    if min(values) <= 0 <= max(values):
        axes.axvline(0, color=INK, linewidth=1, zorder=0)
