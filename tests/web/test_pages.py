"""The rules for pages find what breaks them; pages with mistakes in a form keep them too."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town

GOOD = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Seite – Stadt</title></head>
<body><h1>Seite</h1><label for="a">Name</label><input id="a" name="a"></body></html>"""
BAD = {
    "invalid HTML": ("<h1>Seite</h1>", "<h1>Seite</h2>"),
    "language": ('lang="de"', ""),
    "h1": ("<h1>Seite</h1>", "<h2>Seite</h2>"),
    "title": ("Seite – Stadt", " – Stadt"),
    "id twice": ("<h1>", '<h1 id="a">'),
    "without a label": ('for="a"', ""),
    "leads nowhere": ("<h1>Seite</h1>", '<h1>Seite</h1><a href="#b">b</a>'),
    "picture without text": ("<h1>Seite</h1>", '<h1>Seite</h1><img src="/a.png">'),
    "says nothing": ("<h1>Seite</h1>", "<h1>Seite</h1><button></button>"),
    "inline script": ("<h1>", "<script>1</script><h1>"),
    "inline style": ("</head>", "<style>a{}</style></head>"),
    "inline onclick": ("<h1>", '<h1 onclick="x()">'),
    "active address": ("<h1>Seite</h1>", '<h1>Seite</h1><a href="java\tscript:x()">b</a>'),
    "foreign address": ("<h1>", '<script src="//cdn.example/x.js"></script><h1>'),
}


def test_a_good_page_has_no_problem() -> None:
    """The rules accept a good page."""
    assert pages.problems(GOOD) == []


@pytest.mark.parametrize("rule", BAD)
def test_each_rule_finds_a_page_that_breaks_it(rule: str) -> None:
    """Every rule speaks up for a page that breaks it and nothing else."""
    before, after = BAD[rule]
    assert before in GOOD
    assert any(one.startswith(rule) for one in pages.problems(GOOD.replace(before, after)))


# Address → what is sent wrongly. Names of the town stand in braces.
WRONG: dict[str, dict[str, str]] = {
    "/systems/new": {"name": "", "purpose": "x" * 5000, "department": " ", "contact": ""},
    "/systems/{open_system}/edit": {"name": "x" * 500},
    "/systems/{open_system}/people": {"email": "nobody@musterstadt.example"},
    "/assess/{open_phase}/sections/effect": {
        "effect.cases_per_year": "many",
        "effect.planned_start-day": "31",
        "effect.planned_start-month": "2",
        "effect.planned_start-year": "2027",
    },
    "/assess/{open_phase}/sections/purpose": {"purpose.goal": "x" * 1501},
    "/assess/{open_phase}/sections/data": {
        "data.sources": "",
        "data.sources-0-name": "x" * 5000,
        "data.sources-0-open_data": "javascript:alert(1)",
    },
    "/assess/{open_phase}/decisions": {
        "question": "x" * 5000,
        "decided_on-day": "31",
        "decided_on-month": "2",
        "decided_on-year": "2026",
    },
    "/systems/{open_system}/audits/new": {},
    "/audits/data/{spare_dataset}": {"outcome": "", "edges": "age: old"},
    "/account": {"old": "wrong", "new": "short"},
}


@pytest.mark.parametrize("address", WRONG)
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_a_page_with_mistakes_says_so_and_leads_to_them(
    address: str, language: str, town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """The title begins with "Error:", a summary links to each input, and the page stays valid."""
    browser = browser_of("alice")
    answer = browser.post(f"{address.format(**vars(town))}?lang={language}", WRONG[address])
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200, html
    assert pages.problems(html) == []
    assert pages.title(html).startswith({"de": "Fehler:", "en": "Error:"}[language])
    summary = html.partition('id="error-summary"')[2].partition("</ul>")[0]
    assert 'href="#' in summary


def test_the_board_s_form_says_what_is_missing(
    town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """A comment of blanks and one that is too long are refused with a reason."""
    for body in ("", "   ", "x" * 5001):
        answer = browser_of("dora").post(f"/review/{town.phase}/comments", {"body": body})
        html = answer.get_data(as_text=True)
        assert (answer.status_code, pages.problems(html)) == (200, []), body
        assert pages.title(html).startswith("Fehler:")
        assert "{limit}" not in html


def test_the_administration_s_form_says_what_is_missing(
    browser_of: Callable[[str], Browser],
) -> None:
    """An account without name, role and with a short password is refused with reasons."""
    wrong = {"name": " ", "email": "nobody", "role": "king", "password": "short"}
    answer = browser_of("frida").post("/people/new", wrong)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")


def test_sign_in_says_what_is_missing(visitor: Browser) -> None:
    """Empty fields and a wrong password are told, the password is never sent back."""
    for sent in ({}, {"email": "alice@musterstadt.example", "password": "wrong-password"}):
        html = visitor.post("/sign-in", sent).get_data(as_text=True)
        assert pages.problems(html) == []
        assert pages.title(html).startswith("Fehler:")
        assert "wrong-password" not in html
