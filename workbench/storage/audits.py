"""Data sets handed in for audits, and the audits run on them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id
from workbench.storage.database import Json, Moment


class Dataset(SQLModel, table=True):
    """A table (and perhaps a model) as handed in; ``inspection`` is what the worker found.

    ``refusal`` is ``{"message", "values"}`` when it cannot be judged; then no file is kept.
    """

    __table_args__ = (
        CheckConstraint("state in ('waiting', 'ready', 'refused')", name="state"),
        CheckConstraint("(state = 'ready') = (inspection is not null)", name="inspection"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refusal"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    system_id: str = Field(foreign_key="system.id", index=True)
    name: str
    sha256: str
    model_name: str = ""
    model_sha256: str = ""
    state: str = "waiting"
    inspection: dict[str, object] | None = Field(default=None, sa_type=Json)
    refusal: dict[str, object] | None = Field(default=None, sa_type=Json)
    received_at: datetime = Field(sa_type=Moment)
    received_by: str = Field(foreign_key="person.id")


class Audit(SQLModel, table=True):
    """One run of a plan; the plan is fixed before any result exists."""

    __table_args__ = (
        UniqueConstraint("system_id", "number"),
        CheckConstraint("state in ('waiting', 'done', 'refused')", name="state"),
        CheckConstraint("(state = 'done') = (result is not null)", name="result"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refusal"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    system_id: str = Field(foreign_key="system.id", index=True)
    dataset_id: str = Field(foreign_key="dataset.id")
    number: int
    plan: dict[str, object] = Field(sa_type=Json)
    planned_at: datetime = Field(sa_type=Moment)
    planned_by: str = Field(foreign_key="person.id")
    state: str = "waiting"
    result: dict[str, object] | None = Field(default=None, sa_type=Json)
    charts: dict[str, dict[str, str]] | None = Field(default=None, sa_type=Json)
    refusal: dict[str, object] | None = Field(default=None, sa_type=Json)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


def of_system(session: Session, system_id: str) -> list[Audit]:
    """The audits of a system, newest first."""
    return list(
        session.exec(
            select(Audit).where(Audit.system_id == system_id).order_by(col(Audit.number).desc())
        )
    )


def datasets_of(session: Session, system_id: str) -> list[Dataset]:
    """The data sets of a system, newest first."""
    return list(
        session.exec(
            select(Dataset)
            .where(Dataset.system_id == system_id)
            .order_by(col(Dataset.received_at).desc(), col(Dataset.id))
        )
    )


def next_number(session: Session, system_id: str) -> int:
    """The number of the next audit of a system, from 1."""
    highest = session.exec(select(func.max(Audit.number)).where(Audit.system_id == system_id)).one()
    return int(highest or 0) + 1


def uses(session: Session, sha256: str, besides: str = "") -> bool:
    """Whether any data set other than ``besides`` keeps the file."""
    query = select(Dataset.id).where(
        (col(Dataset.sha256) == sha256) | (col(Dataset.model_sha256) == sha256),
        Dataset.id != besides,
    )
    return session.exec(query).first() is not None
