"""Every gap is told, passed ones too; each finding has one stable id."""

from tests.examples import audit_results as examples
from workbench.audit.results import AuditResult
from workbench.audit.screens import SCREENS
from workbench.audit.words import findings
from workbench.audit.words.caveats import described
from workbench.audit.words.harms import HARMS


def test_all_gaps_are_told() -> None:
    """Passed checks are told too: each gap has one finding, every id is there once."""
    result = described(examples.explained())

    ids = [finding.id for finding in result.findings]

    assert len(set(ids)) == len(ids)
    assert {f"gap/{t}/{name}" for t, gaps in result.gaps.items() for name in gaps} <= set(ids)
    assert {finding.kind for finding in result.findings} == {
        "attention",
        "open",
        "passed",
        "caveat",
        "note",
    }


def test_a_gap_names_all_groups_that_it_rests_on() -> None:
    """What is published drops a sentence when one of its groups is hidden."""
    result = examples.classification()

    told = {one.id: one for one in findings.gap_findings(result)}

    assert told["gap/sex/accuracy_difference"].groups == (("sex", "female"), ("sex", "male"))
    assert told["gap/sex/accuracy_difference"].attribute == "sex"


def test_reasons_conventions_and_method_are_told() -> None:
    """Why a gap was tested, which conventions hold, and what was corrected for."""
    told = {one.id: one.text["en"] for one in findings.basis(examples.classification())}

    assert told["reason/equal_opportunity_difference"].endswith("am härtesten.")
    assert "10 percentage points, after AI Fairness 360" in told["limits"]
    assert "know no fixed limit" in told["limits"]
    assert "all checks of this plan (18)" in told["method"]


def test_without_conventions_none_is_told() -> None:
    """Numbers have no convention, so the note about conventions is not there."""
    told = {one.id: one.text["en"] for one in findings.basis(examples.regression())}
    assert told.keys() == {"method", "reason/defaults", "plan/unstated"}
    assert "convention" not in told["reason/defaults"]


def test_every_screen_names_its_source() -> None:
    """A limit is a convention with id, version, source and link, and no rule of law here."""
    assert SCREENS
    assert all(screen.link.startswith("https://") and screen.source for screen in SCREENS.values())


def test_a_gap_told_already_is_not_told_again() -> None:
    """Same rate, same groups: it refers to the other; with another rate it speaks for itself."""
    result = examples.classification()
    gaps = result.gaps["sex"]
    name = "equalized_odds_difference"
    other = {**gaps, name: gaps[name].model_copy(update={"metric": "false_positive_rate"})}
    apart = result.model_copy(update={"gaps": {**result.gaps, "sex": other}})

    def told(made: AuditResult) -> str:
        return {one.id: one.text["en"] for one in findings.gap_findings(made)}[f"gap/sex/{name}"]

    assert gaps[name].metric == "true_positive_rate"
    assert told(result).startswith("Sex: The larger gap of the two kinds of error is the one of")
    # The plan's own limit holds for the other gap only, so how it lies to its own is said.
    assert "limit of 10 percentage points" in told(result)
    assert "more than chance" not in told(result)
    assert "see there" not in told(apart)


def test_a_harm_is_told_once_with_its_question_and_its_gaps() -> None:
    """Beside it, the reason for the plan's own limit; a reason of one's own is no harm's."""
    harm = HARMS["wrongly_refused"]
    own, kept = harm.gaps
    plan = examples.plan(
        gaps=harm.gaps,
        reasons={kept: harm.explanation, own: "So beschloss es der Rat."},
        limits={own: 0.05},
    )
    result = examples.classification()
    origin = result.provenance.model_copy(update={"plan": plan})

    told = [
        one.text["en"]
        for one in findings.basis(result.model_copy(update={"provenance": origin}))
        if one.id in {"reason/wrongly_refused", f"reason/{own}"}
    ]

    assert len(told) == 2
    assert told[0].startswith(f"{harm.question} {harm.explanation} This leads to: “Gap in")
    assert "“Ratio of recognised favourable cases”." in told[0]
    assert (
        told[1] == "Why “Gap in recognised favourable cases” was tested: So beschloss es der Rat."
    )


def basis_of(**changes: object) -> dict[str, str]:
    """What is told of why the plan is as it is, by id."""
    result = examples.classification()
    origin = result.provenance.model_copy(update={"plan": examples.plan(**changes)})
    made = result.model_copy(update={"provenance": origin})
    return {one.id: one.text["en"] for one in findings.basis(made)}


def test_a_choice_without_its_reason_is_named() -> None:
    """A caveat names what was chosen without one; with all reasons it is gone and they stand."""
    given = {"threshold": "A", "edges": "B", "references": "C", "limits": "D"}
    told = basis_of(reasons=given)

    assert basis_of(reasons={})["plan/unstated"] == (
        "The plan states no reason for: Who counts as chosen by the score; Where groups of numbers "
        "begin; Reference groups; Limits."
    )
    assert "plan/unstated" not in told
    assert told["reason/edges"] == "Where groups of numbers begin: B"
    assert told.keys() >= {f"reason/{name}" for name in given}


def test_a_default_tells_its_reason_until_the_plan_has_its_own() -> None:
    """Pairs are combined unless said otherwise; a blank is no reason."""
    assert "Crenshaw 1989" in basis_of()["reason/defaults"]
    assert "Crenshaw 1989" in basis_of(reasons={"depth": " "})["reason/defaults"]
    own = basis_of(reasons={"depth": "Zwei genügen."})
    assert "Crenshaw" not in own["reason/defaults"]
    assert own["reason/depth"].endswith("combined: Zwei genügen.")
    assert "Crenshaw" not in basis_of(depth=1)["reason/defaults"]
