"""Author's checks of the whole questionnaires folder: every mistake, not only the first.

Files that cannot be read and ids that stand twice come first and alone: whatever rests on them
would be found wrong too, and nobody would see the one line that matters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from workbench.basics.errors import BrokenContent
from workbench.basics.text import LANGUAGES
from workbench.questionnaire import (
    day_rules,
    expanding,
    list_files,
    phase_rules,
    publicity_rules,
    score_rules,
    structure_rules,
    text_rules,
    versions,
    vocabulary_rules,
)
from workbench.questionnaire.definition import QuestionType, Source
from workbench.questionnaire.file_format import QuestionnaireFile, TextFile
from workbench.questionnaire.list_files import LISTS
from workbench.questionnaire.reading import Document, read
from workbench.questionnaire.structure_rules import Structure, placed
from workbench.questionnaire.text_rules import Texts
from workbench.questionnaire.vocabulary_format import DutiesFile, FactorsFile
from workbench.questionnaire.vocabulary_rules import SOURCES, Vocabulary

DUTIES = "duties"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Files:
    """What stands in the folder, as far as it could be read; joined only if nothing is wrong.

    No condition holds a name any more. ``questionnaires``: each version with its texts.
    """

    vocabulary: Vocabulary
    questionnaires: tuple[tuple[Structure, Texts], ...]


def problems(folder: Path, own: Path | None = None) -> list[BrokenContent]:
    """Every mistake in the folder, in the order of the files; [] when all is well."""
    return examine(folder, own)[1]


def examine(folder: Path, own: Path | None = None) -> tuple[Files, list[BrokenContent]]:
    """The files of the folder and every mistake in them, or first what hides the others.

    ``own`` is a folder of a town beside it: further versions of questionnaires and legal
    calendars, and further sources. It replaces nothing that is there.
    """
    first: list[BrokenContent] = []
    found: list[BrokenContent] = []
    folders = [folder, own] if own else [folder]
    vocabulary = _vocabulary(folders, first, found)
    read_ones = _questionnaires(folders, first)
    first.extend(_taken(folder, own) if own else ())
    using: list[list_files.Using] = [
        *vocabulary.calendars.values(),
        *(structure for structure, _ in read_ones),
    ]
    first.extend(list_files.used_lists_are_there(using, vocabulary.lists))
    first.extend(_repeated([structure for structure, _ in read_ones]))
    if not read_ones and not first:
        first.append(BrokenContent(folder.name, 1, "", "at least one questionnaire"))
    if first:
        return Files(vocabulary, read_ones), first
    questionnaires = tuple(
        (
            expanding.questionnaire(
                structure, vocabulary.lists[structure.content.lists].names, found
            ),
            texts,
        )
        for structure, texts in read_ones
    )
    structures = [structure for structure, _ in questionnaires]
    for structure, texts in questionnaires:
        for rule in text_rules.RULES:
            found.extend(rule(structure, texts))
    for check in vocabulary_rules.RULES:
        found.extend(check(vocabulary))
    for compare in (list_files.named_as_folders, list_files.ids_do_not_come_back):
        found.extend(compare(vocabulary.lists))
    found.extend(questions_have_sources(structures, vocabulary))
    found.extend(ids_keep_their_type(structures))
    found.extend(ids_do_not_come_back(structures))
    found.extend(_structural(structures, vocabulary))
    # What contradicts itself can be told only when all that is referred to is there.
    found.extend(() if found else _contradictions(structures, vocabulary))
    return Files(vocabulary, questionnaires), found


def _questionnaires(
    folders: list[Path], found: list[BrokenContent]
) -> tuple[tuple[Structure, Texts], ...]:
    return tuple(
        parts
        for home in folders
        for place in sorted(home.glob("*/*"))
        if place.is_dir() and place.parent.name != LISTS
        if (parts := _questionnaire(place, home, found))
    )


def _repeated(structures: list[Structure]) -> Iterator[BrokenContent]:
    for structure in structures:
        yield from structure_rules.unique_names(structure)
    yield from phase_rules.ids_have_one_home(structures)


def _taken(folder: Path, own: Path) -> Iterator[BrokenContent]:
    """What a town may not bring along, because the folder has it already."""
    for path in sorted(own.rglob("*.yaml")):
        place = path.relative_to(own)
        file = path.relative_to(own.parent).as_posix()
        if len(place.parts) == 1 or place.parts[0] == LISTS:
            yield BrokenContent(file, 1, "", "no such file here, this list is built in")
        elif (folder / place).exists():
            yield BrokenContent(file, 1, "", "a name of its own, this one is built in")


def _vocabulary(
    folders: list[Path], unread: list[BrokenContent], found: list[BrokenContent]
) -> Vocabulary:
    folder = folders[0]
    sources = _all(folders, SOURCES, Source, unread)
    lists = list_files.read_all(folder, unread, found)
    calendars = _all(folders, DUTIES, DutiesFile, unread)
    return Vocabulary(
        sources=sources,
        lists=lists,
        calendars={
            name: expanding.calendar(document, lists[document.content.lists].names, found)
            if document.content.lists in lists
            else document
            for name, document in calendars.items()
        },
        factors=list_files.maybe(folder / "factors.yaml", folder, FactorsFile, unread),
    )


def _all(
    folders: list[Path], name: str, model: type[M], found: list[BrokenContent]
) -> dict[str, Document[M]]:
    return {
        path.stem: document
        for folder in folders
        for path in sorted((folder / name).glob("*.yaml"))
        if (document := read(path, folder, model, found))
    }


def _questionnaire(
    place: Path, folder: Path, found: list[BrokenContent]
) -> tuple[Structure, Texts] | None:
    """One version with its texts, as written; None when it cannot be read."""
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
    return structure, texts


def _structural(structures: list[Structure], vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    """What does not fit within a questionnaire or between questionnaires."""
    for structure in structures:
        indicators = vocabulary.lists[structure.content.lists].indicator_ids()
        for rule in (*structure_rules.RULES, *score_rules.RULES):
            yield from rule(structure)
        yield from score_rules.scores_fit(structure, indicators)
        yield from publicity_rules.conclusions_are_public(structure)
        past = phase_rules.before(structure, structures)
        yield from phase_rules.references_fit(structure, past)
    yield from vocabulary_rules.conditions_fit(vocabulary, phase_rules.known(structures))
    yield from publicity_rules.conditions_tell_nothing(structures, vocabulary)
    yield from day_rules.days_have_sources(structures, vocabulary)


def _contradictions(structures: list[Structure], vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    for structure in structures:
        yield from phase_rules.reachable(structure, phase_rules.before(structure, structures))
    yield from vocabulary_rules.conditions_can_hold(vocabulary, phase_rules.known(structures))


def questions_have_sources(
    structures: Iterable[Structure], vocabulary: Vocabulary
) -> Iterator[BrokenContent]:
    """Each question names known sources, each once, and a known value."""
    for structure in structures:
        known = vocabulary.lists[structure.content.lists].values
        values = {value.id for value in known.content.values} if known else None
        for key, question in placed(structure):
            if question.source not in vocabulary.sources:
                yield structure.problem((*key, "source"), f"the name of a file in {SOURCES}/")
            named = (question.source, *question.further_sources)
            if not vocabulary.sources.keys() >= {*question.further_sources}:
                yield structure.problem((*key, "further_sources"), f"names of files in {SOURCES}/")
            elif len(set(named)) < len(named):
                yield structure.problem((*key, "further_sources"), "each source once")
            if values is not None and question.value not in values:
                yield structure.problem((*key, "value"), "an id from values.yaml")


def ids_keep_their_type(structures: Iterable[Structure]) -> Iterator[BrokenContent]:
    """A question keeps its type in every later version: its id never changes its meaning."""
    types: dict[tuple[str, str], QuestionType] = {}
    for structure in structures:
        for key, question in placed(structure):
            known = types.setdefault((structure.content.id, question.id), question.type)
            if known is not question.type:
                yield structure.problem((*key, "type"), f"{known}, as in the earlier version")


def ids_do_not_come_back(structures: Iterable[Structure]) -> Iterator[BrokenContent]:
    """An id that a version gave up is not used again: somebody may have meant something else."""
    present: dict[str, set[str]] = {}
    gone: dict[str, set[str]] = {}
    for structure in sorted(structures, key=lambda one: versions.order(one.content.version)):
        home = structure.content.id
        asked = {question.id for _, question in placed(structure)}
        for key, question in placed(structure):
            if question.id in gone.get(home, set()):
                yield structure.problem((*key, "id"), "an id that no earlier version gave up")
        gone[home] = gone.get(home, set()) | (present.get(home, set()) - asked)
        present[home] = asked
