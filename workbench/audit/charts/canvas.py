"""What all charts share: width, colours, the place of names, and the same bytes for the same data.

Drawn for a narrow screen: names stand above their mark, never beside it. What colour says, shape
or words say too.
"""

import textwrap
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbench.audit.parts import ChartText
from workbench.audit.words.phrases import digits_for, figure

WIDTH, ROW, MARGINS = 4.2, 0.55, 0.75  # inches
LONG_ROW = 0.75  # for names of two lines
NAME_CHARACTERS = 44
SHORT_NAME = 30  # characters
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


def canvas(rows: int, row: float = ROW, above: float = 0.0) -> tuple[Figure, Axes]:
    """An empty picture with one row per name, the first on top; draw inside ``rc_context(STYLE)``.

    The horizontal axis is the only one. ``row`` is the height of a row in inches: LONG_ROW for
    names of two lines. ``above`` is room for a legend, in inches.
    """
    picture = Figure(figsize=(WIDTH, rows * row + MARGINS + above), layout="constrained")
    axes = picture.add_subplot()
    axes.set_ylim(rows - 0.5, -0.85)
    axes.set_yticks([])
    axes.spines[["top", "left", "right"]].set_visible(False)
    return picture, axes


def panels(heights: Sequence[float], columns: int = 1) -> tuple[Figure, list[Axes]]:
    """Pictures with two axes, for curves; draw inside ``rc_context(STYLE)``.

    One picture per height (in inches), ``columns`` beside each other; a row is as high as its
    first picture.
    """
    rows = [heights[place] for place in range(0, len(heights), columns)]
    picture = Figure(figsize=(WIDTH, sum(rows) + MARGINS), layout="constrained")
    grid = picture.add_gridspec(len(rows), columns, height_ratios=rows)
    drawn = [picture.add_subplot(grid[divmod(place, columns)]) for place in range(len(heights))]
    for axes in drawn:
        axes.spines[["top", "right"]].set_visible(False)
    return picture, drawn


def wrapped(words: str, characters: int) -> str:
    """The words in lines that are at most so long."""
    return "\n".join(textwrap.wrap(words, characters))


def row_height(names: Iterable[str]) -> float:
    """The height of a row in inches: names that fit on one line beside their value need less."""
    return LONG_ROW if any(len(each) > SHORT_NAME for each in names) else ROW


def upright(axes: Axes, at: float, rows: int) -> None:
    """A dashed line at a number for comparison, beside the marks only: it crosses no words."""
    starts = [place - 0.17 for place in range(rows)]
    ends = [place + 0.2 for place in range(rows)]
    dashed = (0, (2.5, 1.5))
    axes.vlines([at] * rows, starts, ends, color=GREY, linewidth=1.2, linestyle=dashed, zorder=0)


def ticks(language: str, values: Iterable[float]) -> Callable[[float, float], str]:
    """How numbers on the axis are written, with decimals that fit the values."""
    digits = max(0, digits_for(*values) - 1)
    return lambda tick, _place: figure(language, tick, digits)


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
    axes.text(0, place - 0.28, short, ha="left", **spot)
    axes.text(1, place - 0.28, value, ha="right", fontweight="bold", **spot)


def svg(picture: Figure) -> str:
    """The picture without date and program, which would make every run look different."""
    out = StringIO()
    empty = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with warnings.catch_warnings():
        # Letters that the font lacks become boxes; the table beside the picture has the names.
        warnings.filterwarnings("ignore", r"Glyph \d+ ", UserWarning)
        picture.savefig(out, format="svg", metadata=empty)
    return out.getvalue()
