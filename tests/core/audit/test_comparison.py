"""Two audits side by side: changes with interval and probability, and what keeps them apart."""

from statistics import NormalDist

import numpy as np
import pytest

from tests.examples.frames import PLAN, frame_of, result_of
from workbench.audit.comparison import can_be_paired, compared
from workbench.audit.intake.inspection import Dialect
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


@pytest.mark.parametrize(("gap", "near"), [(GAP, "low"), ("equal_opportunity_ratio", "high")])
def test_the_end_towards_no_gap_is_that_of_all_pairs(gap: str, near: str) -> None:
    """Of six groups two stand out: a gap alone is then surer than beside that of another audit."""
    plan = PLAN.model_copy(update={"gaps": (gap,)})
    middle: Table = dict.fromkeys("cdef", (235, 175, 250, 400))
    tables: tuple[Table, Table] = (
        {"a": (300, 200, 100, 400), "b": (150, 150, 300, 400)} | middle,
        {"a": (300, 200, 150, 400), "b": (150, 150, 300, 400)} | middle,
    )

    def width(**taken: str | None) -> float:
        """Of the change between both, after the gaps' ends were replaced by others of theirs."""
        made = []
        for table, data in zip(tables, "ac", strict=True):
            result = audit(table, plan, data * 64)
            one = result.gaps["g"][gap]
            ends = {end: other and getattr(one, other) for end, other in taken.items()}
            gaps = {"g": {gap: one.model_copy(update=ends)}}
            made.append(result.model_copy(update={"gaps": gaps}))
        low, high, _ = chance_of(compared(made[0], made[1]).changes[0])
        return high - low

    # A result from before the pair's ends were stated has the gap's own, which were as wide.
    assert width() == width(**{near: f"pair_{near}"}, pair_low=None, pair_high=None)
    assert width() > 1.1 * width(pair_low=None, pair_high=None)


def test_nothing_changed() -> None:
    """The same numbers of other people change by 0, which chance alone explains."""
    found = compared(audit(BEFORE), audit(BEFORE, data="c" * 64))

    assert not found.same_data
    assert {change.value for change in found.changes} == {0}
    for low, high, probability in map(chance_of, found.changes):
        assert low < 0 < high
        assert probability == 1


@pytest.mark.parametrize("table", [BEFORE, AFTER])
def test_the_same_rows_without_their_table(table: Table) -> None:
    """Where the table is not at hand, a change has no interval, and it is said why."""
    found = compared(audit(BEFORE), audit(table))

    others = compared(audit(BEFORE), audit(table, data="c" * 64))
    assert found.same_data
    assert found.untested is not None
    assert "not kept here" in found.untested["en"]
    assert [change.value for change in found.changes] == [one.value for one in others.changes]
    assert {(one.low, one.high, one.p_adjusted) for one in found.changes} == {(None, None, None)}


def test_correlation_by_hand() -> None:
    """The twin: with their correlation, both gaps' ends make the interval of the change."""
    first, second = audit(BEFORE, DEPTH), audit(AFTER, DEPTH)

    (change,) = compared(first, second, {("g", GAP): 0.5}).changes

    old, new = (result.gaps["g"][GAP] for result in (first, second))
    # All lie above 0, so the order of the groups is certain and one of both stands for itself.
    old_value, old_low, old_high = (old.value or 0.0, old.low or 0.0, old.high or 0.0)
    new_value, new_low, new_high = (new.value or 0.0, new.low or 0.0, new.high or 0.0)
    one, other = new_value - new_low, old_high - old_value
    low, high, _ = chance_of(change)
    assert old_low > 0
    assert low == pytest.approx(new_value - old_value - np.sqrt(one**2 + other**2 - one * other))
    one, other = new_high - new_value, old_value - old_low
    if new_low > 0:
        assert high == pytest.approx(
            new_value - old_value + np.sqrt(one**2 + other**2 - one * other)
        )


@pytest.mark.parametrize("gap", [GAP, "equal_opportunity_ratio"])
def test_more_alike_is_more_certain(gap: str) -> None:
    """The more two gaps vary together, the narrower is the interval of their change."""
    plan = PLAN.model_copy(update={"gaps": (gap,)})
    widths = []
    for correlation in (-0.5, 0.0, 0.5, 0.9, 0.99):
        found = compared(audit(BEFORE, plan), audit(AFTER, plan), {("g", gap): correlation})
        low, high, _ = chance_of(found.changes[0])
        widths.append(high - low)

    assert widths == sorted(widths, reverse=True)


