"""What holds for every page, as a list of what is wrong with it."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError

LANGUAGES = ("de", "en")
# Elements whose address the browser fetches by itself.
FETCHED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "object": "data"}
FILLED_IN = ("input", "textarea", "select")
UNLABELLED = ("hidden", "submit", "button")
REFERENCES = ("aria-describedby", "aria-labelledby", "for")
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "background")
ACTIVE = ("javascript:", "vbscript:", "data:text")


def elements(html: str) -> list[Element]:
    """All elements in their order; raises ParseError for invalid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return [one for one in parser.parse(html).iter() if isinstance(one.tag, str)]


def links(html: str) -> list[str]:
    """The addresses that the page's links lead to."""
    return [one.attrib["href"] for one in elements(html) if one.tag == "a" and "href" in one.attrib]


def title(html: str) -> str:
    """The page's title."""
    return "".join("".join(one.itertext()) for one in elements(html) if one.tag == "title").strip()


def problems(html: str) -> list[str]:
    """What is wrong with the page; empty when nothing is."""
    try:
        found = elements(html)
    except ParseError as error:
        return [f"invalid HTML: {error}"]
    return [*_frame(found), *_names(found), *_labels(found), *active(found), *_foreign(found)]


def _frame(found: list[Element]) -> Iterator[str]:
    language = next(one for one in found if one.tag == "html").get("lang")
    if language not in LANGUAGES:
        yield f"language: {language}"
    headings = [one for one in found if one.tag == "h1"]
    if len(headings) != 1:
        yield f"h1: {len(headings)}"
    titles = ["".join(one.itertext()).strip() for one in found if one.tag == "title"]
    # Before the dash stands the page's own name, or what belongs to it.
    if not titles or not titles[0].partition("–")[0].strip():
        yield f"title: {titles}"


def _names(found: list[Element]) -> Iterator[str]:
    ids = [one.attrib["id"] for one in found if "id" in one.attrib]
    for double in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"id twice: {double}"
    for one in found:
        wanted = [name for key in REFERENCES for name in one.get(key, "").split()]
        if one.get("href", "").startswith("#"):
            wanted.append(one.attrib["href"][1:])
        for name in wanted:
            if name not in ids:
                yield f"leads nowhere: {one.tag} {name}"


def _labels(found: list[Element]) -> Iterator[str]:
    labelled = {one.get("for") for one in found if one.tag == "label" and _said(one)}
    for one in found:
        if one.tag == "img" and one.get("alt") is None:
            yield f"picture without text: {one.get('src')}"
        if one.tag in ("button", "a", "legend", "th") and not _said(one):
            yield f"says nothing: {one.tag} {one.attrib}"
        if one.tag not in FILLED_IN or one.get("type") in UNLABELLED:
            continue
        if one.get("id") not in labelled and not one.get("aria-label"):
            yield f"without a label: {one.get('name')}"


def _said(one: Element) -> bool:
    return bool("".join(one.itertext()).strip() or one.get("aria-label"))


def active(found: list[Element]) -> Iterator[str]:
    """What could run: inline scripts and styles, event handlers, script addresses."""
    for one in found:
        bare = one.tag == "script" and not one.get("src")
        if bare or one.tag in ("style", "base", "iframe") or "http-equiv" in one.attrib:
            yield f"inline {one.tag}"
        for key, value in one.attrib.items():
            name = str(key).lower()
            if name == "style" or name.startswith("on"):
                yield f"inline {name} on {one.tag}"
            if name in ADDRESSES and "".join(value.split()).lower().startswith(ACTIVE):
                yield f"active address on {one.tag}: {value[:40]}"


def _foreign(found: list[Element]) -> Iterator[str]:
    for one in found:
        address = one.get(FETCHED.get(one.tag, ""), "")
        parts = urlsplit(address)
        if parts.netloc or parts.scheme not in ("", "data"):
            yield f"foreign address: {one.tag} {address}"
