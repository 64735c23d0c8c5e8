"""Deadlines on the desk and at the system: what, when, whose, and where to go."""

from collections.abc import Callable
from datetime import timedelta

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import DECISION, Cast
from tests.examples.town import Town
from workbench.basics import clock
from workbench.services import Workspace, decisions

BrowserOf = Callable[[str], Browser]


def test_desk_and_system_name_what_is_due(
    town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """With the office, in both languages; before there was a deadline there is no heading."""
    alice, system = browser_of("alice"), f"/systems/{town.open_system}"
    assert 'id="deadlines"' not in alice.page(system)
    body = DECISION.model_copy(update={"review_on": clock.today() + timedelta(days=7)})
    decisions.save(workspace, cast.alice, town.open_phase, body)
    for path in ("/desk", system):
        html = alice.page(path)
        assert pages.problems(html) == []
        assert "Eine Wertentscheidung ist wieder zu prüfen: Dürfen Gesichter" in html
        assert "Stelle: Leitung des Tiefbauamts" in html
        assert f'href="{system}/decisions"' in html
        assert pages.problems(alice.page(f"{path}?lang=en")) == []
