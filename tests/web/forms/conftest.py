"""The questions of these tests (all made up), and pages rendered by plain Jinja."""

from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms.form import BaseForm

from workbench.basics import text
from workbench.questionnaire import path
from workbench.questionnaire.definition import Questionnaire, Section
from workbench.resources import folder
from workbench.web import filters
from workbench.web.forms import build
from workbench.web.forms.composed import FormData

SOURCE = {
    "id": "road-act",
    "title": {"de": "Straßengesetz", "en": "Roads act"},
    "version": "1",
    "applies_from": "2025-02-02",
    "applies_to": "2030-02-02",
    "link": "https://law.example/roads",
    "checked_on": "2026-11-23",
    "checked_against": "official",
}
PAGE = """\
{% from "components/error_summary.html" import error_summary %}
{% from "questions/question.html" import question, first_button %}
<!DOCTYPE html><html lang="{{ language }}"><head><title>x</title></head><body>
{{ error_summary(form) }}
<form method="post">{{ first_button("then", "next") }}
{% for field in form %}{{ question(field) }}{% endfor %}
</form></body></html>"""


def both(german: str, english: str) -> dict[str, str]:
    """A text in both languages."""
    return {"de": german, "en": english}


OPTIONS = [
    {"id": "road", "title": both("Straße", "Road")},
    {"id": "path", "title": both("Weg", "Path")},
]
QUESTIONS: dict[str, dict[str, Any]] = {
    "a.short": {"type": "short_text", "required": True, "max_length": 10},
    "a.long": {"type": "long_text", "help": both("Kurz <b>halten</b>.", "Keep <b>short</b>.")},
    "a.yes": {"type": "yes_no"},
    "a.one": {"type": "choice_one", "options": OPTIONS, "ask_if": {"equals": ["a.yes", True]}},
    "a.many": {"type": "choice_many", "options": OPTIONS},
    "a.number": {"type": "number", "unit": both("Meter", "metres"), "minimum": 0},
    "a.date": {"type": "date", "ask_if": {"any_of": ["a.one", ["road"]]}},
    "a.link": {"type": "link", "public": False},
    "a.group": {
        "type": "group",
        "fields": [
            {"id": "who", "type": "short_text", "required": True, "title": both("Wer", "Who")},
            {"id": "data", "type": "number", "title": both("Zahl", "Number")},
            {"id": "since", "type": "date", "title": both("Seit", "Since")},
            {"id": "open", "type": "yes_no", "title": both("Offen", "Open")},
            {
                "id": "kinds",
                "type": "choice_many",
                "options": OPTIONS,
                "title": both("Art", "Kind"),
            },
        ],
    },
    "a.verdict": {"type": "judgement", "options": OPTIONS, "required": True},
    "a.later": {"type": "short_text", "ask_if": {"answered": "b.before"}},
}


def made(identifier: str, rule: dict[str, Any]) -> dict[str, Any]:
    """A question with everything it needs."""
    return {
        "id": identifier,
        "title": both(f"Frage {identifier}", f"Question {identifier}"),
        "why": both("Darum.", "Because."),
        "example": both("Etwa so.", "Like this."),
        "capacity": ["it", "law"],
        "minutes": 2,
        "source": SOURCE,
        "value": {
            "id": "equality",
            "title": both("Gleichheit", "Equality"),
            "norm": both("Art. 3 GG", "Article 3 of the Basic Law"),
            "source": SOURCE,
        },
        **rule,
    }


@pytest.fixture
def questionnaire() -> Questionnaire:
    """A section with one question before it and one with all types of question."""
    before = [made("b.before", {"type": "short_text"})]
    sections = [
        {"id": "b", "questions": before},
        {"id": "a", "questions": [made(key, rule) for key, rule in QUESTIONS.items()]},
    ]
    texts = {"title": both("Titel", "Title"), "intro": both("Los.", "Go.")}
    return Questionnaire.model_validate(
        {
            "id": "sample",
            "version": "2026.1",
            "phase": "design",
            "title": both("Muster", "Sample"),
            "sections": [{**texts, **section} for section in sections],
        }
    )


@pytest.fixture
def section(questionnaire: Questionnaire) -> Section:
    """The section with all types."""
    return questionnaire.section("a")


MakeForm = Callable[..., build.QuestionForm]


@pytest.fixture
def form_of(questionnaire: Questionnaire, section: Section) -> MakeForm:
    """Builds the form of the section for some stored answers and a posted form."""

    def form(
        posted: list[tuple[str, str]] | FormData | None = None,
        stored: dict[str, Any] | None = None,
        language: str = "en",
    ) -> build.QuestionForm:
        sheet = stored or {}
        formdata = FormData(posted) if isinstance(posted, list) else posted
        walked = path.walk(questionnaire, sheet)
        return build.form_for(section, sheet, walked, language, formdata)

    return form


Render = Callable[..., str]


@pytest.fixture
def render() -> Render:
    """Renders the page of a form as the real templates do, without Flask."""

    def rendered(form: BaseForm, language: str = "en", page: str = PAGE) -> str:
        environment = Environment(
            loader=FileSystemLoader(folder("templates")),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        environment.globals["_"] = lambda message, **values: text.translate(
            language, message, values
        )
        environment.filters["minutes"] = filters.minutes
        return environment.from_string(page).render(form=form, language=language)

    return rendered
