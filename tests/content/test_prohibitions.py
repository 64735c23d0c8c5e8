"""Nobody waives what the law forbids, in any phase; what is only our advice can be waived."""

from datetime import date

import pytest

from tests.examples.conceived import HOUSING, LIBRARY, Choices, sheet
from workbench.basics.phases import Phase
from workbench.governance import gates

NEWEST = {one.phase: one for one in LIBRARY.newest()}
ORDER = list(Phase)
# By hand from the law: § 35a VwVfG, Articles 22, 35, 36 GDPR, Articles 5, 27, 49, 50 AI Act.
FORBIDDEN = {
    Phase.CONCEPTION: {"article_5", "automation", "legal_basis"},
    Phase.DESIGN: {"not_prohibited"},
    Phase.CONSTRUCTION: set(),
    Phase.FIRST_USE: {
        "fria_before_start",
        "dpia_done",
        "no_high_risk_left",
        "registered",
        "machine_recognisable",
    },
    Phase.OPERATION: {"person_decides"},
}
PERMITTED: Choices = {
    "class.fully_automated": "yes",
    "class.automation_allowed": "allowed",
    "class.solely_automated": "law",
}
DPIA: Choices = {"data.dpia_list": "yes", "data.dpia": "needed"}
# Phase, gate, answers that break it, answers that meet it.
CASES: list[tuple[Phase, str, Choices, Choices]] = [
    (
        Phase.CONCEPTION,
        "article_5",
        {"scan.prohibited": ["emotion"], "class.prohibited": "yes"},
        {"scan.prohibited": ["emotion"], "class.prohibited": "no"},
    ),
    (Phase.CONCEPTION, "automation", PERMITTED | {"class.solely_automated": "no_basis"}, PERMITTED),
    (
        Phase.CONCEPTION,
        "legal_basis",
        {"law.legal_reach": "missing"},
        {"law.legal_reach": "partly"},
    ),
    (Phase.DESIGN, "not_prohibited", {"class.prohibited": "unclear"}, {"class.prohibited": "no"}),
    (
        Phase.FIRST_USE,
        "fria_before_start",
        {"ready.in_service_before": False, "rights.fria": "open"},
        {"ready.in_service_before": False, "rights.fria": "reused"},
    ),
    (
        Phase.FIRST_USE,
        "dpia_done",
        DPIA | {"rights.dpia_residual": "open"},
        DPIA | {"rights.dpia_residual": "not_high"},
    ),
    (
        Phase.FIRST_USE,
        "no_high_risk_left",
        DPIA | {"rights.dpia_residual": "high"},
        DPIA | {"rights.dpia_residual": "consulted"},
    ),
    (
        Phase.FIRST_USE,
        "registered",
        {"ready.in_service_before": False, "ready.registration": "not_due"},
        {"ready.in_service_before": True, "ready.registration": "not_due"},
    ),
    (
        Phase.FIRST_USE,
        "machine_recognisable",
        {"scan.contact": ["talks"]},
        {"scan.contact": ["talks"], "notice.ai_label": "Hier antwortet eine Maschine."},
    ),
    (
        Phase.OPERATION,
        "person_decides",
        {"follow.conclusion": "no"},
        PERMITTED | {"follow.conclusion": "no"},
    ),
]


def unmet(phase: Phase, choices: Choices) -> dict[str, bool]:
    """The conditions that hold the phase, and whether each can be waived."""
    asked = [NEWEST[one] for one in ORDER[: ORDER.index(phase) + 1]]
    found = gates.unmet(asked, sheet(HOUSING | choices), gates.Beside(date(2026, 11, 23)))
    return {one.id: one.waivable for one in found}


@pytest.mark.parametrize("phase", Phase)
def test_what_cannot_be_waived_is_what_the_law_forbids(phase: Phase) -> None:
    """No more and no less, in every phase."""
    assert {one.id for one in NEWEST[phase].gate if not one.waivable} == FORBIDDEN[phase]


@pytest.mark.parametrize(("phase", "gate", "broken", "met"), CASES)
def test_a_prohibition_holds_the_phase(
    phase: Phase, gate: str, broken: Choices, met: Choices
) -> None:
    """With the answer that the law forbids no reason helps; its twin lets go."""
    assert unmet(phase, broken)[gate] is False
    assert gate not in unmet(phase, met)


def test_every_prohibition_has_its_case() -> None:
    """A new one needs both answers here."""
    assert {(phase, gate) for phase, gate, _, _ in CASES} == {
        (phase, gate) for phase, names in FORBIDDEN.items() for gate in names
    }


@pytest.mark.parametrize(
    ("phase", "gate", "choices"),
    [
        (Phase.CONCEPTION, "legal_basis_clear", {"law.legal_reach": "unclear"}),
        (
            Phase.FIRST_USE,
            "fria_done",
            {"ready.in_service_before": True, "rights.fria": "open"},
        ),
        (
            Phase.OPERATION,
            "somebody_looks",
            {"scan.people": ["public_space"], "follow.conclusion": "no"},
        ),
    ],
)
def test_what_is_only_advice_can_be_waived(phase: Phase, gate: str, choices: Choices) -> None:
    """Twins: before the duty begins, in doubt, or about things, a reason is enough."""
    assert unmet(phase, choices)[gate] is True
