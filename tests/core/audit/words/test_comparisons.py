"""Each group beside the reference group of the plan: where the interval excludes no difference."""

from tests.examples import audit_results as examples
from workbench.audit.parts import Gap
from workbench.audit.words.comparisons import reference_findings


def test_a_group_is_compared_with_the_reference_group() -> None:
    (found,) = reference_findings(examples.classification())

    assert found.id == "reference/sex/female"
    assert found.groups == (("sex", "female"), ("sex", "male"))
    assert "Mean score (−0.077, 95 % interval: −0.108 to −0.046)" in found.text["en"]
    assert "recognised (−13.7 percentage points, 95 % interval: −18.7 to −8.7)" in found.text["en"]
    assert "pass as favourable" not in found.text["en"]
    assert "more than chance" not in found.text["en"]


def test_a_group_that_does_not_differ() -> None:
    """The twin: every interval includes 0. That is told too, but not as a check that was passed."""
    result = examples.classification()
    same = {"accuracy_difference": Gap(value=0.01, low=-0.04, high=0.06, status="ok")}
    changed = result.model_copy(update={"comparisons": {"reference": {"sex": {"female": same}}}})

    (found,) = reference_findings(changed)

    assert found.kind == "note"
    assert "allows no difference too. That does not prove" in found.text["en"]


def test_without_a_named_reference_nothing_is_told() -> None:
    assert not list(reference_findings(examples.classification(references={})))
