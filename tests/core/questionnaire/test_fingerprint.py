"""Whether a version is what it was: every word and rule counts, a look at a source does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.questionnaire import fingerprint
from workbench.questionnaire.loading import load

Write = Callable[..., Path]
DESIGN = ("build", "2026.1")
EDITS = {
    "a word of a question": ("build/2026.1/text.en.yaml", "title: Verdict?", "title: Opinion?"),
    "points": ("build/2026.1/questionnaire.yaml", "{good: 1, bad: 3}", "{good: 1, bad: 2}"),
    "a task that is wanted": (
        "build/2026.1/questionnaire.yaml",
        "{task: operator}",
        "{task: deputy}",
    ),
    "a named condition it uses": (
        "lists/2026.1/conditions.yaml",
        "[start.length, 5]",
        "[start.length, 6]",
    ),
    "an indicator": ("lists/2026.1/indicators.yaml", "en: Reach", "en: Range"),
    "a value": ("lists/2026.1/values.yaml", "Equality", "Equal treatment"),
    "the law behind it": ("sources/road-act.yaml", 'version: "1"', 'version: "2"'),
}

# Another day, another kind and where the copy is.
CHECKED = (
    "checked_on: 2026-11-23\nchecked_against: official\n",
    "checked_on: 2026-11-30\nchecked_against: collection\nchecked_text: Roads of the world\n",
)


def hashed(folder: Path) -> dict[tuple[str, str], str]:
    """The fingerprint of every version in the folder."""
    library = load(folder)
    return {(q.id, q.version): fingerprint.of(library, q) for q in library.questionnaires}


def test_the_same_files_have_the_same_fingerprint(write: Write) -> None:
    """Read twice; and the versions differ from each other."""
    before = hashed(write(phases=True))

    assert hashed(write(phases=True)) == before
    assert len(set(before.values())) == len(before)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_in_place_is_noticed(write: Write, name: str) -> None:
    """Whether in the version itself or in a list beside it."""
    before = hashed(write(phases=True))

    assert hashed(write(*EDITS[name], phases=True))[DESIGN] != before[DESIGN]


def test_a_value_that_no_question_names_counts(write: Write) -> None:
    """A value decision of any phase may have weighed it."""
    listed = ("lists/2026.1/values.yaml", "values:\n")
    liberty = "  - {{id: liberty, title: {{de: Freiheit, en: {words}}}, source: road-act}}\n"
    before, after = (
        hashed(write(*listed, listed[1] + liberty.format(words=words), phases=True))
        for words in ("Liberty", "Freedom")
    )

    assert before.keys() == {key for key in before if before[key] != after[key]}


def test_a_sentence_that_follows_from_an_answer_counts(write: Write) -> None:
    """The classification is told in the words of the named conditions."""
    before = hashed(write(phases=True))
    after = hashed(
        write("lists/2026.1/conditions.yaml", "en: Long road", "en: Very long road", phases=True)
    )

    assert [key for key in before if before[key] != after[key]] == [("roads", "2026.1")]


def test_a_look_at_a_source_changes_nothing(write: Write) -> None:
    """Nor does another questionnaire."""
    before = hashed(write(phases=True))
    looked = write("sources/road-act.yaml", *CHECKED, phases=True)

    assert hashed(looked) == before
    other = hashed(write("build/2026.1/text.en.yaml", "Verdict?", "Opinion?", phases=True))
    assert {key for key in before if before[key] != other[key]} == {DESIGN}
