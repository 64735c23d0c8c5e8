"""A published audit as somebody reads it: sentences first, then tables, in one language.

Plain values only; every number is already text, with its interval and what weakens it.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult, Explanation, Kind
from workbench.audit.words.phrases import column_words
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import tables
from workbench.disclosure.record import Audit

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
FURTHER = later("Further findings about combined groups, each below its table: {n}.")
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
        "tables": [_table(audit, name, language, chart_url) for name in tables.names(result)],
        "explanation": _explanation(audit, language, chart_url),
        "provenance": _provenance(result, language),
    }


def _findings(result: AuditResult, language: str) -> list[dict[str, Any]]:
    """The sentences by weight: what was found, what weakens it, and the rest."""
    blocks = (
        (later("What was found"), _found(result, language)),
        (later("What weakens these results"), _told(result, ("caveat",), language)),
        (
            later("Also good to know"),
            _told(result, ("passed",), language, (None,)) + _told(result, ("note",), language),
        ),
    )
    return [
        {"title": text.translate(language, title), "entries": entries} for title, entries in blocks
    ]


def _found(result: AuditResult, language: str) -> list[dict[str, str]]:
    """What needs a response, by single attributes; how much there is about combined ones."""
    singles = (None, *result.provenance.plan.attributes)
    found = _told(result, ("attention", "open"), language, singles)
    if not any(finding.kind in {"attention", "open"} for finding in result.findings):
        found.append({"label": "", "text": text.translate(language, NOTHING_BEYOND)})
    further = [
        finding
        for finding in result.findings
        if finding.kind in {"attention", "open"} and finding.attribute not in singles
    ]
    if further:
        told = text.translate(language, FURTHER, {"n": len(further)})
        found.append({"label": "", "text": told})
    return found


def _told(
    result: AuditResult,
    kinds: tuple[Kind, ...],
    language: str,
    about: Collection[str | None] | None = None,
) -> list[dict[str, str]]:
    """The findings of these kinds, in their order, about these attributes (None: about any)."""
    return [
        {
            "label": text.translate(language, KINDS.get(kind, "")),
            "text": finding.text[language],
        }
        for kind in kinds
        for finding in result.findings
        if finding.kind == kind and (about is None or finding.attribute in about)
    ]


def _table(audit: Audit, name: str, language: str, chart_url: ChartUrl) -> dict[str, Any]:
    """One table with its charts above it and, below it, what is told nowhere else."""
    single = name in audit.result.provenance.plan.attributes
    kinds: tuple[Kind, ...] = ("passed",) if single else ("attention", "open", "passed")
    return {
        **tables.table(audit.result, name, language),
        "charts": _charts(audit, f"rate/{name}/", language, chart_url),
        "told": _told(audit.result, kinds, language, (name,)),
    }


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
