"""Conditions in words."""

from typing import Any

import pytest

from workbench.questionnaire import asking
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Questionnaire


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            {"equals": ["first.open", True]},
            "Only if you answer “Question first.open” with “Yes”.",
        ),
        (
            {"any_of": ["first.kind", ["road", "path"]]},
            "Only if you answer “Question first.kind” with “Road” or “Path”.",
        ),
        (
            {"any_of": ["second.places", ["path"]]},
            "Only if you answer “Question second.places” with “Path”.",
        ),
        (
            {"answered": "first.open"},
            "Whether this question applies depends on your other answers.",
        ),
    ],
)
def test_sentence(sample: Questionnaire, condition: dict[str, Any], expected: str) -> None:
    """Simple conditions name question and answers, nested ones stay general."""
    questions = {question.id: question for question in sample.questions()}

    assert asking.sentence(Condition.model_validate(condition), questions, "en") == expected
