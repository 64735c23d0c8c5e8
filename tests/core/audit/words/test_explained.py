"""What the explanation says, and how far it can be relied on."""

from typing import Any

import pytest

from tests.examples import audit_parts as parts
from tests.examples import audit_results as examples
from workbench.audit.parts import Finding
from workbench.audit.parts_explanation import Agreement
from workbench.audit.words import explained


def told(**changes: Any) -> dict[str, Finding]:
    """The findings about the example's explanation, changed."""
    changed = parts.explanation().model_copy(update=changes)
    result = examples.explained().model_copy(update={"explanation": changed})
    return {one.id: one for one in explained.findings(result)}


def test_drivers_shares_and_proxies_are_told() -> None:
    found = told()

    assert (
        "hours (0.610), income (0.350), debts (0.200), years (0.100)"
        in found["model/features"].text["en"]
    )
    assert found["shares/sex/female"].text["en"].startswith("Score gap, women minus men: −0.410")
    assert found["shares/sex/female"].groups == (("sex", "female"), ("sex", "male"))
    assert (
        found["proxy/sex"]
        .text["en"]
        .startswith(
            "How well the columns give away Sex: of 100 pairs of people from different groups, all "
            "columns together tell 80 rightly apart (95 % interval: 77 to 83;"
        )
    )
    assert found["proxy/sex"].text["en"].endswith("single columns: hours (78), income (61).")


@pytest.mark.parametrize(("share", "kind"), [(0.993, "note"), (0.98, "caveat")])
def test_a_model_that_does_not_repeat_the_predictions_is_told(share: float, kind: str) -> None:
    agreement = Agreement(share=share, n=1000, reversed=False)

    assert told(agreement=agreement)["model/agreement"].kind == kind


def test_a_tolerance_and_a_reversed_score_are_told() -> None:
    agreement = Agreement(share=1.0, n=1000, reversed=True, tolerance=0.0001)

    found = told(agreement=agreement)

    assert "at most 0.000100" in found["model/tolerance"].text["en"]
    assert "model/reversed" in found
    assert not {"model/tolerance", "model/reversed"} & set(told())


def test_without_given_predictions_nothing_is_said_about_agreement() -> None:
    assert "model/agreement" not in told(agreement=None)


def test_what_is_not_exact_is_told() -> None:
    found = told(exact=False, estimate_error=0.0123)

    assert "not exact for the unit “log-odds”" in found["model/inexact"].text["en"]
    assert "standard error of an effect is 0.0123" in found["model/estimated"].text["en"]
    assert not {"model/inexact", "model/estimated"} & set(told())


def test_a_sample_is_told() -> None:
    assert "1,000 of 1,200 people" in told()["model/sample"].text["en"]
    assert "model/sample" not in told(rows=1200)


def test_without_a_model_nothing_is_told() -> None:
    assert not list(explained.findings(examples.classification()))


def test_what_weights_do_not_reach_is_told() -> None:
    """Means of effects are weighted; spreads and proxies are not, and that is said."""
    weighted = examples.explained().provenance.plan.model_copy(update={"weight": "factor"})
    result = examples.explained()
    origin = result.provenance.model_copy(update={"plan": weighted})
    changed = result.model_copy(update={"provenance": origin})

    found = {one.id for one in explained.findings(changed)}

    assert "model/unweighted" in found
    assert "model/unweighted" not in told()
