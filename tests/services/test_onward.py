"""After a save the team goes on, unless its answers brought up questions on the same page."""

from datetime import UTC, datetime
from typing import Any

from tests.examples import harmless, quickly
from workbench.questionnaire import path
from workbench.questionnaire.answers import AnswerSheet
from workbench.services.assessments import Onward, SectionView
from workbench.storage.assessments import Phase
from workbench.storage.systems import System

CONCEPTION = quickly.library().current("conception")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
SYSTEM = System(
    slug="chat",
    name="Chat",
    purpose="x",
    department="x",
    contact="x",
    created_at=NOW,
    created_by="",
)
PHASE = Phase(
    assessment_id="", name="conception", questionnaire="conception", version="", opened_at=NOW
)


def page(section: str, answers: dict[str, Any]) -> SectionView:
    """A page of the phase with what was answered before."""
    sheet = AnswerSheet(answers)
    return SectionView(
        system=SYSTEM,
        phase=PHASE,
        questionnaire=CONCEPTION,
        section=CONCEPTION.section(section),
        sheet=sheet,
        before={},
        path=path.walk(CONCEPTION, sheet),
        numbers={},
        saved_at=None,
        phases=[],
    )


def test_a_question_that_appears_keeps_the_team_on_the_page() -> None:
    """What people may enter needs protection: that is asked on the same page."""
    view = page("privacy", {"scan.personal_data": "unclear"})

    found = view.onward({"data.checked": "entered"})

    assert found == Onward("privacy", quick_scan_ends=False, appeared=("data.entered",))


def test_answered_at_once_it_keeps_nobody() -> None:
    """Who answered it on the same page goes on; so does who saw it and left it open."""
    view = page("privacy", {"scan.personal_data": "unclear"})
    seen = page("privacy", {"scan.personal_data": "unclear", "data.checked": "entered"})

    answered = view.onward({"data.checked": "entered", "data.entered": ["notice"]})

    assert (answered.section, answered.appeared) == ("class", ())
    assert seen.onward({}) == answered


def test_the_quick_scan_leads_to_its_result() -> None:
    """After its last section the page says what else is asked."""
    found = page("scan_limits", {}).onward({"scan.areas": ["none"], "scan.prohibited": ["none"]})

    assert found.quick_scan_ends
    assert found.appeared == ()


def test_with_nothing_required_open_it_leads_to_the_check() -> None:
    """Whoever corrects a finished phase does not walk through the rest again."""
    finished = page("purpose", harmless.ANSWERS).onward({})
    lacking = {key: one for key, one in harmless.ANSWERS.items() if key != "data.sources"}

    assert finished == Onward(None, quick_scan_ends=False)
    assert page("purpose", lacking).onward({}).section == "effect"