def test_an_order_that_may_be_chance_is_not_taken_for_certain() -> None:
    """Two small gaps that move together: the other way round they would move against each other."""
    plan = PLAN.model_copy(update={"gaps": ("demographic_parity_difference",)})
    place = ("g", "demographic_parity_difference")
    even: Table = {"a": (300, 200, 200, 400), "b": (295, 195, 205, 405)}
    turned: Table = {"a": even["b"], "b": even["a"]}
    far: Table = {"a": (300, 200, 200, 400), "b": (160, 90, 340, 510)}

    def width(first: Table, second: Table) -> float:
        (change,) = compared(audit(first, plan), audit(second, plan), {place: 0.9}).changes
        low, high, _ = chance_of(change)
        assert low <= change.value <= high
        return high - low

    assert width(even, turned) > 1.5 * width(far, far)


def test_a_gap_without_an_end_is_not_tested() -> None:
    """A ratio whose interval has no end changes exactly, without interval, in other tables too."""
    gap = "equal_opportunity_ratio"
    plan = PLAN.model_copy(update={"gaps": (gap,)})
    first = audit(BEFORE, plan)
    open_ended = {"g": {gap: first.gaps["g"][gap].model_copy(update={"high": None})}}
    for data in ("a" * 64, "c" * 64):
        second = audit(AFTER, plan, data).model_copy(update={"gaps": open_ended})
        found = compared(first, second, {("g", gap): 0.5})
        assert found.left_out == ()
        (change,) = found.changes
        assert change.value == 0
        assert (change.low, change.high, change.p_adjusted) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"dialect": Dialect(encoding="cp1252", delimiter=";", decimal=",")},
            "read the file in two ways",
        ),
    ],
)
def test_what_cannot_be_paired(change: dict[str, object], says: str) -> None:
    """Each reason is a sentence, whether or not the table is at hand."""
    first, second = audit(BEFORE), audit(AFTER)
    origin = second.provenance
    plan = origin.plan.model_copy(update=change)
    second = second.model_copy(update={"provenance": origin.model_copy(update={"plan": plan})})

    found = compared(first, second, {("g", GAP): 0.5})

    assert not can_be_paired(first, second)
    assert found.untested is not None
    assert says in found.untested["en"]
    assert all(one.low is None for one in found.changes)
    assert can_be_paired(first, audit(AFTER))
    assert not can_be_paired(first, audit(AFTER, data="c" * 64))


COUNTS = DEPTH.model_copy(
    update={"counts": "confusion", "outcome": "", "positive": "", "prediction": ""}
)


@pytest.mark.parametrize(
    ("first", "second", "data"),
    [(COUNTS, COUNTS, "c"), (COUNTS, COUNTS, "a"), (COUNTS, DEPTH, "c"), (DEPTH, COUNTS, "c")],
)
def test_counts_by_hand(first: AuditPlan, second: AuditPlan, data: str) -> None:
    """Who was judged how is unknown: the change reaches from end to end of both intervals."""
    before, after = audit(BEFORE, first), audit(AFTER, second, data * 64)

    found = compared(before, after, {("g", GAP): 0.9})

    (change,) = found.changes
    old, new = (result.gaps["g"][GAP] for result in (before, after))
    old_low, old_high = old.low or 0.0, old.high or 0.0
    new_low, new_high = new.low or 0.0, new.high or 0.0
    assert old_low > 0  # what follows takes the order of the groups for certain
    assert new_low < 0  # there it is not: the other way round, the gap reaches down to its mirror
    low, high, probability = chance_of(change)
    assert change.worst_case
    assert low == pytest.approx(max(new_low, -new_high) - old_high)
    assert high == pytest.approx(max(new_high, -new_low) - old_low)
    assert (found.untested, can_be_paired(before, after)) == (None, False)
    error = (high - change.value) / NormalDist().inv_cdf(0.975)
    assert probability == pytest.approx(2 * NormalDist().cdf(change.value / error))


def test_rows_are_no_worst_case() -> None:
    """The twin: of tables of people, other people are other people, and intervals narrower."""
    (rows,) = compared(audit(BEFORE, DEPTH), audit(AFTER, DEPTH, "c" * 64)).changes
    (counts,) = compared(audit(BEFORE, COUNTS), audit(AFTER, COUNTS, "c" * 64)).changes

    assert not rows.worst_case
    assert "worst_case" not in rows.model_dump()
    one, other = chance_of(rows), chance_of(counts)
    assert one[1] - one[0] < other[1] - other[0]


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


def test_counts_name_no_favourable_value() -> None:
    """The twin: a table of counts has none, so no other value is named, an empty one least."""
    counts = PLAN.model_copy(update={"positive": "", "counts": "confusion"})

    for pair in ((PLAN, counts), (counts, PLAN)):
        first, second = (audit(BEFORE, plan) for plan in pair)
        assert not [said for said in compared(first, second).obstacles if "“”" in said["en"]]


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
