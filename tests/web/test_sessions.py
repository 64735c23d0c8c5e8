"""Sessions begin with the sign-in, and end for good."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.examples.browser import Browser
from tests.examples.cast import PASSWORD, Cast, email
from workbench.basics import clock
from workbench.services import Workspace, people


def reaches_desk(browser: Browser) -> bool:
    """Whether the browser is signed in."""
    return browser.get("/desk").status_code == 200


def stolen(app: Flask, browser: Browser) -> Browser:
    """Another browser with the same cookie."""
    other = Browser(app.test_client())
    other.client.set_cookie("workbench", browser.cookie() or "", domain="127.0.0.1")
    return other


def test_a_stolen_cookie_would_work(app: Flask, browser_of: Callable[[str], Browser]) -> None:
    """The tests below mean something: until the session ends, a copied cookie is signed in."""
    assert reaches_desk(stolen(app, browser_of("alice")))
    assert not reaches_desk(Browser(app.test_client()))


def test_signing_out_kills_the_cookie(app: Flask, browser_of: Callable[[str], Browser]) -> None:
    """After signing out the cookie is gone, and a copy of it is worth nothing."""
    browser = browser_of("alice")
    copy = stolen(app, browser)
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/register")
    assert browser.cookie() is None
    assert not reaches_desk(copy)


def test_a_new_password_ends_all_sessions(app: Flask, browser_of: Callable[[str], Browser]) -> None:
    """Who changes the password is signed out everywhere, and signs in with the new one."""
    browser, elsewhere = browser_of("alice"), browser_of("alice")
    answer = browser.post("/account", {"old": PASSWORD, "new": "another sentence for tests"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not reaches_desk(browser)
    assert not reaches_desk(elsewhere)
    fresh = Browser(app.test_client())
    assert fresh.sign_in("alice").status_code == 200
    sent = {"email": email("alice"), "password": "another sentence for tests"}
    assert fresh.post("/sign-in", sent).status_code == 303


def test_a_disabled_account_is_out_at_once(
    cast: Cast, browser_of: Callable[[str], Browser], visitor: Browser
) -> None:
    """The administration disables an account: its sessions end with the next request."""
    alice, frida = browser_of("alice"), browser_of("frida")
    answer = frida.post(f"/people/{cast.alice.id}/activity", {"active": "no"})
    assert answer.status_code == 303
    assert not reaches_desk(alice)
    assert visitor.sign_in("alice").status_code == 200
    frida.post(f"/people/{cast.alice.id}/activity", {"active": "yes"})
    assert visitor.sign_in("alice").status_code == 303


def test_nobody_locks_themselves_out(cast: Cast, browser_of: Callable[[str], Browser]) -> None:
    """The administration cannot disable the account it works with; that is told, not an error."""
    frida = browser_of("frida")
    answer = frida.post(f"/people/{cast.frida.id}/activity", {"active": "no"})
    assert answer.status_code == 403
    assert reaches_desk(frida)


def test_signing_in_begins_a_new_session(app: Flask, visitor: Browser) -> None:
    """A cookie planted before the sign-in is worth nothing after it, nor is its form token."""
    token = visitor.token()
    before, copy = visitor.cookie(), stolen(app, visitor)
    visitor.sign_in("alice")
    assert before != visitor.cookie()
    assert not reaches_desk(copy)
    old = visitor.client.post("/sign-out", base_url=visitor.url, data={"csrf_token": token})
    assert old.status_code == 400
    assert reaches_desk(visitor)


@pytest.mark.parametrize("cookie", ["", "x", "0" * 43, "ü" * 10, "a" * 4000, "' or 1=1 --"])
def test_a_made_up_cookie_is_nobody(cookie: str, app: Flask) -> None:
    """A cookie that nobody was given signs nobody in and breaks nothing."""
    browser = Browser(app.test_client())
    sent = f"workbench={cookie}".encode().decode("latin-1")
    answer = browser.get("/desk", headers={"Cookie": sent})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/desk")


@pytest.mark.parametrize(
    ("pauses", "signed_in"),
    [([29], True), ([31], False), ([29, 29, 29], True), ([29] * 25, False)],
)
def test_sessions_run_out(
    pauses: list[int],
    signed_in: bool,
    browser_of: Callable[[str], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A session ends after 30 minutes without a request, and after 12 hours in any case."""
    browser, now = browser_of("alice"), clock.now()
    for pause in pauses:
        now += timedelta(minutes=pause)
        monkeypatch.setattr(clock, "now", lambda at=now: at)
        last = reaches_desk(browser)
    assert last is signed_in


def test_ten_wrong_passwords(visitor: Browser, workspace: Workspace) -> None:
    """After ten tries in 15 minutes even the right password waits; the text stays the same."""
    unknown = {"email": "nobody@musterstadt.example", "password": "x"}
    known = {"email": email("alice"), "password": "x"}
    for _ in range(people.TRIES):
        told = [visitor.post("/sign-in", sent) for sent in (unknown, known)]
        assert [answer.status_code for answer in told] == [200, 200]
        assert all("stimmt nicht" in answer.get_data(as_text=True) for answer in told)
    assert "Zu viele Versuche" in visitor.sign_in("alice").get_data(as_text=True)
    assert people.everybody(workspace, people.sign_in(workspace, email("frida"), PASSWORD, "x"))
