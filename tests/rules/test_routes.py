"""Every route has a rule, and the running app keeps it for everybody."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlmodel import SQLModel
from werkzeug.routing import Map, Rule, UnicodeConverter
from werkzeug.test import TestResponse

from tests.conftest import settings_in
from tests.examples import town as towns
from tests.examples.browser import Browser
from tests.examples.cast import ROLES, Cast, email
from tests.examples.town import Town
from workbench.governance import roles
from workbench.services import Workspace
from workbench.settings import Settings
from workbench.web import guards

KEBAB = re.compile(r"(/([a-z]+(-[a-z]+)*|<>)?(-<>)?(\.[a-z]+)?)+")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Who may do an action, for routes that a project team may not use.
SOMEBODY = {roles.TEAM: "alice", roles.BOARD: "dora", roles.ADMINISTRATION: "frida"}


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, fast_hashing: None) -> Town:  # noqa: ARG001
    """The ids of all that exists."""
    return towns.shared(tmp_path_factory, settings_in)


@pytest.fixture
def settings(town: Town, tmp_path: Path) -> Settings:
    """Settings of a fresh copy of the town."""
    return settings_in(Path(shutil.copytree(town.data, tmp_path / "data")))


@pytest.fixture
def cast(town: Town) -> Cast:
    """The people of the town."""
    return town.cast


@pytest.fixture
def browser_of(client_of: Callable[[str], FlaskClient]) -> Callable[[str], Browser]:
    """The signed-in browser of a member of the cast."""
    return lambda name: Browser(client_of(email(name)))


def rules(app: Flask) -> list[Rule]:
    """All routes but that of the static files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def methods(rule: Rule) -> list[str]:
    """The methods a route answers by itself."""
    return [method for method in METHODS if method in (rule.methods or ())]


def values(town: Town) -> dict[str, object]:
    """A value for each parameter, of things that exist and are Alice's."""
    return {
        "system_id": town.system,
        "phase_id": town.phase,
        "section_id": "purpose",
        "form": "json",
        "question_id": "purpose.problem",
        "condition": "required",
        "comment_id": town.comment,
        "evidence_id": town.evidence,
        "review_id": town.review,
        "position": 1,
        "decision_id": town.decision,
        "dissent_id": town.dissent,
        "dataset_id": town.dataset,
        "audit_id": town.audit,
        "sha256": town.chart,
        "person_id": town.cast.charlie.id,
        "slug": town.slug,
        "number": 1,
        "tongue": "de",
    }


def address(app: Flask, rule: Rule, given: dict[str, object]) -> str:
    """The address of a route with these values."""
    chosen = {name: given[name] for name in rule.arguments}
    return app.url_map.bind("127.0.0.1").build(rule.endpoint, chosen)


def ask(browser: Browser, method: str, path: str) -> TestResponse:
    """The answer to a method, with the form's token where it is sent."""
    return browser.post(path) if method == "POST" else browser.get(path)


def badly_named(rule: Rule) -> bool:
    """Whether a route's address is not in kebab-case or has a parameter of any text."""
    bare = re.sub(r"<[^>]*>", "<>", rule.rule)
    untyped = any(type(each) is UnicodeConverter for each in rule._converters.values())
    return untyped or not KEBAB.fullmatch(bare)


def test_every_route_has_a_rule(app: Flask) -> None:
    """Each route is public or names its action; no name stands in both lists."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == guards.PUBLIC | set(guards.ACTIONS)
    assert not guards.PUBLIC & set(guards.ACTIONS)
    assert set(guards.ACTIONS.values()) <= set(roles.ACTIONS)


def test_a_route_without_a_rule_is_refused(app: Flask) -> None:
    """An app with a route that nobody gave a rule does not start."""
    app._got_first_request = False
    app.add_url_rule("/secret", "secret", lambda: "everything")
    with pytest.raises(RuntimeError, match="secret"):
        guards.complete(app)


def test_addresses_are_kebab_case_with_typed_parameters(app: Flask) -> None:
    """Addresses consist of small words with hyphens, and say what each parameter is."""
    assert not [rule.rule for rule in rules(app) if badly_named(rule)]


@pytest.mark.parametrize("bad", ["/People/all", "/people_all", "/people/<name>", "/a b"])
def test_other_addresses_are_found(bad: str) -> None:
    """Capitals, underscores and parameters of any text are found."""
    rule = Rule(bad, endpoint="bad")
    Map([rule])
    assert badly_named(rule)


def test_anonymous_is_led_to_the_sign_in(app: Flask, town: Town) -> None:
    """Without an account only public routes answer; all others lead to the sign-in."""
    browser = Browser(app.test_client())
    for rule in rules(app):
        for method in methods(rule):
            answer = ask(browser, method, address(app, rule, values(town)))
            if rule.endpoint in guards.PUBLIC:
                assert answer.status_code in (200, 303), (rule, method)
            else:
                assert answer.status_code == 303, (rule, method)
                assert answer.location.startswith("/sign-in"), (rule, method)


def test_a_form_without_token_changes_nothing(app: Flask, town: Town) -> None:
    """A POST without the form's token is refused by every route, public ones too."""
    browser = Browser(app.test_client())
    browser.sign_in("alice")
    for rule in rules(app):
        if "POST" in methods(rule):
            path = address(app, rule, values(town))
            answer = browser.client.post(path, base_url=browser.url)
            action = guards.ACTIONS.get(rule.endpoint)
            refused = 403 if action and not roles.allowed(roles.TEAM, action) else 400
            assert answer.status_code == refused, rule


