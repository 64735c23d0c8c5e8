"""A plan as it is read: what was fixed, with which limits and for which reasons."""

import pytest

from tests.examples import audit_results as examples
from workbench.audit.metrics import METRICS
from workbench.audit.results import AuditResult
from workbench.disclosure import plan_words

# What the entries of the example are about, in their order.
TITLES = [
    *("task", "outcome", "positive", "score", "threshold", "attributes", "depth", "edges"),
    *("references", "gaps", "limits", "thresholds"),
]


def test_the_plan_is_read_in_words() -> None:
    told = plan_words.reading(examples.plan(), "en")

    entries = {entry["title"]: entry["value"] for entry in told["entries"]}
    assert entries["Favourable from this score on"] == "0.5"
    assert entries["Compared groups"] == "Sex, Age"
    assert entries["Where groups of numbers begin"] == "Age: 25, 35"
    assert entries["Reference groups"] == "Sex: men"
    assert "Column with weights" not in entries
    assert told["reason"].startswith("Wer zu Unrecht")


def test_tests_have_limit_and_reason() -> None:
    tests = {one["title"]: one for one in plan_words.reading(examples.plan(), "en")["tests"]}

    own = tests["Gap in recognised favourable cases"]
    assert own["limit"] == "5 percentage points (set by the plan)"
    assert own["reason"].startswith("Eine Ablehnung")
    assert tests["Ratio of recognised favourable cases"]["limit"] == ""


def test_each_choice_is_read_with_its_reason() -> None:
    """The plan's own words, that none is stated, or why the workbench does it so by itself."""
    made = examples.plan(reasons={"edges": "Mit 25 endet die Förderung."})
    for language, missing, default in (
        ("en", "No reason is stated.", "Default of the workbench: Pairs"),
        ("de", "Eine Begründung ist nicht angegeben.", "Vorgabe der Werkbank: Merkmale"),
    ):
        entries = plan_words.reading(made, language)["entries"]
        reasons = dict(zip(TITLES, ([one["reason"] for one in entries]), strict=True))
        assert reasons["edges"] == "Mit 25 endet die Förderung."
        assert reasons["threshold"] == reasons["limits"] == missing
        assert reasons["depth"].startswith(default)
        assert reasons["outcome"] == ""


@pytest.mark.parametrize("counts", ["confusion", "selection"])
def test_counts_are_named(counts: str) -> None:
    made = examples.plan(
        counts=counts,
        outcome="",
        score="",
        threshold=None,
        edges={},
        reasons={},
        limits={},
        gaps=("demographic_parity_difference",),
    )

    assert plan_words.reading(made, "en")["entries"][0]["value"].startswith("Counts per group")


def test_methods_explain_every_number_of_the_plan() -> None:
    told = plan_words.methods(examples.classification(), "en")

    assert len(told["metrics"]) == len([name for name in METRICS if name != "mean_prediction"]) - 3
    assert all(one["formula"] and one["not"] for one in told["metrics"] + told["gaps"])
    assert told["gaps"][0]["formula"] == "max − min of “Share with a favourable prediction”"
    assert not [one for one in told["gaps"] if "_" in one["formula"]]
    assert all(one["source"] and one["what"].endswith(".") for one in told["how"])


def titles(result: AuditResult) -> set[str]:
    return {one["title"] for one in plan_words.methods(result, "en")["how"]}


def test_only_methods_that_were_used_are_told() -> None:
    """SHAP needs a model, weights a column of them, means a score or numbers."""
    shap, means = "Effects of columns on the model", "Means and their intervals"
    plain = examples.classification(score="", threshold=None, prediction="granted")

    assert shap not in titles(examples.classification())
    assert shap in titles(examples.explained())
    assert means in titles(examples.classification())
    assert means not in titles(plain)
    assert "Weights" not in titles(plain)
    assert "Weights" in titles(examples.classification(weight="persons"))
    assert "Shares and their intervals" in titles(plain)
    assert "Shares and their intervals" not in titles(examples.regression())
    assert "Changes between two audits" not in titles(examples.explained())
