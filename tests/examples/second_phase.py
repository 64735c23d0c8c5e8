"""A small phase design from which everything can be concluded, with its answers; all made up."""

from datetime import date
from typing import Any

from pydantic import JsonValue

from workbench.disclosure.concluding import Basis
from workbench.governance import obligations, sustainability
from workbench.questionnaire import path, scoring
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.dated import Calendar, Duty, Factor
from workbench.questionnaire.definition import Indicator, Questionnaire, Source
from workbench.questionnaire.library import Named

DAY = date(2026, 5, 3)
SOURCE: dict[str, Any] = {
    "id": "ai-act",
    "title": {"de": "KI-Verordnung", "en": "AI Act"},
    "version": "2026",
    "link": "https://law.example/ai-act",
    "checked_on": "2026-05-01",
}


def said(german: str, english: str) -> dict[str, str]:
    """A text in both languages."""
    return {"de": german, "en": english}


YES_NO = [
    {"id": "yes", "title": said("Ja", "Yes")},
    {"id": "no", "title": said("Nein", "No")},
]


def asked(identifier: str, kind: str, title: dict[str, str], **more: Any) -> dict[str, Any]:
    """A question."""
    return {"id": identifier, "type": kind, "title": title, **more}


def scored(identifier: str, dimension: str, title: dict[str, str]) -> dict[str, Any]:
    """Up to four points for yes."""
    indicator = {
        "id": identifier,
        "dimension": dimension,
        "title": title,
        "help": said("Viele Punkte heißen viel davon.", "Many points mean much of it."),
        "source": SOURCE,
    }
    return {"indicator": Indicator.model_validate(indicator), "points": {"yes": 4, "no": 1}}


TASKS = [
    {"id": name, "title": said(name, name)}
    for name in ("content", "technology", "deputy", "vendor", "operator")
]
QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "id": "design",
        "version": "2026.1",
        "phase": "design",
        "title": said("Gestaltung", "Design"),
        "sections": [
            {
                "id": "fit",
                "title": said("Einstufung", "Classification"),
                "intro": said("Los.", "Go."),
                "questions": [
                    asked(
                        "fit.credit",
                        "judgement",
                        said("Prüft es, ob jemand zahlen kann?", "Does it rate who can pay?"),
                        options=YES_NO,
                    ),
                    asked(
                        "fit.many",
                        "choice_one",
                        said("Trifft es viele Menschen?", "Does it reach many people?"),
                        options=YES_NO,
                        score=scored("reach", "impact", said("Reichweite", "Reach")),
                        knock_out=["yes"],
                        knock_out_means=said("Der Rat entscheidet.", "The council decides."),
                    ),
                    asked(
                        "fit.open",
                        "choice_one",
                        said("Lässt es sich erklären?", "Can it be explained?"),
                        options=YES_NO,
                        score=scored("opacity", "impact", said("Undurchsichtigkeit", "Opacity")),
                    ),
                    asked(
                        "fit.watched",
                        "choice_one",
                        said("Sieht ein Mensch hin?", "Does a person look?"),
                        options=YES_NO,
                        score=scored("oversight", "safeguards", said("Aufsicht", "Oversight")),
                    ),
                    asked(
                        "fit.locked",
                        "choice_one",
                        said("Ist der Zugang gesperrt?", "Is access locked?"),
                        options=YES_NO,
                        public=False,
                        score=scored("security", "safeguards", said("Sicherheit", "Security")),
                    ),
                ],
            },
            {
                "id": "chain",
                "title": said("Verantwortung", "Responsibility"),
                "intro": said("Los.", "Go."),
                "questions": [
                    asked(
                        "chain_design.chain",
                        "group",
                        said("Wer ist jetzt verantwortlich?", "Who is responsible now?"),
                        feeds="responsibility",
                        fields=[
                            asked("task", "choice_one", said("Aufgabe", "Task"), options=TASKS),
                            asked("office", "short_text", said("Stelle", "Office")),
                            asked("person", "short_text", said("Name", "Name"), public=False),
                        ],
                    ),
                    asked(
                        "energy.uses",
                        "number",
                        said("Wie viele Nutzungen im Jahr?", "How many uses a year?"),
                        feeds="uses_per_year",
                    ),
                    asked(
                        "energy.use",
                        "number",
                        said("Wie viel Strom für 1.000?", "How much energy for 1,000?"),
                        feeds="use_energy",
                    ),
                ],
            },
        ],
    }
)
ANSWERS: dict[str, JsonValue] = {
    "fit.credit": {"choice": "yes", "reason": "Es schätzt, ob ein Darlehen ausfällt."},
    "fit.many": "yes",
    "fit.watched": "no",
    "fit.locked": "yes",
    "chain_design.chain": [
        {"task": "content", "office": "Kämmerei", "person": "Erika Geheim"},
    ],
    "energy.uses": 2000,
    "energy.use": 3,
}
CREDIT = Condition.model_validate({"equals": ["fit.credit", "yes"]})
CONDITIONS = (
    Named.model_validate(
        {
            "id": "high_risk",
            "title": said("Das System hat ein hohes Risiko.", "The system is high-risk."),
            "holds_if": CREDIT,
        }
    ),
    Named.model_validate(
        {
            "id": "harmless",
            "title": said("Das System ist harmlos.", "The system is harmless."),
            "holds_if": {"not": CREDIT.model_dump(by_alias=True, exclude_none=True)},
        }
    ),
)


def _duty(identifier: str, title: dict[str, str], start: date, end: date | None = None) -> Duty:
    return Duty.model_validate(
        {
            "id": identifier,
            "title": title,
            "help": said("So geht es.", "This is how."),
            "source": SOURCE,
            "applies_from": start,
            "applies_to": end,
            "when": CREDIT,
            "phase": "operation",
            "capacity": ["it", "law"],
        }
    )


CALENDAR = Calendar.model_validate(
    {
        "version": "2026.1",
        "as_of": date(2026, 1, 1),
        "note": said("Neu.", "New."),
        "duties": (
            _duty("tell", said("Menschen informieren", "Tell people"), date(2026, 1, 1)),
            _duty("log", said("Protokolle aufbewahren", "Keep logs"), date(2027, 12, 2)),
            _duty("old", said("Melden", "Notify"), date(2020, 1, 1), date(2021, 1, 1)),
        ),
    }
)
GRID = Factor(
    id="grid_co2",
    value=360,
    low=340,
    high=400,
    unit="g/kWh",
    year=2025,
    title=CONDITIONS[0].title.model_validate(said("Strommix", "Grid")),
    source=Source.model_validate(SOURCE),
)
# Nothing is added for cooling, so that the figures can be checked in the head.
UNCOOLED = tuple(
    GRID.model_copy(update={"id": name, "value": 1, "low": 1, "high": 1, "unit": "kWh/kWh"})
    for name in ("pue_own_room", "pue_professional")
)


def basis() -> Basis:
    """All that governance computes from the answers, on DAY."""
    counting = path.counting_in_all([QUESTIONNAIRE], ANSWERS)
    return Basis(
        questions=tuple(QUESTIONNAIRE.questions()),
        counting=counting,
        judged_on={"fit.credit": DAY},
        conditions=CONDITIONS,
        calendar=CALENDAR,
        duties=obligations.of(CALENDAR, counting, DAY),
        profile=scoring.of([QUESTIONNAIRE], ANSWERS),
        balance=sustainability.of([QUESTIONNAIRE], counting, [GRID, *UNCOOLED], DAY),
    )
