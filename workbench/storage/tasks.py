"""Who sees to which section until when, and which condition for leaving a phase was waived."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.storage.database import Json, Moment


class Assignment(SQLModel, table=True):
    """A person of the project team sees to one section; the journal keeps who did before."""

    phase_id: str = Field(foreign_key="phase.id", primary_key=True)
    section_id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    due_on: date | None = None
    set_at: datetime = Field(sa_type=Moment)
    set_by: str = Field(foreign_key="person.id")


class Waiver(SQLModel, table=True):
    """One condition that a phase may be left without, and why; never changed (trigger).

    ``missing`` is all that was missing for it then: when more is, the waiver no longer holds.
    """

    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    id: int | None = Field(default=None, primary_key=True)
    phase_id: str = Field(foreign_key="phase.id")
    condition: str
    missing: list[str] = Field(sa_type=Json, sa_column_kwargs={"server_default": "[]"})
    reason: str
    person_id: str = Field(foreign_key="person.id")
    waived_at: datetime = Field(sa_type=Moment)


def assignments(session: Session, phase_id: str) -> dict[str, Assignment]:
    """Section id → who sees to it."""
    rows = session.exec(select(Assignment).where(Assignment.phase_id == phase_id))
    return {row.section_id: row for row in rows}


def of_person(session: Session, person_id: str) -> list[Assignment]:
    """What a person sees to, the earliest due date first, without a date last."""
    rows = session.exec(select(Assignment).where(Assignment.person_id == person_id))
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.phase_id, row.section_id))


def waivers(session: Session, phase_id: str) -> list[Waiver]:
    """All waivers of the phase, the oldest first; a condition can have several."""
    return list(
        session.exec(select(Waiver).where(Waiver.phase_id == phase_id).order_by(col(Waiver.id)))
    )
