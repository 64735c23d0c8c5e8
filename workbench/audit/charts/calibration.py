"""What scores say beside what really happened: one panel per group, one point per score range."""

from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes

from workbench.audit.charts.canvas import GREY, INK, STYLE, Chart, panels, svg, wrapped
from workbench.audit.charts.rates import MARKS
from workbench.audit.order import in_order
from workbench.audit.parts import ChartText, ScoreBin
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, per_hundred
from workbench.basics.text import LANGUAGES, later, number, translate

TITLE = later("What scores say and what really happened, by {attribute}")
REALLY = later("really, of 100")
SAID = later("what the score says, of 100")
LEGEND = later("dashed: score and reality agree; below: people (n)")
TEXT = later("{group}: {points}")
POINT = later("score {said} of 100, really {real} of 100 (n = {n})")
# More groups than these have their numbers in the table.
MOST_PANELS = 8
NUMBERS = -5.0  # where n stands, below the axis
HEIGHT, SIDE_BY_SIDE = 1.95, 2
NAME_CHARACTERS = 24


def draw(result: AuditResult) -> dict[str, Chart]:
    """The charts "calibration/<attribute>"; none without scores between 0 and 1."""
    found = {
        attribute: _drawable(
            {
                value: groups[value]
                for group in in_order(result, attribute)
                if (value := group.parts[attribute]) in groups
            }
        )
        for attribute, groups in result.calibration_alone.items()
    }
    return {
        f"calibration/{attribute}": _chart(result, attribute, groups)
        for attribute, groups in found.items()
        if groups
    }


def _drawable(groups: dict[str, tuple[ScoreBin, ...]]) -> dict[str, list[ScoreBin]]:
    """The groups with points that can be shown, the first MOST_PANELS of them."""
    shown = {
        value: [one for one in bins if one.mean_score is not None and one.share.value is not None]
        for value, bins in groups.items()
    }
    inside = {
        value: bins
        for value, bins in shown.items()
        if bins and all(0 <= (one.mean_score or 0.0) <= 1 for one in bins)
    }
    return dict(list(inside.items())[:MOST_PANELS])


def _chart(result: AuditResult, attribute: str, groups: dict[str, list[ScoreBin]]) -> Chart:
    plan = result.provenance.plan
    titles, texts, pictures = {}, {}, {}
    for language in LANGUAGES:
        words = {"attribute": column_words(plan, attribute, language)}
        labels = {value: result.groups[attribute][value].label[language] for value in groups}
        titles[language] = translate(language, TITLE, words)
        told = [_told(labels[value], bins, language) for value, bins in groups.items()]
        texts[language] = "; ".join(told) + "."
        pictures[language] = _picture(groups, labels, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _told(label: str, bins: list[ScoreBin], language: str) -> str:
    points = [
        translate(
            language,
            POINT,
            {
                "said": per_hundred(one.mean_score or 0.0, language),
                "real": per_hundred(one.share.value or 0.0, language),
                "n": one.share.of,
            },
        )
        for one in bins
    ]
    return translate(language, TEXT, {"group": label, "points": ", ".join(points)})


def _picture(groups: dict[str, list[ScoreBin]], labels: dict[str, str], language: str) -> str:
    with mpl.rc_context(STYLE):
        figure, drawn = panels([HEIGHT] * len(groups), SIDE_BY_SIDE)
        for axes, (value, bins) in zip(drawn, groups.items(), strict=True):
            _panel(axes, bins, language)
            name = wrapped(labels[value], NAME_CHARACTERS)
            axes.set_title(name, fontsize=9.5, fontweight="bold", loc="left")
        figure.supylabel(translate(language, REALLY), fontsize=10.5)
        figure.supxlabel(translate(language, SAID), fontsize=10.5)
        figure.suptitle(translate(language, LEGEND), fontsize=9, x=0.02, ha="left")
        return svg(figure)


def _panel(axes: Axes, bins: list[ScoreBin], language: str) -> None:
    axes.set_xlim(-3, 103)
    axes.set_ylim(-36, 104)
    axes.set_yticks([0, 50, 100])
    axes.set_xticks([0, 50, 100])
    axes.plot([0, 100], [0, 100], color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    axes.axhline(0, color=GREY, linewidth=0.6)
    for one in bins:
        mark, share = MARKS[one.share.status], one.share
        across = 100 * (one.mean_score or 0.0)
        line: dict[str, Any] = {"color": mark["color"], "linewidth": 1.8}
        low, high = 100 * (share.low or 0.0), 100 * (share.high or 0.0)
        axes.plot([across, across], [low, high], linestyle=mark["linestyle"], **line)
        axes.plot(
            [across],
            [100 * (share.value or 0.0)],
            **(mark | {"linestyle": "none", "markersize": 5.5}),
        )
        axes.text(
            across,
            NUMBERS,
            number(language, share.of or 0),
            rotation=90,
            ha="center",
            va="top",
            fontsize=7.5,
            color=INK,
        )
