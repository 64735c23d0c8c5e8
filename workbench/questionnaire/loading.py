"""The questionnaires folder → the library the product works with; refuses what is broken."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.basics.errors import NotFound
from workbench.basics.phases import Phase
from workbench.basics.text import later
from workbench.questionnaire.checking import Files, examine
from workbench.questionnaire.definition import (
    Option,
    Question,
    Questionnaire,
    Section,
    Source,
    Text,
    Value,
)
from workbench.questionnaire.file_format import FieldFile, FieldText, QuestionFile, TextFile
from workbench.questionnaire.structure_rules import Structure


@dataclass(frozen=True)
class Library:
    """Everything that can be asked; ``sources`` and ``values`` by their ids."""

    questionnaires: tuple[Questionnaire, ...]
    sources: Mapping[str, Source]
    values: Mapping[str, Value]

    def questionnaire(self, identifier: str, version: str) -> Questionnaire:
        """That version; NotFound when there is none."""
        for questionnaire in self.questionnaires:
            if (questionnaire.id, questionnaire.version) == (identifier, version):
                return questionnaire
        raise NotFound(
            later("There is no questionnaire {id} {version}."), id=identifier, version=version
        )

    def current(self, phase: str) -> Questionnaire:
        """The newest version for the phase; NotFound when nothing is asked in it yet."""
        of_phase = [one for one in self.questionnaires if one.phase == phase]
        if not of_phase:
            raise NotFound(later("There is no questionnaire for the phase {phase}."), phase=phase)
        return max(of_phase, key=lambda one: tuple(int(part) for part in one.version.split(".")))

    def source(self, identifier: str) -> Source:
        """The source of that id; NotFound when there is none."""
        if identifier not in self.sources:
            raise NotFound(later("There is no source {id}."), id=identifier)
        return self.sources[identifier]


@dataclass(frozen=True)
class Words:
    """The texts of one questionnaire, language by language."""

    languages: Mapping[str, TextFile]

    def title(self) -> Text:
        """The name of the questionnaire."""
        return Text({language: texts.title for language, texts in self.languages.items()})

    def section(self, section: str, key: str) -> Text:
        """The title or intro of a section."""
        return Text({lang: getattr(t.sections[section], key) for lang, t in self.languages.items()})

    def of(self, question: str, field: str | None = None) -> Mapping[str, FieldText]:
        """The words of a question or of one field of it."""
        texts = {language: texts.questions[question] for language, texts in self.languages.items()}
        return {lang: t.fields[field] for lang, t in texts.items()} if field else texts


def load(folder: Path) -> Library:
    """The library of the folder ``questionnaires``.

    Raises BrokenContent for the first mistake: file, line, key and what was expected.
    """
    files, problems = examine(folder)
    if problems:
        raise problems[0]
    sources = {name: document.content for name, document in files.sources.items()}
    values = _values(files, sources)
    questionnaires = (
        _questionnaire(
            structure, Words({lang: doc.content for lang, doc in texts.items()}), sources, values
        )
        for structure, texts in files.questionnaires
    )
    return Library(tuple(questionnaires), sources, values)


def _values(files: Files, sources: Mapping[str, Source]) -> Mapping[str, Value]:
    listed = files.values.content.values if files.values else ()
    return {
        one.id: Value(id=one.id, title=one.title, norm=one.norm, source=sources[one.source])
        for one in listed
    }


def _questionnaire(
    structure: Structure, words: Words, sources: Mapping[str, Source], values: Mapping[str, Value]
) -> Questionnaire:
    content = structure.content
    return Questionnaire(
        id=content.id,
        version=content.version,
        phase=Phase(content.phase),
        title=words.title(),
        minimum_value_decisions=content.minimum_value_decisions,
        sections=tuple(
            Section(
                id=section.id,
                title=words.section(section.id, "title"),
                intro=words.section(section.id, "intro"),
                questions=tuple(_question(q, words, sources, values) for q in section.questions),
            )
            for section in content.sections
        ),
    )


def _question(
    question: QuestionFile,
    words: Words,
    sources: Mapping[str, Source],
    values: Mapping[str, Value],
) -> Question:
    texts = words.of(question.id)
    return _field(question, texts).model_copy(
        update={
            "ask_if": question.ask_if,
            "fields": tuple(_field(f, words.of(question.id, f.id)) for f in question.fields),
            "public": question.public,
            "capacity": question.capacity,
            "minutes": question.minutes,
            "source": sources[question.source],
            "value": values[question.value],
            "why": _text(texts, "why"),
            "example": _text(texts, "example"),
        }
    )


def _field(field: FieldFile, texts: Mapping[str, FieldText]) -> Question:
    """What a question and a field of a group have in common."""
    options = tuple(
        Option(id=option, title=Text({lang: t.options[option] for lang, t in texts.items()}))
        for option in field.options
    )
    return Question(
        id=field.id,
        type=field.type,
        title=Text({language: words.title for language, words in texts.items()}),
        required=field.required,
        options=options,
        unit=_text(texts, "unit"),
        minimum=field.minimum,
        maximum=field.maximum,
        max_length=field.max_length,
        help=_text(texts, "help"),
    )


def _text(texts: Mapping[str, FieldText], key: str) -> Text | None:
    given = {language: getattr(words, key) for language, words in texts.items()}
    return Text(given) if all(given.values()) else None
