"""Who deploys a high-risk system is asked how each duty of Article 26 is met."""

import pytest

from tests.examples.asked_by_standards import ARTICLE_26
from tests.examples.conceived import HOUSING, LIBRARY, ROAD, Choices, sheet
from workbench.questionnaire import path

# What makes the questions about results be asked.
HAPPENED: Choices = {
    "data.dpia": "needed",
    "ready.registration": "registered",
    "incident.any": True,
}


def not_asked(choices: Choices, duty: str) -> set[str]:
    """The questions about the duty that no phase asks after these choices."""
    answers = sheet(choices)
    before = path.counting_in_all(LIBRARY.newest(), answers)
    asked = {name for one in LIBRARY.newest() for name in path.visible(one, answers, before)}
    return ARTICLE_26[duty] - asked


@pytest.mark.parametrize("duty", ARTICLE_26)
def test_a_deployer_is_asked_about_each_duty(duty: str) -> None:
    """Housing benefit, an area of Annex III: every paragraph that asks for a record."""
    assert not_asked(HOUSING | HAPPENED, duty) == set()


@pytest.mark.parametrize("duty", ["26(1)", "26(7)", "26(9)", "26(11)"])
def test_a_harmless_system_is_not_asked(duty: str) -> None:
    """Twin: without the class the duty is not asked about."""
    assert not_asked(ROAD | HAPPENED, duty) == ARTICLE_26[duty]
