"""What weakens a result is said, and only then."""

import pytest

from tests.examples import audit_results as examples
from workbench.audit.intake.inspection import Dialect
from workbench.audit.parts import Crosscheck, Finding, Measure
from workbench.audit.results import AuditResult
from workbench.audit.words.caveats import described


def told(result: AuditResult, *, imported: bool = False) -> dict[str, Finding]:
    return {one.id: one for one in described(result, imported=imported).findings}


def measured(result: AuditResult, **changes: Measure) -> AuditResult:
    """The result with other numbers for everybody."""
    metrics = {**result.overall.metrics, **changes}
    overall = result.overall.model_copy(update={"metrics": metrics})
    return result.model_copy(update={"overall": overall})


def test_small_and_missing_groups_are_told() -> None:
    found = told(examples.classification())

    assert "too few people in the table (14)" in found["small/age/(missing)"].text["en"]
    assert found["missing/age"].text["en"].startswith("Age is not stated for 1.2% of the people")
    assert found["missing/age"].groups == (("age", "(missing)"),)


def test_words_that_mean_missing_are_told() -> None:
    """In a CSV file some words stand for no value: so "NA" for Namibia does not vanish unseen."""
    read = Dialect(encoding="utf-8-sig", delimiter=";", decimal=",")

    said = told(examples.classification(dialect=read))["missing/age"].text["en"]

    assert "(14): the cell is empty or holds one of the words NA, N/A," in said
    # The twin: Parquet knows missing values itself.
    assert "NA" not in told(examples.classification())["missing/age"].text["en"]


def test_large_groups_are_not_called_small() -> None:
    """The twin: an audit of large groups only has no such caveat."""
    found = told(examples.classification(attributes=("sex",), edges={}))

    assert not [name for name in found if name.startswith(("small/", "missing/"))]


@pytest.mark.parametrize(
    ("worth", "words"),
    [(99.9, "uncertain: their weights"), (29.9, "cannot be assessed: their weights"), (100.0, "")],
)
def test_groups_that_weights_make_small_are_told(worth: float, words: str) -> None:
    """Many people whose weights are worth few: the sentence names both numbers."""
    result = examples.classification(attributes=("sex",), edges={}, weight="factor")
    women = result.groups["sex"]["female"]
    chosen = women.metrics["selection_rate"].model_copy(update={"effective": worth})
    women = women.model_copy(update={"metrics": women.metrics | {"selection_rate": chosen}})
    groups = {"sex": result.groups["sex"] | {"female": women}}

    found = told(result.model_copy(update={"groups": groups}))

    assert ("small/sex/female" in found) == bool(words)
    if words:
        said = found["small/sex/female"].text["en"]
        assert words in said
        assert f"that of {int(worth)} people who all count the same; {women.n} were" in said


def test_added_lines_are_told() -> None:
    """Counts of the same group in several lines are right only if nobody stands there twice."""
    plain = examples.classification()
    origin = plain.provenance.model_copy(update={"lines_added": 3})

    found = told(plain.model_copy(update={"provenance": origin}))

    assert found["lines"].kind == "caveat"
    assert "added to others: 3)" in found["lines"].text["en"]
    # The twin: one line per group, or rows of people.
    assert "lines" not in told(plain)


def test_without_an_outcome_nothing_is_called_right() -> None:
    result = examples.classification(
        outcome="", gaps=("demographic_parity_difference",), reasons={}, limits={}
    )
    bare = result.model_copy(update={"calibration": {}, "tradeoffs": {}})

    assert "outcome/none" in told(bare)
    assert "outcome/none" not in told(examples.classification())
    assert "outcome/none" not in told(examples.regression())


def test_more_than_two_outcomes_are_told() -> None:
    """Two of 1,200 people have two different unfavourable values: accuracy is that much lower."""
    result = examples.classification()
    right = result.overall.metrics["accuracy"]
    lower = right.model_copy(update={"value": (right.value or 0) - 2 / 1200})

    assert "outcome/other" in told(measured(result, accuracy=lower))
    assert "outcome/other" not in told(result)


@pytest.mark.parametrize(("places", "is_told"), [(635, True), (630, False)])
def test_ties_at_the_edge_are_told(places: int, *, is_told: bool) -> None:
    """630 people were chosen; when 635 were to be, several share the last score."""
    found = told(examples.classification(threshold=None, top_k=places))

    assert ("top-k/ties" in found) is is_told


def test_weights_are_told_with_the_effective_number() -> None:
    found = told(examples.classification(weight="factor"))

    assert "about as certain as those of 960 people" in found["weights"].text["en"]
    assert "weights" not in told(examples.classification())


@pytest.mark.parametrize(("difference", "kind"), [(3e-16, "note"), (0.01, "attention")])
def test_the_second_calculation_is_told(difference: float, kind: str) -> None:
    check = Crosscheck(library="x", version="1", numbers=9, max_abs_difference=difference)
    result = examples.classification().model_copy(update={"crosscheck": check})

    assert told(result)["crosscheck"].kind == kind


def test_nothing_compared_is_no_passed_check() -> None:
    """Where the second calculation covers no number, that is a weakness and not agreement."""
    check = Crosscheck(library="x", version="1", numbers=0, max_abs_difference=0)

    found = told(examples.classification().model_copy(update={"crosscheck": check}))["crosscheck"]

    assert found.kind == "caveat"
    assert found.text["en"].startswith("Nothing was calculated a second time")


def test_tiny_numbers_are_read_in_powers_of_ten() -> None:
    assert "2.2 · 10⁻¹⁶" in told(examples.classification())["crosscheck"].text["en"]


def test_sentences_of_a_file_are_replaced() -> None:
    """Whatever an imported file says in its findings is gone, and that it is imported is said."""
    lie = Finding(id="lie", kind="passed", text={"de": "Alles gut.", "en": "All is well."})
    foreign = examples.classification().model_copy(update={"findings": (lie,)})

    found = told(foreign, imported=True)

    assert "lie" not in found
    assert "not repeated here" in found["imported"].text["en"]
    assert "imported" not in told(foreign)


def test_what_intervals_take_into_account_is_no_caveat_any_more() -> None:
    """Intervals hold for all pairs and tests are corrected, so nobody is warned of that."""
    assert not {"gaps/count", "gaps/picked"} & set(told(examples.classification()))
