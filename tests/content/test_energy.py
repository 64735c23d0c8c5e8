"""What people enter and what the balance adds are the same rule, in every phase."""

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import JsonValue

from tests.examples import quickly
from workbench.basics.text import LANGUAGES
from workbench.governance import sustainability
from workbench.questionnaire.definition import FeedName, Question

LIBRARY = quickly.library()
COUNTED = {FeedName.TRAINING_ENERGY, FeedName.USE_ENERGY, FeedName.DEVICE_POWER}
RULE = {
    "de": "Nur die Rechner selbst, ohne Kühlung. Die rechnet die Werkbank dazu.",
    "en": "The computers alone, without cooling. The workbench adds that.",
}
ASKED = [q for one in LIBRARY.newest() for q in one.questions() if q.feeds in COUNTED]


def untold(questions: list[Question]) -> Iterator[str]:
    """The questions whose help does not say that cooling is left out."""
    for question in questions:
        for language in LANGUAGES:
            if not question.help or RULE[language] not in question.help.in_language(language):
                yield f"{question.id}: {language}"


def test_every_question_for_energy_says_the_same() -> None:
    """Training, use and power, in construction and in operation: computers without cooling."""
    assert {question.id.split(".")[0] for question in ASKED} == {"energy_built", "energy_used"}
    assert {question.feeds for question in ASKED} == COUNTED
    assert list(untold(ASKED)) == []


def test_a_question_that_says_nothing_is_found() -> None:
    """Twin: without help, both languages lack the rule."""
    silent = ASKED[0].model_copy(update={"help": None})
    assert list(untold([silent])) == [f"{silent.id}: de", f"{silent.id}: en"]


@pytest.mark.parametrize("centre", ["own_room", "professional", "not_known"])
@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_the_balance_adds_what_the_question_leaves_out(question: Question, centre: str) -> None:
    """Whatever is stated, and wherever the system runs: more energy than was entered."""
    others = {q.feeds: q.id for one in LIBRARY.newest() for q in one.questions() if q.feeds}
    counting: dict[str, JsonValue] = {question.id: 1000, others[FeedName.DATA_CENTRE]: centre}
    if question.feeds is FeedName.DEVICE_POWER:
        counting[others[FeedName.DEVICE_HOURS]] = 1000
    entered = 1000
    found = sustainability.of(LIBRARY.newest(), counting, LIBRARY.factors, date(2026, 11, 23))
    made = found.training if question.feeds is FeedName.TRAINING_ENERGY else found.per_thousand

    assert made is not None
    assert made.energy is not None
    assert made.energy.low > entered
