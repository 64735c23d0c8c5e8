"""PDFs are accessible, reproducible, and made from nothing but what the document carries."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
import weasyprint

from workbench.basics.errors import TooLarge
from workbench.reporting import pdf, tagging

AT = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
SECRET = "root-of-all-secrets"
PIXEL = (
    "data:image/svg+xml;base64,"
    "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiPjxyZWN0IHdpZH"
    "RoPSI5IiBoZWlnaHQ9IjkiLz48L3N2Zz4="
)
TABLE = (
    "<h1>Zahlen</h1><table><caption>Zahlen</caption>"
    '<thead><tr><th scope="col">Gruppe</th><th scope="col">Anteil</th><th scope="col">n</th></tr>'
    '</thead><tbody><tr><th scope="row">Frauen</th><td>25 %</td><td>310</td></tr>'
    '<tr><th scope="row">Männer</th><td>21 %</td><td>690</td></tr></tbody></table>'
)


def render(body: str, css: str = "") -> bytes:
    return pdf.render(body, css, title="Probe", language="de", at=AT)


def streams(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as document:
        return b"".join(
            entry.read_bytes() for entry in document.objects if isinstance(entry, pikepdf.Stream)
        )


def hostile(place: str) -> dict[str, str]:
    """Documents that want something from outside, after the probes of ``security.md``."""
    nested = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{place}'/></svg>"
    return {
        "image": f'<img alt="x" src="{place}">',
        "object": f'<object data="{place}">x</object>',
        "embed": f'<embed src="{place}">',
        "stylesheet": f'<link rel="stylesheet" href="{place}">',
        "import": f'<style>@import url("{place}");</style>',
        "background": f'<p style="background:url({place})">x</p>',
        "content": f"<style>p::before {{ content: url({place}) }}</style><p>x</p>",
        "list": f'<ul style="list-style-image:url({place})"><li>x</li></ul>',
        "font": f'<style>@font-face{{font-family:x;src:url("{place}")}}p{{font-family:x}}</style>'
        "<p>x</p>",
        "attachment": f'<link rel="attachment" href="{place}">',
        "link attachment": f'<a rel="attachment" href="{place}">x</a>',
        "svg image": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{place}"/></svg>',
        "svg use": f'<svg xmlns="http://www.w3.org/2000/svg"><use href="{place}#a"/></svg>',
        "svg in data": f'<img alt="x" src="data:image/svg+xml,{nested}">',
        "base": f'<base href="{place}"><img alt="x" src="other">',
        "xmp": f'<meta name="generator" content="{place}"><img alt="x" src="{place}">',
    }


PLACES = ("file:///etc/passwd", "http://127.0.0.1:9/x", "ftp://127.0.0.1/x", "secret.txt", "//h/x")


@pytest.mark.parametrize("kind", sorted(hostile("x")))
def test_no_document_reads_a_file_or_the_network(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a document asks for from outside is refused, and no byte of it is in the PDF."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []
    fetch = weasyprint.urls.URLFetcher.fetch

    def noted(self: Any, url: str, headers: Any = None) -> Any:
        opened.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(weasyprint.urls.URLFetcher, "fetch", noted)
    places = (*PLACES, secret.as_uri(), str(secret))
    data = render("<h1>x</h1>" + "".join(hostile(place)[kind] for place in places))

    everything = data + streams(data)
    assert SECRET.encode() not in everything
    assert b"root:x:0" not in everything
    assert opened
    assert {url.split(":")[0] for url in opened} == {"data"}


def test_the_probe_notices_a_leak(tmp_path: Path) -> None:
    """The twin: with WeasyPrint's own fetcher the same attachment does reach the PDF."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    body = f"<h1>x</h1>{hostile(secret.as_uri())['attachment']}"

    data = weasyprint.HTML(string=body).write_pdf()

    assert SECRET.encode() in streams(data)


def test_embedded_pictures_are_shown() -> None:
    """A picture that the document carries is drawn and keeps its text alternative."""
    data = render(f'<h1>x</h1><img alt="Ein Quadrat" src="{PIXEL}">')

    with pikepdf.open(BytesIO(data)) as document:
        alternatives = [str(e["/Alt"]) for e, _ in tagging.elements(document) if "/Alt" in e]
    assert alternatives == ["Ein Quadrat"]


def test_title_language_and_date_are_those_given() -> None:
    """The title is text, never markup; the only date in the file is the one given."""
    data = pdf.render("<h1>x</h1>", "", title="Würde </title><b>", language="en", at=AT)

    with pikepdf.open(BytesIO(data)) as document:
        assert document.docinfo["/Title"] == "Würde </title><b>"
        assert document.Root.Lang == "en"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260503120000")
    years = set(re.findall(rb"20\d\d-\d\d-\d\dT[\d:]+", streams(data)))
    assert years == {b"2026-05-03T12:00:00"}


def test_the_same_document_gives_the_same_bytes() -> None:
    """Rendering twice gives one file: what is published can be made again and compared."""
    assert render(TABLE) == render(TABLE)


def test_table_headers_say_what_they_head(tmp_path: Path) -> None:
    """Headers in the head belong to columns, those in the body to rows; pdfua finds nothing."""
    file = tmp_path / "table.pdf"
    file.write_bytes(render(TABLE))

    with pikepdf.open(file) as document:
        scopes = [
            str(element.A.Scope)
            for element, _ in tagging.elements(document)
            if element.get("/S") == "/TH"
        ]
    assert sorted(scopes) == ["/Column"] * 3 + ["/Row"] * 2
    assert pdfua.validate(str(file)).findings == ()


def test_pdfua_notices_missing_scopes(tmp_path: Path) -> None:
    """The twin: without our pass over the headers, pdfua does complain."""
    file = tmp_path / "table.pdf"
    weasyprint.HTML(string=f'<html lang="de"><title>x</title>{TABLE}').write_pdf(
        str(file), pdf_variant="pdf/ua-1"
    )

    assert [finding.rule_id for finding in pdfua.validate(str(file)).findings] == ["UA-15-003"]


def test_a_document_that_is_too_long_is_refused() -> None:
    """More than 400 000 characters are refused before any work; pictures do not count."""
    with pytest.raises(TooLarge, match="400001 characters"):
        render("x" * (pdf.CHARACTERS + 1))

    picture = f'<img alt="x" src="data:image/png;base64,{"A" * (pdf.CHARACTERS + 1)}">'
    assert render(f"<h1>x</h1>{picture}").startswith(b"%PDF")


def test_every_font_is_embedded() -> None:
    """Text, emphasis and page numbers are set in the embedded typeface."""
    data = render(
        "<h1>Grüße</h1><p>Text <em>betont</em></p>",
        'body { font-family: "Fira Sans" }',
    )

    with pikepdf.open(BytesIO(data)) as document:
        names = {
            str(entry.BaseFont)
            for entry in document.objects
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/Font"
        }
    assert names
    assert all("Fira-Sans" in name for name in names)
