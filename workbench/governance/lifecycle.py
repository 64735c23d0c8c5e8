"""States of one phase of an assessment, who may move it, and what separates the duties.

What is withdrawn is as it was before it was submitted: open, or with changes requested.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbench.basics.errors import Forbidden, WrongState
from workbench.basics.text import later

OPEN, SUBMITTED, CHANGES, APPROVED = "open", "submitted", "changes_requested", "approved"

STATES = {
    OPEN: later("Open"),
    SUBMITTED: later("With the ethics board"),
    CHANGES: later("Changes requested"),
    APPROVED: later("Approved"),
}
WRITABLE = frozenset({OPEN, CHANGES})


@dataclass(frozen=True)
class Move:
    """One allowed change of state; ``by_author`` False keeps the assessment's authors out."""

    origin: frozenset[str]
    target: str
    by_author: bool


MOVES = {
    "submit": Move(WRITABLE, SUBMITTED, by_author=True),
    "request_changes": Move(frozenset({SUBMITTED}), CHANGES, by_author=False),
    "approve": Move(frozenset({SUBMITTED}), APPROVED, by_author=False),
    "withdraw": Move(frozenset({SUBMITTED}), OPEN, by_author=True),
    "withdraw_changes": Move(frozenset({SUBMITTED}), CHANGES, by_author=True),
    "reopen": Move(frozenset({APPROVED}), OPEN, by_author=True),
    "publish": Move(frozenset({APPROVED}), APPROVED, by_author=False),
}


def check(
    move: str,
    state: str,
    person_id: str,
    authors: Collection[str],
    moves: Mapping[str, Move] = MOVES,
) -> str:
    """The state after the move, which is one of ``moves``.

    Raises WrongState when the state does not allow it, Forbidden when the person wrote the
    assessment and the move asks for somebody else.
    """
    rule = moves[move]
    if not rule.by_author and person_id in authors:
        raise Forbidden(
            later("You have worked on this assessment. A second person has to do this step.")
        )
    if state not in rule.origin:
        raise WrongState(
            later("This step is not possible now. Reload the page to see the present state.")
        )
    return rule.target
