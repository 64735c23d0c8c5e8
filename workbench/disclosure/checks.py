"""A published audit as somebody reads it: sentences first, then tables, in one language.

Plain values only; every number is already text, with its interval and what weakens it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from workbench.audit.bins import bin_names
from workbench.audit.catalogue import GAPS, RATES
from workbench.audit.plan import MISSING, AuditPlan
from workbench.audit.results import AuditResult, Explanation, Gap, Group, Kind, Measure
from workbench.audit.wording import column_words
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure.record import Audit

# The rates of the printed table; all others stand in the data file.
SHOWN = ("selection_rate", "true_positive_rate", "false_positive_rate", "accuracy")
MOST_FEATURES = 8
MOST_SHARES = 4
KINDS: dict[Kind, str] = {
    "attention": later("Needs a response"),
    "open": later("Undecided"),
    "passed": later("Within the limit"),
}
NOTHING_BEYOND = later(
    "No gap lies beyond the limit of its convention. That does not prove equal treatment: please "
    "read what weakens these results."
)
STATUS = {
    "ok": "",
    "uncertain": later("uncertain, few people"),
    "not_assessable": later("too few people to assess"),
    "not_defined": later("nobody to count"),
    "suppressed": later("not published"),
}
SCALES = {"log-odds": later("log-odds"), "probability": later("probability")}
ChartUrl = Callable[[str], str]  # hash of a chart → its address


def reading(audit: Audit, language: str, *, chart_url: ChartUrl) -> dict[str, Any]:
    """One audit for ``public/record/checks.html``: findings, tables, charts, provenance."""
    result = audit.result
    return {
        "anchor": f"check-{audit.id}",
        "on": audit.on,
        "purpose": audit.purpose,
        "n": result.provenance.rows,
        "findings": _findings(result, language),
        "tables": [_table(audit, name, language, chart_url) for name in _tables(result)],
        "explanation": _explanation(audit, language, chart_url),
        "provenance": _provenance(result, language),
    }


def _findings(result: AuditResult, language: str) -> list[dict[str, Any]]:
    """The sentences by weight: what was found, what weakens it, and the rest."""
    found = [*_told(result, "attention", language), *_told(result, "open", language)]
    nothing = {"label": "", "text": text.translate(language, NOTHING_BEYOND)}
    blocks = (
        (later("What was found"), found or [nothing]),
        (later("What weakens these results"), _told(result, "caveat", language)),
        (
            later("Also good to know"),
            [*_told(result, "passed", language, None), *_told(result, "note", language)],
        ),
    )
    return [
        {"title": text.translate(language, title), "entries": entries} for title, entries in blocks
    ]


ANY = "*"


def _told(
    result: AuditResult, kind: Kind, language: str, attribute: str | None = ANY
) -> list[dict[str, str]]:
    """The findings of a kind about one attribute (None: about no single one) or about any."""
    label = text.translate(language, KINDS.get(kind, ""))
    return [
        {"label": label, "text": finding.text[language]}
        for finding in result.findings
        if finding.kind == kind and attribute in (ANY, finding.attribute)
    ]


def _table(audit: Audit, name: str, language: str, chart_url: ChartUrl) -> dict[str, Any]:
    """The rates and gaps of one attribute, or of two combined."""
    result = audit.result
    shown = [rate for rate in SHOWN if rate in result.overall.metrics]
    everybody = {**result.overall.label, language: text.translate(language, later("Everybody"))}
    overall = result.overall.model_copy(update={"label": everybody})
    return {
        "title": column_words(result.provenance.plan, name, language),
        "charts": _charts(audit, f"rate/{name}/", language, chart_url),
        "columns": [
            (text.translate(language, later("Group")), False),
            (text.translate(language, later("People")), True),
            *((text.translate(language, RATES[rate].title), True) for rate in shown),
        ],
        "rows": [_row(group, shown, language) for group in (overall, *_groups(result, name))],
        "gaps": [_gap(result, name, kind, gap, language) for kind, gap in _gaps(result, name)],
        "passed": _told(result, "passed", language, name),
    }


# A record's JSON sorts all names, so the order to read in is made here.


def _tables(result: AuditResult) -> list[str]:
    """The attributes in the order of the plan, then those combined."""
    attributes = result.provenance.plan.attributes
    combined = [name for name in result.groups if name not in attributes]
    return [*(name for name in attributes if name in result.groups), *combined]


def _groups(result: AuditResult, table: str) -> list[Group]:
    """The groups of a table: stated ranges ascending, other values by name, missing ones last."""
    plan = result.provenance.plan
    return sorted(
        result.groups[table].values(),
        key=lambda group: [
            _place(plan, column, group.parts[column])
            for column in plan.attributes
            if column in group.parts
        ],
    )


def _place(plan: AuditPlan, column: str, value: str) -> tuple[bool, int, str]:
    edges = plan.edges.get(column, ())
    names = [bin_names(edges, whole=whole) for whole in (True, False)] if edges else []
    places = [found.index(value) for found in names if value in found]
    return value == MISSING, places[0] if places else 0, value


def _gaps(result: AuditResult, table: str) -> list[tuple[str, Gap]]:
    gaps = result.gaps.get(table, {})
    return [(kind, gaps[kind]) for kind in GAPS if kind in gaps]


def _charts(
    audit: Audit, beginning: str, language: str, chart_url: ChartUrl
) -> list[dict[str, str]]:
    """The pictures whose names begin so: address, title, text alternative."""
    pictures = []
    for name, chart in audit.charts.items():
        if name.startswith(beginning):
            words = audit.result.charts[name]
            title, told = words.title[language], words.text[language]
            src = chart_url(getattr(chart, language))
            pictures.append({"src": src, "title": title, "alt": f"{title}. {told}"})
    return pictures


def _row(group: Group, rates: list[str], language: str) -> dict[str, Any]:
    size = "" if group.n is None else text.number(language, group.n)
    return {
        "label": group.label[language],
        "n": size or text.translate(language, STATUS["suppressed"]),
        "cells": [_measure(group.metrics[rate], language) for rate in rates],
    }


def _measure(measure: Measure, language: str) -> dict[str, str]:
    """A rate in percent with its interval, and a remark where it needs one."""
    return {
        "value": _share(language, measure.value),
        "interval": _interval(language, measure.low, measure.high, _share),
        "remark": text.translate(language, STATUS[measure.status]),
    }


def _share(language: str, value: float | None) -> str:
    return "" if value is None else text.percent(language, value)


def _points(language: str, value: float | None) -> str:
    return "" if value is None else text.number(language, 100 * value, 1)


def _ratio(language: str, value: float | None) -> str:
    return "" if value is None else text.number(language, value, 2)


def _interval(
    language: str,
    low: float | None,
    high: float | None,
    written: Callable[[str, float | None], str],
) -> str:
    return (
        ""
        if low is None or high is None
        else f"{written(language, low)} – {written(language, high)}"
    )


def _gap(result: AuditResult, table: str, kind: str, gap: Gap, language: str) -> dict[str, str]:
    """How far the groups lie apart: differences in percentage points, ratios as a number."""
    ratio = GAPS[kind].form == "ratio"
    written = _ratio if ratio else _points
    unit = "" if ratio else text.translate(language, later("percentage points"))
    groups = result.groups[table]
    between = [groups[name].label[language] for name in (gap.highest, gap.lowest) if name in groups]
    value = written(language, gap.value)
    return {
        "title": text.translate(language, GAPS[kind].title),
        "value": f"{value} {unit}".strip() if value else "",
        "interval": _interval(language, gap.low, gap.high, written),
        "between": " / ".join(between),
        "remark": text.translate(language, STATUS[gap.status]),
    }


def _explanation(audit: Audit, language: str, chart_url: ChartUrl) -> dict[str, Any] | None:
    """What drives the model: the strongest features, and what makes up gaps between groups."""
    explained = audit.result.explanation
    if explained is None:
        return None
    plan = audit.result.provenance.plan
    return {
        "explainer": explained.explainer,
        "scale": text.translate(language, SCALES[explained.scale]),
        "n": explained.rows,
        "charts": _charts(audit, "drivers", language, chart_url),
        "features": _features(explained, plan, language),
        "share_charts": _charts(audit, "shares/", language, chart_url),
        "shares": _shares(audit.result, explained, language),
    }


def _features(explained: Explanation, plan: AuditPlan, language: str) -> list[dict[str, str]]:
    """The strongest features: ``name``, mean ``size`` of the effect, mean ``effect`` with sign."""
    strongest = sorted(explained.features.items(), key=lambda entry: -entry[1].mean_absolute)
    return [
        {
            "name": column_words(plan, name, language),
            "size": text.number(language, effect.mean_absolute, 3),
            "effect": text.number(language, effect.mean, 3),
        }
        for name, effect in strongest[:MOST_FEATURES]
    ]


def _shares(result: AuditResult, explained: Explanation, language: str) -> list[dict[str, str]]:
    """Which features make up the score gap of which groups, the largest ones of each."""
    plan = result.provenance.plan
    return [
        {
            "groups": text.translate(
                language,
                later("{group} compared with {reference}, gap {gap}"),
                {
                    "group": result.groups[part.attribute][part.group].label[language],
                    "reference": result.groups[part.attribute][part.reference].label[language],
                    "gap": text.number(language, part.gap, 3),
                },
            ),
            "name": column_words(plan, name, language),
            "share": text.number(language, share, 3),
        }
        for part in explained.decompositions
        for name, share in _largest(part.shares)
    ]


def _largest(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda entry: -abs(entry[1]))[:MOST_SHARES]


def _provenance(result: AuditResult, language: str) -> list[dict[str, str]]:
    """How the numbers came about, enough to repeat the run: ``title`` and ``value``."""
    origin, check = result.provenance, result.crosscheck
    limits = origin.plan.thresholds
    versions = ", ".join(f"{name} {version}" for name, version in sorted(origin.versions.items()))
    entries = (
        (later("Rows in the table"), text.number(language, origin.rows)),
        (later("Table (SHA-256)"), origin.data_sha256),
        (later("Model (SHA-256)"), origin.model_sha256 or ""),
        (later("Audit plan (SHA-256)"), origin.plan_sha256),
        (later("Start number for everything drawn at random"), str(origin.plan.seed)),
        (later("Not published below this many people"), str(limits.publish_minimum)),
        (later("Not assessed below this many people"), str(limits.assess_minimum)),
        (later("Called uncertain below this many people"), str(limits.certain_minimum)),
        (later("Computed a second time with"), f"{check.library} {check.version}"),
        (later("Largest difference between both computations"), f"{check.max_abs_difference:.2g}"),
        (later("Programs used"), versions),
    )
    missing = text.translate(language, later("none"))
    return [
        {"title": text.translate(language, title), "value": value or missing}
        for title, value in entries
    ]
