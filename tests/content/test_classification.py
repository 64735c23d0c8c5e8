"""The classification tree leads where the law leads."""

from tests.examples.conceived import (
    CONCEPTION,
    HOUSING,
    LIBRARY,
    ROAD,
    Choices,
    knocked,
    said,
)
from workbench.questionnaire import conditions
from workbench.questionnaire.definition import QuestionType


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
    doubt: Choices = {**ROAD, "scan.prohibited": ["unclear"]}
    del doubt["class.prohibited"]

    assert {"prohibition_suspected", "prohibited"} <= said(doubt)
    assert "prohibited" in said(ROAD | {"class.prohibited": "unclear"})
    assert "prohibited" not in said(doubt | {"class.prohibited": "no"})
    assert knocked(doubt | {"class.prohibited": "no"}) == []
    assert knocked(doubt | {"class.prohibited": "yes"}) == ["class.prohibited"]


def test_the_quick_scan_names_every_prohibited_practice() -> None:
    """The ten points of Article 5 as it stands since July 2026, each for itself."""
    named = [option.id for option in CONCEPTION.question("scan.prohibited").options]
    practices = named[: named.index("none")]

    assert len(practices) == 10
    for practice in practices:
        assert "prohibition_suspected" in said(ROAD | {"scan.prohibited": [practice]})
    assert "prohibition_suspected" not in said(ROAD)


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
    judged = (q for q in CONCEPTION.questions() if q.type is QuestionType.JUDGEMENT)
    nodes = [node for node in judged if node.id.startswith("class.")]
    openness = LIBRARY.conditions_for(LIBRARY.newest())["classification_open"].holds_if
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
