"""Small questionnaires for all phases: enough to see what one phase means for the next.

Conception is the real 2026.1; the others ask a question or two. ``design.tool`` is asked only when
conception says when it begins, ``design.more`` (its own section) never.
"""

from dataclasses import replace
from datetime import date

from tests.examples.harmless import Answers
from workbench.basics.capacities import Capacity
from workbench.basics.phases import Phase
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.dated import Calendar, Duty
from workbench.questionnaire.definition import (
    Gate,
    Question,
    Questionnaire,
    QuestionType,
    Section,
    Source,
    Text,
    Value,
)
from workbench.questionnaire.library import Library
from workbench.services import Workspace

VERSION = "9999.1"
SOURCE = Source(
    id="law",
    title=Text({"de": "Gesetz", "en": "Law"}),
    version="1",
    link="https://example.org/law",
    checked_on=date(2026, 11, 23),
)
PLANNED = Condition.model_validate({"answered": "effect.planned_start"})
NEVER = Condition.model_validate({"equals": ["design.goal", "never"]})


# One complete set of answers to conception 2026.1.
ANSWERS: Answers = {
    "purpose.problem": "Schlaglöcher fallen erst auf, wenn jemand anruft.",
    "purpose.goal": "Schäden früher erkennen und günstiger beheben.",
    "purpose.previous_procedure": "Zwei Menschen fahren alle Straßen einmal im Jahr ab.",
    "purpose.alternatives": ["no_ai", "more_staff"],
    "purpose.reasons": "Die Müllfahrzeuge fahren ohnehin jede Straße ab.",
    "effect.participation": "Alle Stadtteile werden gleich oft befahren.",
    "effect.relief": "Die Fahrten zur Kontrolle entfallen.",
    "effect.evidence": "Der Rat sieht den Zustand jeder Straße.",
    "effect.cases_per_year": 12000,
    "law.legal_basis": "Straßenbaulast nach dem Straßengesetz des Landes.",
    "law.prohibited": "no",
    "law.role": "deployer",
    "law.origin": "bought",
    "decision.automation": "suggests",
    "decision.oversight": "Der Bauhof sieht jeden gemeldeten Schaden an.",
    "decision.content_office": "Leitung des Tiefbauamts",
    "decision.technology_office": "Sachgebiet Fachverfahren",
    "decision.contact_person": "Geheime Person, Durchwahl 4711",
    "people.groups": [
        {
            "who": "Menschen auf der Straße",
            "harm": "Ihr Bild könnte gespeichert werden.",
            "heard": "Aushang und Sprechstunde.",
        }
    ],
    "people.staff_council_informed": False,
    "people.contact": "tiefbau@musterstadt.example",
    "people.difficulties": "Bei Regen erkennt die Kamera wenig.",
    "data.sources": [{"name": "Bilder", "owner": "Bauhof", "origin": "Kamera am Fahrzeug"}],
    "data.personal": False,
}


def said(words: str) -> Text:
    """The same words in both languages."""
    return Text({"de": words, "en": words})


def asked(identifier: str, *, required: bool = False, **more: object) -> Question:
    """A question with a short text as answer."""
    return Question(
        id=identifier,
        type=QuestionType.SHORT_TEXT,
        title=said(f"Frage {identifier}?"),
        required=required,
        capacity=(Capacity.IT,),
        minutes=3,
        source=SOURCE,
        value=Value(id="dignity", title=said("Würde"), source=SOURCE),
        why=said("Darum."),
        example=said("So."),
    ).model_copy(update=more)


def part(identifier: str, *questions: Question, **more: object) -> Section:
    """A section."""
    made = Section(
        id=identifier, title=said(f"Teil {identifier}"), intro=said("Los."), questions=questions
    )
    return made.model_copy(update=more)


def phase(name: Phase, *sections: Section, **more: object) -> Questionnaire:
    """The questionnaire of a phase."""
    made = Questionnaire(
        id=name.replace("_", "-"),
        version=VERSION,
        phase=name,
        title=said(f"Phase {name}"),
        sections=sections,
    )
    return made.model_copy(update=more)


DESIGN = phase(
    Phase.DESIGN,
    part(
        "goals",
        asked("design.goal", required=True, earlier=("purpose.problem",)),
        asked("design.tool", ask_if=PLANNED),
    ),
    part(
        "more",
        asked("design.more"),
        ask_if=NEVER,
        because=said("Weil das Ziel es verlangt."),
        because_not=said("Das Ziel verlangt es nicht."),
    ),
    gate=(
        Gate(
            id="tool_named",
            title=said("Das Werkzeug steht fest."),
            help=said("Nennen Sie es."),
            need=Condition.model_validate(
                {"any": [{"answered": "design.tool"}, {"answered": "design.other"}]}
            ),
            link="design.tool",
        ),
    ),
)
LATER = tuple(
    phase(name, part("all", asked(f"{name}.done", required=True)))
    for name in (Phase.CONSTRUCTION, Phase.FIRST_USE, Phase.OPERATION)
)


def duty(identifier: str, start: date | None = None) -> Duty:
    """A duty of every system."""
    return Duty(
        id=identifier,
        title=said(f"Pflicht {identifier}"),
        help=said("So geht es."),
        source=SOURCE,
        applies_from=start,
        applies_to=None,
        when=None,
        phase=Phase.OPERATION,
        capacity=(Capacity.LAW,),
    )


def calendar(version: str, *duties: Duty) -> Calendar:
    """A legal calendar."""
    return Calendar(version=version, as_of=date(2026, 1, 1), note=said("Neu."), duties=duties)


OLD = calendar("2026.1", duty("gone"), duty("moved", date(2026, 8, 2)), duty("same"))
NEW = calendar("2026.2", duty("moved", date(2027, 12, 2)), duty("same"), duty("added"))


def library(real: Library, *calendars: Calendar, version: str = "2026.1") -> Library:
    """The small questionnaires after the real conception, with these legal calendars."""
    conception = real.questionnaire("conception", version)
    return replace(
        real,
        questionnaires=(conception, DESIGN, *LATER),
        calendars={one.version: one for one in calendars or (OLD,)},
    )


def renewed(workspace: Workspace) -> Workspace:
    """The same workbench after a newer legal calendar was installed."""
    return replace(workspace, library=library(workspace.library, OLD, NEW))
