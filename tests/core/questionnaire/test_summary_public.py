"""What of an answer may leave the house."""

from typing import Any

import pytest

from workbench.questionnaire import summary
from workbench.questionnaire.definition import Questionnaire

PEOPLE = [{"who": "Kim Geheim", "since": "2026-05-03"}, {"who": "Bo Geheim"}]


@pytest.fixture
def discreet(sample: Questionnaire) -> Questionnaire:
    """The sample whose group keeps the names to itself."""
    plain = sample.model_dump(mode="json", by_alias=True, exclude_unset=True)
    plain["sections"][1]["questions"][2]["fields"][0]["public"] = False
    return Questionnaire.model_validate(plain)


def answered(questionnaire: Questionnaire, value: Any) -> summary.SummaryAnswer:
    """The summary's entry for the group."""
    sections = summary.of(questionnaire, {"second.people": value})
    return next(one for one in sections[1].answers if one.question == "second.people")


def test_an_internal_field_is_only_inside(discreet: Questionnaire) -> None:
    """Names are in the words for the team and in nothing that is published."""
    answer = answered(discreet, PEOPLE)

    assert "Kim Geheim" in str(answer.words)
    assert "Kim Geheim" in str(answer.rows)
    assert "Geheim" not in str((answer.public_words, answer.public_rows))
    assert answer.public_words["en"] == ("Since: May 3, 2026",)
    assert len(answer.public_rows["de"]) == 1
    assert [title.in_language("en") for title in answer.internal] == ["Who"]


def test_a_public_field_is_outside_too(sample: Questionnaire) -> None:
    """The twin: without the mark the name is published."""
    answer = answered(sample, PEOPLE)

    assert "Kim Geheim" in str(answer.public_words)
    assert answer.internal == ()


def test_an_internal_question_has_no_public_words(sample: Questionnaire) -> None:
    """Nothing of it is left for a publication to leave out."""
    sections = summary.of(sample, {"second.places": ["path"], "second.day": "2026-05-03"})
    answer = next(one for one in sections[1].answers if one.question == "second.day")

    assert answer.stated
    assert answer.public_words["en"] == ("not stated",)


def test_a_group_that_does_not_apply_says_why(discreet: Questionnaire) -> None:
    """The reason is public and makes no rows."""
    answer = answered(discreet, {"not_applicable": "Es gibt niemanden."})

    assert answer.public_words["en"] == ("Does not apply, because: Es gibt niemanden.",)
    assert answer.public_rows["en"] == ()
