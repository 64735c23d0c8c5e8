"""What becomes of a condition of the board: open, reported as fulfilled, confirmed or lifted.

The team reports, the board answers. Nothing is overwritten: the newest step says where a condition
stands.
"""

from collections.abc import Mapping

from workbench.basics.text import later
from workbench.governance.lifecycle import Move

OPEN, REPORTED, CONFIRMED, LIFTED = "open", "reported", "confirmed", "lifted"

STATES = {
    OPEN: later("Open"),
    REPORTED: later("Fulfilled, as the project team reports"),
    CONFIRMED: later("Fulfilled, confirmed by the ethics board"),
    LIFTED: later("Lifted by the ethics board"),
}
# Those that the board still has to hear of or to answer.
UNSETTLED = frozenset({OPEN, REPORTED})

# What the board can answer, and how the choice reads.
ANSWERS = {
    "confirm": later("The condition is fulfilled."),
    "return": later("The condition is not or no longer fulfilled."),
    "lift": later("The condition is no longer needed."),
}
MOVES: Mapping[str, Move] = {
    "report": Move(frozenset({OPEN}), REPORTED, by_author=True),
    "confirm": Move(frozenset({REPORTED}), CONFIRMED, by_author=False),
    "return": Move(frozenset({REPORTED, CONFIRMED}), OPEN, by_author=False),
    "lift": Move(UNSETTLED, LIFTED, by_author=False),
}


def possible(state: str) -> dict[str, str]:
    """The board's answers that fit a state: move → words; none once it is lifted."""
    return {move: words for move, words in ANSWERS.items() if state in MOVES[move].origin}
