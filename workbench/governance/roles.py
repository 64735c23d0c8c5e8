"""Roles and actions: one table says which role may do what.

A role of the project team works only on systems the person belongs to; the board and the
administration see every system. Separation of duties between *persons* (an author never decides
or publishes) stands in ``lifecycle``.
"""

from dataclasses import dataclass

from workbench.basics.errors import Forbidden
from workbench.basics.text import later

TEAM, BOARD, ADMINISTRATION = "team", "board", "administration"

ROLES = {
    TEAM: later("Project team"),
    BOARD: later("Ethics board"),
    ADMINISTRATION: later("Administration"),
}

EVERYBODY = frozenset(ROLES)

ACTIONS: dict[str, frozenset[str]] = {
    "desk.read": EVERYBODY,
    "account.change": EVERYBODY,
    "system.create": frozenset({TEAM}),
    "system.read": frozenset({TEAM, ADMINISTRATION}),
    "system.change": frozenset({TEAM}),
    "answers.read": frozenset({TEAM, ADMINISTRATION}),
    "answers.write": frozenset({TEAM}),
    "answers.trace": EVERYBODY,  # comments, history and evidence of one question
    "values.read": EVERYBODY,  # value decisions and linked answers over all phases
    "answers.assign": frozenset({TEAM}),
    "evidence.change": frozenset({TEAM}),
    "assessment.open": frozenset({TEAM}),
    "assessment.submit": frozenset({TEAM}),
    "assessment.profile": EVERYBODY,
    "calendar.renew": frozenset({TEAM}),
    "gate.waive": frozenset({ADMINISTRATION}),
    "audit.read": EVERYBODY,
    "audit.run": frozenset({TEAM}),
    "review.list": frozenset({BOARD}),
    "review.read": EVERYBODY,
    "review.comment": EVERYBODY,
    "review.decide": frozenset({BOARD}),
    "condition.read": EVERYBODY,
    "condition.report": frozenset({TEAM}),
    "condition.settle": frozenset({BOARD}),
    "edition.prepare": frozenset({TEAM, ADMINISTRATION}),
    "edition.publish": frozenset({TEAM, ADMINISTRATION}),
    "people.manage": frozenset({ADMINISTRATION}),
}

# Roles that need no membership to act on a system.
ALL_SYSTEMS = frozenset({BOARD, ADMINISTRATION})


def allowed(role: str, action: str) -> bool:
    """Whether the role may do the action at all; KeyError for an unknown action."""
    return role in ACTIONS[action]


@dataclass(frozen=True)
class Actor:
    """The person who acts: all that a service needs to know of them."""

    id: str
    name: str
    role: str


def require(actor: Actor, action: str) -> None:
    """Raises Forbidden when the person's role does not allow the action."""
    if not allowed(actor.role, action):
        raise Forbidden(later("Your role does not allow this."))
