"""Who may do what: the table of roles and actions, written out a second time by hand."""

import pytest

from workbench.basics.errors import Forbidden
from workbench.governance import roles
from workbench.governance.roles import ACTIONS, ADMINISTRATION, BOARD, ROLES, TEAM, Actor

ONLY_TEAM = {
    "system.create", "system.change", "answers.write", "answers.assign", "evidence.change",
    "assessment.open", "assessment.submit", "audit.run", "calendar.renew", "condition.report",
}  # fmt: skip
ONLY_BOARD = {"review.list", "review.decide", "condition.settle"}
ONLY_ADMINISTRATION = {"gate.waive", "people.manage"}
NOT_BOARD = {"system.read", "answers.read", "edition.prepare", "edition.publish"}
ALL = {
    "desk.read", "account.change", "answers.trace", "assessment.profile", "audit.read",
    "review.read", "review.comment", "condition.read", "values.read",
}  # fmt: skip


def test_each_role_does_its_own() -> None:
    """The table says the same as the lists above; a new action has to be put into one of them."""
    by_hand = {
        **dict.fromkeys(ONLY_TEAM, frozenset({TEAM})),
        **dict.fromkeys(ONLY_BOARD, frozenset({BOARD})),
        **dict.fromkeys(ONLY_ADMINISTRATION, frozenset({ADMINISTRATION})),
        **dict.fromkeys(NOT_BOARD, frozenset({TEAM, ADMINISTRATION})),
        **dict.fromkeys(ALL, frozenset({TEAM, BOARD, ADMINISTRATION})),
    }
    assert by_hand == ACTIONS


def test_who_decides_never_writes_and_never_publishes() -> None:
    """No role holds the pen, the vote and the publication at once."""
    for role in ROLES:
        duties = {"answers.write", "review.decide"}
        assert len([duty for duty in duties if roles.allowed(role, duty)]) < 2
    assert not roles.allowed(BOARD, "edition.publish")


def test_require_refuses_and_lets_pass() -> None:
    """What the table says is enforced."""
    roles.require(Actor("1", "Alice", TEAM), "answers.write")
    with pytest.raises(Forbidden, match="role"):
        roles.require(Actor("2", "Dora", BOARD), "answers.write")


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_an_unknown_action_is_a_fault_of_the_program(role: str) -> None:
    """A mistyped action is noticed, not silently refused."""
    with pytest.raises(KeyError):
        roles.allowed(role, "answers.wirte")


def test_an_unknown_role_may_nothing() -> None:
    """A role that is not in the table has no right at all."""
    assert not any(roles.allowed("mayor", action) for action in ACTIONS)
