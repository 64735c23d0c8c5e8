"""The answer sheet."""

from typing import cast

import pytest
from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.questionnaire import answers
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire


def test_with_values_gives_a_new_sheet() -> None:
    """The old sheet stays; an empty value takes an answer away."""
    old = AnswerSheet({"a.b": "x", "a.c": "y"})

    new = old.with_values({"a.b": None, "a.d": 5})

    assert dict(new) == {"a.c": "y", "a.d": 5}
    assert dict(old) == {"a.b": "x", "a.c": "y"}
    assert new == AnswerSheet({"a.d": 5, "a.c": "y"})
    assert new != old


def test_nothing_handed_in_or_out_changes_the_sheet() -> None:
    """Lists are copied both ways."""
    given: dict[str, JsonValue] = {"a.b": ["x"]}
    sheet = AnswerSheet(given)

    cast("list[JsonValue]", given["a.b"]).append("y")
    cast("list[JsonValue]", sheet["a.b"]).append("z")

    assert sheet["a.b"] == ["x"]
    assert "['x']" in repr(sheet)


def test_saving_twice_equals_saving_once() -> None:
    """The same values a second time change nothing."""
    once = AnswerSheet().with_values({"a.b": "x"})

    assert once.with_values({"a.b": "x"}) == once


def test_accepted_checks_each_value(sample: Questionnaire) -> None:
    """Values come back tidied, emptied ones as None."""
    assert answers.accepted(sample, {"first.name": " Kim ", "first.story": ""}) == {
        "first.name": "Kim",
        "first.story": None,
    }


def test_accepted_names_every_wrong_question(sample: Questionnaire) -> None:
    """All that does not fit is named, also a question that does not exist."""
    with pytest.raises(InvalidInput) as refused:
        answers.accepted(sample, {"first.name": 5, "first.open": True, "no.such": "x"})

    assert set(refused.value.fields) == {"first.name", "no.such"}
