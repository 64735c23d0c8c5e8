"""What a file would change is shown before it happens."""

from pydantic import JsonValue

from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline.changes import changes

Present = dict[str, tuple[JsonValue, int]]


def test_only_what_was_changed_in_the_file_counts(sample: Questionnaire) -> None:
    """New, changed and emptied answers are listed; what the file left as it was is not."""
    present: Present = {"first.story": ("alt", 1), "second.page": ("https://a.example", 2)}
    values: dict[str, JsonValue] = {
        "first.name": "Ahornweg",
        "first.story": "neu",
        "first.open": None,
        "second.page": None,
    }
    seen = {"first.story": 1, "second.page": 2}
    shown: dict[str, JsonValue] = {"first.story": "alt", "second.page": "https://a.example"}
    found = changes(sample, present, values, seen, shown)
    assert [(one.question.id, one.kind, one.contested) for one in found] == [
        ("first.name", "new", False),
        ("first.story", "changed", False),
        ("second.page", "emptied", False),
    ]
    assert found[1].words("de") == (("alt",), ("neu",))


def test_a_later_save_in_the_workbench_is_contested(sample: Questionnaire) -> None:
    """Both the file and the workbench changed the answer: that is said."""
    present: Present = {"first.name": ("Birkenweg", 2)}
    (found,) = changes(
        sample, present, {"first.name": "Ahornweg"}, {"first.name": 1}, {"first.name": "Weg"}
    )
    assert found.contested


def test_a_later_save_alone_is_no_change(sample: Questionnaire) -> None:
    """The file still holds the old words, the workbench newer ones: nothing would change."""
    present: Present = {"first.name": ("Birkenweg", 2)}
    assert not changes(
        sample, present, {"first.name": "Weg"}, {"first.name": 1}, {"first.name": "Weg"}
    )
