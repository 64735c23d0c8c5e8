"""The same security headers on every answer, whatever it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.examples.browser import Browser
from tests.examples.town import Town
from workbench.app import create_app
from workbench.services import Workspace
from workbench.settings import Settings

# Written out once more: a change of the policy has to be made twice, on purpose.
EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Address (names of the town in braces) → status and media type.
PUBLIC = {
    "/": (303, "text/html"),
    "/register": (200, "text/html"),
    "/register?q=straße&lang=en": (200, "text/html"),
    "/register.json": (200, "application/json"),
    "/register/{slug}": (200, "text/html"),
    "/register/{slug}/editions/1": (200, "text/html"),
    "/register/{slug}/editions/1.json": (200, "application/json"),
    "/register/{slug}/editions/1-de.pdf": (200, "application/pdf"),
    "/register/{slug}/editions/1/charts/{chart}.svg": (200, "image/svg+xml"),
    "/about": (200, "text/html"),
    "/guide": (200, "text/html"),
    "/static/app.css": (200, "text/css"),
    "/static/icon.svg": (200, "image/svg+xml"),
    "/static/vendor/kern/kern.min.css": (200, "text/css"),
}
ERRORS = {
    "/nowhere": 404,
    "/register/nothing": 404,
    "/register/{slug}/editions/7.json": 404,
    "/static/nothing.css": 404,
    "/static/../app.py": 404,
    "/sign-out": 405,
}
PRIVATE = {
    "/sign-in": "text/html",
    "/desk": "text/html",
    "/account": "text/html",
    "/systems/{system}": "text/html",
    "/assess/{phase}": "text/html",
    "/assess/{open_phase}/sections/purpose": "text/html",
    "/audits/{audit}": "text/html",
    "/audits/{audit}/charts/{chart}.svg": "image/svg+xml",
    "/review/{phase}": "text/html",
    "/publish/{system}": "text/html",
    "/publish/{system}/charts/{chart}.svg": "image/svg+xml",
}


def gaps(answer: TestResponse) -> dict[str, str | None]:
    """The expected headers that an answer lacks or has otherwise, with what it has."""
    found = {name: answer.headers.getlist(name) for name in EXPECTED}
    return {name: str(values) for name, values in found.items() if values != [EXPECTED[name]]}


def test_a_missing_header_is_found(visitor: Browser) -> None:
    """The check finds a header that is missing, different, or there twice."""
    answer = visitor.get("/register")
    assert gaps(answer) == {}
    answer.headers["Content-Security-Policy"] = "default-src 'self'"
    answer.headers.add("X-Content-Type-Options", "nosniff")
    del answer.headers["Referrer-Policy"]
    assert len(gaps(answer)) == 3


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answers(
    address: str, town: Town, visitor: Browser, browser_of: Callable[[str], Browser]
) -> None:
    """Public pages and files have the headers, set no cookie, do not vary by it, may be cached."""
    path = address.format(**vars(town))
    for browser in (visitor, browser_of("alice")):
        answer = browser.get(path)
        assert (answer.status_code, answer.mimetype) == PUBLIC[address]
        assert gaps(answer) == {}
        assert "Set-Cookie" not in answer.headers
        assert "cookie" not in answer.headers.get("Vary", "").lower()
        assert "no-store" not in answer.headers.get("Cache-Control", "")
        assert "Strict-Transport-Security" not in answer.headers
    assert visitor.get(path).data == browser_of("alice").get(path).data


@pytest.mark.parametrize("address", PRIVATE)
def test_private_answers(address: str, town: Town, browser_of: Callable[[str], Browser]) -> None:
    """Private pages and charts have the headers and are kept by no cache."""
    answer = browser_of("alice").get(address.format(**vars(town)))
    assert (answer.status_code, answer.mimetype) == (200, PRIVATE[address])
    assert gaps(answer) == {}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "cookie" in answer.headers["Vary"].lower()


@pytest.mark.parametrize("address", ERRORS)
def test_errors(address: str, town: Town, visitor: Browser) -> None:
    """Error pages have the headers, set no cookie, and are kept by no cache."""
    answer = visitor.get(address.format(**vars(town)))
    assert answer.status_code == ERRORS[address]
    assert gaps(answer) == {}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_refusals_of_forms(browser_of: Callable[[str], Browser], visitor: Browser) -> None:
    """The pages for a missing token, a wrong role and too much data have the headers too."""
    alice = browser_of("alice")
    answers = {
        400: visitor.client.post("/sign-in", base_url=visitor.url),
        403: alice.get("/people"),
        413: alice.post("/systems/new", {"name": "x" * 1_100_000}),
        303: visitor.get("/desk"),
    }
    for status, answer in answers.items():
        assert (answer.status_code, gaps(answer)) == (status, {})
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_of_the_program(
    app: Flask, visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault is logged whole, told without detail, and has the headers."""

    def broken() -> str:
        return str(1 // 0)

    app.view_functions["public.register"] = broken
    answer = visitor.get("/register")
    assert (answer.status_code, gaps(answer)) == (500, {})
    assert answer.headers["Cache-Control"] == "no-store"
    html = answer.get_data(as_text=True)
    assert "ZeroDivision" not in html
    assert "Traceback" not in html
    assert "ZeroDivisionError" in caplog.text


def test_a_file_that_the_browser_has_is_not_sent_again(town: Town, visitor: Browser) -> None:
    """With the right ETag the answer is 304, with the headers."""
    first = visitor.get(f"/register/{town.slug}")
    again = visitor.get(f"/register/{town.slug}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, gaps(again)) == (304, b"", {})


@pytest.fixture
def encrypted(settings: Settings, workspace: Workspace) -> Browser:
    """A browser of a workbench that people reach by https."""
    url = "https://ki.musterstadt.example"
    made = create_app(replace(settings, url=url), workspace)
    return Browser(made.test_client(), url)


def test_on_https(encrypted: Browser) -> None:
    """On https the browser is told to stay there, and the cookie is bound to this host."""
    answer = encrypted.sign_in("alice")
    assert answer.status_code == 303
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-workbench=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert encrypted.get("/desk").status_code == 200


def test_on_http(visitor: Browser) -> None:
    """On this machine without https the cookie cannot be read by scripts or sent by others."""
    cookie = visitor.sign_in("alice").headers["Set-Cookie"]
    assert cookie.startswith("workbench=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_form_too_large_for_memory_is_refused(
    town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """A form of files sent to a route for text is refused like any that is too large."""
    address = f"/systems/{town.system}/edit"
    answer = browser_of("alice").upload(address, name=(b"x" * 1_100_000, "name.txt"))
    assert (answer.status_code, gaps(answer)) == (413, {})
