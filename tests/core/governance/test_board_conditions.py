"""Conditions of the board: who moves them where."""

import pytest

from workbench.basics.errors import Forbidden, WrongState
from workbench.governance import conditions, lifecycle
from workbench.governance.conditions import CONFIRMED, LIFTED, MOVES, OPEN, REPORTED


@pytest.mark.parametrize(
    ("state", "answers"),
    [
        (OPEN, {"lift"}),
        (REPORTED, {"confirm", "return", "lift"}),
        (CONFIRMED, {"return"}),
        (LIFTED, set[str]()),
    ],
)
def test_the_board_answers_what_fits(state: str, answers: set[str]) -> None:
    """Only what was reported can be confirmed; what is lifted stays lifted."""
    assert set(conditions.possible(state)) == answers


def test_every_move_leads_to_a_state() -> None:
    """The board's answers are moves, and moves know only states that have words."""
    assert set(conditions.ANSWERS) | {"report"} == set(MOVES)
    assert {one.target for one in MOVES.values()} == set(conditions.STATES)


def test_an_author_does_not_answer_for_the_board() -> None:
    """Separation of duties: an author reports, somebody else confirms."""
    assert lifecycle.check("report", OPEN, "a", {"a"}, MOVES) == REPORTED
    assert lifecycle.check("confirm", REPORTED, "b", {"a"}, MOVES) == CONFIRMED
    with pytest.raises(Forbidden):
        lifecycle.check("confirm", REPORTED, "a", {"a"}, MOVES)


def test_what_was_never_reported_is_not_confirmed() -> None:
    """Twin: nobody has said yet how it is fulfilled."""
    with pytest.raises(WrongState):
        lifecycle.check("confirm", OPEN, "b", {"a"}, MOVES)
