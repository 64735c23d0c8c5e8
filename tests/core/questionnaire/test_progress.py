"""How far a questionnaire is answered."""

from typing import Any

import pytest

from workbench.questionnaire import progress
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.progress import State

DONE = {"first.name": "Kim", "first.open": False, "second.people": [{"who": "Kim"}]}


@pytest.mark.parametrize(
    ("answers", "state", "still_open", "counts"),
    [
        ({}, State.NOT_STARTED, ("first.name", "first.open", "second.people"), (0, 6)),
        (
            {"first.name": "Kim"},
            State.IN_PROGRESS,
            ("first.open", "second.people"),
            (1, 6),
        ),
        (DONE, State.COMPLETE, (), (3, 6)),
        (
            {**DONE, "second.places": ["path"]},
            State.IN_PROGRESS,
            ("second.day",),
            (4, 7),
        ),
        (
            {**DONE, "second.people": [{"since": "2026-05-03"}]},
            State.IN_PROGRESS,
            ("second.people",),
            (3, 6),
        ),
        ({**DONE, "first.kind": "road"}, State.COMPLETE, (), (3, 6)),
    ],
)
def test_overall(
    sample: Questionnaire,
    answers: dict[str, Any],
    state: State,
    still_open: tuple[str, ...],
    counts: tuple[int, int],
) -> None:
    """State, open required questions and counts over what is asked now."""
    measured = progress.of(sample, AnswerSheet(answers))

    assert (measured.state, measured.open) == (state, still_open)
    assert (measured.answered, measured.total) == counts


def test_sections_have_their_own_progress(sample: Questionnaire) -> None:
    """A complete section beside one not started; minutes are those of what is left."""
    measured = progress.of(sample, AnswerSheet({"first.name": "Kim", "first.open": False}))

    first, second = measured.sections["first"], measured.sections["second"]
    assert (first.state, first.minutes_left) == (State.COMPLETE, 2)
    assert (second.state, second.minutes_left) == (State.NOT_STARTED, 6)
    assert measured.minutes_left == 8
