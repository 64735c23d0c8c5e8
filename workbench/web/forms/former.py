"""What was typed for questions that a page showed and that are not asked on it any more."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.questionnaire import types
from workbench.questionnaire.definition import Section
from workbench.questionnaire.path import Path
from workbench.web.forms import build, fields
from workbench.web.forms.composed import FormData


@dataclass(frozen=True)
class Typed:
    """Words for a question that nobody can answer here now."""

    title: str
    words: tuple[str, ...]


def typed(
    section: Section, stored: Mapping[str, JsonValue], language: str, sent: FormData
) -> list[Typed]:
    """What was sent for the questions of ``section`` and is not stored already.

    Whether they were asked does not matter. An entry that does not fit comes back as it was typed.
    """
    questions = [one.model_copy(update={"ask_if": None}) for one in section.questions]
    anyway = section.model_copy(update={"ask_if": None, "questions": tuple(questions)})
    form = build.form_for(anyway, {}, Path((), (), sections=(anyway.id,)), language, sent)
    form.validate()
    given = build.values(form)
    return [
        Typed(
            title=field.label.text,
            words=types.words(field.question, given.get(field.name), language) or (field.typed,),
        )
        for field in fields.answers_of(form)
        if field.errors or given.get(field.name) not in (None, stored.get(field.name))
    ]
