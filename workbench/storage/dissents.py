"""Minority opinions on value decisions: each save adds a version and nothing is overwritten."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.capacities import CAPACITIES
from workbench.governance.dissents import Dissent, Origin
from workbench.storage.database import Moment

CAPACITY_LIST = ", ".join(f"'{name}'" for name in sorted(CAPACITIES))


class DissentEntry(SQLModel, table=True):
    """One version of one minority opinion, written by ``person_id``.

    ``holder_id``, the account in whose hands it is, and ``speaker``, who said it without having
    one (internal), stay the same in all versions.
    """

    __tablename__ = "dissent_entry"
    __table_args__ = (
        UniqueConstraint("dissent_id", "number"),
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint(f"capacity in ('', {CAPACITY_LIST})", name="capacity"),
        CheckConstraint("speaker = '' or holder_id = person_id", name="speaker"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dissent_id: str
    decision_id: str
    phase_id: str = Field(foreign_key="phase.id", index=True)
    number: int
    words: str
    capacity: str
    speaker: str = ""
    withdrawn: bool = False
    holder_id: str = Field(foreign_key="person.id", index=True)
    person_id: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True, kw_only=True)
class Held(Dissent):
    """A minority opinion with its versions, oldest first."""

    versions: tuple[DissentEntry, ...]

    @property
    def newest(self) -> DissentEntry:
        """The version that counts."""
        return self.versions[-1]

    @property
    def id(self) -> str:
        """What all its versions share."""
        return self.newest.dissent_id

    @property
    def holder_id(self) -> str:
        """Who alone can change it or take it back."""
        return self.newest.holder_id

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.newest.withdrawn

    @property
    def people(self) -> set[str]:
        """The ids of everybody whose name belongs to it."""
        return {self.holder_id, *(one.person_id for one in self.versions)}


def of_phase(session: Session, phase_id: str) -> dict[str, list[Held]]:
    """Decision id → its minority opinions as they were recorded, also those taken back."""
    rows = session.exec(
        select(DissentEntry).where(DissentEntry.phase_id == phase_id).order_by(col(DissentEntry.id))
    )
    versions: dict[str, list[DissentEntry]] = {}
    for row in rows:
        versions.setdefault(row.dissent_id, []).append(row)
    found: dict[str, list[Held]] = {}
    for said in versions.values():
        found.setdefault(said[0].decision_id, []).append(_held(said))
    return found


def find(session: Session, dissent_id: str) -> Held | None:
    """One minority opinion; None when there is none of that id."""
    rows = session.exec(
        select(DissentEntry)
        .where(DissentEntry.dissent_id == dissent_id)
        .order_by(col(DissentEntry.number))
    ).all()
    return _held(list(rows)) if rows else None


def of_person(session: Session, person_id: str) -> list[Held]:
    """Those in the hands of a person, oldest first."""
    rows = session.exec(
        select(DissentEntry.dissent_id)
        .where(DissentEntry.holder_id == person_id, DissentEntry.number == 1)
        .order_by(col(DissentEntry.id))
    ).all()
    return [held for one in rows if (held := find(session, one))]


def authors(session: Session, phase_id: str) -> set[str]:
    """The ids of everybody who wrote a minority opinion on a decision of the phase."""
    rows = session.exec(
        select(DissentEntry.person_id).where(DissentEntry.phase_id == phase_id).distinct()
    )
    return set(rows)


def _held(versions: list[DissentEntry]) -> Held:
    newest = versions[-1]
    return Held(
        words=newest.words,
        capacity=newest.capacity,
        origin=_origin(versions),
        versions=tuple(versions),
    )


def _origin(versions: list[DissentEntry]) -> Origin:
    first = versions[0]
    if first.speaker:
        return "on_behalf"
    if first.person_id == first.holder_id:
        return "own"
    seen = any(one.person_id == first.holder_id for one in versions)
    return "confirmed" if seen else "unconfirmed"
