"""The frozen types hold what the product relies on."""

import pytest
from pydantic import ValidationError

from workbench.basics.errors import NotFound
from workbench.questionnaire.definition import Questionnaire, Text


def test_text_speaks_the_language_asked_for() -> None:
    """A text is read in a language; an unknown one falls back to German."""
    text = Text({"de": "Weg", "en": "Path"})

    assert (text.in_language("en"), text.in_language("fr")) == ("Path", "Weg")


@pytest.mark.parametrize("texts", [{"de": "Weg"}, {"de": "Weg", "en": " "}, {}])
def test_text_needs_every_language(texts: dict[str, str]) -> None:
    """A text without one of the languages is refused."""
    with pytest.raises(ValidationError, match="a text in"):
        Text(texts)


def test_questions_are_found_by_id(sample: Questionnaire) -> None:
    """Questions and sections are found by id; unknown ones raise NotFound."""
    assert sample.question("first.open").id == "first.open"
    assert sample.section("second").id == "second"
    with pytest.raises(NotFound):
        sample.question("first.missing")
    with pytest.raises(NotFound):
        sample.section("third")


def test_a_questionnaire_cannot_be_changed(sample: Questionnaire) -> None:
    """What is asked stays as it was loaded."""
    with pytest.raises(ValidationError):
        sample.version = "2026.2"  # type: ignore[misc]  # that is the point
