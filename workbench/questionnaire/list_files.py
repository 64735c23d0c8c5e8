"""The lists that questionnaires share, in versions: a folder of files for each, and their rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from workbench.basics.errors import BrokenContent
from workbench.questionnaire import expanding, versions
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.file_format import QuestionnaireFile
from workbench.questionnaire.reading import Document, read
from workbench.questionnaire.vocabulary_format import (
    ConditionsFile,
    DutiesFile,
    IndicatorsFile,
    ValuesFile,
)

LISTS = "lists"
M = TypeVar("M", bound=BaseModel)
Using = Document[QuestionnaireFile] | Document[DutiesFile]


@dataclass(frozen=True)
class ListFiles:
    """One version of the lists; ``names``: the named conditions, without names.

    Every file but ``values`` may be missing.
    """

    values: Document[ValuesFile] | None
    indicators: Document[IndicatorsFile] | None
    conditions: Document[ConditionsFile] | None
    names: Mapping[str, Condition]

    def indicator_ids(self) -> set[str]:
        """What scores may name."""
        return {one.id for one in self.indicators.content.indicators} if self.indicators else set()

    def placed(self) -> Iterator[tuple[str, Document[Any], tuple[Any, ...]]]:
        """Each list that is there: its key in the file, the file, the entries."""
        for name in ("values", "indicators", "conditions"):
            document = getattr(self, name)
            if document:
                yield name, document, getattr(document.content, name)


def read_all(
    folder: Path, unread: list[BrokenContent], found: list[BrokenContent]
) -> dict[str, ListFiles]:
    """Version → its lists, as far as they could be read."""
    places = sorted(place for place in (folder / LISTS).glob("*") if place.is_dir())
    return {place.name: _read(place, folder, unread, found) for place in places}


def _read(
    place: Path, folder: Path, unread: list[BrokenContent], found: list[BrokenContent]
) -> ListFiles:
    conditions = maybe(place / "conditions.yaml", folder, ConditionsFile, unread)
    return ListFiles(
        values=read(place / "values.yaml", folder, ValuesFile, unread),
        indicators=maybe(place / "indicators.yaml", folder, IndicatorsFile, unread),
        conditions=conditions,
        names=expanding.names_of(conditions, found),
    )


def maybe(
    path: Path, folder: Path, model: type[M], found: list[BrokenContent]
) -> Document[M] | None:
    """A file that may be missing."""
    return read(path, folder, model, found) if path.exists() else None


def used_lists_are_there(
    using: Iterable[Using], lists: Mapping[str, ListFiles]
) -> Iterator[BrokenContent]:
    """Questionnaires and calendars name a version of the lists that there is."""
    for document in using:
        if document.content.lists not in lists:
            yield document.problem(("lists",), f"the name of a folder in {LISTS}/")


def named_as_folders(lists: Mapping[str, ListFiles]) -> Iterator[BrokenContent]:
    """A list has the version that its folder is named after."""
    for version, one in lists.items():
        for _, document, _ in one.placed():
            if document.content.version != version:
                yield document.problem(("version",), f"{version}, the name of the folder")


def ids_do_not_come_back(lists: Mapping[str, ListFiles]) -> Iterator[BrokenContent]:
    """An id that a list gave up is not used again: somebody may have meant something else."""
    present: dict[str, set[str]] = {}
    gone: dict[str, set[str]] = {}
    for version in sorted(lists, key=versions.order):
        for name, document, entries in lists[version].placed():
            ids = {one.id for one in entries}
            for n, one in enumerate(entries):
                if one.id in gone.get(name, set()):
                    wanted = "an id that no earlier version gave up"
                    yield document.problem((name, str(n), "id"), wanted)
            gone[name] = gone.get(name, set()) | (present.get(name, set()) - ids)
            present[name] = ids
