"""Accuracy and gaps over the threshold, panel below panel: what each notion of fairness costs.

All panels share the axis of thresholds, so that one upright line shows what a threshold brings.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workbench.audit.charts.canvas import (
    BLUE,
    INK,
    ORANGE,
    STYLE,
    Chart,
    panels,
    svg,
    ticks,
    wrapped,
)
from workbench.audit.parts import ChartText, Policy, Tradeoff
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, figure, stated_points
from workbench.audit.words.scores import best, notion_words, own_policies
from workbench.basics.text import LANGUAGES, later, number, translate

TITLE = later("What each threshold brings: accuracy and gaps, by {attribute}")
THRESHOLD_AXIS = later("one threshold for all")
RIGHT = later("Right predictions, of 100")
UNITS = later("of 100; gaps in percentage points")
BEST_LEGEND = later("● the most accurate of {count} thresholds for all ({threshold})")
PLAN_LEGEND = later("upright line: the plan’s threshold ({threshold})")
OWN_LEGEND = later("◆ own thresholds per group, so that the gap is at most {tolerance}")
OWN_NOTE = later("◆ right for {right} of 100, gap {size}")
RANGE_TEXT = later(
    "One threshold for all, from {first} to {last} ({count} looked at); the plan’s is {planned}."
)
RANGE_ALONE_TEXT = later("One threshold for all, from {first} to {last} ({count} looked at).")
COMMON_TEXT = later(
    "{gap}: the most accurate threshold for all ({threshold}) is right for {right} of 100, with a "
    "gap of {size} percentage points"
)
OWN_TEXT = later("own thresholds per group: {right} of 100 with a gap of {size} percentage points")
ACCURACY_HEIGHT, GAP_HEIGHT = 1.2, 1.05  # inches
TITLE_CHARACTERS, LEGEND_CHARACTERS = 40, 56
FEW_POINTS = 25  # so many are marked one by one


def draw(result: AuditResult) -> dict[str, Chart]:
    """The charts "tradeoff/<attribute>"; none without scores and outcome."""
    return {
        f"tradeoff/{attribute}": _chart(result, attribute, tradeoff)
        for attribute, tradeoff in result.tradeoffs.items()
        if _notions(tradeoff)
    }


def _notions(tradeoff: Tradeoff) -> list[str]:
    """The gaps that have a value for some common threshold, in their order."""
    names = [
        name for policy in tradeoff.common for name, gap in policy.gaps.items() if gap is not None
    ]
    return list(dict.fromkeys(names))


def _chart(result: AuditResult, attribute: str, tradeoff: Tradeoff) -> Chart:
    plan = result.provenance.plan
    titles, texts, pictures = {}, {}, {}
    for language in LANGUAGES:
        words = {"attribute": column_words(plan, attribute, language)}
        titles[language] = translate(language, TITLE, words)
        told = [_told(tradeoff, notion, language) for notion in _notions(tradeoff)]
        begin = _range_told(tradeoff, plan.threshold, language)
        texts[language] = f"{begin} {'; '.join(told)}."
        pictures[language] = _picture(tradeoff, plan.threshold, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _range_told(tradeoff: Tradeoff, planned: float | None, language: str) -> str:
    ends = {
        "first": number(language, _threshold(tradeoff.common[0])),
        "last": number(language, _threshold(tradeoff.common[-1])),
        "count": number(language, len(tradeoff.common)),
    }
    if planned is None:
        return translate(language, RANGE_ALONE_TEXT, ends)
    return translate(language, RANGE_TEXT, {**ends, "planned": number(language, planned)})


def _threshold(policy: Policy) -> float:
    return policy.thresholds.get("", 0.0)


def _own(tradeoff: Tradeoff, notion: str) -> Policy | None:
    """The policy with a threshold per group that keeps this gap small."""
    return next((policy for policy in own_policies(tradeoff) if policy.notion == notion), None)


def _told(tradeoff: Tradeoff, notion: str, language: str) -> str:
    common, own = best(tradeoff), _own(tradeoff, notion)
    told = []
    if common is not None and common.gaps.get(notion) is not None:
        values = {
            "gap": notion_words(notion, language),
            "threshold": number(language, _threshold(common)),
        }
        told.append(translate(language, COMMON_TEXT, values | _numbers(common, notion, language)))
    if own is not None:
        told.append(translate(language, OWN_TEXT, _numbers(own, notion, language)))
    return ", ".join(told)


def _numbers(policy: Policy, notion: str, language: str) -> dict[str, str]:
    return {
        "right": figure(language, 100 * policy.accuracy, 1),
        "size": figure(language, 100 * (policy.gaps.get(notion) or 0.0), 1),
    }


def _picture(tradeoff: Tradeoff, planned: float | None, language: str) -> str:
    notions = _notions(tradeoff)
    with mpl.rc_context(STYLE):
        picture, drawn = panels([ACCURACY_HEIGHT, *[GAP_HEIGHT] * len(notions)])
        _curve(drawn[0], tradeoff, lambda policy: policy.accuracy)
        _title(drawn[0], translate(language, RIGHT))
        for axes, notion in zip(drawn[1:], notions, strict=True):
            _curve(axes, tradeoff, lambda policy, gap=notion: policy.gaps.get(gap))  # type: ignore[misc]
            _title(axes, notion_words(notion, language))
            axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
            _own_mark(axes, tradeoff, notion, language)
        _share_axis(drawn, tradeoff, planned, language)
        said = _legend(tradeoff, planned, language)
        picture.supylabel(translate(language, UNITS), fontsize=9.5)
        picture.suptitle(said, fontsize=9, x=0.02, ha="left")
        return svg(picture)


def _curve(axes: Axes, tradeoff: Tradeoff, worth: Callable[[Policy], float | None]) -> None:
    """Shares of 100 over the common thresholds; a gap in the line where there is no value."""
    values = [worth(policy) for policy in tradeoff.common]
    heights = [math.nan if value is None else 100 * value for value in values]
    across = [_threshold(policy) for policy in tradeoff.common]
    marker = "." if len(across) <= FEW_POINTS else ""
    axes.plot(across, heights, color=BLUE, linewidth=1.6, marker=marker, markersize=5)
    chosen = best(tradeoff)
    if chosen is not None and (value := worth(chosen)) is not None:
        axes.plot([_threshold(chosen)], [100 * value], color=BLUE, marker="o", markersize=8)
    axes.margins(y=0.12)


def _title(axes: Axes, words: str) -> None:
    said = wrapped(words, TITLE_CHARACTERS)
    axes.set_title(said, fontsize=9.5, fontweight="bold", loc="left")


def _own_mark(axes: Axes, tradeoff: Tradeoff, notion: str, language: str) -> None:
    """What own thresholds bring stands at the right edge: it belongs to no common threshold."""
    own = _own(tradeoff, notion)
    if own is None or (gap := own.gaps.get(notion)) is None:
        return
    edge = axes.get_yaxis_transform()
    axes.plot(
        [1.0], [100 * gap], color=ORANGE, marker="D", markersize=7, transform=edge, clip_on=False
    )
    note = translate(language, OWN_NOTE, _numbers(own, notion, language))
    spot: dict[str, Any] = {
        "transform": axes.transAxes,
        "ha": "right",
        "va": "top",
        "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    }
    axes.text(0.98, 1.02, note, color=ORANGE, fontsize=8.5, **spot)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.25 * (high - low))  # room for the note


def _share_axis(
    drawn: Sequence[Axes], tradeoff: Tradeoff, planned: float | None, language: str
) -> None:
    across = [_threshold(policy) for policy in tradeoff.common]
    across += [] if planned is None else [planned]
    air = 0.03 * (max(across) - min(across)) or 1.0
    for axes in drawn:
        axes.set_xlim(min(across) - air, max(across) + air)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(ticks(language, across))
        axes.yaxis.set_major_locator(MaxNLocator(3))
        axes.yaxis.set_major_formatter(lambda tick, _place: number(language, tick))
        axes.tick_params(labelbottom=axes is drawn[-1])
        if planned is not None:
            axes.axvline(planned, color=INK, linewidth=1, zorder=0)
    drawn[-1].set_xlabel(translate(language, THRESHOLD_AXIS))


def _legend(tradeoff: Tradeoff, planned: float | None, language: str) -> str:
    """One line per mark that is drawn."""
    said, chosen = [], best(tradeoff)
    if planned is not None:
        threshold = {"threshold": number(language, planned)}
        said.append(translate(language, PLAN_LEGEND, threshold))
    if chosen is not None:
        values = {
            "threshold": number(language, _threshold(chosen)),
            "count": number(language, len(tradeoff.common)),
        }
        said.append(translate(language, BEST_LEGEND, values))
    if own_policies(tradeoff):
        tolerance = {"tolerance": stated_points(tradeoff.tolerance, language)}
        said.append(translate(language, OWN_LEGEND, tolerance))
    return "\n".join(wrapped(line, LEGEND_CHARACTERS) for line in said)
