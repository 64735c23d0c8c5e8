"""Small forms of another body, filled from a small questionnaire."""

from typing import Any

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.disclosure import filling
from workbench.disclosure.filling import FilledProfile, Stated
from workbench.disclosure.profiles import Derived, Profile
from workbench.questionnaire import path, summary
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType, Section, Text

SAID = Text({"de": "Titel", "en": "Title"})
RISKY = Condition.model_validate({"equals": ["law.risk", "high"]})


def asked(identifier: str, kind: QuestionType = QuestionType.LONG_TEXT, **more: Any) -> Question:
    """A question whose title is its id."""
    title = Text({"de": f"{identifier}?", "en": f"{identifier}?"})
    return Question(id=identifier, type=kind, title=title).model_copy(update=more)


QUESTIONS = (
    asked("law.risk"),
    asked("law.reason", ask_if=RISKY),
    asked("town.goal"),
    asked("town.secret", public=False),
    asked("town.start", QuestionType.DATE),
    asked("town.page", QuestionType.LINK),
    asked(
        "town.makers",
        QuestionType.GROUP,
        fields=(asked("name"), asked("number"), asked("person", public=False)),
    ),
)
SHEET = Questionnaire(
    id="conception",
    version="1",
    phase=Phase.CONCEPTION,
    title=SAID,
    sections=(Section(id="all", title=SAID, intro=SAID, questions=QUESTIONS),),
)


def stated(
    answers: dict[str, JsonValue], *, phase: Phase = Phase.CONCEPTION, **known: str
) -> Stated:
    """What these answers state; ``known`` are derived facts."""
    told = {Derived(name): words for name, words in known.items()}
    return Stated(
        questions={question.id: question for question in QUESTIONS},
        answers={one.question: one for part in summary.of(SHEET, answers) for one in part.answers},
        counting=path.counting(SHEET, answers),
        names={"risky": RISKY},
        facts={"de": told, "en": told},
        phase=phase,
    )


def form(*fields: dict[str, Any], audience: str = "public", **more: Any) -> Profile:
    """A form with these fields."""
    return Profile.model_validate(
        {
            "id": "form",
            "title": SAID.root,
            "note": SAID.root,
            "audience": audience,
            "fields": [{"id": str(n), "title": SAID.root, **one} for n, one in enumerate(fields)],
            **more,
        }
    )


def fill(
    answers: dict[str, JsonValue],
    *fields: dict[str, Any],
    audience: str = "public",
    phase: Phase = Phase.CONCEPTION,
    **known: str,
) -> FilledProfile:
    """A form with these fields, filled."""
    return filling.filled(
        form(*fields, audience=audience), stated(answers, phase=phase, **known), "de"
    )


def text(answers: dict[str, JsonValue], field: dict[str, Any], **more: Any) -> str | None:
    """The text of one field."""
    return fill(answers, field, **more).fields[0].text
