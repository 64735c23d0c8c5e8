"""What keeps a phase from being submitted leads to the place where it can be done."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.examples import pages, quickly
from tests.examples.browser import Browser
from tests.examples.cast import DECISION, Cast
from tests.examples.town import Town
from workbench.governance.decisions import ValueDecision
from workbench.questionnaire.definition import CheckName, Gate, Text
from workbench.services import Workspace, decisions
from workbench.settings import Settings

BrowserOf = Callable[[str], Browser]
WORDS = Text({"de": "Geprüft.", "en": "Checked."})
AUDITED = Gate(
    id="audited",
    title=WORDS,
    help=WORDS,
    check=CheckName.AUDIT,
    link="people.staff_council_informed",
)


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """The town, in which a conception can only be left after a check for discrimination."""
    opened = quickly.opened(settings)
    asked = tuple(
        one.model_copy(update={"gate": (*one.gate, AUDITED)}) if one.phase == "conception" else one
        for one in opened.library.questionnaires
    )
    yield replace(opened, library=replace(opened.library, questionnaires=asked))
    opened.database.engine.dispose()


def test_a_missing_check_leads_to_the_checks(town: Town, browser_of: BrowserOf) -> None:
    """Not to the question for its day: there is no day before there is a check."""
    html = browser_of("alice").page(f"/assess/{town.open_phase}/check")

    assert f'href="/systems/{town.open_system}/audits">Zu den Prüfungen auf Benachteiligung' in html
    assert pages.problems(html) == []
    assert "/audits" not in browser_of("alice").page(f"/assess/{town.phase}/check")


def test_each_incomplete_decision_is_linked(
    town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """The very ones that lack something, by their question; a complete one is not."""
    phase = town.open_phase
    begun = decisions.save(workspace, cast.alice, phase, ValueDecision(question="Was wiegt mehr?"))
    alone = DECISION.model_copy(update={"capacities": ("it",), "decided_by": "it"})
    alone_id = decisions.save(workspace, cast.alice, phase, alone)
    done = decisions.save(workspace, cast.alice, phase, DECISION)
    html = browser_of("alice").page(f"/assess/{phase}/check")

    assert f'href="/decisions/{begun}">Zur Entscheidung „Was wiegt mehr?“' in html
    assert f'href="/decisions/{alone_id}">Zur Entscheidung „Dürfen' in html
    assert f"/decisions/{done}" not in html.partition("<section")[2].partition("</section>")[0]
