"""What backs an answer or a value decision: files by their content, and links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id
from workbench.storage.database import Moment


class Evidence(SQLModel, table=True):
    """One file (``sha256``, ``size`` in bytes) or ``link`` for an answer or a decision of a phase.

    What was removed stays in the table; its file is deleted once nothing else uses it.
    """

    __table_args__ = (
        CheckConstraint("(sha256 = '') <> (link = '')", name="either"),
        CheckConstraint("(question_id = '') <> (decision_id = '')", name="backs"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("(removed_at is null) = (removed_by is null)", name="removed"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    phase_id: str = Field(foreign_key="phase.id", index=True)
    question_id: str = ""
    decision_id: str = ""
    name: str
    sha256: str = ""
    size: int = 0
    link: str = ""
    added_at: datetime = Field(sa_type=Moment)
    added_by: str = Field(foreign_key="person.id")
    removed_at: datetime | None = Field(default=None, sa_type=Moment)
    removed_by: str | None = Field(default=None, foreign_key="person.id")


# Made once: to put such a query together takes longer than to ask it.
OF_PHASE = (
    select(Evidence)
    .where(Evidence.phase_id == bindparam("phase"), col(Evidence.removed_at).is_(None))
    .order_by(col(Evidence.added_at), col(Evidence.id))
)


def of_phase(session: Session, phase_id: str) -> dict[str, list[Evidence]]:
    """Question id → what is there for its answer now, oldest first."""
    return _by(session, phase_id, "question_id")


def of_decisions(session: Session, phase_id: str) -> dict[str, list[Evidence]]:
    """Decision id → what is there for it now, oldest first."""
    return _by(session, phase_id, "decision_id")


def _by(session: Session, phase_id: str, backed: str) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for row in session.exec(OF_PHASE, params={"phase": phase_id}):
        if key := getattr(row, backed):
            found.setdefault(key, []).append(row)
    return found


def changed_since(session: Session, phase_id: str, at: datetime) -> set[str]:
    """The ids of the decisions of a phase with a piece that was added or taken away since."""
    rows = session.exec(
        select(Evidence.decision_id).where(
            Evidence.phase_id == phase_id,
            Evidence.decision_id != "",
            (col(Evidence.added_at) > at) | (col(Evidence.removed_at) > at),
        )
    )
    return set(rows)


def uses(session: Session, sha256: str) -> bool:
    """Whether a piece of evidence that was not removed keeps the file."""
    rows = select(Evidence.id).where(Evidence.sha256 == sha256, col(Evidence.removed_at).is_(None))
    return session.exec(rows).first() is not None
