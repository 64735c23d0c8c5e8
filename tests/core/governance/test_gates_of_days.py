"""The real gates that compare days: the limit before the audit, the start before the duty."""

from typing import Any

import pytest

from workbench.questionnaire.conditions import holds
from workbench.questionnaire.definition import Gate
from workbench.questionnaire.loading import load
from workbench.resources import folder

HIGH_RISK: dict[str, Any] = {
    "scan.technique": "learning",
    "class.benefits": {"choice": "benefits", "reason": "Sozialamt."},
    "class.profiling": {"choice": "yes", "reason": "Sozialamt."},
}


def gate(phase: str, name: str) -> Gate:
    """The gate of that name in the newest questionnaire of the phase."""
    gates = load(folder("questionnaires")).current(phase).gate
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
