"""What scores are worth per group and what each notion of fairness costs, in words."""

from tests.examples import audit_parts as parts
from tests.examples import audit_results as examples
from workbench.audit.parts import Finding, Tradeoff
from workbench.audit.results import AuditResult
from workbench.audit.words import scores


def told(result: AuditResult) -> dict[str, Finding]:
    return {one.id: one for one in scores.findings(result)}


def test_scores_that_differ_from_reality_are_told_group_by_group() -> None:
    """Women: in nine of ten ranges the score lies outside the interval of what happened."""
    found = told(examples.classification())

    said = found["calibration/sex/female"].text["en"]
    assert said.startswith("Scores and reality of women: where the score says 5 of 100 on average,")
    assert "in 9 of 10 ranges" in said
    assert found["calibration/sex/female"].groups == (("sex", "female"),)
    assert "calibration/sex/male" not in found


def test_scores_that_agree_with_reality_are_told_too() -> None:
    """The twin: a passed check, and no group is named."""
    result = examples.classification().model_copy(
        update={"calibration": {"sex": {"female": parts.bins(0.0), "male": parts.bins(0.0)}}}
    )

    found = told(result)

    assert found["calibration/sex"].kind == "passed"
    assert "looked at: 20)" in found["calibration/sex"].text["en"]
    assert not [name for name in found if name.startswith("calibration/sex/")]


def test_scores_that_are_no_probabilities_are_not_held_against_reality() -> None:
    """A score of 640 says nothing about "of 100", so no sentence compares the two."""
    bins = tuple(
        one.model_copy(update={"mean_score": 600 + 10 * place})
        for place, one in enumerate(parts.bins(0.2))
    )
    result = examples.classification().model_copy(update={"calibration": {"sex": {"male": bins}}})

    assert not [name for name in told(result) if name.startswith("calibration/")]


def test_the_cost_of_each_notion_is_told() -> None:
    found = told(examples.classification())

    said = found["tradeoff/sex/equal_opportunity_difference"].text["en"]
    assert "78.0 of 100 predictions would be right, instead of 79.0 of 100" in said
    assert "to 2 percentage points or less" in said
    assert "legal question" in found["tradeoff"].text["en"]


def test_without_costs_nobody_is_warned_of_them() -> None:
    empty = Tradeoff(common=(), by_group=(), tolerance=0.01)
    result = examples.classification().model_copy(update={"tradeoffs": {"sex": empty}})

    assert "tradeoff" not in told(result)
