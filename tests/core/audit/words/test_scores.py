"""What scores are worth per group and what each notion of fairness costs, in words."""

from dataclasses import replace

from tests.examples import audit_parts as parts
from tests.examples import audit_results as examples
from workbench.audit.parts import Finding, Guard, Tradeoff
from workbench.audit.results import AuditResult
from workbench.audit.suppression import hiding, publication
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
    """The twin: no group is named, and nothing is called proven."""
    result = examples.classification().model_copy(
        update={"calibration": {"sex": {"female": parts.bins(0.0), "male": parts.bins(0.0)}}}
    )

    found = told(result)

    assert found["calibration/sex"].kind == "note"
    assert "looked at: 20). That does not prove" in found["calibration/sex"].text["en"]
    assert not [name for name in found if name.startswith("calibration/sex/")]


def test_combined_groups_have_ranges_but_no_sentences() -> None:
    """What is told, and for how many ranges it is corrected, goes by single attributes."""
    result = examples.classification()
    combined = {value: parts.bins(0.2) for value in result.groups["sex & age"]}
    more = {"calibration": {**result.calibration, "sex & age": combined}}

    assert told(result.model_copy(update=more)) == told(result)


def test_scores_that_are_no_probabilities_are_not_held_against_reality() -> None:
    """A score of 640 says nothing about "of 100", so no sentence compares the two."""
    bins = tuple(
        one.model_copy(update={"mean_score": 600 + 10 * place})
        for place, one in enumerate(parts.bins(0.2))
    )
    result = examples.classification().model_copy(update={"calibration": {"sex": {"male": bins}}})

    assert not [name for name in told(result) if name.startswith("calibration/")]


def test_the_cost_of_each_notion_is_told() -> None:
    """With how many thresholds were looked at: finer ones may bring other numbers."""
    found = told(examples.classification())

    said = found["tradeoff/sex/equal_opportunity_difference"].text["en"]
    assert "78.0 of 100 predictions would be right, instead of 79.0 of 100 with the best of" in said
    assert "to 2 percentage points or less" in said
    assert "legal question" in found["tradeoff"].text["en"]
    assert "at least 10 people of either outcome" in found["tradeoff"].text["en"]
    assert "equality could cost more or less" in found["tradeoff"].text["en"]
    assert "tradeoff/sex/none" not in found


def test_no_cost_is_made_up_where_none_shows() -> None:
    """Own thresholds that are right more often than the best common one seen: no cost is told."""
    whole = parts.tradeoff()
    better = [one.model_copy(update={"accuracy": 0.81}) for one in whole.by_group]
    result = examples.classification().model_copy(
        update={"tradeoffs": {"sex": whole.model_copy(update={"by_group": tuple(better)})}}
    )

    said = told(result)["tradeoff/sex/equal_opportunity_difference"].text["en"]

    assert "81.0 of 100 predictions would then be right" in said
    assert said.endswith("So no cost shows.")


def test_a_notion_that_no_thresholds_reach_is_named() -> None:
    """Instead of a number it is said that there are none, and why."""
    whole = parts.tradeoff()
    some = whole.model_copy(update={"by_group": whole.by_group[:2]})
    result = examples.classification().model_copy(update={"tradeoffs": {"sex": some}})

    found = told(result)

    said = found["tradeoff/sex/none"].text["en"]
    assert said.endswith("finer thresholds could be looked at.")
    assert f"“{scores.notion_words(whole.by_group[2].notion, 'en')}”" in said
    assert f"“{scores.notion_words(whole.by_group[1].notion, 'en')}”" not in said
    assert f"tradeoff/sex/{whole.by_group[2].notion}" not in found


def test_no_tradeoff_at_all_is_explained() -> None:
    """With two groups that are large enough, thresholds are too few; else the groups are."""
    empty = {"sex": Tradeoff(common=(), by_group=(), tolerance=0.01)}
    result = examples.classification().model_copy(update={"tradeoffs": empty})
    one = dict(list(result.groups["sex"].items())[:1])

    many, few = (
        told(result.model_copy(update={"groups": {**result.groups, "sex": groups}}))
        for groups in (result.groups["sex"], one)
    )

    assert "fewer than 3 thresholds" in many["tradeoff/sex/none"].text["en"]
    assert "two groups with at least 30 people" in few["tradeoff/sex/none"].text["en"]
    assert "tradeoff" not in many


def test_why_nothing_is_told_is_published_with_the_tradeoff_only() -> None:
    """Where the tradeoff is hidden, the sentence about it is hidden too."""
    empty = Tradeoff(common=(), by_group=(), tolerance=0.01)
    result = examples.classification().model_copy(update={"tradeoffs": {"sex": empty}})
    told_of = tuple(scores.findings(result))
    hidden = hiding.found(result.numbers, (), Guard())

    def shown(tradeoffs: dict[str, Tradeoff]) -> set[str]:
        beside = replace(hidden, tradeoffs=tradeoffs)
        return {one.id for one in publication.shown_findings(told_of, beside)}

    assert "tradeoff/sex/none" in shown({"sex": empty})
    assert "tradeoff/sex/none" not in shown({})
