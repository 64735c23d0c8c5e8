"""Minority opinions on a value decision: word for word, and each in the hands of one account.

Whoever takes part can add their own. A minute-taker can record one for somebody else:

- for somebody with an account on the system: from then on it is in that person's hands, and counts
  as unconfirmed until they have saved it once, changed or not;
- for somebody without an account: the minute-taker keeps it, and alone can correct it.

Nobody else can change it or take it back, the administration neither. In which capacity it is said
is public, names never are.
"""

from dataclasses import dataclass
from typing import Literal

from workbench.basics.text import later

LENGTHS = {"words": 4000, "speaker": 200}

Origin = Literal["own", "on_behalf", "unconfirmed", "confirmed"]
# How a dissent came to be recorded; "own" needs no words.
ORIGINS: dict[str, str] = {
    "own": "",
    "on_behalf": later("Recorded by the minute-taker on behalf of somebody without an account."),
    "unconfirmed": later(
        "Recorded by the minute-taker on behalf of somebody who has not confirmed it yet."
    ),
    "confirmed": later(
        "Recorded by the minute-taker on behalf of somebody who has confirmed it since."
    ),
}


@dataclass(frozen=True)
class Dissent:
    """One minority opinion as it stands.

    ``capacity`` is an id of ``basics.capacities``; "" for those from before it was asked.
    """

    words: str
    capacity: str
    origin: Origin = "own"
