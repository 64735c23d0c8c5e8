"""Accounts: who has one, who may sign in, with which password."""

import hmac
import secrets
from datetime import timedelta
from functools import cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from workbench import settings
from workbench.basics import clock
from workbench.basics.errors import Forbidden, InvalidInput, NotFound
from workbench.basics.text import later
from workbench.governance import roles
from workbench.governance.roles import ROLES, Actor
from workbench.storage import access, journal, people
from workbench.storage.people import Person
from workbench.storage.workspace import Workspace

TRIES, WINDOW = 10, timedelta(minutes=15)
SHORTEST, LONGEST = 12, 256
# argon2id takes 64 MB each time: more than four at once would be a way to exhaust the machine.
_hashing = Semaphore(4)
_hasher = PasswordHasher()


def add(
    workspace: Workspace,
    *,
    name: str,
    email: str,
    role: str,
    password: str,
    office: str = "",
    by: Actor | None = None,
) -> Actor:
    """Add a person; ``by`` is None on the command line, where the operator acts.

    Raises InvalidInput naming the fields that do not fit, Forbidden for the wrong role.
    """
    if by is not None:
        roles.require(by, "people.manage")
    email = email.strip().lower()
    wrong = _wrong_fields(name, email, role, password)
    hashed = "" if wrong else _hash(password)
    with workspace.database.transaction() as session:
        if people.by_email(session, email):
            wrong["email"] = later("Somebody with this e-mail address has an account already.")
        if wrong:
            raise InvalidInput(later("The account was not added."), wrong)
        person = Person(
            name=name.strip(),
            email=email,
            office=office.strip(),
            role=role,
            password_hash=hashed,
            created_at=clock.now(),
        )
        session.add(person)
        session.flush()
        journal.append(session, by.id if by else None, "person.add", person.id, role=role)
        return person.actor


def _wrong_fields(name: str, email: str, role: str, password: str) -> dict[str, str]:
    local, _, domain = email.partition("@")
    checks = {
        "name": (bool(name.strip()), later("Give a name.")),
        "email": (
            bool(local and domain and " " not in email),
            later("Give an e-mail address, for example name@example.org."),
        ),
        "role": (role in ROLES, later("Choose a role.")),
        "password": (
            SHORTEST <= len(password) <= LONGEST,
            later("The password needs 12 to 256 characters."),
        ),
    }
    return {field: text for field, (fits, text) in checks.items() if not fits}


def _hash(password: str) -> str:
    with _hashing:
        return _hasher.hash(password)


@cache
def _nobody() -> str:
    # Verified for unknown addresses, so that the answer takes as long as for known ones.
    return _hash(secrets.token_hex(16))


def sign_in(workspace: Workspace, email: str, password: str, network: str) -> Actor:
    """The person, if address and password fit and they may sign in.

    ``network`` is the caller's address; it is only kept as a keyed hash. Raises Forbidden with the
    same text for a wrong address and a wrong password, and after 10 tries in 15 minutes.
    """
    key = _attempt_key(workspace, email, network)
    window = int(clock.now().timestamp() // WINDOW.total_seconds())
    with workspace.database.transaction() as session:
        tries = people.count_attempt(session, key, window)
        person = people.by_email(session, email)
    if tries > TRIES:
        raise Forbidden(
            later("Too many attempts. Wait {minutes} minutes and try again."),
            minutes=int(WINDOW.total_seconds() // 60),
        )
    fits = _verify(person.password_hash if person else _nobody(), password)
    if person is None or not fits or not person.active:
        raise Forbidden(later("E-mail address or password is wrong."))
    with workspace.database.transaction() as session:
        people.forget_attempts(session, key)
        journal.append(session, person.id, "person.sign_in", person.id)
    return person.actor


def _verify(hashed: str, password: str) -> bool:
    with _hashing:
        try:
            return _hasher.verify(hashed, password[: LONGEST + 1])
        except VerificationError:
            return False


def _attempt_key(workspace: Workspace, email: str, network: str) -> str:
    text = f"{email.strip().lower()}|{network}|{clock.today()}"
    return hmac.digest(settings.secret_key(workspace.settings), text.encode(), "sha256").hex()


def everybody(workspace: Workspace, actor: Actor) -> list[Person]:
    """All accounts, for the administration."""
    roles.require(actor, "people.manage")
    with workspace.database.reading() as session:
        return people.everybody(session)


def set_active(workspace: Workspace, actor: Actor, person_id: str, *, active: bool) -> None:
    """Allow or forbid somebody to sign in; forbidding ends their sessions at once.

    Raises Forbidden when people would lock themselves out.
    """
    roles.require(actor, "people.manage")
    if person_id == actor.id:
        raise Forbidden(later("You cannot disable your own account."))
    with workspace.database.transaction() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotFound(access.NOT_FOUND)
        person.active = active
        session.add(person)
        people.end_sessions(session, person_id)
        journal.append(session, actor.id, "person.activity", person_id, active=active)


def change_password(workspace: Workspace, actor: Actor, old: str, new: str) -> None:
    """Change one's own password and end all of one's sessions.

    Raises InvalidInput when the old password is wrong or the new one too short.
    """
    roles.require(actor, "account.change")
    if not SHORTEST <= len(new) <= LONGEST:
        raise InvalidInput(
            later("The password was not changed."),
            {"new": later("The password needs 12 to 256 characters.")},
        )
    with workspace.database.reading() as session:
        hashed = session.get_one(Person, actor.id).password_hash
    if not _verify(hashed, old):
        raise InvalidInput(
            later("The password was not changed."),
            {"old": later("This is not your present password.")},
        )
    fresh = _hash(new)
    with workspace.database.transaction() as session:
        person = session.get_one(Person, actor.id)
        person.password_hash = fresh
        session.add(person)
        people.end_sessions(session, actor.id)
        journal.append(session, actor.id, "person.password", actor.id)
