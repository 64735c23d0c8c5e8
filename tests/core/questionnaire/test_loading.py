"""From files to the library."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.basics.errors import BrokenContent, NotFound
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.loading import load

Write = Callable[..., Path]
PARTS = ("questionnaire.yaml", "text.de.yaml", "text.en.yaml")


def test_structure_texts_and_sources_are_joined(write: Write) -> None:
    """A question has its words in both languages, its source and its value."""
    library = load(write())

    questionnaire = library.questionnaire("roads", "2026.1")
    length = questionnaire.question("start.length")
    people = questionnaire.question("start.people")
    assert questionnaire.title.in_language("en") == "Roads"
    assert length.type is QuestionType.NUMBER
    assert length.unit is not None
    assert length.unit.in_language("de") == "Meter"
    assert length.source == library.source("road-act")
    assert length.value == library.lists["2026.1"].values["equality"]
    assert people.fields[0].title.in_language("de") == "Name"
    assert [o.title.in_language("en") for o in questionnaire.question("start.open").options] == [
        "Road",
        "Path",
    ]


def test_current_is_the_newest_version(write: Write) -> None:
    """2026.10 is newer than 2026.2, although text sorts it before."""
    folder = write()
    for version in ("2026.2", "2026.10"):
        (folder / "roads" / version).mkdir()
        for part in PARTS:
            content = (folder / "roads" / "2026.1" / part).read_text("utf-8")
            (folder / "roads" / version / part).write_text(
                content.replace('version: "2026.1"', f'version: "{version}"'), "utf-8"
            )

    library = load(folder)

    assert library.current("conception").version == "2026.10"
    assert library.questionnaire("roads", "2026.1").version == "2026.1"


def test_what_is_not_there_is_not_found(write: Write) -> None:
    """Unknown ids, versions, phases and sources raise NotFound."""
    library = load(write())

    with pytest.raises(NotFound):
        library.questionnaire("roads", "2027.1")
    with pytest.raises(NotFound):
        library.current("operation")
    with pytest.raises(NotFound):
        library.source("sea-act")


def test_a_broken_file_is_refused(write: Write) -> None:
    """The error names file, line, key and what was expected."""
    folder = write("lists/2026.1/values.yaml", "id: equality", "id: Equality")

    with pytest.raises(BrokenContent) as refused:
        load(folder)

    assert str(refused.value) == (
        "questionnaires/lists/2026.1/values.yaml, line 2, values/0/id: expected a name that fits "
        "^[a-z][a-z0-9_]*$"
    )
