"""The pages of forms of other bodies: valid, linked, with files to take along."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import settings_in
from tests.examples import cast as examples
from tests.examples import pages, quickly, road_damage
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from workbench.services import Workspace, assessments
from workbench.settings import Settings

FORMS = ("algoritmeregister", "annex-viii-c", "atrs", "crosswalk", "dpia", "fria")


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    """An installation without a system."""
    return settings_in(Path(shutil.copytree(prepared, tmp_path / "data")))


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """With the questionnaires as they are."""
    opened = quickly.opened(settings)
    yield opened
    opened.database.engine.dispose()


@pytest.fixture
def cast(workspace: Workspace) -> Cast:
    """The people."""
    return examples.invite(workspace)


@pytest.fixture
def start(workspace: Workspace, cast: Cast) -> str:
    """The address of the forms of a system that is answered and names a person."""
    system_id, phase_id = road_damage.answered(workspace, cast)
    seen = {"chain_conception.chain": 1}
    assessments.save_section(workspace, cast.alice, phase_id, road_damage.CHAIN, seen)
    return f"/systems/{system_id}/forms"


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_every_form_is_a_valid_page(
    language: str, start: str, browser_of: Callable[[str], Browser]
) -> None:
    """The list leads to each form; every link of every page exists."""
    browser, links = browser_of("bob"), set[str]()
    for address in (start, *(f"{start}/{name}" for name in FORMS)):
        answer = browser.get(f"{address}?lang={language}")
        html = answer.get_data(as_text=True)
        assert (answer.status_code, pages.problems(html)) == (200, [])
        links |= {link for link in pages.links(html) if link.startswith(("/systems/", "/assess/"))}
    assert {f"{start}/{name}" for name in FORMS} <= {link.partition("?")[0] for link in links}
    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_an_empty_form_leads_to_its_questions(
    workspace: Workspace, cast: Cast, browser_of: Callable[[str], Browser]
) -> None:
    """What is required and missing comes first, with links, or the phase in which it is asked."""
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    html = browser_of("alice").get(f"/systems/{system_id}/forms/dpia").get_data(as_text=True)
    assert pages.problems(html) == []
    missing = html.partition('id="missing"')[2].partition("</dl>")[0]
    assert f"/assess/{phase_id}/sections/law" in missing
    assert "die Frage kommt in der Phase Erster Einsatz" in missing
    assert html.index('id="missing"') < html.index('id="fields"')


def test_a_public_form_says_what_it_leaves_out(
    start: str, browser_of: Callable[[str], Browser]
) -> None:
    """Internal words stand in the form for authorities only."""
    browser = browser_of("alice")
    for name, internal in (("atrs", False), ("crosswalk", True)):
        html = browser.get(f"{start}/{name}").get_data(as_text=True)
        assert (road_damage.PERSON in html) is internal
        assert ("Weggelassen" in html) is not internal
        assert "Noch ein Entwurf" in html


@pytest.mark.parametrize(("kind", "media"), [("json", "application/json"), ("csv", "text/csv")])
def test_a_form_is_taken_along(
    kind: str, media: str, workspace: Workspace, cast: Cast, browser_of: Callable[[str], Browser]
) -> None:
    """As a file with a name of its own; its addresses lead to the published edition."""
    system_id, phase_id = road_damage.answered(workspace, cast)
    slug = road_damage.publish(workspace, cast, system_id, phase_id)
    browser = browser_of("frida")
    answer = browser.get(f"/systems/{system_id}/forms/crosswalk/en.{kind}")
    assert (answer.status_code, answer.mimetype) == (200, media)
    name = f"{slug}-crosswalk-en.{kind}"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    address = f"/register/{slug}/editions/1.json"
    assert address in answer.get_data(as_text=True)
    assert browser.get(address).status_code == 200


def test_others_find_nothing(start: str, browser_of: Callable[[str], Browser]) -> None:
    """No unknown form; nothing for strangers; the board reads the submitted assessment instead."""
    alice = browser_of("alice")
    for address in ("weather", "weather/de.csv", "atrs/fr.csv", "atrs/de.xml"):
        assert alice.get(f"{start}/{address}").status_code == 404
    for name, status in (("charlie", 404), ("dora", 403)):
        assert browser_of(name).get(f"{start}/atrs").status_code == status
