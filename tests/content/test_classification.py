"""The quick scan and the classification tree lead where the law leads."""

import pytest
from pydantic import JsonValue

from workbench.questionnaire import conditions, path, scoring
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.loading import load
from workbench.resources import folder

LIBRARY = load(folder("questionnaires"))
CONCEPTION = LIBRARY.current("conception")
Choices = dict[str, JsonValue]
ROAD: Choices = {
    "scan.purpose": "Es findet Schäden auf Fotos von Straßen.",
    "scan.technique": "learning",
    "scan.origin": "bought",
    "scan.role": "deployer",
    "scan.influence": "suggests",
    "scan.people": ["public_space"],
    "scan.personal_data": "no",
    "scan.contact": ["none"],
    "scan.areas": ["none"],
    "scan.prohibited": "no",
    "scan.reversible": "easily",
    "class.ai_system": "yes",
    "class.no_area": "confirmed",
}
HOUSING: Choices = ROAD | {
    "scan.people": ["applicants", "vulnerable"],
    "scan.personal_data": "yes",
    "scan.areas": ["benefits"],
    "scan.reversible": "effort",
    "scan.scale": "thousands",
    "class.role": "deployer",
    "class.provider_switch": "no",
    "class.benefits": "benefits",
    "class.profiling": "no",
    "class.exception": "none",
    "class.administrative_act": "yes",
    "class.fully_automated": "no",
    "class.discretion": "none",
}


def sheet(choices: Choices) -> dict[str, JsonValue]:
    """The answers as they are stored: a judgement comes with its reason."""
    judged = {q.id for q in CONCEPTION.questions() if q.type is QuestionType.JUDGEMENT}
    return {
        name: {"choice": value, "reason": "Weil es so ist."} if name in judged else value
        for name, value in choices.items()
    }


def said(choices: Choices) -> set[str]:
    """The names of the conditions that hold for the answers that count."""
    counting = path.walk(CONCEPTION, sheet(choices)).counting
    return {
        name for name, one in LIBRARY.conditions.items() if conditions.holds(one.holds_if, counting)
    }


def minutes(choices: Choices) -> float:
    """How long all that is asked takes."""
    shown = set(path.visible(CONCEPTION, sheet(choices)))
    return sum(question.minutes for question in CONCEPTION.questions() if question.id in shown)


def knocked(choices: Choices) -> list[str]:
    """The questions whose answer knocks out."""
    return [one.question for one in scoring.of([CONCEPTION], sheet(choices)).knock_outs]


def test_the_quick_scan_is_short() -> None:
    """Twelve questions in its sections, and no phase but conception has one."""
    quick = {one.phase: [s for s in one.sections if s.quick_scan] for one in LIBRARY.newest()}
    asked = [question for section in quick.pop(CONCEPTION.phase) for question in section.questions]

    assert len(asked) == 12
    assert {question.id.split(".")[0] for question in asked} == {"scan"}
    assert not any(quick.values())


def test_a_harmless_system_is_asked_little() -> None:
    """Road damage: a third of the questions and a quarter of the time of a high-risk system."""
    assert {"harmless", "ai", "bought", "deployer"} <= said(ROAD)
    assert len(path.visible(CONCEPTION, sheet(ROAD))) <= 22
    assert minutes(ROAD) * 3 < minutes(HOUSING)