@pytest.mark.parametrize("name", ["alice", "dora", "frida"])
def test_a_wrong_role_is_refused(
    name: str, app: Flask, town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """Who has another role than a route needs gets 403, for each method."""
    browser, tried = browser_of(name), 0
    for rule in rules(app):
        action = guards.ACTIONS.get(rule.endpoint)
        if action and not roles.allowed(ROLES[name], action):
            for method in methods(rule):
                answer = ask(browser, method, address(app, rule, values(town)))
                assert answer.status_code == 403, (rule, method)
                tried += 1
    assert tried


def test_a_stranger_finds_nothing(
    app: Flask, town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """Charlie has the right role and is no member: whatever is Alice's does not exist for him."""
    browser, tried = browser_of("charlie"), 0
    for rule in rules(app):
        action = guards.ACTIONS.get(rule.endpoint)
        if action and rule.arguments and roles.allowed(roles.TEAM, action):
            for method in methods(rule):
                answer = ask(browser, method, address(app, rule, values(town)))
                assert answer.status_code == 404, (rule, method)
                tried += 1
    assert tried > 20


def test_the_board_does_not_see_what_is_not_submitted(
    app: Flask, town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """A phase that is still being answered does not exist for the board."""
    browser = browser_of("dora")
    given = {**values(town), "phase_id": town.open_phase, "system_id": town.open_system}
    for rule in rules(app):
        mine = roles.allowed(roles.BOARD, guards.ACTIONS.get(rule.endpoint, "people.manage"))
        if mine and rule.endpoint.startswith(("review.", "conditions.", "decisions.")):
            for method in methods(rule):
                answer = ask(browser, method, address(app, rule, given))
                assert answer.status_code in (200, 404), (rule, method)
                assert "Chat der Bücherei" not in answer.get_data(as_text=True)


def test_unknown_ids_are_not_found(
    app: Flask, town: Town, browser_of: Callable[[str], Browser]
) -> None:
    """Ids and names of nothing answer 404, for those who may use the route."""
    unknown: dict[str, object] = {
        name: 999 if isinstance(value, int) else "0" * len(str(value))
        for name, value in values(town).items()
    }
    unknown["tongue"] = "de"
    browsers = {role: browser_of(name) for role, name in SOMEBODY.items()}
    for rule in rules(app):
        if not rule.arguments:
            continue
        action = guards.ACTIONS.get(rule.endpoint, "desk.read")
        role = next(role for role in SOMEBODY if roles.allowed(role, action))
        for method in methods(rule):
            answer = ask(browsers[role], method, address(app, rule, unknown))
            assert answer.status_code == 404, (rule, method)


def contents(workspace: Workspace) -> dict[str, list[str]]:
    """All rows of all tables but that of browser sessions."""
    with workspace.database.reading() as session:
        return {
            table.name: sorted(map(repr, session.connection().execute(select(table))))
            for table in SQLModel.metadata.sorted_tables
            if table.name != "web_session"
        }


def test_reading_changes_nothing(
    app: Flask, town: Town, workspace: Workspace, browser_of: Callable[[str], Browser]
) -> None:
    """After every GET of every route by every role, all tables but the sessions are the same."""
    browsers = [browser_of(name) for name in SOMEBODY.values()]
    before = contents(workspace)
    assert before["journal"]
    for rule in rules(app):
        if "GET" in methods(rule):
            for browser in browsers:
                browser.get(address(app, rule, values(town)))
    assert contents(workspace) == before


def test_other_methods_are_not_allowed(app: Flask, town: Town) -> None:
    """A route answers 405 to every method that it does not name."""
    browser = Browser(app.test_client())
    for rule in rules(app):
        path = address(app, rule, values(town))
        known = {
            method for each in rules(app) if each.rule == rule.rule for method in methods(each)
        }
        for method in set(METHODS) - known:
            answer = browser.client.open(path, method=method, base_url=browser.url)
            assert answer.status_code == 405, (rule, method)
