"""A bundle leaves with what counts, and with the number of every save."""

from workbench.questionnaire import path
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.offline.packing import packed

NOW = "a1"  # fingerprint of the questions


def test_what_is_hidden_leaves_only_its_number(sample: Questionnaire) -> None:
    """The kind is not asked when the way is closed; the story was emptied, the colour is former."""
    sheet = AnswerSheet({"first.open": False, "first.kind": "road"})
    numbers = {"first.open": 2, "first.kind": 1, "first.story": 3, "first.colour": 1}
    assert packed(sample, NOW, "p", sheet, numbers, path.walk(sample, sheet)) == Bundle(
        questionnaire="sample",
        version="2026.1",
        fingerprint=NOW,
        phase_id="p",
        seen={"first.open": 2, "first.kind": 1, "first.story": 3},
        answers={"first.open": False},
        hidden=("first.kind",),
    )


def test_what_is_asked_leaves_with_its_answer(sample: Questionnaire) -> None:
    """The twin: the way is open."""
    sheet = AnswerSheet({"first.open": True, "first.kind": "road"})
    made = packed(sample, NOW, "p", sheet, dict.fromkeys(sheet, 1), path.walk(sample, sheet))
    assert (made.answers, made.hidden) == (dict(sheet), ())