@pytest.mark.parametrize(
    "change",
    [
        {"scan.personal_data": "unclear"},
        {"scan.areas": ["education"]},
        {"scan.areas": ["none", "product"]},
        {"scan.prohibited": "unclear"},
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


def test_an_area_of_annex_iii_is_high_risk_until_an_exception_holds() -> None:
    """Article 6(3): the exception needs one of four grounds and no significant risk."""
    excepted = HOUSING | {"class.exception": "preparatory", "class.significant_risk": "no"}

    assert {"annex_iii", "high_risk", "fundamental_rights_assessment"} <= said(HOUSING)
    assert "high_risk" in said(HOUSING | {"class.exception": "preparatory"})
    assert "high_risk" in said(excepted | {"class.significant_risk": "yes"})
    assert "annex_iii" in said(excepted)
    assert "high_risk" not in said(excepted)


def test_profiling_overrides_the_exception() -> None:
    """Article 6(3), last sentence: an exception that was given before counts no longer."""
    excepted = HOUSING | {"class.exception": "preparatory", "class.significant_risk": "no"}

    assert "high_risk" in said(excepted | {"class.profiling": "yes"})


def test_an_area_that_does_not_fit_is_no_high_risk() -> None:
    """The quick scan suspects, the tree decides."""
    assert {"annex_iii", "high_risk"}.isdisjoint(said(HOUSING | {"class.benefits": "none"}))


def test_critical_infrastructure_needs_no_fundamental_rights_assessment() -> None:
    """Article 27(1) leaves out point 2 of Annex III."""
    traffic = ROAD | {"scan.areas": ["infrastructure"], "class.infrastructure": "safety"}

    assert "high_risk" in said(traffic)
    assert "fundamental_rights_assessment" not in said(traffic)


def test_every_area_of_the_quick_scan_has_its_node() -> None:
    """Each leads to high risk or to a product of Annex I when its first purpose applies."""
    areas = [option.id for option in CONCEPTION.question("scan.areas").options]
    for area in areas[:-1]:
        options = [option.id for option in CONCEPTION.question(f"class.{area}").options]
        purpose = "yes" if area == "product" else options[0]
        given: Choices = ROAD | {"scan.areas": [area], f"class.{area}": purpose}

        assert {"high_risk", "high_risk_product"} & said(given), area
    assert areas[-1] == "none"


def test_fixed_rules_are_under_no_duty_of_the_ai_act() -> None:
    """What is no AI system has no class, but the other laws still bind it."""
    rules = HOUSING | {"scan.technique": "rules", "class.ai_system": "no"}

    assert {"ai", "annex_iii", "high_risk", "deployer", "provider"}.isdisjoint(said(rules))
    assert {"administrative_act", "decides_about_people", "personal_data"} <= said(rules)


def test_who_changes_a_high_risk_system_becomes_its_provider() -> None:
    """Article 25(1); without high risk the change alone does not."""
    changed = HOUSING | {"scan.origin": "bought_changed", "class.provider_switch": "modified"}

    assert {"provider", "deployer"} <= said(changed)
    assert "provider" not in said(changed | {"class.benefits": "none"})
    assert "provider" not in said(changed | {"class.provider_switch": "no"})


def test_a_prohibition_is_ruled_out_only_by_the_legal_office() -> None:
    """Doubt in the quick scan stays until the node says no."""
    doubt = ROAD | {"scan.prohibited": "unclear"}

    assert "prohibited" in said(doubt)
    assert "prohibited" not in said(doubt | {"class.prohibited": "no"})
    assert knocked(doubt | {"class.prohibited": "no"}) == []
    assert knocked(doubt | {"class.prohibited": "yes"}) == ["class.prohibited"]


def test_a_machine_alone_needs_permission() -> None:
    """Section 35a: no provision, or discretion, knocks out; so does Article 22 without basis."""
    alone = HOUSING | {"class.fully_automated": "yes"}

    assert knocked(alone | {"class.automation_allowed": "allowed"}) == []
    for refused in ("no_rule", "discretion"):
        given = alone | {"class.automation_allowed": refused}
        assert knocked(given) == ["class.automation_allowed"]
    assert knocked(alone | {"class.solely_automated": "no_basis"}) == ["class.solely_automated"]
    assert knocked(HOUSING | {"class.automation_allowed": "no_rule"}) == []


def test_every_node_can_be_unclear_and_the_gate_sees_it() -> None:
    """Classification is complete only when no node is open; Article 5 has a gate of its own."""
    nodes = [q for q in CONCEPTION.questions() if q.type is QuestionType.JUDGEMENT]
    openness = LIBRARY.conditions["classification_open"].holds_if
    watched = {name for name, _ in conditions.comparisons(openness)}

    assert {node.id for node in nodes} == watched | {"class.prohibited"}
    assert all("unclear" in [option.id for option in node.options] for node in nodes)
    assert all(node.required for node in nodes)


def test_people_are_told_unless_a_node_exempts() -> None:
    """Article 50: a chatbot is announced, unless it is obvious to everybody."""
    chatbot = ROAD | {"scan.contact": ["talks"]}

    assert "transparency" in said(chatbot)
    assert "transparency" not in said(chatbot | {"class.talks": "obvious"})
    assert "transparency" not in said(ROAD)
