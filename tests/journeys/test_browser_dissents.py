"""Minority opinions and evidence of a value decision in a browser, by keyboard; axe looks on."""

import pytest
from playwright.sync_api import Browser as Chromium

from tests.examples import cast as examples
from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.running import Running
from tests.examples.visit import backed, opposed, signed_in, visiting
from workbench.services import Workspace, decisions, people, publications, reviews

OWN, NOTED, GUEST = "Das geht zu weit.", "Zu teuer.", "Uns hat niemand gefragt."


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_opinions_from_the_meeting_to_the_public_page(
    scripts: bool, chromium: Chromium, running: Running
) -> None:
    """Alice adds her own and takes minutes for others; Bob finds his on his desk, and confirms."""
    workspace = running.workspace
    cast = Cast(
        **{one: people.sign_in(workspace, email(one), PASSWORD, "test") for one in examples.ROLES}
    )
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    examples.answer(workspace, cast, phase_id)
    (entry,) = decisions.view(workspace, cast.alice, phase_id).decisions
    with signed_in(chromium, running, "alice", scripts=scripts) as alice:
        alice.page.goto(f"{running.url}/decisions/{entry.id}")
        alice.look()
        opposed(alice, OWN, "data_protection")
        opposed(alice, NOTED, "staff_council", whose="Bob")
        opposed(alice, GUEST, "affected_people", speaker="Gerda Gast")
        backed(alice, "Vorlage 17", "https://www.musterstadt.example/vorlage-17")
    with signed_in(chromium, running, "bob", scripts=scripts) as bob:
        bob.go('main a[href^="/dissents/"]')
        bob.go('form.form button[type="submit"]')
        assert "die sie seither bestätigt hat" in bob.page.inner_text("main")
        bob.go('main a[href$="/history"]')
    told = when_it_is_published(workspace, cast, system_id, phase_id)
    with visiting(chromium, running, told, scripts=scripts) as anybody:
        page = anybody.page.inner_text("main")
        for words in (OWN, NOTED, GUEST):
            assert words in page
        for name in ("Alice", "Bob", "Gerda"):
            assert name not in page


def when_it_is_published(workspace: Workspace, cast: Cast, system_id: str, phase_id: str) -> str:
    """Handed over, approved, published; returns the public address."""
    examples.hand_over(workspace, cast, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    slug, _ = publications.publish(workspace, cast.frida, system_id)
    return f"/register/{slug}"
