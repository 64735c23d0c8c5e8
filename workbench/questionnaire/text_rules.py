"""Rules for the texts: every id has its words in every language, and no words lack their id."""

from collections.abc import Iterator, Mapping, Set

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.file_format import FieldFile, FieldText, TextFile
from workbench.questionnaire.reading import Document, Key
from workbench.questionnaire.structure_rules import Structure, placed

Texts = Mapping[str, Document[TextFile]]
# May be left out, but then in every language.
OPTIONAL = ("help", "unit")
REASONS = ("because", "because_not")


def same_ids(structure: Structure, texts: Texts) -> Iterator[BrokenContent]:
    """Sections, questions and gates of the structure and of each language are the same."""
    sections = {section.id for section in structure.content.sections}
    questions = {question.id for _, question in placed(structure)}
    gates = {gate.id for gate in structure.content.gate}
    for document in texts.values():
        yield from _compare(document, ("gates",), gates, document.content.gates.keys())
        yield from _compare(document, ("sections",), sections, document.content.sections.keys())
        yield from _compare(document, ("questions",), questions, document.content.questions.keys())


def same_parts(structure: Structure, texts: Texts) -> Iterator[BrokenContent]:
    """Options and fields of each question have their words; a unit belongs to a number."""
    for _, question in placed(structure):
        for document in texts.values():
            words = document.content.questions.get(question.id)
            if words is None:
                continue
            key = ("questions", question.id)
            yield from _parts(document, key, question, words)
            names = {field.id: field for field in question.fields}
            yield from _compare(document, (*key, "fields"), names.keys(), words.fields.keys())
            for name in names.keys() & words.fields.keys():
                place = (*key, "fields", name)
                yield from _parts(document, place, names[name], words.fields[name])


def _parts(
    document: Document[TextFile], key: Key, question: FieldFile, words: FieldText
) -> Iterator[BrokenContent]:
    yield from _compare(document, (*key, "options"), set(question.options), words.options.keys())
    if words.unit and question.type is not QuestionType.NUMBER:
        yield document.problem((*key, "unit"), f"no unit with type {question.type}")


def same_optional_texts(_structure: Structure, texts: Texts) -> Iterator[BrokenContent]:
    """A help or unit that one language has, all have."""
    given = {language: dict(_optional(document.content)) for language, document in texts.items()}
    everywhere = {key for keys in given.values() for key, text in keys.items() if text}
    for language, document in texts.items():
        for key in sorted(everywhere):
            if key in given[language] and not given[language][key]:
                yield document.problem(key, "this text too, another language has it")


def texts_that_depend(structure: Structure, texts: Texts) -> Iterator[BrokenContent]:
    """A section with a condition says why and why not; what knocks out says what follows."""
    for document in texts.values():
        for section in structure.content.sections:
            words = document.content.sections.get(section.id)
            for name in REASONS if words else ():
                key = ("sections", section.id, name)
                given = getattr(words, name) is not None
                yield from _both(
                    document, key, "ask_if", wanted=section.ask_if is not None, given=given
                )
        for _, question in placed(structure):
            said = document.content.questions.get(question.id)
            if said:
                key = ("questions", question.id, "knock_out")
                given = said.knock_out is not None
                yield from _both(
                    document, key, "knock_out", wanted=bool(question.knock_out), given=given
                )


def _both(
    document: Document[TextFile], key: Key, name: str, *, wanted: bool, given: bool
) -> Iterator[BrokenContent]:
    if wanted and not given:
        yield document.problem(key, f"this text, questionnaire.yaml has {name}")
    if given and not wanted:
        yield document.problem(key, f"no such text without {name} in questionnaire.yaml")


def _optional(content: TextFile) -> Iterator[tuple[Key, str | None]]:
    for name, words in content.questions.items():
        parts: list[tuple[Key, FieldText]] = [(("questions", name), words)]
        parts += [(("questions", name, "fields", f), part) for f, part in words.fields.items()]
        for key, part in parts:
            yield from (((*key, optional), getattr(part, optional)) for optional in OPTIONAL)


def _compare(
    document: Document[TextFile], key: Key, wanted: Set[str], given: Set[str]
) -> Iterator[BrokenContent]:
    for name in sorted(wanted - given):
        yield document.problem((*key, name), "its text, it is missing")
    for name in sorted(given - wanted):
        yield document.problem((*key, name), "an id that is in questionnaire.yaml")


RULES = (same_ids, same_parts, same_optional_texts, texts_that_depend)
