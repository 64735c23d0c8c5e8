"""HTML → accessible PDF (PDF/UA-1). Fetches nothing, and the same input gives the same bytes."""

import re
from datetime import UTC, datetime
from html import escape
from io import BytesIO

import pikepdf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from workbench.basics.errors import DataRefused, TooLarge
from workbench.basics.text import later
from workbench.reporting import fonts, tagging

# A document of 50 000 paragraphs takes over 40 seconds of computing time: measured.
CHARACTERS = 400_000
EMBEDDED = re.compile(r"data:[\w/+.;=-]+,[^\"')\s]*")
ALLOWED = ("data:image/", "data:font/")
# A relative address needs a base, else WeasyPrint fails on it; this one leads nowhere (RFC 2606).
NOWHERE = "http://nowhere.invalid/"


class EmbeddedOnly(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Gives what a document carries inside itself, and refuses every file and every address.

    ``refused`` lists what was asked for in vain.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The embedded picture or font.

        Raises DataRefused for anything else; WeasyPrint logs it and leaves a gap.
        """
        if url.startswith(ALLOWED):
            return super().fetch(url, headers)
        self.refused.append(url)
        raise DataRefused(f"not embedded: {url[:100]}")


def render(body: str, css: str, *, title: str, language: str, at: datetime) -> bytes:
    """The PDF of an HTML body: tagged, with title, language, and ``at`` as its only date.

    ``css`` is our own print style; the fonts are added. Raises TooLarge above 400 000 characters
    (embedded pictures not counted).
    """
    length = len(EMBEDDED.sub("", body))
    if length > CHARACTERS:
        raise TooLarge(
            later("The document has {length} characters. At most {limit} can be printed."),
            length=length,
            limit=CHARACTERS,
        )
    font_config = FontConfiguration()
    fetcher = EmbeddedOnly()
    styles = [
        weasyprint.CSS(string=sheet, font_config=font_config, url_fetcher=fetcher, base_url=NOWHERE)
        for sheet in (fonts.stylesheet(), css)
    ]
    document = weasyprint.HTML(
        string=_page(body, title=title, language=language, at=at),
        url_fetcher=fetcher,
        base_url=NOWHERE,
    )
    return _finished(
        document.write_pdf(stylesheets=styles, font_config=font_config, pdf_variant="pdf/ua-1")
    )


def _page(body: str, *, title: str, language: str, at: datetime) -> str:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f'<meta name="dcterms.created" content="{moment}">'
        f'<meta name="dcterms.modified" content="{moment}">'
        f"</head><body>{body}</body></html>"
    )


def _finished(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as document:
        tagging.complete(document)
        finished = BytesIO()
        # The identifier is a hash of the content: no clock and no chance in the file.
        document.save(finished, deterministic_id=True)
    return finished.getvalue()
