"""Accuracy beside each gap, over all thresholds: what each notion of fairness costs.

One panel per gap. Further up is more accurate, further left is a smaller gap.
"""

import matplotlib as mpl
from matplotlib.axes import Axes

from workbench.audit.charts.canvas import BLUE, GREY, ORANGE, STYLE, Chart, panels, svg
from workbench.audit.parts import ChartText, Policy, Tradeoff
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, figure
from workbench.audit.words.scores import best, notion_words, own_policies
from workbench.basics.text import LANGUAGES, later, number, translate

TITLE = later("Accuracy and gaps for every threshold, by {attribute}")
LEGEND = later(
    "line: one threshold for all; ● most accurate;\n◆ own threshold per group; dotted: {tolerance}"
)
GAP_AXIS = later("gap in percentage points")
RIGHT = later("right, of 100")
COMMON_TEXT = later(
    "{gap}: the most accurate threshold for all ({threshold}) is right for {right} of 100, with a "
    "gap of {size} percentage points"
)
OWN_TEXT = later("own thresholds per group: {right} of 100 with a gap of {size} percentage points")
POINTS = later("{points} percentage points")


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
        texts[language] = "; ".join(told) + "."
        pictures[language] = _picture(tradeoff, language)
    return Chart(pictures, ChartText(title=titles, text=texts))


def _own(tradeoff: Tradeoff, notion: str) -> Policy | None:
    """The policy with a threshold per group that keeps this gap small."""
    return next((policy for policy in own_policies(tradeoff) if policy.notion == notion), None)


def _told(tradeoff: Tradeoff, notion: str, language: str) -> str:
    common, own = best(tradeoff), _own(tradeoff, notion)
    told = []
    if common is not None and common.gaps.get(notion) is not None:
        values = {
            "gap": notion_words(notion, language),
            "threshold": number(language, common.thresholds.get("", 0.0)),
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


def _picture(tradeoff: Tradeoff, language: str) -> str:
    notions = _notions(tradeoff)
    with mpl.rc_context(STYLE):
        figure_, drawn = panels(len(notions), 1.9)
        for axes, notion in zip(drawn, notions, strict=True):
            _panel(axes, tradeoff, notion)
            axes.set_title(
                notion_words(notion, language), fontsize=10, fontweight="bold", loc="left"
            )
            axes.set_ylabel(translate(language, RIGHT))
            axes.xaxis.set_major_formatter(lambda tick, _place: number(language, tick))
            axes.yaxis.set_major_formatter(lambda tick, _place: number(language, tick))
        drawn[-1].set_xlabel(translate(language, GAP_AXIS))
        said = {"points": number(language, 100 * tradeoff.tolerance)}
        tolerance = translate(language, POINTS, said)
        figure_.suptitle(
            translate(language, LEGEND, {"tolerance": tolerance}), fontsize=9, x=0.02, ha="left"
        )
        return svg(figure_)


def _panel(axes: Axes, tradeoff: Tradeoff, notion: str) -> None:
    curve = [
        (100 * gap, 100 * policy.accuracy)
        for policy in tradeoff.common
        if (gap := policy.gaps.get(notion)) is not None
    ]
    axes.plot(*zip(*curve, strict=True), color=BLUE, linewidth=1.6)
    axes.axvline(100 * tradeoff.tolerance, color=GREY, linewidth=1, linestyle=":")
    axes.set_xlim(left=0)
    axes.margins(0.12)
    for policy, colour, marker in (
        (best(tradeoff), BLUE, "o"),
        (_own(tradeoff, notion), ORANGE, "D"),
    ):
        if policy is not None and (gap := policy.gaps.get(notion)) is not None:
            axes.plot(
                [100 * gap], [100 * policy.accuracy], color=colour, marker=marker, markersize=8
            )
