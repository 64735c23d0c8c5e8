"""Two made-up phases: who is responsible, what energy is needed, what a gate asks."""

from typing import Any

import pytest

from workbench.questionnaire.dated import Factor
from workbench.questionnaire.definition import Questionnaire

SOURCE: dict[str, Any] = {
    "id": "road-act",
    "title": {"de": "Straßengesetz", "en": "Roads act"},
    "version": "1",
    "applies_from": "2026-01-01",
    "link": "https://law.example/roads",
    "checked_on": "2026-11-23",
}
TASKS = ("content", "technology", "deputy", "vendor", "operator")


def both(words: str) -> dict[str, str]:
    """The same words in both languages."""
    return {"de": words, "en": words}


def question(identifier: str, kind: str, **more: Any) -> dict[str, Any]:
    """A question with everything it needs."""
    return {
        "id": identifier,
        "type": kind,
        "title": both(identifier),
        "why": both("Darum."),
        "example": both("So."),
        "capacity": ["it"],
        "minutes": 1,
        "source": SOURCE,
        "value": {"id": "equality", "title": both("Gleichheit"), "source": SOURCE},
        **more,
    }


def options(*names: str) -> list[dict[str, Any]]:
    """Options with their words."""
    return [{"id": name, "title": both(name)} for name in names]


def chain(identifier: str) -> dict[str, Any]:
    """The question for responsibilities."""
    fields = [
        {
            "id": "task",
            "type": "choice_one",
            "title": both("Aufgabe"),
            "options": options(*TASKS),
        },
        {"id": "office", "type": "short_text", "title": both("Stelle")},
        {"id": "person", "type": "short_text", "title": both("Person"), "public": False},
        {"id": "since", "type": "date", "title": both("Seit")},
        {"id": "until", "type": "date", "title": both("Bis")},
    ]
    return question(identifier, "group", fields=fields, feeds="responsibility")


def phase(
    name: str, questions: list[dict[str, Any]], gate: list[dict[str, Any]], decisions: int = 0
) -> Questionnaire:
    """A questionnaire of one section."""
    return Questionnaire.model_validate(
        {
            "id": name,
            "version": "2026.1",
            "phase": name,
            "title": both(name),
            "minimum_value_decisions": decisions,
            "gate": [
                {"title": both(one["id"]), "help": both("Tun Sie es."), **one} for one in gate
            ],
            "sections": [
                {"id": "s", "title": both("s"), "intro": both("s"), "questions": questions}
            ],
        }
    )


@pytest.fixture
def phases() -> list[Questionnaire]:
    """Conception and design."""
    first = [
        question("a.open", "yes_no", required=True),
        question(
            "a.road",
            "choice_one",
            options=options("long", "short"),
            required=True,
            ask_if={"equals": ["a.open", True]},
        ),
        chain("a.chain"),
        question("a.uses", "number", feeds="uses_per_year"),
        question("a.use_energy", "number", feeds="use_energy"),
    ]
    second = [
        question("b.note", "long_text", ask_if={"equals": ["a.road", "long"]}, required=True),
        chain("b.chain"),
        question("b.uses", "number", feeds="uses_per_year"),
        question("b.years", "number", feeds="lifetime_years"),
        question(
            "b.basis",
            "choice_one",
            feeds="energy_basis",
            options=options("measured", "vendor", "estimated", "not_known"),
        ),
        question("b.training", "number", feeds="training_energy"),
        question("b.power", "number", feeds="device_power"),
        question(
            "b.hours",
            "number",
            feeds="device_hours",
            ask_if={"not": {"equals": ["a.road", "short"]}},
        ),
        question(
            "b.centre",
            "choice_one",
            feeds="data_centre",
            options=options("own_room", "professional", "not_known"),
        ),
        question("b.saved", "number", feeds="replaced_energy"),
        question("b.travel", "number", feeds="replaced_travel"),
        question("b.until", "date", feeds="use_until"),
        question("b.ended", "yes_no"),
        question("b.ended_on", "date", feeds="ended_on", ask_if={"equals": ["b.ended", True]}),
    ]
    gate: list[dict[str, Any]] = [
        {"id": "named", "check": "responsibilities", "link": "b.chain"},
        {"id": "checked", "check": "audit"},
        {"id": "open", "need": {"equals": ["a.open", True]}, "link": "a.open"},
    ]
    return [phase("conception", first, []), phase("design", second, gate, decisions=1)]


def factor(identifier: str, value: float, year: int = 2025, **more: Any) -> Factor:
    """A made-up factor."""
    return Factor.model_validate(
        {
            "id": identifier,
            "value": value,
            "unit": "x",
            "year": year,
            "title": both(identifier),
            "source": SOURCE,
            **more,
        }
    )


@pytest.fixture
def factors() -> list[Factor]:
    """Round numbers, easy to reckon with."""
    return [
        factor("grid_co2", 500, 2023),
        factor("grid_co2", 400, low=300, high=500),
        factor("grid_co2", 1, 2031),
        factor("car_co2", 150, low=100, high=200),
        factor("pue_own_room", 2, low=1.5, high=2.5),
        factor("pue_professional", 1.2, low=1.1, high=1.4),
    ]
