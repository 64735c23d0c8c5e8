"""Browser sessions: stay signed in, sign out for good."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from workbench.basics import clock
from workbench.governance.roles import Actor
from workbench.storage import journal, people
from workbench.storage.people import WebSession
from workbench.storage.workspace import Workspace

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
# Writing "seen" at every request would make every page a writer.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Visit:
    """A browser session as the web layer needs it."""

    actor: Actor | None
    content: dict[str, object]


def find(workspace: Workspace, token: str, *, there: bool = True) -> Visit | None:
    """The session of a token; None when there is none or it has run out.

    ``there``: a person asks, which keeps the session from running out; a page that asks by itself
    does not.
    """
    now, key = clock.now(), _token_hash(token)
    with workspace.database.reading() as session:
        found, person = people.web_session(session, key)
    if found is None or now - found.seen_at > IDLE or now - found.created_at > ABSOLUTE:
        return None
    if found.person_id and (person is None or not person.active):
        return None
    if there and now - found.seen_at > SEEN_EVERY:
        with workspace.database.transaction() as session:
            row = session.get(WebSession, key)
            if row is None:
                return None
            row.seen_at = now
            session.add(row)
    return Visit(person.actor if person else None, dict(found.content))


def keep(
    workspace: Workspace, token: str | None, content: dict[str, object], person_id: str | None
) -> str:
    """Store a session's content and return its token; without a token a new session begins.

    A session that was ended meanwhile does not come back: its content goes on without the person.
    """
    now = clock.now()
    fresh = token or secrets.token_urlsafe(32)
    with workspace.database.transaction() as session:
        row = session.get(WebSession, _token_hash(fresh))
        if row is None:
            people.sweep_sessions(session, idle_since=now - IDLE, created_before=now - ABSOLUTE)
            person_id = None if token else person_id
            fresh = secrets.token_urlsafe(32)
            row = WebSession(token_hash=_token_hash(fresh), created_at=now, seen_at=now)
        row.content, row.person_id = content, person_id
        session.add(row)
    return fresh


def end(workspace: Workspace, token: str) -> None:
    """End a session: its cookie is worthless from now on."""
    with workspace.database.transaction() as session:
        row = session.get(WebSession, _token_hash(token))
        if row is not None:
            journal.append(session, row.person_id, "person.sign_out", row.person_id or "")
            session.delete(row)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
