"""What is said about a phase, and what the board decided."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id
from workbench.storage.database import Json, Moment


class Comment(SQLModel, table=True):
    """One remark of a person on a phase."""

    __table_args__ = (CheckConstraint("body <> ''", name="body"),)

    id: int | None = Field(default=None, primary_key=True)
    phase_id: str = Field(foreign_key="phase.id", index=True)
    person_id: str = Field(foreign_key="person.id")
    body: str
    said_at: datetime = Field(sa_type=Moment)


class Review(SQLModel, table=True):
    """The board's decision in one round; a phase can be submitted, and so reviewed, again."""

    __table_args__ = (
        UniqueConstraint("phase_id", "round"),
        CheckConstraint("verdict in ('approve', 'request_changes')", name="verdict"),
        CheckConstraint("reasons <> ''", name="reasons"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    phase_id: str = Field(foreign_key="phase.id", index=True)
    round: int
    verdict: str
    reasons: str
    conditions: list[str] = Field(default_factory=list, sa_type=Json)
    minority_opinion: str = ""
    person_id: str = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=Moment)


def comments(session: Session, phase_id: str) -> list[Comment]:
    """The remarks on a phase, oldest first."""
    return list(
        session.exec(select(Comment).where(Comment.phase_id == phase_id).order_by(col(Comment.id)))
    )


def reviews(session: Session, phase_id: str) -> list[Review]:
    """The board's decisions on a phase, first round first."""
    return list(
        session.exec(select(Review).where(Review.phase_id == phase_id).order_by(col(Review.round)))
    )


def next_round(session: Session, phase_id: str) -> int:
    """The number of the round the board is in, from 1."""
    highest = session.exec(select(func.max(Review.round)).where(Review.phase_id == phase_id)).one()
    return int(highest or 0) + 1
