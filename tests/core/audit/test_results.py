"""What is published hides small groups everywhere: rates, gaps, explanation, sentences."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult, published
from workbench.audit.tasks import audited

Planner = Callable[..., AuditPlan]


def quiet(_share: float, _step: str) -> None:
    """Nobody watches."""


@pytest.fixture
def result(credit: Path, model: Path, plan_for: Planner) -> AuditResult:
    """An audit in which the 37 foreign workers with code A202 are too few to publish."""
    thresholds = {"publish_minimum": 40, "assess_minimum": 40}
    plan = plan_for(attributes=["sex", "personal_status_sex", "age"], thresholds=thresholds)
    return audited(credit, model, plan, quiet)


def test_it_hides_small_groups(result: AuditResult) -> None:
    """A hidden group shows neither size nor rate, and the smallest shown one is large enough."""
    shown = published(result)

    hidden = [
        group for groups in shown.groups.values() for group in groups.values() if group.n is None
    ]
    assert hidden
    assert all(
        measure.value is None and measure.of is None and measure.status == "suppressed"
        for group in hidden
        for measure in group.metrics.values()
    )
    sizes = [group.n for groups in shown.groups.values() for group in groups.values() if group.n]
    assert min(sizes) >= 40


def test_no_sentence_or_gap_tells_about_a_hidden_group(result: AuditResult) -> None:
    """Gaps, comparisons, explanation and findings that rest on a hidden group are hidden too."""
    shown = published(result)
    hidden = {
        (table, value)
        for table, groups in shown.groups.items()
        for value, group in groups.items()
        if group.n is None
    }

    assert all(hidden.isdisjoint(finding.groups) for finding in shown.findings)
    for table, gaps in shown.gaps.items():
        for name, gap in gaps.items():
            before = result.gaps[table][name]
            touched = any((table, value) in hidden for value in before.compared)
            assert (gap.status == "suppressed") is touched
    assert shown.explanation is not None
    assert all(
        (table, value) not in hidden
        for table, values in shown.explanation.groups.items()
        for value in values
    )
    assert any(finding.id.startswith("hidden/") for finding in shown.findings)


def test_large_groups_are_not_touched(credit: Path, plan_for: Planner) -> None:
    """The twin: where every group is large enough, only the mark changes."""
    result = audited(credit, None, plan_for(attributes=["sex"], edges={}), quiet)

    shown = published(result)

    assert shown == result.model_copy(update={"is_published": True})


def test_twice_is_once(result: AuditResult) -> None:
    """Publishing what is published changes nothing."""
    assert published(published(result)) == published(result)


def test_it_survives_json(result: AuditResult) -> None:
    """A result is the same after a way through JSON, and JSON knows its numbers."""
    text = result.model_dump_json()

    assert AuditResult.model_validate_json(text) == result
    assert json.loads(text)["groups"]["sex"]["female"]["n"] == 310
