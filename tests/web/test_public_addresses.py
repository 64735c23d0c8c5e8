"""Addresses of the public register: what exists answers, everything else is not found."""

import json
from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town
from workbench.audit import resultfile


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "9" * 5000, "1.5", "٣", "%00"])
def test_numbers_that_no_edition_has_are_not_found(
    number: str, visitor: Browser, town: Town
) -> None:
    """However large or odd a number in an address is, the answer is 404."""
    for path in (f"editions/{number}", f"editions/{number}.json", f"editions/{number}-de.pdf"):
        assert visitor.get(f"/register/{town.slug}/{path}").status_code == 404, path


def test_the_number_of_an_edition_that_exists_is_found(visitor: Browser, town: Town) -> None:
    """Edition 1 exists as page, data and document; edition 2 does not."""
    for kind in ("", ".json", "-de.pdf", "-en.pdf"):
        assert visitor.get(f"/register/{town.slug}/editions/1{kind}").status_code == 200
        assert visitor.get(f"/register/{town.slug}/editions/2{kind}").status_code == 404


def test_the_schema_of_results_stands_where_its_id_says(visitor: Browser) -> None:
    """Whoever has a result.json finds what its fields mean, without an account."""
    answer = visitor.get(f"/schema/{resultfile.SCHEMA_ID}")
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    assert answer.get_data() == resultfile.schema()
    assert json.loads(answer.get_data())["$id"] == resultfile.SCHEMA_ID
    for other in ("0", "2", "x"):
        assert visitor.get(f"/schema/ki-werkbank/audit-result/{other}").status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "%00", "..%2f..", "STRASSE", "a" * 200, "<b>", "ü"])
def test_a_system_that_nobody_published_is_not_found(slug: str, visitor: Browser) -> None:
    """The page says so and does not repeat the address."""
    answer = visitor.get(f"/register/{slug}")
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (404, [])


def test_what_is_not_published_is_not_in_the_register(
    visitor: Browser, browser_of: Callable[[str], Browser]
) -> None:
    """The register lists the published system; the other is on Alice's desk only."""
    for address in ("/register", "/register.json", "/register?q=chat"):
        assert "Chat der Bücherei" not in visitor.page(address)
    assert "Chat der Bücherei" in browser_of("alice").page("/desk")


@pytest.mark.parametrize(
    ("words", "found"),
    [("straße", True), ("STRASSE kamera", True), ("bauamt", True), ("mond", False), ("", True)],
)
def test_the_search(words: str, found: bool, visitor: Browser, town: Town) -> None:
    """All words have to occur in name, purpose or office, in whatever case."""
    html = visitor.page("/register", query_string={"q": words})
    assert pages.problems(html) == []
    assert (f'href="/register/{town.slug}"' in html) is found


def test_an_endless_search_is_cut(visitor: Browser) -> None:
    """A search of many thousand letters is a page like any other, with its first 200."""
    html = visitor.page("/register", query_string={"q": "x" * 5000})
    field = next(one for one in pages.elements(html) if one.get("id") == "q")
    assert field.get("value") == "x" * 200
