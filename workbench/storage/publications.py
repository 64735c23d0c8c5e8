"""Editions: published, numbered, and never changed (triggers refuse it, see migrations).

Everything the public gets stands in these two tables, so the public pages need no other.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id
from workbench.storage.database import Moment


class Edition(SQLModel, table=True):
    """One edition; ``record`` is the canonical JSON whose SHA-256 is ``sha256``."""

    __table_args__ = (
        UniqueConstraint("system_id", "number"),
        UniqueConstraint("slug", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    system_id: str = Field(foreign_key="system.id", index=True)
    slug: str
    number: int
    record: str
    sha256: str
    published_at: datetime = Field(sa_type=Moment)
    published_by: str = Field(foreign_key="person.id")


class EditionFile(SQLModel, table=True):
    """A file that belongs to an edition: a chart by its SHA-256, or the PDF of a language."""

    __tablename__ = "edition_file"

    edition_id: str = Field(primary_key=True, foreign_key="edition.id")
    name: str = Field(primary_key=True)
    media_type: str
    content: bytes


def of_system(session: Session, system_id: str) -> list[Edition]:
    """The editions of a system, newest first."""
    return list(
        session.exec(
            select(Edition)
            .where(Edition.system_id == system_id)
            .order_by(col(Edition.number).desc())
        )
    )


def numbers(session: Session, slug: str) -> dict[int, datetime]:
    """Number → time of publication of all editions of a public address, newest first."""
    rows = session.exec(
        select(Edition.number, Edition.published_at)
        .where(Edition.slug == slug)
        .order_by(col(Edition.number).desc())
    )
    return dict(rows.all())


def find(session: Session, slug: str, number: int | None) -> Edition | None:
    """An edition by public address; the newest when no number is given."""
    query = select(Edition).where(Edition.slug == slug).order_by(col(Edition.number).desc())
    if number is not None:
        query = query.where(Edition.number == number)
    return session.exec(query).first()


def newest(session: Session) -> list[Edition]:
    """The newest edition of every published system."""
    latest = (
        select(Edition.system_id, func.max(Edition.number).label("number"))
        .group_by(col(Edition.system_id))
        .subquery()
    )
    return list(
        session.exec(
            select(Edition).where(
                Edition.system_id == latest.c.system_id, Edition.number == latest.c.number
            )
        )
    )


def file(session: Session, edition_id: str, name: str) -> EditionFile | None:
    """A file of an edition."""
    return session.get(EditionFile, (edition_id, name))


def file_names(session: Session, edition_id: str) -> set[str]:
    """The names of the files an edition has so far (its PDF follows a little later)."""
    return set(session.exec(select(EditionFile.name).where(EditionFile.edition_id == edition_id)))
