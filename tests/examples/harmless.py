"""Everything that is asked about a harmless system, answered in all five phases: a short file."""

from collections.abc import Mapping

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
ANSWERS: Mapping[Phase, Answers] = {
    Phase.CONCEPTION: {
        "scan.purpose": "Erkennt Schäden an Straßen auf Bildern der Müllfahrzeuge.",
        "scan.technique": "learning",
        "scan.origin": "bought",
        "scan.role": "deployer",
        "scan.influence": "informs",
        "scan.people": ["residents"],
        "scan.personal_data": "no",
        "scan.contact": ["none"],
        "scan.areas": ["none"],
        "scan.prohibited": "no",
        "scan.reversible": "easily",
        "purpose.problem": "Schlaglöcher fallen erst auf, wenn jemand anruft.",
        "purpose.alternatives": ["no_ai", "more_staff"],
        "effect.main": ["participation", "relief"],
        "law.legal_basis": "Straßenbaulast nach dem Straßengesetz des Landes.",
        "class.ai_system": {"choice": "yes", "reason": "Es hat aus vielen Bildern gelernt."},
        "class.no_area": {"choice": "confirmed", "reason": "Es zeigt nur Löcher in der Straße."},
        "chain_conception.chain": CHAIN,
        "people.staff_council_informed": True,
        "people.contact": "tiefbau@musterstadt.example",
        "data.sources": [{"name": "Bilder", "owner": "Bauhof", "origin": "Kamera am Fahrzeug"}],
    },
    Phase.DESIGN: {
        "require.intended_use": "Der Bauhof sieht, wo er nachsehen soll.",
        "require.out_of_scope": "Niemand sucht damit Menschen oder Autos.",
        "require.input": "Bilder der Fahrbahn",
        "require.output": "Ort und Art des Schadens",
        "dataplan.fit": "Die Bilder stammen aus unseren Straßen.",
        "dataplan.quality": ["samples"],
        "oversight.stop": "Leitung des Tiefbauamts",
        "access.surface": ["staff"],
        "access.standard": "tested",
        "contract.suppliers": [{"name": "Wegeblick (erfunden)", "task": "Modell und Kamera"}],
        "contract.clauses": ["documentation", "data_use"],
        "protect.fallback": "Zwei Menschen fahren die Straßen ab wie bisher.",
        "energy_goal.target": "20 Kilowattstunden im Monat",
        "energy_goal.size": {"choice": "small", "reason": "Ein kleines Modell genügt."},
        "staffing.training": "Eine Stunde für alle am Bauhof.",
        "chain_design.chain": CHAIN,
    },
    Phase.CONSTRUCTION: {
        "train.models": [{"name": "Fahrbahn", "version": "4.2", "task": "Schäden erkennen"}],
        "train.self_learning": "no",
        "tests.done": [
            {
                "kind": "accuracy",
                "with_whom": "Bauhof",
                "tested_on": "2026-06-01",
                "result": "81 von 100 Schäden erkannt.",
                "passed": "yes",
            }
        ],
        "tests.local": "own",
        "secure.tests": ["access"],
        "secure.stop": "both",
        "document.how_it_works": "Es vergleicht Bilder mit Bildern bekannter Schäden.",
        "document.source_code": {"not_applicable": "Der Anbieter gibt ihn nicht heraus."},
        "energy_built.basis": "not_known",
        "energy_built.uses": 12000,
        "chain_construction.chain": CHAIN,
    },
    Phase.FIRST_USE: {
        "ready.process": "Vor der Planung der Reparaturen.",
        "ready.start_date": "2026-09-01",
        "ready.area": "Das ganze Stadtgebiet",
        "chain_first_use.chain": CHAIN,
        "ready.fallback": {"choice": "tried", "reason": "Einen Tag ohne System gearbeitet."},
        "staff.training": [{"measure": "Eine Stunde am Bildschirm", "role": "Bauhof"}],
        "staff.council": "informed",
        "notice.accessible": ["plain_language"],
        "release.residual_risk": "Bei Regen erkennt die Kamera wenig.",
        "release.accepted_by": "Leitung des Tiefbauamts",
        "release.accepted_until": "2027-09-01",
        "release.publication": "everything",
    },
    Phase.OPERATION: {
        "monitor.office": "Tiefbauamt",
        "monitor.interval": "monthly",
        "lesson.participation": "Alle Stadtteile werden gleich oft befahren.",
        "lesson.relief": "Die Fahrten zur Kontrolle entfallen.",
        "lesson.evidence": "Der Rat sieht den Zustand jeder Straße.",
        "incident.any": False,
        "change.since": ["none"],
        "lesson.learned": "Laub sieht aus wie ein Schaden.",
        "lesson.open": "Was tun wir im Herbst?",
        "lesson.next_review": "2027-09-01",
        "energy_used.uses_per_year": 12000,
        "energy_used.basis": "not_known",
        "chain_operation.chain": CHAIN,
        "exit.ended": False,
    },
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
