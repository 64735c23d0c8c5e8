"""What a team has to do now: first the quick scan, then what it leads to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import quickly
from workbench.questionnaire import progress, tasklist
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.tasklist import TaskList

SCAN = {"first.name": "Kim", "first.open": False}


@pytest.fixture
def scanned(sample: Questionnaire) -> Questionnaire:
    """The sample, whose first section is the quick scan."""
    first, *others = sample.sections
    first = first.model_copy(update={"quick_scan": True})
    return sample.model_copy(update={"sections": (first, *others)})


def tasks(questionnaire: Questionnaire, answers: dict[str, Any]) -> TaskList:
    """The tasks with these answers."""
    return tasklist.of(questionnaire, progress.of(questionnaire, AnswerSheet(answers)))


def test_the_quick_scan_comes_first(scanned: Questionnaire) -> None:
    """Until it is finished nothing else is listed, neither to do nor as not asked."""
    found = tasks(scanned, {"first.name": "Kim"})

    assert found.scanning
    assert [one.id for one in found.sections] == ["first"]
    assert found.skipped == ()
    assert (found.answered, found.total, found.minutes) == (1, 3, 4)


def test_what_was_answered_stays_in_the_list(scanned: Questionnaire) -> None:
    """Taking an answer of the quick scan back hides nothing that somebody worked on."""
    found = tasks(scanned, {"second.places": ["road"]})

    assert found.scanning
    assert [one.id for one in found.sections] == ["first", "second"]


def test_after_the_quick_scan_all_is_listed(scanned: Questionnaire) -> None:
    """What is optional in a finished section takes no time any more."""
    found = tasks(scanned, SCAN)

    assert not found.scanning
    assert [one.id for one in found.sections] == ["first", "second"]
    assert (found.answered, found.total, found.minutes) == (2, 6, 6)


def test_without_a_quick_scan_all_is_listed(sample: Questionnaire) -> None:
    """As in every phase but conception."""
    found = tasks(sample, {})

    assert not found.scanning
    assert len(found.sections) == 2


CONCEPTION = quickly.library().current("conception")
CHOICES = {
    question.id: [option.id for option in question.options]
    for question in CONCEPTION.questions()
    if question.type == "choice_one"
}


@given(st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in CHOICES.items()}))
def test_the_lines_add_up(answers: dict[str, Any]) -> None:
    """The minutes of the list are the sum of what its lines show, in whole minutes."""
    measured = progress.of(CONCEPTION, AnswerSheet(answers))
    found = tasklist.of(CONCEPTION, measured)

    lines = [measured.sections[one.id] for one in found.sections]
    shown = [-(-one.minutes_left // 1) for one in lines if one.state != "complete"]
    assert found.minutes == sum(shown)
    assert not {one.id for one in found.sections} & {one.id for one in found.skipped}
