"""What is said about a phase or one of its questions, and what the board decided."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, bindparam, func
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id
from workbench.storage.database import Json, Moment


class Comment(SQLModel, table=True):
    """One remark of a person on a phase, or with ``question_id`` on one question of it.

    Only a remark on a question can be resolved, and opened again.
    """

    __table_args__ = (
        CheckConstraint("body <> ''", name="body"),
        CheckConstraint("(resolved_at is null) = (resolved_by is null)", name="resolved"),
        CheckConstraint("resolved_at is null or question_id <> ''", name="question"),
    )

    id: int | None = Field(default=None, primary_key=True)
    phase_id: str = Field(foreign_key="phase.id", index=True)
    question_id: str = ""
    person_id: str = Field(foreign_key="person.id")
    body: str
    said_at: datetime = Field(sa_type=Moment)
    resolved_at: datetime | None = Field(default=None, sa_type=Moment)
    resolved_by: str | None = Field(default=None, foreign_key="person.id")


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


# Made once: to put such a query together takes longer than to ask it.
OF_PHASE = select(Comment).where(Comment.phase_id == bindparam("phase")).order_by(col(Comment.id))


def comments(session: Session, phase_id: str) -> list[Comment]:
    """The remarks on a phase and its questions, oldest first."""
    return list(session.exec(OF_PHASE, params={"phase": phase_id}))


def since(session: Session, phase_ids: Iterable[str], moment: datetime) -> list[Comment]:
    """The remarks on these phases and their questions from that moment on, oldest first."""
    return list(
        session.exec(
            select(Comment)
            .where(col(Comment.phase_id).in_(list(phase_ids)), Comment.said_at >= moment)
            .order_by(col(Comment.id))
        )
    )


def talks(session: Session, phase_id: str) -> dict[str, list[Comment]]:
    """Question id → the remarks on it, oldest first."""
    found: dict[str, list[Comment]] = {}
    for comment in comments(session, phase_id):
        if comment.question_id:
            found.setdefault(comment.question_id, []).append(comment)
    return found


def reviews(session: Session, phase_id: str) -> list[Review]:
    """The board's decisions on a phase, first round first."""
    return list(
        session.exec(select(Review).where(Review.phase_id == phase_id).order_by(col(Review.round)))
    )


def next_round(session: Session, phase_id: str) -> int:
    """The number of the round the board is in, from 1."""
    highest = session.exec(select(func.max(Review.round)).where(Review.phase_id == phase_id)).one()
    return int(highest or 0) + 1
