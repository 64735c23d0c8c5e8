"""The body of the public page: one structure for page, preview and PDF, readable by everybody."""

from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest

from workbench.basics import text
from workbench.disclosure import reading
from workbench.disclosure.record import TransparencyRecord
from workbench.reporting.environment import environment

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = ("procedure", "phases", "in_work", "audits", "not_published")


def body(record: TransparencyRecord, language: str = "en") -> str:
    context = reading.context(
        record,
        language,
        fingerprint="0123456789abcdef" * 4,
        chart_url=lambda name: f"/charts/{name}.svg",
        links={"json": "/x.json", "pdf": "/x.pdf"},
    )
    return environment(language).get_template("public/record.html").render(context)


def parsed(html: str) -> Element:
    """The elements; html5lib in strict mode refuses anything that is no valid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(f"<!doctype html><html><head></head><body>{html}</body></html>")
    return tree


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module", params=["de", "en"])
def page(request: pytest.FixtureRequest, record: TransparencyRecord) -> Element:
    return parsed(body(record, request.param))


def test_one_h1_and_no_level_left_out(page: Element) -> None:
    levels = [
        int(element.tag[1]) for element in page.iter() if element.tag in {"h1", "h2", "h3", "h4"}
    ]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_of_the_contents_lands(page: Element) -> None:
    """The contents list names each chapter once, in order, and ids are unique."""
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    targets = [link.get("href", "")[1:] for link in page.findall(".//nav//a")]
    chapters = [heading.get("id") for heading in page.findall(".//section/h2")]

    assert len(ids) == len(set(ids))
    assert targets == chapters


def test_tables_say_what_they_are(page: Element) -> None:
    """Caption, scope, and a region that scrolls with the keyboard on narrow screens."""
    regions = page.findall(".//div[@role='region']")

    assert len(regions) == len(page.findall(".//table")) > 0
    for region in regions:
        assert region.get("tabindex") == "0"
        assert region.get("aria-label") == words(region.findall(".//caption")[0])
        assert {cell.get("scope") for cell in region.iter("th")} == {"col", "row"}


def test_pictures_have_their_text(page: Element) -> None:
    pictures = page.findall(".//img")

    assert pictures
    assert all(picture.get("alt") for picture in pictures)


def test_nothing_needs_styles_or_scripts_of_its_own(page: Element) -> None:
    """What a strict content security policy forbids is not there."""
    assert not page.findall(".//script")
    assert not page.findall(".//style")
    assert not [element for element in page.iter() if element.get("style")]


def test_text_of_the_town_is_never_markup(record: TransparencyRecord) -> None:
    assert "hält &lt;b&gt;jede&lt;/b&gt; Schätzung" in body(record)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_only_web_addresses_become_links(record: TransparencyRecord, address: str) -> None:
    """Whatever stands in an answer of type link: the page links to http and https only."""
    data = record.model_dump_json().replace(
        "https://www.musterstadt.example/ratsvorlage-17", address
    )

    links = parsed(body(TransparencyRecord.model_validate_json(data))).findall(".//a")

    assert address not in {link.get("href") for link in links}


def test_an_example_is_called_an_example(record: TransparencyRecord) -> None:
    """The banner stands there for fictitious examples, and only for them."""
    real = record.model_copy(update={"example": False})

    assert "This is an example" in body(record)
    assert "This is an example" not in body(real)


def test_a_system_that_ended_says_so(record: TransparencyRecord) -> None:
    """At the top, with its day, and where the duties stand; the twin in use does not."""
    day = date(2030, 6, 30)
    ended = record.model_copy(
        update={"conclusions": record.conclusions.model_copy(update={"ended_on": day})}
    )

    for language, since, only in (
        ("de", f"Nicht mehr in Betrieb seit {text.day('de', day)}", "Der Betrieb ist beendet."),
        ("en", f"No longer in use since {text.day('en', day)}", "The use has ended."),
    ):
        shown, used = (words(parsed(body(one, language))) for one in (ended, record))
        assert since in shown
        assert only in shown
        assert since not in used
        assert only not in used


def test_gaps_and_what_is_kept_back_are_visible(record: TransparencyRecord) -> None:
    shown = words(parsed(body(record)))

    assert "What is to be better? not stated" in shown
    assert "Who can be asked within the town? Not published." in shown
    assert "Only the technical side took part in this decision" in shown


def test_a_bare_record_is_a_page_too(record: TransparencyRecord) -> None:
    """An edition with nothing in it renders, with "not stated" in every chapter."""
    bare = record.model_copy(update=dict.fromkeys(LISTS, ()))

    assert words(parsed(body(bare))).count("not stated") >= 8
