"""Which state follows which, and that authors do not judge themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.basics.errors import Forbidden, WrongState
from workbench.governance import lifecycle
from workbench.governance.lifecycle import APPROVED, CHANGES, MOVES, OPEN, STATES, SUBMITTED

# Move → from → to, by hand; what is not here is not possible.
ALLOWED = {
    ("submit", OPEN): SUBMITTED,
    ("submit", CHANGES): SUBMITTED,
    ("request_changes", SUBMITTED): CHANGES,
    ("approve", SUBMITTED): APPROVED,
    ("withdraw", SUBMITTED): OPEN,
    ("withdraw_changes", SUBMITTED): CHANGES,
    ("reopen", APPROVED): OPEN,
    ("publish", APPROVED): APPROVED,
}
FOR_OTHERS = {"request_changes", "approve", "publish"}


@pytest.mark.parametrize("move", list(MOVES))
@pytest.mark.parametrize("state", list(STATES))
def test_a_move_is_possible_from_the_right_state_only(move: str, state: str) -> None:
    """Every pair of move and state is as the table above says."""
    if (move, state) in ALLOWED:
        assert lifecycle.check(move, state, "dora", {"alice"}) == ALLOWED[move, state]
    else:
        with pytest.raises(WrongState):
            lifecycle.check(move, state, "dora", {"alice"})


@pytest.mark.parametrize(("move", "state"), list(ALLOWED))
def test_authors_neither_judge_nor_publish(move: str, state: str) -> None:
    """An author may submit and reopen; deciding and publishing need a second person."""
    if move in FOR_OTHERS:
        with pytest.raises(Forbidden, match="second person"):
            lifecycle.check(move, state, "alice", {"alice", "bob"})
    else:
        lifecycle.check(move, state, "alice", {"alice", "bob"})


@given(st.lists(st.sampled_from(list(MOVES)), max_size=30))
def test_no_way_leads_past_the_board(moves: list[str]) -> None:
    """However the moves follow each other: publishing only after an approval and nothing since."""
    state, last = OPEN, ""
    for move in moves:
        try:
            state = lifecycle.check(move, state, "dora", ())
        except WrongState:
            continue
        if move == "publish":
            assert last == "approve"
        else:
            last = move


def test_the_team_writes_where_the_board_does_not_judge() -> None:
    """A phase is never writable and under judgement at once."""
    assert MOVES["approve"].origin.isdisjoint(lifecycle.WRITABLE)
