"""Every gap is told, passed ones too; each finding has one stable id."""

from tests.examples import audit_results as examples
from workbench.audit.screens import SCREENS
from workbench.audit.words import findings
from workbench.audit.words.caveats import described


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
    assert "all 18 checks of this plan" in told["method"]


def test_without_conventions_none_is_told() -> None:
    """Numbers have no convention, so the note about conventions is not there."""
    assert {one.id for one in findings.basis(examples.regression())} == {"method"}


def test_every_screen_names_its_source() -> None:
    """A limit is a convention with id, version, source and link, and no rule of law here."""
    assert SCREENS
    assert all(screen.link.startswith("https://") and screen.source for screen in SCREENS.values())
