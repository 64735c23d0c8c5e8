"""One edition of a transparency record as an accessible PDF."""

from base64 import b64encode
from collections.abc import Mapping

from workbench import resources
from workbench.basics import text
from workbench.basics.errors import NotFound
from workbench.basics.text import later
from workbench.disclosure import reading
from workbench.disclosure.record import TransparencyRecord
from workbench.reporting import pdf
from workbench.reporting.environment import environment, plain

TEMPLATE = "edition/edition.html"
STYLE = "edition/edition.css"


def edition_pdf(
    record: TransparencyRecord,
    language: str,
    charts: Mapping[str, str],
    fingerprint: str,
) -> bytes:
    """The PDF of exactly this record, with ``fingerprint``, the hash of its JSON, on each page.

    ``charts`` maps the SHA-256 of each chart to its SVG text; raises NotFound when one that the
    record names is missing, and TooLarge when the document is too long.
    """
    context = {
        **reading.context(
            record,
            language,
            fingerprint=fingerprint,
            chart_url=lambda name: _embedded(charts, name),
            links={},
        ),
        "in_print": True,
    }
    if not plain(context):
        raise TypeError("a print template gets text, numbers, dates, lists and maps only")
    return pdf.render(
        environment(language).get_template(TEMPLATE).render(context),
        (resources.folder("reports") / STYLE).read_text(encoding="utf-8"),
        title=_title(record, language),
        language=language,
        at=record.published_at,
    )


def _title(record: TransparencyRecord, language: str) -> str:
    return text.translate(
        language,
        later("{system}: transparency record, edition {n}"),
        {"system": record.system.name, "n": record.number},
    )


def _embedded(charts: Mapping[str, str], name: str) -> str:
    if name not in charts:
        raise NotFound(later("The chart {id} of this edition is missing."), id=name)
    return f"data:image/svg+xml;base64,{b64encode(charts[name].encode()).decode()}"
