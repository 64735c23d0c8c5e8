"""Author's checks of the whole questionnaires folder: every mistake, not only the first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.basics.errors import BrokenContent
from workbench.basics.text import LANGUAGES
from workbench.questionnaire import structure_rules, text_rules
from workbench.questionnaire.definition import QuestionType, Source
from workbench.questionnaire.file_format import QuestionnaireFile, TextFile, ValuesFile
from workbench.questionnaire.reading import Document, read
from workbench.questionnaire.structure_rules import Structure, placed
from workbench.questionnaire.text_rules import Texts

SOURCES = "sources"


@dataclass(frozen=True)
class Files:
    """What stands in the folder, as far as it could be read; joined only if nothing is wrong."""

    sources: Mapping[str, Document[Source]]
    values: Document[ValuesFile] | None
    questionnaires: tuple[tuple[Structure, Texts], ...]


def problems(folder: Path) -> list[BrokenContent]:
    """Every mistake in the folder, in the order of the files; [] when all is well."""
    return examine(folder)[1]


def examine(folder: Path) -> tuple[Files, list[BrokenContent]]:
    """The files of the folder and every mistake in them."""
    found: list[BrokenContent] = []
    sources = {
        path.stem: document
        for path in sorted((folder / SOURCES).glob("*.yaml"))
        if (document := read(path, folder, Source, found))
    }
    values = read(folder / "values.yaml", folder, ValuesFile, found)
    questionnaires = tuple(
        parts
        for place in sorted(folder.glob("*/*"))
        if place.is_dir()
        if (parts := _questionnaire(place, folder, found))
    )
    files = Files(sources, values, questionnaires)
    if not questionnaires and not found:
        found.append(BrokenContent(folder.name, 1, "", "at least one questionnaire"))
    for rule in RULES:
        found.extend(rule(files))
    return files, found


def _questionnaire(
    place: Path, folder: Path, found: list[BrokenContent]
) -> tuple[Structure, Texts] | None:
    """One version with its texts, its own rules checked; None when a file cannot be read."""
    structure = read(place / "questionnaire.yaml", folder, QuestionnaireFile, found)
    texts = {
        language: document
        for language in LANGUAGES
        if (document := read(place / f"text.{language}.yaml", folder, TextFile, found))
    }
    if structure is None:
        return None
    content = structure.content
    if (content.id, content.version) != (place.parent.name, place.name):
        found.append(structure.problem(("version",), "id and version as the folders are named"))
    faults = [fault for rule in structure_rules.RULES for fault in rule(structure)]
    found.extend(faults or structure_rules.reachable(structure))
    for rule in text_rules.RULES:
        found.extend(rule(structure, texts))
    return (structure, texts) if len(texts) == len(LANGUAGES) else None


def sources_named_as_files(files: Files) -> Iterator[BrokenContent]:
    """A source is found by the name of its file, applies for a time, and is on the web."""
    for name, document in files.sources.items():
        source = document.content
        if source.id != name:
            yield document.problem(("id",), f"{name}, the name of the file")
        if not source.link.startswith("https://"):
            yield document.problem(("link",), "an address that begins with https://")
        if source.applies_from and source.applies_to and source.applies_to < source.applies_from:
            yield document.problem(("applies_to",), "a day after applies_from")


def values_have_sources(files: Files) -> Iterator[BrokenContent]:
    """Each value has an id of its own and a known source."""
    seen: set[str] = set()
    for n, value in enumerate(files.values.content.values if files.values else ()):
        place = ("values", str(n))
        if files.values and value.id in seen:
            yield files.values.problem((*place, "id"), f"an id of its own, {value.id} is taken")
        if files.values and value.source not in files.sources:
            yield files.values.problem((*place, "source"), f"a file in {SOURCES}/")
        seen.add(value.id)


def questions_have_sources(files: Files) -> Iterator[BrokenContent]:
    """Each question names a known source and a known value."""
    values = {value.id for value in files.values.content.values} if files.values else None
    for structure, _ in files.questionnaires:
        for key, question in placed(structure):
            if question.source not in files.sources:
                yield structure.problem((*key, "source"), f"the name of a file in {SOURCES}/")
            if values is not None and question.value not in values:
                yield structure.problem((*key, "value"), "an id from values.yaml")


def ids_keep_their_type(files: Files) -> Iterator[BrokenContent]:
    """A question keeps its type in every later version: its id never changes its meaning."""
    types: dict[tuple[str, str], QuestionType] = {}
    for structure, _ in files.questionnaires:
        for key, question in placed(structure):
            known = types.setdefault((structure.content.id, question.id), question.type)
            if known is not question.type:
                yield structure.problem((*key, "type"), f"{known}, as in the earlier version")


RULES = (
    sources_named_as_files,
    values_have_sources,
    questions_have_sources,
    ids_keep_their_type,
)
