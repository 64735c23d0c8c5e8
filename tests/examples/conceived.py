"""Choices, above all in conception, and what follows from them: for tests of the content."""

from datetime import date

from pydantic import JsonValue

from tests.examples import quickly
from workbench.governance import gates
from workbench.questionnaire import conditions, path, scoring
from workbench.questionnaire.definition import QuestionType

LIBRARY = quickly.library()
CONCEPTION = LIBRARY.current("conception")
JUDGED = {
    question.id
    for one in LIBRARY.newest()
    for question in one.questions()
    if question.type is QuestionType.JUDGEMENT
}
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
    "scan.prohibited": ["none"],
    "scan.reversible": "easily",
    "class.ai_system": "yes",
    "class.prohibited": "no",
    "class.no_area": "confirmed",
    "class.ruled_out": "confirmed",
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
    return {
        name: {"choice": value, "reason": "Weil es so ist."} if name in JUDGED else value
        for name, value in choices.items()
    }


def said(choices: Choices) -> set[str]:
    """The names of the conditions that hold for the answers that count."""
    counting = path.walk(CONCEPTION, sheet(choices)).counting
    return {
        name
        for name, one in LIBRARY.conditions_for(LIBRARY.newest()).items()
        if conditions.holds(one.holds_if, counting)
    }


def minutes(choices: Choices) -> float:
    """How long all that is asked takes."""
    shown = set(path.visible(CONCEPTION, sheet(choices)))
    return sum(question.minutes for question in CONCEPTION.questions() if question.id in shown)


def unmet(choices: Choices) -> dict[str, str | None]:
    """The conditions that keep conception from being left, and the question each leads to."""
    beside = gates.Beside(date(2026, 11, 23))
    return {one.id: one.question for one in gates.unmet([CONCEPTION], sheet(choices), beside)}


def knocked(choices: Choices) -> list[str]:
    """The questions whose answer knocks out."""
    return [one.question for one in scoring.of([CONCEPTION], sheet(choices)).knock_outs]
