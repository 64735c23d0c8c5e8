"""A questionnaire's structure and its words, joined to what the product works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from workbench.basics.phases import Phase
from workbench.questionnaire.definition import (
    Gate,
    Option,
    Question,
    Questionnaire,
    Score,
    Section,
    Source,
    Text,
)
from workbench.questionnaire.file_format import (
    FieldFile,
    FieldText,
    GateFile,
    QuestionFile,
    QuestionnaireFile,
    ScoreFile,
    SectionFile,
    TextFile,
)
from workbench.questionnaire.file_parts import FileModel
from workbench.questionnaire.library import Lists

Texts = Mapping[str, TextFile]
W = TypeVar("W", bound=FileModel)


@dataclass(frozen=True)
class Shared:
    """What a questionnaire refers to: sources by id, and its version of the lists."""

    sources: Mapping[str, Source]
    lists: Lists


def questionnaire(content: QuestionnaireFile, texts: Texts, shared: Shared) -> Questionnaire:
    """The questionnaire; ``texts`` by language. The files have been checked before."""
    return Questionnaire(
        id=content.id,
        version=content.version,
        lists=content.lists,
        phase=Phase(content.phase),
        title=_all(texts, lambda one: one.title),
        minimum_value_decisions=content.minimum_value_decisions,
        gate=tuple(_gate(gate, texts) for gate in content.gate),
        sections=tuple(_section(section, texts, shared) for section in content.sections),
    )


def _gate(gate: GateFile, texts: Texts) -> Gate:
    return Gate(
        id=gate.id,
        title=_all(texts, lambda one: one.gates[gate.id].title),
        help=_all(texts, lambda one: one.gates[gate.id].help),
        when=gate.when,
        need=gate.need,
        check=gate.check,
        link=gate.link,
        waivable=gate.waivable,
    )


def _section(section: SectionFile, texts: Texts, shared: Shared) -> Section:
    words = {language: one.sections[section.id] for language, one in texts.items()}
    return Section(
        id=section.id,
        title=_all(words, lambda one: one.title),
        intro=_all(words, lambda one: one.intro),
        questions=tuple(_question(question, texts, shared) for question in section.questions),
        ask_if=section.ask_if,
        because=_text(words, "because"),
        because_not=_text(words, "because_not"),
        quick_scan=section.quick_scan,
    )


def _question(question: QuestionFile, texts: Texts, shared: Shared) -> Question:
    words = {language: one.questions[question.id] for language, one in texts.items()}
    fields = (
        _field(field, {language: one.fields[field.id] for language, one in words.items()})
        for field in question.fields
    )
    return _field(question, words).model_copy(
        update={
            "ask_if": question.ask_if,
            "fields": tuple(fields),
            "earlier": question.earlier,
            "score": _score(question.score, shared) if question.score else None,
            "knock_out": question.knock_out,
            "knock_out_means": _text(words, "knock_out"),
            "feeds": question.feeds,
            "wanted": question.wanted,
            "registered": question.registered,
            "capacity": question.capacity,
            "minutes": question.minutes,
            "source": shared.sources[question.source],
            "further_sources": tuple(shared.sources[one] for one in question.further_sources),
            "value": shared.lists.values[question.value],
            "why": _text(words, "why"),
            "example": _text(words, "example"),
        }
    )


def _score(score: ScoreFile, shared: Shared) -> Score:
    return Score(
        indicator=shared.lists.indicators[score.indicator],
        alternative=score.alternative,
        points=score.points,
        steps=score.steps,
    )


def _field(field: FieldFile, words: Mapping[str, FieldText]) -> Question:
    """What a question and a field of a group have in common."""
    options = tuple(
        Option(id=option, title=Text({lang: t.options[option] for lang, t in words.items()}))
        for option in field.options
    )
    return Question(
        id=field.id,
        type=field.type,
        title=_all(words, lambda one: one.title),
        required=field.required,
        options=options,
        exclusive=field.exclusive,
        at_most=field.at_most,
        unit=_text(words, "unit"),
        minimum=field.minimum,
        maximum=field.maximum,
        max_length=field.max_length,
        public=field.public,
        help=_text(words, "help"),
    )


def _all(words: Mapping[str, W], part: Callable[[W], str]) -> Text:
    return Text({language: part(one) for language, one in words.items()})


def _text(words: Mapping[str, FileModel], key: str) -> Text | None:
    given = {language: getattr(one, key) for language, one in words.items()}
    return Text(given) if all(given.values()) else None
