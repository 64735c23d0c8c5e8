"""The ordered list of questions and answers: check page, PDF, JSON and edition all use this one."""

from collections.abc import Container, Mapping

from pydantic import JsonValue

from workbench.basics import text
from workbench.basics.text import LANGUAGES, later
from workbench.questionnaire import path, types
from workbench.questionnaire.definition import Frozen, Question, Questionnaire, QuestionType, Text
from workbench.questionnaire.types import Cells

NOT_STATED = later("not stated")


class SummaryAnswer(Frozen):
    """One question with its answer in words.

    ``words``: language → paragraphs, options or rows; "not stated" when there is no answer.
    ``rows``: language → the rows of a group as (label, words) pairs; empty for other types.
    ``value``: the stored JSON value. ``public``: whether the answer may be published at all; even
    then only ``public_words`` and ``public_rows`` may, which leave out internal fields of a group;
    ``internal``: the titles of those of them that were answered.
    """

    question: str
    type: QuestionType
    title: Text
    words: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Cells, ...]]
    value: JsonValue
    stated: bool
    public: bool
    public_words: Mapping[str, tuple[str, ...]]
    public_rows: Mapping[str, tuple[Cells, ...]]
    internal: tuple[Text, ...]


class SummarySection(Frozen):
    """The answers of one section, in the order of the questions."""

    id: str
    title: Text
    answers: tuple[SummaryAnswer, ...]


def _answer(question: Question, value: JsonValue) -> SummaryAnswer:
    public = types.public_part(question, value)
    return SummaryAnswer(
        question=question.id,
        type=question.type,
        title=question.title,
        words=_words(question, value),
        rows={language: types.rows(question, value, language) for language in LANGUAGES},
        value=value,
        stated=not types.is_empty(value),
        public=question.public,
        public_words=_words(question, public),
        public_rows={language: types.rows(question, public, language) for language in LANGUAGES},
        internal=types.internal_parts(question, value) if question.public else (),
    )


def _words(question: Question, value: JsonValue) -> dict[str, tuple[str, ...]]:
    return {
        language: types.words(question, value, language) or (text.translate(language, NOT_STATED),)
        for language in LANGUAGES
    }


def of(
    questionnaire: Questionnaire,
    sheet: Mapping[str, JsonValue],
    before: Mapping[str, JsonValue] | None = None,
    among: Container[str] | None = None,
) -> tuple[SummarySection, ...]:
    """Every question asked now with its answer; a section nobody is asked is left out.

    ``before``: see ``path``. ``among``: only questions with these ids; None for all.
    """
    shown = set(path.visible(questionnaire, sheet, before))
    sections = (
        SummarySection(
            id=section.id,
            title=section.title,
            answers=tuple(
                _answer(question, sheet.get(question.id))
                for question in section.questions
                if question.id in shown and (among is None or question.id in among)
            ),
        )
        for section in questionnaire.sections
    )
    return tuple(section for section in sections if section.answers)
