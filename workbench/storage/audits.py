"""Data sets handed in for audits, and the audits run on them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id
from workbench.storage.database import Json, Moment


class Dataset(SQLModel, table=True):
    """A table (perhaps with a model and its background) as handed in.

    A trigger refuses every change of what was handed in. ``inspection`` is what the worker found
    in the table. ``refusal`` is ``{"message", "values"}`` when it cannot be judged; then no file is
    kept.
    """

    __table_args__ = (
        CheckConstraint("state in ('waiting', 'ready', 'refused')", name="state"),
        CheckConstraint("(state = 'ready') = (inspection is not null)", name="inspection"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refusal"),
        CheckConstraint("background_sha256 = '' or model_sha256 <> ''", name="background"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    system_id: str = Field(foreign_key="system.id", index=True)
    name: str
    sha256: str
    model_name: str = ""
    model_sha256: str = ""
    background_name: str = ""
    background_sha256: str = ""
    state: str = "waiting"
    inspection: dict[str, object] | None = Field(default=None, sa_type=Json)
    refusal: dict[str, object] | None = Field(default=None, sa_type=Json)
    received_at: datetime = Field(sa_type=Moment)
    received_by: str = Field(foreign_key="person.id")

    @property
    def files(self) -> dict[str, str]:
        """What was handed in: the SHA-256 of "data", and of "model" and "background" if sent."""
        sent = {
            "data": self.sha256,
            "model": self.model_sha256,
            "background": self.background_sha256,
        }
        return {part: sha256 for part, sha256 in sent.items() if sha256}


class Audit(SQLModel, table=True):
    """One run of a plan; the plan is fixed before any result exists.

    Triggers refuse every change of the plan, of when, by whom and for which data it was fixed.
    An imported one was computed elsewhere: it has no data set here, but a ``file`` (SHA-256) with
    its result. ``change`` says what is different from the earlier plan for the same data.
    ``documents`` maps each language to the SHA-256 of the report as PDF. ``charts`` show what may
    be published; ``row_charts`` tell about single people and are never published: name →
    {"files": {language: SHA-256}, "words": {"title", "text"}}.
    """

    __table_args__ = (
        UniqueConstraint("system_id", "number"),
        CheckConstraint("origin in ('computed', 'imported')", name="origin"),
        CheckConstraint("(origin = 'computed') = (dataset_id is not null)", name="dataset"),
        CheckConstraint("(origin = 'imported') = (file <> '')", name="file"),
        CheckConstraint("state in ('waiting', 'done', 'refused')", name="state"),
        CheckConstraint("(state = 'done') = (result is not null)", name="result"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refusal"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    system_id: str = Field(foreign_key="system.id", index=True)
    dataset_id: str | None = Field(default=None, foreign_key="dataset.id")
    origin: str = "computed"
    file: str = ""
    number: int
    plan: dict[str, object] = Field(sa_type=Json)
    change: str = ""
    planned_at: datetime = Field(sa_type=Moment)
    planned_by: str = Field(foreign_key="person.id")
    state: str = "waiting"
    result: dict[str, object] | None = Field(default=None, sa_type=Json)
    charts: dict[str, dict[str, str]] | None = Field(default=None, sa_type=Json)
    row_charts: dict[str, dict[str, dict[str, object]]] | None = Field(default=None, sa_type=Json)
    refusal: dict[str, object] | None = Field(default=None, sa_type=Json)
    documents: dict[str, str] | None = Field(default=None, sa_type=Json)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


class AuditComparison(SQLModel, table=True):
    """Two audits side by side, by their published values.

    ``charts`` maps each chart to its SHA-256 per language, ``words`` to its title and text.
    """

    __tablename__ = "comparison"
    __table_args__ = (
        UniqueConstraint("before_id", "after_id"),
        CheckConstraint("before_id <> after_id", name="two"),
        CheckConstraint("state in ('waiting', 'done', 'refused')", name="state"),
        CheckConstraint("(state = 'done') = (result is not null)", name="result"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refusal"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    before_id: str = Field(foreign_key="audit.id")
    after_id: str = Field(foreign_key="audit.id", index=True)
    asked_at: datetime = Field(sa_type=Moment)
    asked_by: str = Field(foreign_key="person.id")
    state: str = "waiting"
    result: dict[str, object] | None = Field(default=None, sa_type=Json)
    charts: dict[str, dict[str, str]] | None = Field(default=None, sa_type=Json)
    words: dict[str, dict[str, object]] | None = Field(default=None, sa_type=Json)
    refusal: dict[str, object] | None = Field(default=None, sa_type=Json)


def of_system(session: Session, system_id: str) -> list[Audit]:
    """The audits of a system, newest first."""
    return list(
        session.exec(
            select(Audit).where(Audit.system_id == system_id).order_by(col(Audit.number).desc())
        )
    )


def finished(session: Session, system_id: str) -> list[Audit]:
    """The audits of a system that have a result, newest first."""
    return [audit for audit in of_system(session, system_id) if audit.state == "done"]


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


def with_data(session: Session, system_id: str, sha256: str) -> list[Audit]:
    """The audits of a system that rest on this very table, handed in here or not; newest first."""
    same = {one.id for one in datasets_of(session, system_id) if one.sha256 == sha256}
    return [
        audit
        for audit in of_system(session, system_id)
        if audit.dataset_id in same or (audit.origin == "imported" and data_of(audit) == sha256)
    ]


def planned_before(session: Session, system_id: str, sha256: str) -> list[Audit]:
    """The audits beside which a new plan for this table is a changed one; newest first.

    One whose data were refused told no result, so planning anew after it changes nothing.
    """
    return [one for one in with_data(session, system_id, sha256) if one.state != "refused"]


def data_of(audit: Audit) -> str:
    """The SHA-256 of the table that the audit's result names; "" while there is no result."""
    provenance = (audit.result or {}).get("provenance")
    return str(provenance.get("data_sha256", "")) if isinstance(provenance, dict) else ""


def row_files(audit: Audit) -> dict[str, dict[str, str]]:
    """The charts of single people, as ``Audit.charts`` names them: only for the team."""
    return {
        name: {language: str(file) for language, file in chart["files"].items()}
        for name, chart in (audit.row_charts or {}).items()
    }


def comparison(session: Session, before_id: str, after_id: str) -> AuditComparison | None:
    """The comparison of an earlier audit with a later one, if somebody asked for it."""
    return session.exec(
        select(AuditComparison).where(
            AuditComparison.before_id == before_id, AuditComparison.after_id == after_id
        )
    ).first()


def comparisons_of(
    session: Session, audit_id: str, systems: Collection[str]
) -> list[AuditComparison]:
    """The comparisons in which the audit is the later one, and the earlier one of these systems."""
    query = (
        select(AuditComparison)
        .join(Audit, col(Audit.id) == col(AuditComparison.before_id))
        .where(AuditComparison.after_id == audit_id, col(Audit.system_id).in_(systems))
    )
    return list(session.exec(query.order_by(col(AuditComparison.asked_at))))


def uses(session: Session, sha256: str, besides: str = "") -> bool:
    """Whether an import, or any data set other than ``besides``, keeps the file."""
    datasets = select(Dataset.id).where(
        (col(Dataset.sha256) == sha256)
        | (col(Dataset.model_sha256) == sha256)
        | (col(Dataset.background_sha256) == sha256),
        Dataset.id != besides,
    )
    imports = select(Audit.id).where(Audit.file == sha256)
    return any(session.exec(query).first() is not None for query in (datasets, imports))
