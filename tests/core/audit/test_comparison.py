"""Two audits side by side: changes with interval and probability, and what keeps them apart."""

import numpy as np
import pytest

from tests.examples.frames import PLAN, frame_of, result_of
from workbench.audit.comparison import compared
from workbench.audit.parts import Change, Gap
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult

Table = dict[str, tuple[int, ...]]

BEFORE: Table = {"a": (300, 200, 200, 400), "b": (150, 150, 300, 400)}
AFTER: Table = {"a": (290, 210, 200, 400), "b": (260, 150, 200, 400)}
GAP = "equal_opportunity_difference"
DEPTH = PLAN.model_copy(update={"gaps": (GAP,)})


def audit(table: Table, plan: AuditPlan = PLAN, data: str = "a" * 64) -> AuditResult:
    return result_of([frame_of(table)], plan, data)


def chance_of(change: Change) -> tuple[float, float, float]:
    """Interval and probability of a change that has them."""
    assert change.low is not None
    assert change.high is not None
    assert change.p_adjusted is not None
    return change.low, change.high, change.p_adjusted


def test_a_change_by_hand() -> None:
    """The change of a gap has the interval that follows from both gaps' own."""
    first, second = audit(BEFORE, DEPTH), audit(AFTER, DEPTH, "c" * 64)

    found = compared(first, second)

    (change,) = found.changes
    old, new = (result.gaps["g"][GAP] for result in (first, second))
    assert (change.attribute, change.gap) == ("g", GAP)
    assert (change.before, change.after) == (old.value, new.value)
    assert change.value == pytest.approx((260 / 460 - 290 / 490) * -1 - (0.6 - 1 / 3))
    values = [one or 0.0 for one in (old.value, old.low, old.high, new.value, new.low, new.high)]
    down = np.hypot(values[3] - values[4], values[2] - values[0])
    up = np.hypot(values[5] - values[3], values[0] - values[1])
    low, high, probability = chance_of(change)
    assert (low, high) == pytest.approx((change.value - down, change.value + up))
    assert high < 0
    assert probability < 0.001
    assert (found.left_out, found.obstacles, found.same_data) == ((), (), False)


def test_nothing_changed() -> None:
    """The same numbers of other people change by 0, which chance alone explains."""
    found = compared(audit(BEFORE), audit(BEFORE, data="c" * 64))

    assert not found.same_data
    assert {change.value for change in found.changes} == {0}
    for low, high, probability in map(chance_of, found.changes):
        assert low < 0 < high
        assert probability == 1


@pytest.mark.parametrize("table", [BEFORE, AFTER])
def test_the_same_rows_are_not_tested_against_chance(table: Table) -> None:
    """The twin: in the same rows a change is exact, so it has no interval and no probability."""
    found = compared(audit(BEFORE), audit(table))

    others = compared(audit(BEFORE), audit(table, data="c" * 64))
    assert found.same_data
    assert [change.value for change in found.changes] == [one.value for one in others.changes]
    assert {(one.low, one.high, one.p_adjusted) for one in found.changes} == {(None, None, None)}


def test_interval_and_probability_agree() -> None:
    """For a single gap, less than 5 % is stated exactly where the interval is on one side of 0."""
    for hits in range(150, 320, 10):
        table: Table = {"a": BEFORE["a"], "b": (hits, 150, 450 - hits, 400)}
        (change,) = compared(audit(BEFORE, DEPTH), audit(table, DEPTH, "c" * 64)).changes

        low, high, probability = chance_of(change)
        assert (probability < 0.05) == (not low <= 0 <= high)


def test_what_only_one_audit_has() -> None:
    """Gaps that only one audit states are named, not compared."""
    small: Table = {"a": BEFORE["a"], "b": (5, 150, 5, 400)}

    found = compared(audit(BEFORE), audit(small, PLAN.model_copy(update={"gaps": (GAP,)})))

    assert found.changes == ()
    assert ("g", GAP) in found.left_out
    assert len(found.left_out) == 10


@pytest.mark.parametrize(
    ("change", "beginning"),
    [
        ({"positive": "yes"}, "Another value counts as favourable: first “1”, later “yes”"),
        ({"prediction": "other"}, "Outcome, prediction or score were other columns"),
        ({"threshold": 0.4}, "The score was turned into a decision in another way"),
        ({"weight": "w"}, "One audit counts weighted people"),
        ({"edges": {"g": (25.0,)}}, "The groups of “g” have other edges"),
    ],
)
def test_obstacles(change: dict[str, object], beginning: str) -> None:
    """Each difference of the plans that matters is said in both languages."""
    other = PLAN.model_copy(update=change)

    (said,) = compared(audit(BEFORE), audit(AFTER, other)).obstacles

    assert said["en"].startswith(beginning)
    assert said["de"]


def test_other_groups() -> None:
    """Groups that only one audit compared are named."""
    before, after = ({"a": BEFORE["a"], key: BEFORE["b"], "z": BEFORE["b"]} for key in "xy")

    (said,) = compared(audit(before), audit(after)).obstacles

    assert "only first x; only later y" in said["en"]
    (fewer,) = compared(audit(before), audit({key: before[key] for key in "az"})).obstacles
    assert "only first x; only later none" in fewer["en"]


def test_groups_of_a_hidden_gap_are_no_other_groups() -> None:
    """The twin: a gap that one result hides names no groups, which does not mean other groups."""
    table = {"a": BEFORE["a"], "b": BEFORE["b"], "z": BEFORE["b"]}
    whole = audit(table)
    gaps = {"g": dict.fromkeys(whole.gaps["g"], Gap(status="suppressed"))}
    hidden = whole.model_copy(update={"gaps": gaps})

    assert compared(whole, hidden).obstacles == ()
    assert compared(hidden, whole).obstacles == ()
    assert len(compared(whole, hidden).left_out) == len(whole.gaps["g"])


def test_another_task() -> None:
    """An audit of decisions and one of numbers have nothing to compare, and that is said."""
    plan = AuditPlan(
        task="regression", outcome="outcome", prediction="prediction", attributes=("h",), reason="t"
    )
    second = audit(AFTER).model_copy(update={"gaps": {}})
    origin = second.provenance.model_copy(update={"plan": plan})

    found = compared(audit(BEFORE), second.model_copy(update={"provenance": origin}))

    assert found.changes == ()
    assert any(said["en"].startswith("One audit compares decisions") for said in found.obstacles)


def test_what_differs_without_harm() -> None:
    """The twin: another reason or seed is no obstacle."""
    other = PLAN.model_copy(update={"reason": "again", "seed": 7})

    assert compared(audit(BEFORE), audit(AFTER, other)).obstacles == ()
