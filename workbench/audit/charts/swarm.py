"""How far columns move the score of individual people: a point per person, never published."""

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from workbench.audit.arrays import Flags, Reals
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
    wrapped,
)
from workbench.audit.charts.effects import PARTS, SCALES, set_scale, signed
from workbench.audit.order import MOST_DRAWN
from workbench.audit.parts import ChartText
from workbench.audit.parts_explanation import Explanation, Swarm
from workbench.audit.plan import AuditPlan
from workbench.audit.words.phrases import column_words, digits_for
from workbench.basics.text import LANGUAGES, later, translate

TITLE = later("Individual people: how far columns move the score of each")
AXIS = later("effect ({scale}); each point: one of {n} people")
BY_VALUE = later("{name}: high values move the score by {high} on average, low values by {low}")
ANY_VALUE = later("{name}: moves the score of individual people by {low} to {high}")
TABLE = later("The numbers stand in the table of how the effects spread.")
NO_ORDER = later("text, or no value")
# From low to high values, as in the chart of spreads; shapes say the same as colours.
SHADES = LinearSegmentedColormap.from_list("values", [ORANGE, GREY, BLUE])
SHAPES = {"low": "v", "middle": "o", "high": "^", "": "s"}
COLOURS = {"low": ORANGE, "middle": GREY, "high": BLUE, "": INK}
LOW, HIGH = 1 / 3, 2 / 3
# A row's points stand below its name. In parts of a row: their middle, how far they may lie from
# it, and how far from each other; and into how many slots the width is cut.
ROW, LEGEND = 0.85, 0.5  # inches
MIDDLE, ROOM, STEP, SLOTS = 0.12, 0.32, 0.055, 80
SIZE = 11  # square points
AXIS_CHARACTERS = 44


def draw(plan: AuditPlan, explanation: Explanation) -> dict[str, Chart]:
    """The chart "swarm", for the team only; none of a published result, which has no swarms."""
    shown = explanation.swarms[:MOST_DRAWN]
    if not shown:
        return {}
    pictures, titles, texts = {}, {}, {}
    for language in LANGUAGES:
        rows = [(column_words(plan, one.feature, language), one) for one in shown]
        unit = translate(language, SCALES[explanation.scale])
        axis = translate(language, AXIS, {"scale": unit, "n": len(shown[0].effects)})
        titles[language] = translate(language, TITLE)
        pictures[language] = _picture(rows, axis, language)
        texts[language] = f"{'; '.join(_told(rows, language))}. {translate(language, TABLE)}"
    return {"swarm": Chart(pictures, ChartText(title=titles, text=texts))}


def parts(places: Reals) -> dict[str, Flags]:
    """Who has a low, middle or high value, and as "" who has none that can be ordered."""
    return {
        "low": places < LOW,
        "middle": (places >= LOW) & (places <= HIGH),
        "high": places > HIGH,
        "": np.isnan(places),
    }


def aside(effects: Reals, width: float) -> Reals:
    """How far each point stands above or below the middle of its row, in parts of a row.

    Points in the same slot of ``width`` stand on each other, from the middle outwards; the crowd
    is pressed together where it would not fit its row.
    """
    slots = np.floor(effects / width)
    steps: Reals = np.zeros(len(effects))
    for slot in np.unique(slots):
        here = np.flatnonzero(slots == slot)
        nth = np.arange(len(here))
        steps[here] = (nth + 1) // 2 * np.where(nth % 2, -1, 1)
    farthest = float(np.abs(steps).max())
    return steps * min(STEP, ROOM / max(farthest, 1.0))


def _picture(rows: list[tuple[str, Swarm]], axis: str, language: str) -> str:
    every = [effect for _, swarm in rows for effect in swarm.effects]
    width = (max(every) - min(every)) / SLOTS or 1.0
    with mpl.rc_context(STYLE):
        picture, axes = canvas(len(rows), ROW, above=LEGEND)
        axes.set_ylim(len(rows) - 0.5, -0.6)  # these rows are high enough for the first name
        set_scale(axes, wrapped(axis, AXIS_CHARACTERS), language, every)
        used = set()
        for place, (words, swarm) in enumerate(rows):
            name(axes, place, words, "")
            used |= _points(axes, place, swarm, width)
        _legend(picture, used, language)
        return svg(picture)


def _points(axes: Axes, place: int, swarm: Swarm, width: float) -> set[str]:
    """Draw a column's points; gives the parts of its values that somebody has."""
    effects, places = np.asarray(swarm.effects), np.asarray(swarm.places, dtype=float)
    heights = place + MIDDLE + aside(effects, width)
    there = {part: people for part, people in parts(places).items() if people.any()}
    for part, people in there.items():
        look: dict[str, Any] = (
            {"c": places[people], "cmap": SHADES, "vmin": 0, "vmax": 1}
            if part
            else {"facecolors": "none", "edgecolors": COLOURS[part]}
        )
        look |= {"marker": SHAPES[part], "s": SIZE, "linewidths": 0.0 if part else 0.7}
        # Nothing lies outside, and clipping each point would double the file.
        axes.scatter(effects[people], heights[people], clip_on=False, **look)
    return set(there)


def _legend(picture: Figure, used: set[str], language: str) -> None:
    picture.legend(
        handles=[
            Line2D(
                [],
                [],
                linestyle="none",
                marker=shape,
                color=COLOURS[part],
                mfc=COLOURS[part] if part else "none",
                label=translate(language, PARTS[part][0] if part else NO_ORDER),
            )
            for part, shape in SHAPES.items()
            if part in used
        ],
        loc="outside upper left",
        ncols=2,
        frameon=False,
        fontsize=9.5,
        handletextpad=0.2,
    )


def _told(rows: list[tuple[str, Swarm]], language: str) -> Iterator[str]:
    """Whether high and low values move the score up or down, by the people who have them."""
    ends = [_ends(swarm) for _, swarm in rows]
    digits = digits_for(*(end for each, _ in ends for end in each.values()))
    for (words, _), (each, is_ordered) in zip(rows, ends, strict=True):
        said = {part: signed(end, digits, language) for part, end in each.items()}
        yield translate(language, BY_VALUE if is_ordered else ANY_VALUE, {"name": words, **said})


def _ends(swarm: Swarm) -> tuple[dict[str, float], bool]:
    """The mean effect of low and of high values; without both, the lowest and highest effect."""
    effects = np.asarray(swarm.effects)
    people = parts(np.asarray(swarm.places, dtype=float))
    if people["low"].any() and people["high"].any():
        return {part: float(effects[people[part]].mean()) for part in ("low", "high")}, True
    return {"low": min(swarm.effects), "high": max(swarm.effects)}, False
