"""People, their sessions, and how often somebody tried to sign in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, bindparam, delete, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.identifiers import new_id
from workbench.governance.roles import ROLES, Actor
from workbench.storage.database import Json, Moment

ROLE_LIST = ", ".join(f"'{role}'" for role in sorted(ROLES))


class Person(SQLModel, table=True):
    """Somebody with an account. ``password_hash`` is argon2id."""

    __table_args__ = (
        CheckConstraint(f"role in ({ROLE_LIST})", name="role"),
        CheckConstraint("email = lower(email) and email <> ''", name="email"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    email: str = Field(unique=True)
    office: str = ""
    role: str
    password_hash: str
    active: bool = True
    created_at: datetime = Field(sa_type=Moment)

    @property
    def actor(self) -> Actor:
        """The person as the services know them."""
        return Actor(self.id, self.name, self.role)


class WebSession(SQLModel, table=True):
    """A browser session; only the SHA-256 of its token is kept."""

    __tablename__ = "web_session"

    token_hash: str = Field(primary_key=True)
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    content: dict[str, object] = Field(default_factory=dict, sa_type=Json)
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)


# Made once: every request begins with it.
WITH_PERSON = (
    select(WebSession, Person)
    .outerjoin(Person)
    .where(WebSession.token_hash == bindparam("token_hash"))
)


class Attempt(SQLModel, table=True):
    """How often a key (account and network, hashed) was used in a window of time."""

    key: str = Field(primary_key=True)
    window: int = Field(primary_key=True)
    count: int = 0


def by_email(session: Session, email: str) -> Person | None:
    """The person with the address, upper and lower case alike."""
    return session.exec(select(Person).where(Person.email == email.strip().lower())).first()


def everybody(session: Session) -> list[Person]:
    """All people by name."""
    return list(session.exec(select(Person).order_by(col(Person.name))))


def names(session: Session, ids: set[str]) -> dict[str, str]:
    """Id → name for the given people."""
    if not ids:
        return {}
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids)))
    return {key: name for key, name in rows}  # noqa: C416 - rows are Row objects, not pairs


def web_session(session: Session, token_hash: str) -> tuple[WebSession | None, Person | None]:
    """A browser session and who is signed in there; None where there is none."""
    found = session.exec(WITH_PERSON, params={"token_hash": token_hash}).first()
    return (None, None) if found is None else (found[0], found[1])


def end_sessions(session: Session, person_id: str) -> None:
    """End every session of a person (sign-out everywhere, disabled, new password)."""
    session.connection().execute(delete(WebSession).where(col(WebSession.person_id) == person_id))


def sweep_sessions(session: Session, *, idle_since: datetime, created_before: datetime) -> None:
    """Delete what has run out."""
    session.connection().execute(
        delete(WebSession).where(
            (col(WebSession.seen_at) < idle_since) | (col(WebSession.created_at) < created_before)
        )
    )


def count_attempt(session: Session, key: str, window: int) -> int:
    """Count one more attempt and return how many there were; old windows are forgotten."""
    connection = session.connection()
    connection.execute(delete(Attempt).where(col(Attempt.window) < window - 1))
    changed = connection.execute(
        update(Attempt)
        .where(col(Attempt.key) == key, col(Attempt.window) == window)
        .values(count=Attempt.count + 1)
    )
    if not changed.rowcount:
        session.add(Attempt(key=key, window=window, count=1))
        session.flush()
    found = session.exec(
        select(func.sum(Attempt.count)).where(Attempt.key == key, Attempt.window == window)
    ).one()
    return int(found or 0)


def forget_attempts(session: Session, key: str) -> None:
    """Start counting anew, after a success."""
    session.connection().execute(delete(Attempt).where(col(Attempt.key) == key))
