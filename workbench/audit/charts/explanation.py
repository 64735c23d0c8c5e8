"""What drives a model: the strongest columns, what makes up a gap, and what gives a group away."""

from collections.abc import Iterable

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workbench.audit.charts import effects, swarm
from workbench.audit.charts.canvas import (
    BLUE,
    INK,
    ORANGE,
    STYLE,
    Chart,
    canvas,
    name,
    svg,
    ticks,
    upright,
)
from workbench.audit.order import MOST_DRAWN, strongest
from workbench.audit.parts import ChartText
from workbench.audit.parts_explanation import Decomposition, Explanation, Proxy
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, digits_for, figure, group_words
from workbench.basics.text import LANGUAGES, later, translate

DRIVERS_TITLE = later("What moves the model’s score most")
DRIVERS_AXIS = later("mean size of the effect ({scale})")
SHARES_TITLE = later("What makes up the score gap: {group} minus {reference}")
SHARES_AXIS = later("share of the gap ({scale})")
SHARES_TEXT = later("The whole gap is {gap}.")
BAR_TEXT = later("{name}: {size}")
PROXIES_TITLE = later("What gives away: {attribute}")
PROXIES_AXIS = later("pairs told rightly apart, of 100 (50: guessing)")
PROXY_TEXT = later("{name}: {area} of 100 pairs, interval {low} to {high}")
ALL_TOGETHER = later("all columns together")


def draw(result: AuditResult) -> dict[str, Chart]:
    """All charts of the explanation and the proxies that the result holds.

    "drivers", "shares/<attribute>/<group>", "spreads", "swarm" and "row/<number>" (these two about
    single people, who are in no published result) need an explanation; "proxies/<attribute>" needs
    proxies.
    """
    plan, explanation = result.provenance.plan, result.explanation
    made = {
        f"proxies/{attribute}": _proxies_chart(plan, attribute, proxies)
        for attribute, proxies in result.proxies.items()
        if proxies
    }
    if explanation is None:
        return made
    made["drivers"] = _drivers_chart(plan, explanation)
    for part in explanation.decompositions:
        made[f"shares/{part.attribute}/{part.group}"] = _shares_chart(plan, explanation, part)
    return made | swarm.draw(plan, explanation) | effects.draw(plan, explanation)


def _drivers_chart(plan: AuditPlan, explanation: Explanation) -> Chart:
    sizes = {name: effect.mean_absolute for name, effect in explanation.features.items()}
    titles = {language: translate(language, DRIVERS_TITLE) for language in LANGUAGES}
    return _bar_chart(plan, explanation, sizes, titles, DRIVERS_AXIS)


def _shares_chart(plan: AuditPlan, explanation: Explanation, part: Decomposition) -> Chart:
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
    made = _bar_chart(plan, explanation, part.shares, titles, SHARES_AXIS)
    digits = digits_for(part.gap)
    texts = {
        language: " ".join(
            [translate(language, SHARES_TEXT, {"gap": figure(language, part.gap, digits)}), text]
        )
        for language, text in made.words.text.items()
    }
    return Chart(made.pictures, ChartText(title=titles, text=texts))


def _bar_chart(
    plan: AuditPlan,
    explanation: Explanation,
    sizes: dict[str, float],
    titles: dict[str, str],
    axis: str,
) -> Chart:
    shown = {column: sizes[column] for column in strongest(sizes)[:MOST_DRAWN]}
    digits = digits_for(*shown.values())
    pictures, texts = {}, {}
    for language in LANGUAGES:
        bars = [
            (column_words(plan, column, language), size, figure(language, size, digits))
            for column, size in shown.items()
        ]
        scale = translate(language, effects.SCALES[explanation.scale])
        pictures[language] = _bars(bars, translate(language, axis, {"scale": scale}), language)
        told = [translate(language, BAR_TEXT, {"name": bar, "size": said}) for bar, _, said in bars]
        texts[language] = "; ".join(told) + "."
    return Chart(pictures, ChartText(title=titles, text=texts))


def _bars(bars: Iterable[tuple[str, float, str]], axis: str, language: str) -> str:
    rows = list(bars)
    with mpl.rc_context(STYLE):
        picture, axes = canvas(len(rows))
        axes.set_xlabel(axis)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(ticks(language, [size for _, size, _ in rows]))
        axes.axvline(0, color=INK, linewidth=1)
        for place, (words, size, said) in enumerate(rows):
            axes.barh(place, size, height=0.34, color=BLUE if size >= 0 else ORANGE)
            name(axes, place, words, said)
        return svg(picture)


def _proxies_chart(plan: AuditPlan, attribute: str, proxies: tuple[Proxy, ...]) -> Chart:
    singles = sorted(
        (proxy for proxy in proxies if len(proxy.features) == 1),
        key=lambda proxy: (-proxy.area, proxy.features),
    )
    together = [proxy for proxy in proxies if len(proxy.features) > 1]
    shown = [*together, *singles[: MOST_DRAWN - len(together)]]
    pictures, titles, texts = {}, {}, {}
    for language in LANGUAGES:
        values = {"attribute": column_words(plan, attribute, language)}
        titles[language] = translate(language, PROXIES_TITLE, values)
        rows = [(_proxy_words(plan, proxy, language), proxy) for proxy in shown]
        pictures[language] = _areas(rows, language)
        texts[language] = "; ".join(_told(words, proxy, language) for words, proxy in rows) + "."
    return Chart(pictures, ChartText(title=titles, text=texts))


def _proxy_words(plan: AuditPlan, proxy: Proxy, language: str) -> str:
    if len(proxy.features) > 1:
        return translate(language, ALL_TOGETHER)
    return column_words(plan, proxy.features[0], language)


def _told(words: str, proxy: Proxy, language: str) -> str:
    shares = {"area": proxy.area, "low": proxy.low, "high": proxy.high}
    said = {key: figure(language, 100 * share, 0) for key, share in shares.items()}
    return translate(language, PROXY_TEXT, {"name": words, **said})


def _areas(rows: list[tuple[str, Proxy]], language: str) -> str:
    with mpl.rc_context(STYLE):
        picture, axes = canvas(len(rows))
        lowest = min(100 * proxy.low for _, proxy in rows)
        axes.set_xlim(min(48, lowest - 2), 102)
        axes.set_xlabel(translate(language, PROXIES_AXIS))
        upright(axes, 50, len(rows))
        axes.xaxis.set_major_formatter(lambda tick, _place: figure(language, tick, 0))
        for place, (words, proxy) in enumerate(rows):
            _interval(axes, place, proxy)
            name(axes, place, words, figure(language, 100 * proxy.area, 0))
        return svg(picture)


def _interval(axes: Axes, place: int, proxy: Proxy) -> None:
    axes.plot([100 * proxy.low, 100 * proxy.high], [place, place], color=BLUE, linewidth=2.2)
    axes.plot([100 * proxy.area], [place], color=BLUE, marker="o", markersize=8)
