"""What all charts share: width, colours, the place of names, and the same bytes for the same data.

Drawn for a narrow screen: names stand above their mark, never beside it. What colour says, shape
or words say too.
"""

import textwrap
from dataclasses import dataclass
from io import StringIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbench.audit.parts import ChartText

WIDTH, ROW, MARGINS = 4.2, 0.55, 0.75  # inches
LONG_ROW = 0.75  # for names of two lines
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
    "ytick.color": INK,
}


@dataclass(frozen=True)
class Chart:
    """A picture (SVG) per language, and its title and text alternative."""

    pictures: dict[str, str]
    words: ChartText


def canvas(rows: int, row: float = ROW) -> tuple[Figure, Axes]:
    """An empty picture with one row per name, the first on top; draw inside ``rc_context(STYLE)``.

    The horizontal axis is the only one. ``row`` is the height of a row in inches: LONG_ROW for
    names of two lines.
    """
    figure = Figure(figsize=(WIDTH, rows * row + MARGINS), layout="constrained")
    axes = figure.add_subplot()
    axes.set_ylim(rows - 0.5, -0.75)
    axes.set_yticks([])
    axes.spines[["top", "left", "right"]].set_visible(False)
    return figure, axes


def panels(count: int, height: float) -> tuple[Figure, list[Axes]]:
    """Pictures with two axes below each other, for curves; draw inside ``rc_context(STYLE)``.

    ``height`` is that of one, in inches.
    """
    figure = Figure(figsize=(WIDTH, count * height + MARGINS), layout="constrained")
    drawn = [figure.add_subplot(count, 1, place + 1) for place in range(count)]
    for axes in drawn:
        axes.spines[["top", "right"]].set_visible(False)
    return figure, drawn


def name(axes: Axes, place: int, words: str, value: str, lines: int = 1) -> None:
    """The row's name, in at most ``lines``, on the left and its value on the right, above."""
    width = NAME_CHARACTERS - len(value)
    short = "\n".join(textwrap.wrap(words, width, max_lines=lines, placeholder=" …"))
    spot: dict[str, Any] = {
        "transform": axes.get_yaxis_transform(),
        "va": "bottom",
        # Lines may pass behind the words, not through them.
        "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    }
    axes.text(0, place - 0.24, short, ha="left", **spot)
    axes.text(1, place - 0.24, value, ha="right", fontweight="bold", **spot)


def svg(figure: Figure) -> str:
    """The picture without date and program, which would make every run look different."""
    out = StringIO()
    empty = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(out, format="svg", metadata=empty)
    return out.getvalue()
