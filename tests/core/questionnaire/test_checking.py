"""Every rule for the files, each with a file that breaks it; file, line and key are named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.questionnaire.conftest import FILES, require_problem
from workbench.questionnaire import checking

Write = Callable[..., Path]
Q = "roads/2026.1/questionnaire.yaml"
DE = "roads/2026.1/text.de.yaml"
EN = "roads/2026.1/text.en.yaml"
VALUES = "lists/2026.1/values.yaml"
WHOLE = FILES[VALUES]
ASKED = "        ask_if: {equals: [start.open, road]}\n"

BROKEN = {
    "unknown key": (Q, "phase:", "fase: x\nphase:", 3, "fase", "README"),
    "missing key": (Q, "        value: equality\n", "", 7, "questions/0/value", "missing"),
    "key twice": (
        Q,
        "        minutes: 1\n",
        "        minutes: 1\n        minutes: 2\n",
        12,
        "minutes",
        "once",
    ),
    "unquoted version": (Q, '"2026.1"', "2026.1", 2, "version", "quotes"),
    "version of another folder": (Q, '"2026.1"', '"2026.2"', 2, "version", "folders"),
    "unknown phase": (Q, "phase: conception", "phase: idea", 3, "phase", "'conception'"),
    "unquoted yes": (Q, "[road, path]", "[yes, path]", 9, "options/0", "quotes"),
    "hyphen in id": (Q, "id: start.open", "id: start.o-pen", 7, "id", "fits"),
    "unknown type": (Q, "type: number", "type: figure", 15, "type", "'number'"),
    "unknown capacity": (Q, "[it]", "[boss]", 10, "capacity/0", "'staff_council'"),
    "no minutes": (Q, "minutes: 1", "minutes: 0", 11, "minutes", "greater"),
    "question id twice": (Q, "id: start.length", "id: start.open", 14, "id", "taken"),
    "option twice": (Q, "[road, path]", "[road, road]", 9, "options/1", "taken"),
    "no options": (Q, "        options: [road, path]\n", "", 7, "options", "choice_one"),
    "options of a number": (
        Q,
        ASKED,
        ASKED + "        options: [x]\n",
        17,
        "options",
        "no options",
    ),
    "options that stand alone of one choice": (
        Q,
        "        options: [road, path]\n",
        "        options: [road, path]\n        exclusive: [path]\n",
        10,
        "exclusive",
        "no exclusive",
    ),
    "an option that stands alone is none": (
        Q,
        "choice_one\n        options: [road, path]\n",
        "choice_many\n        options: [road, path]\n        exclusive: [sea]\n",
        10,
        "exclusive/0",
        "not sea",
    ),
    "as many choices as options": (
        Q,
        "choice_one\n        options: [road, path]\n",
        "choice_many\n        options: [road, path]\n        at_most: 2\n",
        10,
        "at_most",
        "fewer",
    ),
    "one choice at most": (
        Q,
        "choice_one\n        options: [road, path]\n",
        "choice_many\n        options: [road, path]\n        at_most: 1\n",
        10,
        "at_most",
        "greater",
    ),
    "bounds of a choice": (
        Q,
        "        minutes: 1\n",
        "        minutes: 1\n        minimum: 1\n",
        12,
        "minimum",
        "no minimum",
    ),
    "bounds swapped": (
        Q,
        ASKED,
        ASKED + "        minimum: 2\n        maximum: 1\n",
        18,
        "maximum",
        "minimum",
    ),
    "group without fields": (
        Q,
        "        fields:\n          - {id: who, type: short_text}\n",
        "",
        21,
        "fields",
        "group",
    ),
    "group in a group": (Q, "type: short_text", "type: group", 24, "type", "any type but group"),
    "field twice": (
        Q,
        "type: short_text}\n",
        "type: short_text}\n          - {id: who, type: date}\n",
        25,
        "id",
        "taken",
    ),
    "no sections": (Q, "sections:", "sections: []\nother:", 4, "sections", "at least one"),
    "two operators": (Q, "road]}", "road], answered: start.open}", 16, "ask_if", "exactly one of"),
    "unknown operator": (Q, "equals", "has", 16, "ask_if/has", "README"),
    "condition on an unknown question": (
        Q,
        "[start.open, road]",
        "[start.none, road]",
        16,
        "ask_if",
        "known question",
    ),
    "condition on a later question": (
        Q,
        "{equals: [start.open, road]}",
        "{answered: start.people}",
        16,
        "ask_if",
        "earlier",
    ),
    "condition on itself": (Q, "[start.open, road]", "[start.length, 5]", 16, "ask_if", "earlier"),
    "condition on an unknown option": (
        Q,
        "[start.open, road]",
        "[start.open, sea]",
        16,
        "ask_if",
        "not 'sea'",
    ),
    "condition of another kind": (
        Q,
        "[start.open, road]",
        "[start.open, true]",
        16,
        "ask_if",
        "not True",
    ),
    "condition that nothing fulfils": (
        Q,
        "{equals: [start.open, road]}",
        "{all: [{equals: [start.open, road]}, {equals: [start.open, path]}]}",
        16,
        "ask_if",
        "some answers fulfil",
    ),
    "unknown further source": (
        Q,
        "source: road-act",
        "source: road-act\n        further_sources: [sea-act]",
        13,
        "further_sources",
        "sources/",
    ),
    "the same source twice": (
        Q,
        "source: road-act",
        "source: road-act\n        further_sources: [road-act]",
        13,
        "further_sources",
        "once",
    ),
    "unknown source": (Q, "source: road-act", "source: sea-act", 12, "source", "sources/"),
    "unknown lists": (Q, 'lists: "2026.1"', 'lists: "2026.9"', 29, "lists", "lists/"),
    "lists of another folder": (VALUES, '"2026.1"', '"2026.2"', 5, "version", "folder"),
    "unknown value": (Q, "value: equality", "value: luck", 13, "value", "values.yaml"),
    "tab": (Q, "phase:", "\tphase:", 3, "", "YAML"),
    "alias": (Q, "id: roads", "id: &a roads\nname: *a", 2, "", "no alias"),
    "not a mapping": (VALUES, WHOLE, "- x", 1, "", "keys and values"),
    "only a list": (DE, "title: Straßen\n", "[]\n", 2, "", "YAML"),
    "no words for a question": (
        EN,
        "  start.people:",
        "  start.peopel:",
        15,
        "start.peopel",
        "questionnaire.yaml",
    ),
    "no words for an option": (DE, ", path: Weg", "", 9, "options/path", "missing"),
    "words without option": (
        DE,
        "path: Weg",
        "path: Weg, sea: Meer",
        9,
        "options/sea",
        "questionnaire.yaml",
    ),
    "no words for a field": (EN, "{who: {title: Name}}", "{}", 19, "fields/who", "missing"),
    "no words for a section": (EN, "  start: {", "  begin: {", 2, "sections/start", "missing"),
    "empty text": (DE, "why: Darum.", 'why: " "', 7, "why", "a text"),
    "number as text": (DE, 'example: "5"', "example: 5", 13, "example", "quotes"),
    "unit of a choice": (
        DE,
        "    why: Darum.\n",
        "    why: Darum.\n    unit: Meter\n",
        8,
        "unit",
        "no unit",
    ),
    "unit in one language": (EN, "    unit: metres\n", "", 10, "unit", "another language"),
    "value with an unknown source": (
        VALUES,
        "source: road-act",
        "source: x",
        4,
        "source",
        "sources/",
    ),
    "value twice": (
        VALUES,
        "source: road-act\n",
        "source: road-act\n  - {id: equality, title: {de: x, en: x}, source: road-act}\n",
        5,
        "id",
        "taken",
    ),
}


def test_a_whole_folder_has_no_problem(write: Write) -> None:
    """The example the broken ones are made from is fine."""
    assert checking.problems(write()) == []


@pytest.mark.parametrize("name", BROKEN)
def test_broken(write: Write, name: str) -> None:
    """The mistake is named with its file, its line, its key and what was expected; load refuses."""
    file, old, new, line, key, expected = BROKEN[name]
    require_problem(write(file, old, new), (file, line, key, expected))


def test_all_problems_are_reported(write: Write) -> None:
    """Several mistakes in several files come in one go."""
    folder = write(Q, "value: equality", "value: luck")
    for name in (DE, EN):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("  start: {", "  begin: {"), "utf-8")

    files = [problem.file for problem in checking.problems(folder)]

    assert {f"questionnaires/{name}" for name in (Q, DE, EN)} == set(files)


@pytest.mark.parametrize("file", [Q, DE, EN, VALUES])
def test_a_missing_file_is_named(write: Write, file: str) -> None:
    """A language or a vocabulary that is not there is a problem of that file."""
    folder = write()
    (folder / file).unlink()

    assert f"questionnaires/{file}" in [problem.file for problem in checking.problems(folder)]


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """No questionnaire at all is not taken for a good one."""
    (tmp_path / "lists" / "2026.1").mkdir(parents=True)
    (tmp_path / "lists" / "2026.1" / "values.yaml").write_text(
        'version: "2026.1"\nvalues:\n  - {id: x, title: {de: x, en: x}, source: y}\n', "utf-8"
    )
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "y.yaml").write_text(
        "{id: y, title: {de: x, en: x}, version: x, link: https://x.example,"
        " checked_on: 2026-11-23, checked_against: official}",
        "utf-8",
    )

    (problem,) = checking.problems(tmp_path)

    assert problem.expected == "at least one questionnaire"


def test_an_id_keeps_its_type_in_a_later_version(write: Write) -> None:
    """A newer version must not turn a number into a date under the same id."""
    folder = write()
    for name in (Q, DE, EN):
        later = folder / name.replace("2026.1", "2026.2")
        later.parent.mkdir(exist_ok=True)
        content = (
            (folder / name).read_text("utf-8").replace('version: "2026.1"', 'version: "2026.2"')
        )
        content = content.replace("type: number", "type: date")
        later.write_text(
            content.replace("    unit: Meter\n", "").replace("    unit: metres\n", ""), "utf-8"
        )

    (problem,) = checking.problems(folder)

    assert (problem.line, problem.expected) == (15, "number, as in the earlier version")


def versions(folder: Path, **edits: Callable[[str], str]) -> None:
    """Further versions of the questionnaire, each with its files edited."""
    for version, edit in edits.items():
        for name in (Q, DE, EN):
            number = version.replace("v", "2026.")
            later = folder / name.replace("2026.1", number)
            later.parent.mkdir(exist_ok=True)
            content = (
                (folder / name)
                .read_text("utf-8")
                .replace('version: "2026.1"', f'version: "{number}"')
            )
            later.write_text(edit(content), "utf-8")


def renamed(content: str) -> str:
    """The file with another id for the question about the length."""
    return content.replace("start.length", "start.width")


def test_an_id_that_was_given_up_does_not_come_back(write: Write) -> None:
    """Version 2 renames a question; when version 3 uses the old id again, that is a mistake."""
    folder = write()
    versions(folder, v2=renamed)
    assert checking.problems(folder) == []
    versions(folder, v3=lambda content: content)
    assert [one.expected for one in checking.problems(folder)] == [
        "an id that no earlier version gave up"
    ]
