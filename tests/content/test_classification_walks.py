"""Four systems of a town walked through the classification tree, as a clerk would answer.

Each table says which nodes are asked, in which order, and which choice is the true one.
"""

from dataclasses import dataclass

import pytest

from tests.examples.conceived import CONCEPTION, Choices, knocked, said, sheet, unmet
from workbench.questionnaire import path

CLASSES = {
    "ai",
    "annex_iii",
    "high_risk",
    "fundamental_rights_assessment",
    "transparency",
    "deployer",
    "provider",
    "administrative_act",
    "fully_automated",
    "harmless",
}
BOUGHT: Choices = {
    "scan.purpose": "Siehe Test.",
    "scan.technique": "learning",
    "scan.origin": "bought",
    "scan.role": "deployer",
    "scan.contact": ["none"],
    "scan.prohibited": ["none"],
}


@dataclass(frozen=True)
class Walk:
    """Answers of the quick scan and of data protection, the nodes in order, and the result."""

    scan: Choices
    nodes: tuple[tuple[str, str], ...]
    classes: frozenset[str]


TRAFFIC = Walk(
    # It switches the lights of a crossing: point 2 of Annex III, no assessment under Article 27.
    BOUGHT
    | {
        "scan.influence": "decides_alone",
        "scan.people": ["public_space"],
        "scan.personal_data": "no",
        "scan.areas": ["infrastructure"],
        "scan.reversible": "not",
    },
    (
        ("class.ai_system", "yes"),
        ("class.prohibited", "no"),
        ("class.ruled_out", "confirmed"),
        ("class.infrastructure", "safety"),
        ("class.profiling", "no"),
        ("class.exception", "none"),
        ("class.role", "deployer"),
        ("class.provider_switch", "no"),
    ),
    frozenset({"ai", "annex_iii", "high_risk", "deployer", "fully_automated"}),
)
CHATBOT = Walk(
    # It tells opening hours; people may type what they like.
    BOUGHT
    | {
        "scan.technique": "generative",
        "scan.influence": "informs",
        "scan.people": ["residents"],
        "scan.personal_data": "entered",
        "scan.contact": ["talks", "generates"],
        "scan.areas": ["none"],
        "scan.reversible": "easily",
        "data.dpia_list": "no",
        "data.entered": ["notice", "deletion", "no_training", "contract"],
    },
    (
        ("class.ai_system", "yes"),
        ("class.prohibited", "no"),
        ("class.no_area", "confirmed"),
        ("class.ruled_out", "confirmed"),
        ("class.talks", "tell"),
        ("class.generates", "marked"),
        ("class.publishes", "nothing"),
    ),
    frozenset({"ai", "deployer", "transparency", "harmless"}),
)
PARKING = Walk(
    # It reads number plates and suggests a fine: an offence is no crime, a fine no such act.
    BOUGHT
    | {
        "scan.influence": "suggests",
        "scan.people": ["residents"],
        "scan.personal_data": "yes",
        "scan.areas": ["law_enforcement"],
        "scan.reversible": "effort",
        "data.dpia_list": "yes",
        "data.dpia": "needed",
    },
    (
        ("class.ai_system", "yes"),
        ("class.prohibited", "no"),
        ("class.ruled_out", "confirmed"),
        ("class.law_enforcement", "none"),
        ("class.role", "deployer"),
        ("class.provider_switch", "no"),
        ("class.administrative_act", "no"),
        ("class.fully_automated", "no"),
    ),
    frozenset({"ai", "deployer"}),
)
RANKING = Walk(
    # It ranks applications for a job: profiling, so no exception.
    BOUGHT
    | {
        "scan.influence": "suggests",
        "scan.people": ["employees"],
        "scan.personal_data": "yes",
        "scan.areas": ["employment"],
        "scan.reversible": "hardly",
        "data.dpia_list": "yes",
        "data.dpia": "needed",
    },
    (
        ("class.ai_system", "yes"),
        ("class.prohibited", "no"),
        ("class.ruled_out", "confirmed"),
        ("class.employment", "recruitment"),
        ("class.profiling", "yes"),
        ("class.role", "deployer"),
        ("class.provider_switch", "no"),
        ("class.administrative_act", "no"),
        ("class.fully_automated", "no"),
    ),
    frozenset({"ai", "annex_iii", "high_risk", "fundamental_rights_assessment", "deployer"}),
)
WALKS = {"traffic": TRAFFIC, "chatbot": CHATBOT, "parking": PARKING, "ranking": RANKING}


def asked_next(choices: Choices) -> str | None:
    """The first node that is asked and not answered."""
    nodes = (name for name in path.visible(CONCEPTION, sheet(choices)) if name[:6] == "class.")
    return next((name for name in nodes if name not in choices), None)


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_every_node_has_a_true_answer(walk: Walk) -> None:
    """The nodes come one after the other, no other is asked, and the classes are right."""
    choices = walk.scan
    for name, choice in walk.nodes:
        assert asked_next(choices) == name
        assert choice in [option.id for option in CONCEPTION.question(name).options]
        choices = choices | {name: choice}

    assert asked_next(choices) is None
    assert said(choices) & CLASSES == walk.classes
    assert "classification" not in unmet(choices)
    assert knocked(choices) == []


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_an_unclear_node_holds_the_phase_and_is_linked(walk: Walk) -> None:
    """Whichever node is unclear: the gate leads to this one, not to the first."""
    answered = walk.scan | dict(walk.nodes)
    for name, _ in walk.nodes:
        gate = "article_5" if name == "class.prohibited" else "classification"
        assert unmet(answered | {name: "unclear"})[gate] == name


def test_an_area_that_fits_after_all_holds_the_phase() -> None:
    """A clerk can say no; the phase goes on once the area is ticked in the quick scan."""
    doubt = CHATBOT.scan | dict(CHATBOT.nodes) | {"class.no_area": "no"}

    assert unmet(doubt)["classification"] == "class.no_area"
    assert "classification" not in unmet(doubt | {"scan.areas": ["emergency"]})
