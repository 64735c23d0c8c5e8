"""Value decisions: like answers, each save adds a version and nothing is overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.governance.decisions import ValueDecision
from workbench.governance.value_log import Logged
from workbench.storage import dissents
from workbench.storage.assessments import Phase
from workbench.storage.database import Json, Moment
from workbench.storage.dissents import Held

# Said in a decision itself until each minority opinion became an entry of its own.
MOVED = "minority_opinion"


class DecisionEntry(SQLModel, table=True):
    """One version of one value decision."""

    __tablename__ = "decision_entry"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    decision_id: str = Field(index=True)
    phase_id: str = Field(foreign_key="phase.id", index=True)
    number: int
    body: dict[str, object] = Field(sa_type=Json)
    withdrawn: bool = False
    person_id: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True)
class Recorded:
    """A value decision as it stands, with its identity and the number of its newest version.

    ``dissents`` are the minority opinions that stand now.
    """

    id: str
    phase_id: str
    number: int
    body: ValueDecision
    withdrawn: bool
    person_id: str
    saved_at: datetime
    dissents: tuple[Held, ...] = ()


def _recorded(row: DecisionEntry, said: Iterable[Held] = ()) -> Recorded:
    return Recorded(
        id=row.decision_id,
        phase_id=row.phase_id,
        number=row.number,
        body=ValueDecision.model_validate({k: v for k, v in row.body.items() if k != MOVED}),
        withdrawn=row.withdrawn,
        person_id=row.person_id,
        saved_at=row.saved_at,
        dissents=tuple(one for one in said if not one.withdrawn),
    )


def current(session: Session, phase_id: str, *, withdrawn: bool = False) -> list[Recorded]:
    """The decisions of a phase in the order they were first recorded."""
    newest = (
        select(
            DecisionEntry.decision_id,
            func.max(DecisionEntry.number).label("number"),
            func.min(DecisionEntry.id).label("first"),
        )
        .where(DecisionEntry.phase_id == phase_id)
        .group_by(col(DecisionEntry.decision_id))
        .subquery()
    )
    rows = session.exec(
        select(DecisionEntry)
        .where(
            DecisionEntry.decision_id == newest.c.decision_id,
            DecisionEntry.number == newest.c.number,
        )
        .order_by(newest.c.first)
    )
    said = dissents.of_phase(session, phase_id)
    return [
        _recorded(row, said.get(row.decision_id, ())) for row in rows if row.withdrawn is withdrawn
    ]


def logged(session: Session, phases: Iterable[Phase]) -> list[Logged]:
    """The decisions of these phases, in each by the day on which they were taken."""
    return [
        Logged(entry.id, phase.name, entry.body, entry.dissents)
        for phase in phases
        for entry in sorted(
            current(session, phase.id), key=lambda one: one.body.decided_on or date.max
        )
    ]


def find(session: Session, decision_id: str) -> Recorded | None:
    """The newest version of one decision."""
    row = session.exec(
        select(DecisionEntry)
        .where(DecisionEntry.decision_id == decision_id)
        .order_by(col(DecisionEntry.number).desc())
    ).first()
    if row is None:
        return None
    return _recorded(row, dissents.of_phase(session, row.phase_id).get(decision_id, ()))


def versions(session: Session, decision_id: str) -> list[Recorded]:
    """Every version of one decision, oldest first, without the minority opinions beside it."""
    rows = session.exec(
        select(DecisionEntry)
        .where(DecisionEntry.decision_id == decision_id)
        .order_by(col(DecisionEntry.number))
    )
    return [_recorded(row) for row in rows]


def add(session: Session, entry: DecisionEntry) -> None:
    """Save a version; IntegrityError when its number is already taken."""
    session.add(entry)
    session.flush()


def authors(session: Session, phase_id: str) -> set[str]:
    """The ids of everybody who wrote on a decision of the phase."""
    rows = session.exec(
        select(DecisionEntry.person_id).where(DecisionEntry.phase_id == phase_id).distinct()
    )
    return set(rows)
