"""The quick scan keeps harmless files short; what is found out later counts more."""

import pytest
from pydantic import JsonValue

from tests.examples.conceived import (
    CONCEPTION,
    HOUSING,
    LIBRARY,
    ROAD,
    Choices,
    minutes,
    said,
    sheet,
    unmet,
)
from workbench.questionnaire import path


def test_the_quick_scan_is_short() -> None:
    """Eleven questions, ten minutes at most, and no phase but conception has one."""
    quick = {one.phase: [s for s in one.sections if s.quick_scan] for one in LIBRARY.newest()}
    asked = [question for section in quick.pop(CONCEPTION.phase) for question in section.questions]

    assert len(asked) == 11
    assert sum(question.minutes for question in asked) <= 10
    assert {question.id.split(".")[0] for question in asked} == {"scan"}
    assert not any(quick.values())


def test_a_harmless_system_is_asked_little() -> None:
    """Road damage: a third of the questions and a quarter of the time of a high-risk system."""
    assert {"harmless", "ai", "bought", "deployer"} <= said(ROAD)
    assert len(path.visible(CONCEPTION, sheet(ROAD))) <= 23
    assert minutes(ROAD) * 3 < minutes(HOUSING)


@pytest.mark.parametrize(
    "change",
    [
        {"scan.personal_data": "unclear"},
        {"scan.personal_data": "yes"},
        {"scan.areas": ["education"]},
        {"scan.prohibited": ["unclear"], "class.prohibited": "unclear"},
        {"scan.people": ["residents"]},
        {"scan.people": ["children"], "scan.influence": "informs"},
        {"scan.contact": ["emotion"]},
        {"scan.reversible": "not"},
        {"scan.people": None},
    ],
    ids=str,
)
def test_what_could_harm_is_not_harmless(change: Choices) -> None:
    """One doubtful answer is enough for the long way."""
    given: Choices = {name: value for name, value in (ROAD | change).items() if value is not None}

    assert "harmless" not in said(given)


CHECKED: Choices = {
    "data.dpia_list": "no",
    "data.dpia_cases": ["none"],
    "data.dpia_items": ["none"],
    "data.dpia": "not_needed",
}
CLEAN: Choices = CHECKED | {"scan.personal_data": "yes", "data.dpia_criteria": ["none"]}


@pytest.mark.parametrize(
    "checked",
    [
        {"scan.personal_data": "entered"},
        {"scan.personal_data": "unclear", "data.checked": "no"},
        {"scan.personal_data": "unclear", "data.checked": "entered"},
        CLEAN,
        CLEAN | {"data.dpia_criteria": ["innovative"]},
        {"scan.areas": ["education"], "class.education": "none"},
        {"scan.areas": ["product", "benefits"], "class.product": "no", "class.benefits": "none"},
        {"scan.prohibited": ["unclear"], "class.prohibited": "no"},
    ],
    ids=str,
)
def test_what_is_found_out_overrides_the_guess(checked: Choices) -> None:
    """A doubt of the quick scan that was cleared up makes the file short again."""
    assert "harmless" in said(ROAD | checked)


@pytest.mark.parametrize(
    "checked",
    [
        {"scan.personal_data": "unclear", "data.checked": "yes"},
        {"scan.personal_data": "entered", "data.dpia_list": "yes"},
        {"scan.personal_data": "entered", "scan.people": ["residents"]},
        CLEAN | {"data.dpia_criteria": ["sensitive"]},
        {"scan.personal_data": "yes", "data.dpia_criteria": ["none"], "data.dpia_list": "no"},
        CLEAN | {"data.dpia_cases": ["public_space"]},
        CLEAN | {"data.dpia_items": ["ai_contact"]},
        {"scan.areas": ["product", "benefits"], "class.product": "no"},
        {"scan.areas": ["education"], "class.education": "unclear"},
        {"scan.prohibited": ["unclear"], "class.prohibited": "unclear"},
    ],
    ids=str,
)
def test_what_is_not_cleared_up_stays_long(checked: Choices) -> None:
    """A check that confirms the doubt, or leaves it open, takes nothing away."""
    assert "harmless" not in said(ROAD | checked)


def test_what_people_enter_by_the_way_is_protected() -> None:
    """Few questions more than without any data; the rest of data protection only on the list."""
    nothing, entered = ROAD, ROAD | {"scan.personal_data": "entered", "data.dpia_list": "no"}
    listed = entered | {"data.dpia_list": "yes"}

    more = set(path.visible(CONCEPTION, sheet(entered))) - set(
        path.visible(CONCEPTION, sheet(nothing))
    )
    assert more == {"data.dpia_list", "data.entered"}
    assert minutes(entered) - minutes(nothing) <= 3
    assert "data_entered" in said(entered)
    assert "personal_data" not in said(entered)
    assert {"personal_data", "dpia_needed"} <= said(listed)


@pytest.mark.parametrize("least", ["notice", "deletion", "no_training"])
def test_what_people_enter_has_a_gate(least: str) -> None:
    """Notice, deletion and no training must be settled before conception ends."""
    every: JsonValue = ["notice", "deletion", "no_training"]
    entered = ROAD | {"scan.personal_data": "entered", "data.dpia_list": "no"}

    assert "data_entered" not in unmet(entered | {"data.entered": every})
    lacking: JsonValue = [one for one in ("notice", "deletion", "no_training") if one != least]
    assert unmet(entered | {"data.entered": lacking})["data_entered"] == "data.entered"
    assert unmet(entered | {"data.dpia_list": "unclear"})["dpia_list_read"] == "data.dpia_list"


@pytest.mark.parametrize("case", ["evaluation", "sensitive", "public_space"])
def test_the_three_cases_of_article_35_need_an_assessment(case: str) -> None:
    """Article 35(3) GDPR: whatever the lists say; “not needed” then holds the phase."""
    given = CLEAN | {"data.dpia_cases": [case]}

    assert "dpia_needed" in said(ROAD | given)
    assert unmet(ROAD | given)["dpia_cases"] == "data.dpia"
    assert "dpia_cases" not in unmet(ROAD | given | {"data.dpia": "needed"})
    assert "dpia_needed" not in said(ROAD | CLEAN)
    assert "dpia_cases" not in unmet(ROAD | CLEAN)
