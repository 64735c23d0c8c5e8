"""Systems of the town and who works on them."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id, slug
from workbench.storage.database import Moment
from workbench.storage.people import Person


class System(SQLModel, table=True):
    """An AI or rule-based system of the town; ``slug`` is its public address and never changes."""

    __table_args__ = (
        CheckConstraint("slug <> ''", name="slug"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    purpose: str
    department: str
    contact: str
    example: bool = False
    created_at: datetime = Field(sa_type=Moment)
    created_by: str = Field(foreign_key="person.id")


class Membership(SQLModel, table=True):
    """A person of a project team works on a system."""

    system_id: str = Field(primary_key=True, foreign_key="system.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")


def free_slug(session: Session, name: str) -> str:
    """A slug for the name that no system has yet."""
    base = slug(name) or "system"
    taken = set(session.exec(select(System.slug).where(col(System.slug).startswith(base))))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(text for text in (base, *numbered) if text not in taken)


def is_member(session: Session, system_id: str, person_id: str) -> bool:
    """Whether the person works on the system."""
    return session.get(Membership, (system_id, person_id)) is not None


def members(session: Session, system_id: str) -> list[Person]:
    """The people who work on the system, by name."""
    return list(
        session.exec(
            select(Person)
            .join(Membership, col(Membership.person_id) == Person.id)
            .where(Membership.system_id == system_id)
            .order_by(col(Person.name))
        )
    )


def of_person(session: Session, person_id: str) -> list[System]:
    """The systems a person works on, by name."""
    return list(
        session.exec(
            select(System)
            .join(Membership, col(Membership.system_id) == System.id)
            .where(Membership.person_id == person_id)
            .order_by(col(System.name))
        )
    )


def every(session: Session) -> list[System]:
    """All systems, by name."""
    return list(session.exec(select(System).order_by(col(System.name))))
