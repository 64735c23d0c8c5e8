"""The real gates that compare days: the limit before the audit, the start before the duty.

And the day of the start beside what is said of it.
"""

from typing import Any

import pytest

from tests.examples import quickly
from workbench.questionnaire.conditions import holds
from workbench.questionnaire.definition import Gate

HIGH_RISK: dict[str, Any] = {
    "scan.technique": "learning",
    "class.benefits": {"choice": "benefits", "reason": "Sozialamt."},
    "class.profiling": {"choice": "yes", "reason": "Sozialamt."},
}


def gate(phase: str, name: str) -> Gate:
    """The gate of that name in the newest questionnaire of the phase."""
    gates = quickly.library().current(phase).gate
    return next(one for one in gates if one.id == name)


@pytest.mark.parametrize(
    ("limit", "audited", "met"),
    [
        ("2026-01-01", "2026-01-02", True),
        ("2026-01-01", "2026-01-01", False),
        ("2026-01-02", "2026-01-01", False),
        ("2026-01-01", None, False),
        (None, "2026-01-01", True),  # the gate of the design asks for it
    ],
)
def test_the_limit_comes_before_the_audit(
    limit: str | None, audited: str | None, met: bool
) -> None:
    """Who looks at the differences first can set the limit behind them."""
    given = {"fair.limit_date": limit, "tests.audited_on": audited}
    answers: Any = {key: day for key, day in given.items() if day}

    assert holds(gate("construction", "limit_before_audit").need, answers) is met


@pytest.mark.parametrize(
    ("said", "before", "met"),
    [
        ("not_due", True, True),
        ("not_due", False, False),
        ("registered", False, True),
        ("national", None, True),
        ("open", True, False),
    ],
)
def test_not_due_holds_only_before_the_duty(said: str, before: bool | None, met: bool) -> None:
    """Whoever starts on the first day of the duty or later has to register."""
    answers = HIGH_RISK | {"ready.registration": said}
    answers |= {} if before is None else {"ready.in_service_before": before}

    assert holds(gate("first_use", "registered").need, answers) is met


INFRASTRUCTURE: dict[str, Any] = {
    "scan.technique": "learning",
    "class.infrastructure": {"choice": "safety", "reason": "Ampel."},
}


@pytest.mark.parametrize(
    ("kind", "met"),
    [(INFRASTRUCTURE, True), (HIGH_RISK, False), (HIGH_RISK | INFRASTRUCTURE, False)],
)
def test_only_critical_infrastructure_is_exempt_from_registration(
    kind: dict[str, Any], met: bool
) -> None:
    """Whatever belongs to another area of Annex III has to be registered."""
    need = gate("first_use", "registered").need

    assert holds(need, kind | {"ready.registration": "exempt"}) is met


PRODUCT: dict[str, Any] = {
    "scan.technique": "learning",
    "class.product": {"choice": "yes", "reason": "Aufzug."},
}
BOTH = HIGH_RISK | PRODUCT


@pytest.mark.parametrize(
    ("kind", "start", "before", "fits"),
    [
        (HIGH_RISK, "2027-12-01", True, True),
        (HIGH_RISK, "2027-12-01", False, False),
        (HIGH_RISK, "2027-12-02", True, False),
        (HIGH_RISK, "2027-12-02", False, True),
        (PRODUCT, "2027-12-02", True, True),
        (PRODUCT, "2028-08-01", False, False),
        (PRODUCT, "2028-08-02", True, False),
        (PRODUCT, "2028-08-02", False, True),
        (BOTH, "2027-12-01", False, False),
        (BOTH, "2028-01-01", True, True),
        (BOTH, "2028-01-01", False, True),
        (BOTH, "2028-08-02", True, False),
        (HIGH_RISK, None, True, True),
        (HIGH_RISK, {"not_applicable": "Steht nicht fest."}, True, True),
        (HIGH_RISK, "2027-12-02", None, True),
        ({}, "2027-12-02", True, True),
    ],
)
def test_the_start_does_not_contradict_what_is_said_of_it(
    kind: dict[str, Any], start: str | dict[str, str] | None, before: bool | None, fits: bool
) -> None:
    """Each day beside its twin; without one of the two answers there is nothing to contradict."""
    given = {"ready.start_date": start, "ready.in_service_before": before}
    answers: Any = kind | {key: answer for key, answer in given.items() if answer is not None}
    found = gate("first_use", "start_fits")

    assert (not holds(found.when, answers) or holds(found.need, answers)) is fits
