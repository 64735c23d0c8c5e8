"""An audit as somebody reads it: sentences first, then what is behind them, in one language.

Plain values only; every number is already text, with its interval and what weakens it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from workbench.audit.parts import Provenance
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import figure
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import beside_tables, explained, found, score_tables, tables
from workbench.disclosure.explained import Picture
from workbench.disclosure.record import Audit

BYTES, SECONDS = later("{n} bytes"), later("{n} seconds")
ChartUrl = Callable[[str], str]  # hash of a chart → its address


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
        "n": result.overall.n or result.provenance.rows,
        "published": result.is_published,
        "findings": found.blocks(result, language),
        "further": found.further(result, language),
        "reasons": found.say(found.named(result, (found.REASONS,)), language),
        "tables": [
            _attribute(result, name, language, picture)
            for name in tables.names(result)
            if name in plan.attributes
        ],
        "calibration": score_tables.overall_calibration(result, language),
        "combined": [_combined(result, name, language) for name in combined],
        "explanation": explained.reading(result, language, picture),
        "method": found.say(found.named(result, found.METHOD), language),
        "provenance": _provenance(result, language),
    }


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
        "told": found.by_kind(found.below(result, name), language),
        "beside": beside_tables.beside(result, name, language),
        "calibration": score_tables.calibration(result, name, language),
        "calibration_charts": explained.charts(result, f"calibration/{name}", language, picture),
        "tradeoff": score_tables.tradeoff(result, name, language),
        "tradeoff_charts": explained.charts(result, f"tradeoff/{name}", language, picture),
        "proxies": score_tables.proxies(result, name, language),
        "proxy_charts": explained.charts(result, f"proxies/{name}", language, picture),
    }


def _combined(result: AuditResult, name: str, language: str) -> dict[str, Any]:
    """The tables of several attributes combined, and what needs a response there.

    Gaps without a value are left out.
    """
    made = tables.table(result, name, language)
    return {
        **made,
        "gaps": [gap for gap in made["gaps"] if gap["value"]],
        "calibration": score_tables.combined_calibration(result, name, language),
        "told": found.by_kind(found.combined(result, name), language),
    }


def _provenance(result: AuditResult, language: str) -> list[dict[str, str]]:
    """How the numbers came about, enough to repeat the run: ``title`` and ``value``."""
    origin, check = result.provenance, result.crosscheck
    limits = origin.plan.thresholds
    versions = ", ".join(f"{name} {version}" for name, version in sorted(origin.versions.items()))
    entries: Mapping[str, str] = {
        later("Rows in the table"): text.number(language, origin.rows),
        later("Size of the table"): _bytes(origin.data_size, language),
        later("Table (SHA-256)"): origin.data_sha256,
        later("Size of the model"): _bytes(origin.model_size, language),
        later("Model (SHA-256)"): origin.model_sha256 or "",
        **_background(origin, language),
        later("Audit plan (SHA-256)"): origin.plan_sha256,
        later("Counted with"): origin.engine,
        later("Start number for everything drawn at random"): str(origin.plan.seed),
        later("Not published below this many people"): str(limits.publish_minimum),
        later("Not assessed below this many people"): str(limits.assess_minimum),
        later("Called uncertain below this many people"): str(limits.certain_minimum),
        later("Computed a second time with"): f"{check.library} {check.version}",
        later("Programs used"): versions,
        later("Computing time"): _seconds(origin.seconds, language),
    }
    missing = text.translate(language, later("none"))
    return [
        {"title": text.translate(language, title), "value": value or missing}
        for title, value in entries.items()
    ]


def _background(origin: Provenance, language: str) -> Mapping[str, str]:
    """The sample that was handed in for the explanation, if there is one."""
    if origin.background_rows is None:
        return {}
    return {
        later("Rows of the background sample"): text.number(language, origin.background_rows),
        later("Size of the background sample"): _bytes(origin.background_size, language),
        later("Background sample (SHA-256)"): origin.background_sha256 or "",
    }


def _bytes(size: int | None, language: str) -> str:
    return "" if size is None else text.translate(language, BYTES, {"n": size})


def _seconds(spent: float | None, language: str) -> str:
    if spent is None:
        return text.translate(language, later("not stated"))
    return text.translate(language, SECONDS, {"n": figure(language, spent, 1)})
