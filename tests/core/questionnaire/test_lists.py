"""The shared lists have versions: what an assessment was made under stays until it is moved."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.questionnaire import checking, fingerprint
from workbench.questionnaire.library import Library
from workbench.questionnaire.loading import load

Write = Callable[..., Path]
CHANGES = {
    "values.yaml": ("en: Equality", "en: Equal treatment"),
    "indicators.yaml": ("en: Reach", "en: Range"),
    "conditions.yaml": ("[start.length, 5]", "[start.length, 6]"),
}


def newer(folder: Path, *, using: bool = True) -> Path:
    """The folder after somebody made lists 2026.2, with other words and another condition.

    ``using``: and a version 2026.2 of the second questionnaire that uses them.
    """
    lists = folder / "lists"
    shutil.copytree(lists / "2026.1", lists / "2026.2")
    for name, (old, new) in CHANGES.items():
        edit(lists / "2026.2" / name, old, new)
        edit(lists / "2026.2" / name, '"2026.1"', '"2026.2"')
    if using:
        shutil.copytree(folder / "build" / "2026.1", folder / "build" / "2026.2")
        file = folder / "build" / "2026.2" / "questionnaire.yaml"
        file.write_text(file.read_text("utf-8").replace('"2026.1"', '"2026.2"'), "utf-8")
    return folder


def edit(file: Path, old: str, new: str) -> None:
    """Replace one passage that is there."""
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), "utf-8")


def words(library: Library, version: str) -> tuple[str, str, object]:
    """Value, indicator and a condition of a version of the second questionnaire."""
    asked = library.questionnaire("build", version)
    verdict, uses = asked.question("plan.verdict"), asked.question("plan.uses")
    assert verdict.value
    assert verdict.score
    value, indicator = verdict.value.title, verdict.score.indicator.title
    return value.in_language("en"), indicator.in_language("en"), uses.ask_if


def test_an_old_version_keeps_its_lists(write: Write) -> None:
    """Words and conditions of the old one are what they were; the new one has the new ones."""
    before = load(write(phases=True))
    after = load(newer(write(phases=True)))

    assert words(after, "2026.1") == words(before, "2026.1")
    value, indicator, asked_if = words(after, "2026.2")
    assert (value, indicator) == ("Equal treatment", "Range")
    assert asked_if != words(before, "2026.1")[2]


def test_new_lists_change_no_fingerprint(write: Write) -> None:
    """Nobody is told of an edit when a new version was made; an edit in place is told."""
    before = hashed(load(write(phases=True)))
    folder = newer(write(phases=True), using=False)
    assert hashed(load(folder)) == before

    edit(folder / "lists" / "2026.1" / "values.yaml", *CHANGES["values.yaml"])
    edited = hashed(load(folder))
    assert all(edited[key] != before[key] for key in before)


def hashed(library: Library) -> dict[tuple[str, str], str]:
    """The fingerprint of every version."""
    return {(q.id, q.version): fingerprint.of(library, q) for q in library.questionnaires}


def test_what_is_said_of_a_system_follows_its_newest_questionnaire(write: Write) -> None:
    """Until a phase uses the new lists, the old conditions hold; of values the newest words."""
    library = load(newer(write(phases=True)))
    roads, old, new = (
        library.questionnaire(name, version)
        for name, version in (("roads", "2026.1"), ("build", "2026.1"), ("build", "2026.2"))
    )

    first, second = (library.lists[version] for version in ("2026.1", "2026.2"))
    assert library.conditions_for([roads, old]) == first.conditions
    assert library.conditions_for([roads, new]) == second.conditions != first.conditions
    assert library.values_for([roads, old]) == first.values
    assert library.values_for([roads, new]) == second.values != first.values
    assert library.conditions_for([]) == {}


def test_a_value_that_was_weighed_keeps_its_words_when_the_lists_give_it_up(write: Write) -> None:
    """It comes after those that are offered; a value that nobody weighed is gone."""
    folder = newer(write(phases=True))
    entry = "  - {id: ID, title: {de: Freiheit, en: Liberty}, source: road-act}\n"
    both = "".join(entry.replace("ID", name) for name in ("liberty", "peace"))
    edit(folder / "lists" / "2026.1" / "values.yaml", "version:", f"{both}version:")
    library = load(folder)
    new = library.questionnaire("build", "2026.2")

    known = library.values_for([new], weighed=["liberty", "equality", "unknown"])
    assert list(known) == ["equality", "liberty"]
    assert known["equality"].title.in_language("en") == "Equal treatment"
    assert known["liberty"].title.in_language("en") == "Liberty"
    assert list(library.values_for([new])) == ["equality"]


@pytest.mark.parametrize("name", ["values", "indicators", "conditions"])
def test_an_id_that_a_list_gave_up_does_not_come_back(write: Write, name: str) -> None:
    """Over all versions; the twin, in which it never went, is fine."""
    folder = write(phases=True)
    lists = folder / "lists"
    gone = {"values": "liberty", "indicators": "depth", "conditions": "long_road"}[name]
    for version in ("2026.2", "2026.3"):
        shutil.copytree(lists / "2026.1", lists / version)
        for file in (lists / version).glob("*.yaml"):
            edit(file, '"2026.1"', f'"{version}"')
    if name == "values":
        entry = "  - {id: liberty, title: {de: Freiheit, en: Liberty}, source: road-act}\n"
        for version in ("2026.1", "2026.2", "2026.3"):
            edit(lists / version / "values.yaml", "version:", f"{entry}version:")
    assert checking.problems(folder) == []

    edit(lists / "2026.2" / f"{name}.yaml", f"id: {gone}", "id: another")
    (problem,) = checking.problems(folder)
    assert (problem.file, problem.expected) == (
        f"questionnaires/lists/2026.3/{name}.yaml",
        "an id that no earlier version gave up",
    )


def test_a_calendar_uses_the_lists_it_names(write: Write) -> None:
    """Its duties keep the conditions that they were written for."""
    before = load(write(phases=True))
    after = load(newer(write(phases=True)))

    assert after.calendar("2026.1") == before.calendar("2026.1")
