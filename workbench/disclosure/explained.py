"""What drives the model of an audit, as somebody reads it: charts with their tables."""

from collections.abc import Callable, Mapping
from typing import Any

from workbench.audit.parts import ChartText
from workbench.audit.parts_explanation import RowExplanation
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.explained import scale_words
from workbench.audit.words.phrases import column_words, figure, tiny
from workbench.audit.words.ways import spoken
from workbench.disclosure import effect_tables

SHARES, ROWS, EFFECTS = "shares/", "row/", "effects/"
# What is drawn of the model as a whole; the swarm is there for the team only.
SWARM = "swarm"
WHOLE = ("drivers", SWARM, "spreads")
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
    """The strongest columns, their effects over people and groups, what makes up gaps.

    None without a model.
    """
    told = result.explanation
    if told is None:
        return None
    plan = result.provenance.plan
    return {
        "explainer": spoken(told.explainer, language),
        "scale": scale_words(told)[language],
        "n": told.rows,
        "background": spoken(told.background, language),
        "model": told.model_kind,
        "additivity_error": tiny(told.max_additivity_error, language),
        "charts": [chart for name in WHOLE for chart in charts(result, name, language, picture)],
        "shows_people": bool(charts(result, SWARM, language, picture)),
        "features": effect_tables.features(told, plan, language),
        "spreads": effect_tables.spreads(told, plan, language),
        "groups": [
            {
                **effect_tables.groups(result, attribute, effects, language),
                "charts": charts(result, f"{EFFECTS}{attribute}", language, picture),
            }
            for attribute in plan.attributes
            if (effects := told.groups.get(attribute))
        ],
        "share_charts": charts(result, SHARES, language, picture),
        "shares": effect_tables.shares(result, told, language),
        "people": [
            _person(plan, row, charts(result, f"{ROWS}{row.row}", language, picture), language)
            for row in told.row_explanations
        ],
    }


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
