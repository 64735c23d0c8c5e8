"""What drives the model of an audit, as somebody reads it: charts with their tables."""

from collections.abc import Callable, Mapping
from typing import Any

from workbench.audit.parts import ChartText
from workbench.audit.parts_explanation import Explanation, RowExplanation
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.explained import scale_words
from workbench.audit.words.phrases import (
    column_words,
    digits_for,
    figure,
    tiny,
    value_words,
)
from workbench.audit.words.ways import spoken
from workbench.basics import text
from workbench.basics.text import later

MOST_FEATURES = 8
MOST_SHARES = 4
BETWEEN = later("{group} compared with {reference}, gap {gap}")
PARTS = {
    "low": later("low values"),
    "middle": later("middle values"),
    "high": later("high values"),
}
SHARES, ROWS = "shares/", "row/"
# The charts of results themselves; every other one explains the model.
OF_RESULTS = ("rate/", "mean/", "calibration/", "tradeoff/", "proxies/")
Picture = Callable[[str], str | None]  # a chart's name → its address


def charts(
    result: AuditResult, beginning: str, language: str, picture: Picture
) -> list[dict[str, str]]:
    """The pictures of this name, or whose names begin so when it ends in "/".

    Each with address, title and text alternative.
    """
    several = beginning.endswith("/")
    named = {
        name: words
        for name, words in result.charts.items()
        if (name.startswith(beginning) if several else name == beginning)
    }
    return _pictures(named, language, picture)


def _pictures(
    named: Mapping[str, ChartText], language: str, picture: Picture
) -> list[dict[str, str]]:
    found = []
    for name, words in named.items():
        if src := picture(name):
            title, told = words.title[language], words.text[language]
            found.append({"src": src, "title": title, "alt": f"{title}. {told}"})
    return found


def reading(result: AuditResult, language: str, picture: Picture) -> dict[str, Any] | None:
    """The strongest features, how their effects spread, what makes up gaps; None without model."""
    told = result.explanation
    if told is None:
        return None
    plan = result.provenance.plan
    elsewhere = (*OF_RESULTS, SHARES, ROWS)
    first = {name: words for name, words in result.charts.items() if not name.startswith(elsewhere)}
    return {
        "explainer": spoken(told.explainer, language),
        "scale": scale_words(told)[language],
        "n": told.rows,
        "background": spoken(told.background, language),
        "model": told.model_kind,
        "additivity_error": tiny(told.max_additivity_error, language),
        "charts": _pictures(first, language, picture),
        "features": _features(told, plan, language),
        "spreads": _spreads(told, plan, language),
        "share_charts": charts(result, SHARES, language, picture),
        "shares": _shares(result, told, language),
        "people": [
            _person(plan, row, charts(result, f"{ROWS}{row.row}", language, picture), language)
            for row in told.row_explanations
        ],
    }


def _features(told: Explanation, plan: AuditPlan, language: str) -> list[dict[str, str]]:
    """The strongest features: ``name``, mean ``size`` of the effect, mean ``effect`` with sign."""
    strongest = sorted(told.features.items(), key=lambda entry: -entry[1].mean_absolute)
    shown = strongest[:MOST_FEATURES]
    digits = max(3, digits_for(*(effect.mean_absolute for _, effect in shown)))
    return [
        {
            "name": column_words(plan, name, language),
            "size": figure(language, effect.mean_absolute, digits),
            "effect": figure(language, effect.mean, digits),
        }
        for name, effect in shown
    ]


def _spreads(told: Explanation, plan: AuditPlan, language: str) -> list[dict[str, Any]]:
    """How effects spread over people, for the strongest features: five quantiles each."""
    strongest = sorted(told.features, key=lambda name: -told.features[name].mean_absolute)
    shown = [
        spread
        for name in strongest[:MOST_FEATURES]
        for spread in told.spreads
        if spread.feature == name
    ]
    return [
        {
            "name": column_words(plan, spread.feature, language),
            "part": text.translate(language, PARTS.get(spread.part, ""))
            or value_words(plan, spread.feature, spread.part, language),
            "n": text.number(language, spread.n),
            "quantiles": [figure(language, quantile, 3) for quantile in spread.quantiles],
        }
        for spread in shown
    ]


def _shares(result: AuditResult, told: Explanation, language: str) -> list[dict[str, str]]:
    """Which features make up the score gap of which groups, the largest ones of each."""
    plan = result.provenance.plan
    return [
        {
            "groups": text.translate(
                language,
                BETWEEN,
                {
                    "group": result.groups[part.attribute][part.group].label[language],
                    "reference": result.groups[part.attribute][part.reference].label[language],
                    "gap": figure(language, part.gap, 3),
                },
            ),
            "name": column_words(plan, name, language),
            "share": figure(language, share, 3),
        }
        for part in told.decompositions
        for name, share in _largest(part.shares)
    ]


def _largest(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda entry: -abs(entry[1]))[:MOST_SHARES]


def _person(
    plan: AuditPlan, row: RowExplanation, pictures: list[dict[str, str]], language: str
) -> dict[str, Any]:
    """One row that the plan asks about; never part of what is published."""
    strongest = sorted(row.contributions, key=lambda one: -abs(one.effect))
    return {
        "row": row.row,
        "score": figure(language, row.score, 3),
        "base": figure(language, row.base_value, 3),
        "error": tiny(row.additivity_error, language),
        "charts": pictures,
        "contributions": [
            {
                "name": column_words(plan, one.feature, language),
                "value": one.value,
                "effect": figure(language, one.effect, 3),
            }
            for one in strongest
        ],
    }
