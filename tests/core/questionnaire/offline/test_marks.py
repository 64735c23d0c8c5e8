"""A mark that a person wrote is not taken for the one that keeps formulas from being computed."""

import pytest

from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline import reading, writing
from workbench.questionnaire.offline.bundle import Bundle


@pytest.mark.parametrize("text", ["'Stadt' heißt sie", "'=1+1", "''", "=1+1", "- erstens"])
def test_the_first_character_comes_back(sample: Questionnaire, text: str) -> None:
    """Quotation marks at the beginning survive the way through a spreadsheet."""
    made = Bundle(
        questionnaire="sample", version="2026.1", phase_id="p", answers={"first.name": text}
    )
    found, _ = reading.read(writing.written(made, sample, "de", ()), sample, "")
    assert found.answers["first.name"] == text
