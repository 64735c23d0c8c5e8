"""A gap lies within or beyond a limit, and is or is not more than chance; people judge."""

import pytest

from tests.examples import audit_results as examples
from workbench.audit.parts import Gap
from workbench.audit.words import judgements


@pytest.mark.parametrize(
    ("name", "value", "low", "high", "kind"),
    [
        ("accuracy_difference", 0.2, 0.15, 0.25, "attention"),
        ("accuracy_difference", 0.2, 0.05, 0.35, "attention"),
        ("accuracy_difference", 0.05, -0.05, 0.15, "open"),
        ("accuracy_difference", 0.05, 0.01, 0.09, "passed"),
        ("demographic_parity_ratio", 0.7, 0.6, 0.75, "attention"),
        ("demographic_parity_ratio", 0.7, 0.6, 0.9, "attention"),
        ("demographic_parity_ratio", 0.7, 0.6, None, "attention"),
        ("demographic_parity_ratio", 0.85, 0.7, 1.0, "open"),
        ("demographic_parity_ratio", 0.95, 0.9, 1.0, "passed"),
        ("demographic_parity_ratio", 0.95, 0.9, None, "passed"),
    ],
)
def test_judgements(name: str, value: float, low: float, high: float | None, kind: str) -> None:
    """A gap is compared with its limit at its value and at both ends of its interval."""
    gap = Gap(value=value, low=low, high=high, status="ok")

    judged = judgements.judgement(examples.plan(), name, gap)

    assert judged is not None
    assert judged[0] == kind
    assert judgements.kind_of(examples.plan(), name, gap) == kind


def test_the_plans_own_limit_replaces_the_convention() -> None:
    """6 points are within the usual 10, but beyond the 5 of the plan, and the sentence says so."""
    gap = Gap(value=0.06, low=0.055, high=0.07, status="ok")
    name = "equal_opportunity_difference"

    assert judgements.kind_of(examples.plan(), name, gap) == "attention"
    assert judgements.kind_of(examples.plan(limits={}), name, gap) == "passed"
    limit = judgements.limit_of(examples.plan(), name)
    assert limit == judgements.Limit(0.05, own=True)
    assert judgements.limit_words(name, limit, "en") == "5 percentage points (set by the plan)"


@pytest.mark.parametrize(
    ("p", "kind", "part"),
    [(0.01, "open", "this is more than chance"), (0.3, "note", "it may be chance")],
)
def test_without_a_limit_people_say_whether_it_is_too_much(p: float, kind: str, part: str) -> None:
    """A gap in means that is more than chance is undecided; one that may be chance is a note."""
    result = examples.regression()
    apart = {"p_adjusted": p, "pair_low": 1.0, "pair_high": 9.0}
    gap = result.gaps["sex"]["mean_error_difference"].model_copy(update=apart)
    changed = result.model_copy(update={"gaps": {"sex": {"mean_error_difference": gap}}})
    plan = result.provenance.plan

    said = list(judgements.remarks(changed, "sex", "mean_error_difference", "en"))

    assert judgements.kind_of(plan, "mean_error_difference", gap) == kind
    assert said[0] == "Neither the plan nor a convention states a limit for it."
    assert part in said[1]


def test_a_ratio_beside_its_judged_difference_is_a_note() -> None:
    """The same gap is not undecided in one form when it is judged in the other."""
    gap = examples.classification().gaps["sex"]["accuracy_ratio"]

    both = judgements.kind_of(examples.plan(), "accuracy_ratio", gap)
    alone = judgements.kind_of(
        examples.plan(gaps=("accuracy_ratio",), limits={}), "accuracy_ratio", gap
    )

    assert (both, alone) == ("note", "open")


def test_power_is_told_where_it_may_be_chance() -> None:
    """Not having found a gap says little without what could have been found."""
    name = "accuracy_difference"
    chance = list(judgements.remarks(examples.classification(p=0.4), "sex", name, "en"))
    sure = list(judgements.remarks(examples.classification(p=0.01), "sex", name, "en"))

    assert chance[-1] == (
        "With so many people and checks, a gap of 8.0 percentage points or more would have been "
        "called more than chance in 8 of 10 cases."
    )
    assert sure[-1].endswith("this is more than chance.")


def test_beside_a_ratio_no_smallest_difference_is_told() -> None:
    """It is a difference in points, and would be read as part of the ratio."""
    name = "accuracy_ratio"

    said = list(judgements.remarks(examples.classification(p=0.4), "sex", name, "en"))

    assert said[-1].endswith("it may be chance.")
    assert "percentage points" not in " ".join(said)


def test_a_difference_and_its_ratio_are_one_check() -> None:
    """They share a test against chance: five pairs and a mean in three tables are 18 checks."""
    assert judgements.checks(examples.classification()) == 18


def test_without_a_value_there_is_nothing_to_judge() -> None:
    gap = Gap(status="not_assessable")

    assert judgements.judgement(examples.plan(), "accuracy_difference", gap) is None
    assert judgements.kind_of(examples.plan(), "accuracy_difference", gap) == "caveat"


@pytest.mark.parametrize(
    ("name", "numbers", "sure"),
    [
        ("demographic_parity_difference", {"pair_low": 0.02, "pair_high": 0.3}, True),
        ("demographic_parity_difference", {"pair_low": -0.02, "pair_high": 0.3}, False),
        ("demographic_parity_ratio", {"pair_low": 0.5, "pair_high": 0.9}, True),
        ("demographic_parity_ratio", {"pair_low": 0.5, "pair_high": 1.1}, False),
        ("demographic_parity_ratio", {"pair_low": 0.5}, False),
        ("demographic_parity_difference", {}, False),
    ],
)
def test_the_two_named_groups(name: str, numbers: dict[str, float], sure: bool) -> None:
    """Where all groups differ by more than chance, the two that are named need not: it is said."""
    gap = Gap(
        value=0.1, low=0.02, high=0.3, status="ok", compared=("a", "b", "c"), p_adjusted=0.001
    ).model_copy(update=numbers)
    result = examples.classification()
    changed = result.model_copy(update={"gaps": {"sex": {name: gap}}})

    said = " ".join(judgements.remarks(changed, "sex", name, "en"))

    assert judgements.is_sure(name, gap) is sure
    assert ("not necessarily the two named here" in said) is not sure
    assert ("this is more than chance" in said) is sure


def test_of_two_groups_the_test_is_about_these_two() -> None:
    """There is no other pair; with several metrics, though, the test may rest on another one."""
    gap = Gap(value=0.1, status="ok", compared=("a", "b"), p_adjusted=0.001)
    several = gap.model_copy(update={"metric": "true_positive_rate"})

    assert judgements.is_sure("demographic_parity_difference", gap)
    assert not judgements.is_sure("equalized_odds_difference", several)
    assert not judgements.is_sure(
        "demographic_parity_difference", gap.model_copy(update={"p_adjusted": 0.2})
    )
