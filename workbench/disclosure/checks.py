"""An audit as somebody reads it: sentences first, then what is behind them, in one language.

Plain values only; every number is already text, with its interval and what weakens it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workbench.audit.parts import Finding, Kind
from workbench.audit.results import AuditResult
from workbench.audit.words import overview
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import explained, score_tables, tables
from workbench.disclosure.explained import Picture
from workbench.disclosure.record import Audit

KINDS: dict[Kind, str] = {
    "attention": later("Needs a response"),
    "open": later("Undecided"),
    "passed": later("Within the limit"),
}
FURTHER = later(
    "Further results that need a response or are undecided stand below, with their groups: {n}."
)
# How the ids of findings begin that are told in other places than by their kind.
REASONS, HIDDEN = "reason/", "hidden/"
METHOD = ("limits", "method", "crosscheck", "model/")
# More groups of combined attributes than these cannot be read one by one.
MOST_ROWS = 13
ChartUrl = Callable[[str], str]  # hash of a chart → its address
Told = list[dict[str, str]]


def reading(audit: Audit, language: str, *, chart_url: ChartUrl) -> dict[str, Any]:
    """One audit for ``public/record/checks.html``: findings, then details to unfold."""

    def picture(name: str) -> str | None:
        chart = audit.charts.get(name)
        return chart_url(getattr(chart, language)) if chart else None

    return {
        "anchor": f"check-{audit.id}",
        "on": audit.on,
        "purpose": audit.purpose,
        **result_reading(audit.result, language, picture),
    }


def result_reading(result: AuditResult, language: str, picture: Picture) -> dict[str, Any]:
    """A result for the same partials; ``picture`` gives the address of a chart, None for none."""
    plan = result.provenance.plan
    combined = [name for name in tables.names(result) if name not in plan.attributes]
    return {
        "n": result.provenance.rows,
        "published": result.is_published,
        "findings": _blocks(result, language),
        "reasons": _say(_named(result, (REASONS,)), language),
        "tables": [
            _attribute(result, name, language, picture)
            for name in tables.names(result)
            if name in plan.attributes
        ],
        "combined": [_combined(result, name, language) for name in combined],
        "explanation": explained.reading(result, language, picture),
        "method": _say(_named(result, METHOD), language),
        "provenance": _provenance(result, language),
    }


def _blocks(result: AuditResult, language: str) -> list[dict[str, Any]]:
    """The sentences by weight: what was found, what weakens it, and the rest."""
    singles = set(result.provenance.plan.attributes)
    elsewhere = {one.id for one in _named(result, (REASONS, *METHOD))}
    whole = [one for one in result.findings if one.attribute is None and one.id not in elsewhere]
    weak = [
        one
        for one in result.findings
        if one.kind == "caveat"
        and (one.attribute is None or one.attribute in singles)
        and not one.id.startswith("gap/")
        and one.id not in elsewhere
    ]
    rest = [one for one in whole if one.kind in {"passed", "note"}]
    hidden = overview.hidden_numbers(result, language)
    blocks = (
        (later("What was found"), _found(result, language)),
        (later("What weakens these results"), _say(weak, language)),
        (later("Also good to know"), _say(rest, language) + _plain(filter(None, [hidden]))),
    )
    return [{"title": text.translate(language, title), "entries": told} for title, told in blocks]


def _found(result: AuditResult, language: str) -> Told:
    """How much was found; what needs a response, by single attributes, each gap once; the rest.

    What is more than chance comes first.
    """
    singles = {None, *result.provenance.plan.attributes}
    pressing = [one for one in result.findings if one.kind in {"attention", "open"}]
    ids = {one.id for one in pressing if one.kind == "attention"}
    first = [
        one
        for one in pressing
        if one.kind == "attention" and one.attribute in singles and not _said_before(one, ids)
    ]
    first.sort(key=lambda one: not overview.is_sure(result, one))
    further = len(pressing) - len(first)
    after = [text.translate(language, FURTHER, {"n": further})] if further else []
    return [*_plain(overview.told(result, language)), *_say(first, language), *_plain(after)]


def _plain(texts: Iterable[str]) -> Told:
    """Sentences that ask for nothing."""
    return [{"label": "", "text": one} for one in texts]


def _said_before(one: Finding, ids: set[str]) -> bool:
    """Whether it is the ratio of a gap whose difference is told already."""
    return one.id.endswith("_ratio") and one.id.removesuffix("_ratio") + "_difference" in ids


def _named(result: AuditResult, beginnings: tuple[str, ...]) -> list[Finding]:
    return [one for one in result.findings if one.id.startswith(beginnings)]


def _say(findings: Iterable[Finding], language: str) -> Told:
    return [
        {
            "label": text.translate(language, KINDS.get(finding.kind, "")),
            "text": finding.text[language],
        }
        for finding in findings
    ]


def _attribute(result: AuditResult, name: str, language: str, picture: Picture) -> dict[str, Any]:
    """Everything about one attribute: charts, tables, and what is told nowhere above."""
    charts = [
        chart
        for beginning in (f"rate/{name}/", f"mean/{name}/")
        for chart in explained.charts(result, beginning, language, picture)
    ]
    return {
        **tables.table(result, name, language),
        "charts": charts,
        "told": _say(_below(result, name), language),
        "beside": tables.beside(result, name, language),
        "calibration": score_tables.calibration(result, name, language),
        "calibration_charts": explained.charts(result, f"calibration/{name}", language, picture),
        "tradeoff": score_tables.tradeoff(result, name, language),
        "tradeoff_charts": explained.charts(result, f"tradeoff/{name}", language, picture),
        "proxies": score_tables.proxies(result, name, language),
        "proxy_charts": explained.charts(result, f"proxies/{name}", language, picture),
    }


def _below(result: AuditResult, name: str) -> list[Finding]:
    """What is told about an attribute below its name: all but what stands at the top.

    A gap's ratio beside its difference says nothing new in words; it stands in the table.
    """
    ids = {one.id for one in result.findings}
    return [
        one
        for one in result.findings
        if one.attribute == name
        and one.kind != "attention"
        and not one.id.startswith(HIDDEN)
        and not (one.kind in {"open", "note"} and _said_before(one, ids))
        and not (one.kind == "caveat" and not one.id.startswith("gap/"))
    ]


def _combined(result: AuditResult, name: str, language: str) -> dict[str, Any]:
    """The tables of several attributes combined, and what needs a response there.

    Gaps without a value are left out. Of many groups, the numbers one by one stand in the data
    file only.
    """
    pressing = [one for one in result.findings if one.kind in {"attention", "open"}]
    ids = {one.id for one in pressing}
    told = [one for one in pressing if one.attribute == name and not _said_before(one, ids)]
    made = tables.table(result, name, language)
    return {
        **made,
        "rows": made["rows"] if len(made["rows"]) <= MOST_ROWS else [],
        "gaps": [gap for gap in made["gaps"] if gap["value"]],
        "told": _say(told, language),
    }


def _provenance(result: AuditResult, language: str) -> list[dict[str, str]]:
    """How the numbers came about, enough to repeat the run: ``title`` and ``value``."""
    origin, check = result.provenance, result.crosscheck
    limits = origin.plan.thresholds
    versions = ", ".join(f"{name} {version}" for name, version in sorted(origin.versions.items()))
    entries: Mapping[str, str] = {
        later("Rows in the table"): text.number(language, origin.rows),
        later("Table (SHA-256)"): origin.data_sha256,
        later("Model (SHA-256)"): origin.model_sha256 or "",
        later("Audit plan (SHA-256)"): origin.plan_sha256,
        later("Counted with"): origin.engine,
        later("Start number for everything drawn at random"): str(origin.plan.seed),
        later("Not published below this many people"): str(limits.publish_minimum),
        later("Not assessed below this many people"): str(limits.assess_minimum),
        later("Called uncertain below this many people"): str(limits.certain_minimum),
        later("Computed a second time with"): f"{check.library} {check.version}",
        later("Programs used"): versions,
    }
    missing = text.translate(language, later("none"))
    return [
        {"title": text.translate(language, title), "value": value or missing}
        for title, value in entries.items()
    ]
