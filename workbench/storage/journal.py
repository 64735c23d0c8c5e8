"""The journal: who did what, when, to which thing. Append-only (triggers, see migrations)."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics import clock
from workbench.storage.database import Json, Moment


class JournalEntry(SQLModel, table=True):
    """One act. ``person_id`` is None for the worker and for people who are not signed in."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    person_id: str | None = Field(default=None, foreign_key="person.id")
    action: str
    subject: str = Field(index=True)
    detail: dict[str, object] = Field(default_factory=dict, sa_type=Json)


def append(
    session: Session, person_id: str | None, action: str, subject: str, **detail: object
) -> None:
    """Write one act in the transaction of the act itself; ``subject`` is the id of the thing."""
    session.add(
        JournalEntry(
            at=clock.now(), person_id=person_id, action=action, subject=subject, detail=detail
        )
    )


def of(session: Session, subject: str) -> list[JournalEntry]:
    """The acts on one thing, oldest first."""
    return list(
        session.exec(
            select(JournalEntry)
            .where(JournalEntry.subject == subject)
            .order_by(col(JournalEntry.id))
        )
    )
