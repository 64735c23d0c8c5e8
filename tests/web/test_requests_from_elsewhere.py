"""What other sites can make a browser do: nothing."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.town import Town
from workbench.web.urls import safe_next

DESCRIPTION = {"name": "Neu", "purpose": "Neu", "department": "Amt", "contact": "amt@example.org"}
# Each would leave the host in some browser, or break the answer.
ELSEWHERE = (
    "https://evil.example", "http://evil.example/", "HTTPS://evil.example", "//evil.example",
    "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/\x00/evil.example",
    "\x01//evil.example", " //evil.example", "\t//evil.example", "/ /evil.example",
    "https:evil.example", "https:/evil.example", "http:///evil.example", "javascript:alert(1)",
    "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:x", "ftp://evil.example", "file:///etc/passwd", "mailto:x@evil.example",
    "evil.example", "evil.example/path", "@evil.example", "https://127.0.0.1:8000@evil.example",
    "https://127.0.0.1:8000.evil.example", "//127.0.0.1:8000@evil.example", "//[::1", "/\x7f/x",
    "/\u2028/evil.example\r\nSet-Cookie: a=b", "/x\r\nLocation: https://evil.example",
    "/" + "a" * 2001, "?next=//evil.example",
)  # fmt: skip


def outside(location: str) -> bool:
    """Whether a browser would leave the host for this address."""
    return not location.startswith("/") or location.startswith(("//", "/\\"))


def test_outside_is_recognised() -> None:
    """The check knows an address that leaves the host."""
    assert outside("//evil.example")
    assert outside("https://evil.example")
    assert not outside("/desk?lang=en")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_sign_in_leads_to_no_other_host(target: str, visitor: Browser) -> None:
    """Whatever stands in ``next``, the sign-in leads to a page of this host."""
    assert len(ELSEWHERE) == 40
    assert safe_next(target) is None
    page = visitor.get("/sign-in", query_string={"next": target})
    assert page.status_code == 200
    assert pages.problems(page.get_data(as_text=True)) == []
    answer = visitor.sign_in("alice", query_string={"next": target})
    assert (answer.status_code, answer.location) == (303, "/desk")
    assert "Set-Cookie: a=b" not in str(answer.headers)


@pytest.mark.parametrize("target", ["/desk", "/account?lang=en", "/systems/new"])
def test_the_sign_in_leads_back(target: str, visitor: Browser) -> None:
    """A page of this host that needed the sign-in is shown after it, in its language."""
    led = visitor.get(target)
    assert led.status_code == 303
    address = led.location
    form = visitor.page(address).split('<form class="form"')[1].split('action="')[1].split('"')[0]
    sent = form.replace("&amp;", "&")
    answer = visitor.post(
        sent, {"email": "alice@musterstadt.example", "password": "a sentence for tests"}
    )
    assert answer.status_code == 303
    assert answer.location == target


def test_a_form_without_its_token_is_refused(browser_of: Callable[[str], Browser]) -> None:
    """Without the token nothing is saved; the page says what to do."""
    browser = browser_of("alice")
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": "ü.x.y"}):
        answer = browser.client.post(
            "/systems/new", base_url=browser.url, data={**DESCRIPTION, **token}
        )
        html = answer.get_data(as_text=True)
        assert (answer.status_code, pages.problems(html)) == (400, [])
        assert "Laden Sie" in html
    assert browser.post("/systems/new", DESCRIPTION).status_code == 303


def test_the_token_of_another_session_is_refused(browser_of: Callable[[str], Browser]) -> None:
    """A token belongs to the session it was made for."""
    alice, bob = browser_of("alice"), browser_of("bob")
    answer = alice.client.post(
        "/systems/new", base_url=alice.url, data={**DESCRIPTION, "csrf_token": bob.token()}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("", 403), ("same-origin", 303), ("none", 303)],
)
def test_a_form_sent_by_another_site_is_refused(
    site: str, status: int, browser_of: Callable[[str], Browser]
) -> None:
    """Even with the right token, a form that the browser says comes from elsewhere is refused."""
    answer = browser_of("alice").post("/systems/new", DESCRIPTION, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == status


def test_a_link_from_another_site_still_works(visitor: Browser, town: Town) -> None:
    """Reading is not refused: other sites may link to the register."""
    answer = visitor.get(f"/register/{town.slug}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "127.0.0.1.evil.example", "evil.example:8000", "localhost", "[::1]:8000",
        "127.0.0.1@evil.example", "127.0.0.1:8000, evil.example", "", " ", "127.0.0.1/x",
    ],
)  # fmt: skip
def test_a_foreign_host_is_refused(host: str, app: Flask, town: Town) -> None:
    """A request for another host gets a 400 page that does not repeat the host."""
    browser = app.test_client()
    for path in ("/register", f"/register/{town.slug}", "/sign-in", "/nowhere", "/static/app.css"):
        answer = browser.get(path, base_url="http://127.0.0.1:8000", headers={"Host": host})
        html = answer.get_data(as_text=True)
        assert answer.status_code == 400, path
        assert pages.problems(html) == []
        assert "evil.example" not in html


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "///evil.example/x",
        "/\\evil.example",
        "/%2f%2fevil.example",
        "/%5cevil",
        "/%0d%0ax",
    ],
)
def test_no_page_links_to_another_host(path: str, visitor: Browser) -> None:
    """However odd the address that is asked for, the links of its page stay on this host."""
    answer = visitor.client.get(
        base_url=visitor.url, path=path, environ_overrides={"PATH_INFO": unquote(path)}
    )
    html = answer.get_data(as_text=True)
    assert answer.status_code in (308, 404)
    if answer.status_code == 308:
        assert urlsplit(answer.location).netloc in ("", "127.0.0.1:8000")
        assert not urlsplit(answer.location).path.startswith("//")
        return
    assert pages.problems(html) == []
    assert not [link for link in pages.links(html) if outside(link) and not link.startswith("#")]
