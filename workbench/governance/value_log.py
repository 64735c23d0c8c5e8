"""The value decisions of a system over all phases: who took part, and what became of each value.

Read across phases, decisions show what one phase alone hides: a value that gives way every time,
a capacity that is never asked, a decision that was replaced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.basics.capacities import CAPACITIES
from workbench.governance.decisions import ValueDecision, technical_alone
from workbench.governance.dissents import Dissent

Part = Literal["decided", "took part", ""]


@dataclass(frozen=True)
class Logged:
    """One decision, the phase it was taken in, and the minority opinions on it."""

    id: str
    phase: str
    body: ValueDecision
    dissents: tuple[Dissent, ...] = ()


@dataclass(frozen=True)
class MatrixRow:
    """A decision and each capacity's part in it; ``flagged``: only the technical side took part."""

    entry: Logged
    parts: Mapping[str, Part]
    flagged: bool


@dataclass(frozen=True)
class Weighed:
    """A decision in which a value was in tension, and whether it gave way."""

    entry: Logged
    gave_way: bool


def matrix(entries: Sequence[Logged]) -> tuple[MatrixRow, ...]:
    """Decision × capacity, one row per decision in their order."""
    return tuple(
        MatrixRow(entry, {name: _part(entry.body, name) for name in CAPACITIES}, _flagged(entry))
        for entry in entries
    )


def _part(body: ValueDecision, capacity: str) -> Part:
    if body.decided_by == capacity:
        return "decided"
    return "took part" if capacity in body.capacities else ""


def _flagged(entry: Logged) -> bool:
    return technical_alone(entry.body)


def never_asked(entries: Sequence[Logged]) -> tuple[str, ...]:
    """The capacities that took part in none of the decisions; () without decisions."""
    rows = matrix(entries)
    return tuple(name for name in CAPACITIES if rows and not any(row.parts[name] for row in rows))


def by_value(entries: Sequence[Logged]) -> dict[str, dict[str, tuple[Weighed, ...]]]:
    """Value → phase → the decisions in which it was in tension, so that drift is seen.

    Values in the order in which they first appear; phases without such a decision are left out.
    """
    found: dict[str, dict[str, tuple[Weighed, ...]]] = {}
    for entry in entries:
        for value in dict.fromkeys(entry.body.values):
            phases = found.setdefault(value, {})
            weighed = Weighed(entry, gave_way=entry.body.yielding == value)
            phases[entry.phase] = (*phases.get(entry.phase, ()), weighed)
    return found


def replaced(entries: Sequence[Logged]) -> dict[str, Logged]:
    """Id of a decision → the one that replaces it."""
    return {entry.body.supersedes: entry for entry in entries if entry.body.supersedes}
