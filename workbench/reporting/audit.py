"""The report of one audit: a page that carries everything inside itself, and an accessible PDF."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from workbench import resources
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words
from workbench.basics import clock, text
from workbench.basics.text import later
from workbench.disclosure import checks, plan_words
from workbench.reporting import pdf
from workbench.reporting.environment import environment, plain

TEMPLATE = "audit/audit.html"
SCREEN = "audit/screen.css"
PRINT = ("edition/edition.css", "audit/print.css")
TITLE = later("Check for discrimination: {attributes}")


@dataclass(frozen=True)
class Fixed:
    """When the plan was fixed, before any result, and by whom: an office or a capacity."""

    at: datetime
    by: str


def audit_html(
    result: AuditResult, language: str, charts: Mapping[str, str], *, fixed: Fixed | None = None
) -> str:
    """The report as one HTML file in one language: no script, nothing from elsewhere.

    ``charts`` maps the name of each chart to its SVG in this language; a chart that is missing is
    left out, as its table says the same. A result that is not ``published`` makes an internal
    report, which says so at the top and explains single rows.
    """
    style = _style(SCREEN)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_title(result, language))}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{_body(result, language, charts, fixed, in_print=False)}\n</body>\n</html>\n"
    )


def audit_pdf(
    result: AuditResult, language: str, charts: Mapping[str, str], *, fixed: Fixed | None = None
) -> bytes:
    """The same report as a tagged PDF (PDF/UA-1), for keeping and for meetings.

    The longest tables are named and left to the data file. Its only date is that of the plan;
    without one, the present. Raises TooLarge when the document is too long.
    """
    return pdf.render(
        _body(result, language, charts, fixed, in_print=True),
        "\n".join(map(_style, PRINT)),
        title=_title(result, language),
        language=language,
        at=fixed.at if fixed else clock.now(),
    )


def _body(
    result: AuditResult,
    language: str,
    charts: Mapping[str, str],
    fixed: Fixed | None,
    *,
    in_print: bool,
) -> str:
    context = {**_context(result, language, charts, fixed), "in_print": in_print}
    if not plain(context):
        raise TypeError("a print template gets text, numbers, dates, lists and maps only")
    return environment(language).get_template(TEMPLATE).render(context)


def _context(
    result: AuditResult, language: str, charts: Mapping[str, str], fixed: Fixed | None
) -> dict[str, Any]:
    plan = result.provenance.plan

    def picture(name: str) -> str | None:
        return _embedded(charts[name]) if name in charts else None

    return {
        "language": language,
        "title": _title(result, language),
        "internal": not result.is_published,
        "fixed": {"at": fixed.at, "by": fixed.by} if fixed else None,
        "check": checks.result_reading(result, language, picture),
        "plan": plan_words.reading(plan, language),
        "methods": plan_words.methods(result, language),
        "plan_hash": result.provenance.plan_sha256,
    }


def _title(result: AuditResult, language: str) -> str:
    plan = result.provenance.plan
    named = ", ".join(column_words(plan, name, language) for name in plan.attributes)
    return text.translate(language, TITLE, {"attributes": named})


def _embedded(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _style(file: str) -> str:
    return (resources.folder("reports") / file).read_text(encoding="utf-8")
