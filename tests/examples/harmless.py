"""Everything that conception asks about a harmless system, answered: a short file."""

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.questionnaire.definition import Questionnaire
from workbench.services import Workspace

Answers = dict[str, JsonValue]
CHAIN: JsonValue = [
    {
        "task": "content",
        "office": "Leitung des Tiefbauamts",
        "person": "Geheime Person, Durchwahl 4711",
    },
    {"task": "technology", "office": "Sachgebiet Fachverfahren"},
]

# In the order in which they are asked.
ANSWERS: Answers = {
    "scan.purpose": "Erkennt Schäden an Straßen auf Bildern der Müllfahrzeuge.",
    "scan.technique": "learning",
    "scan.origin": "bought",
    "scan.role": "deployer",
    "scan.influence": "informs",
    "scan.people": ["residents"],
    "scan.personal_data": "no",
    "scan.contact": ["none"],
    "scan.areas": ["none"],
    "scan.prohibited": ["none"],
    "scan.reversible": "easily",
    "purpose.problem": "Schlaglöcher fallen erst auf, wenn jemand anruft.",
    "purpose.alternatives": ["no_ai", "more_staff"],
    "effect.main": ["participation", "relief"],
    "law.legal_basis": "Straßenbaulast nach dem Straßengesetz des Landes.",
    "class.ai_system": {"choice": "yes", "reason": "Es hat aus vielen Bildern gelernt."},
    "class.prohibited": {"choice": "no", "reason": "Es sucht nur Löcher in der Straße."},
    "class.no_area": {"choice": "confirmed", "reason": "Es zeigt nur Löcher in der Straße."},
    "class.ruled_out": {"choice": "confirmed", "reason": "Es spricht mit niemandem."},
    "chain_conception.chain": CHAIN,
    "people.staff_council_informed": True,
    "people.contact": "tiefbau@musterstadt.example",
    "data.sources": [{"name": "Bilder", "owner": "Bauhof", "origin": "Kamera am Fahrzeug"}],
}


def questionnaire(workspace: Workspace, phase: Phase) -> Questionnaire:
    """The one that a phase opened now asks."""
    return workspace.library.current(phase)


def by_section(asked: Questionnaire, answers: Answers) -> dict[str, Answers]:
    """The answers by the id of the section that asks for them; no section is empty."""
    found = {
        section.id: {one.id: answers[one.id] for one in section.questions if one.id in answers}
        for section in asked.sections
    }
    return {section: some for section, some in found.items() if some}
