"""Server-side sessions: the cookie is a random token, what it stands for lies in the database.

A page that never looks at its session costs no query, sets no cookie and does not vary by cookie:
that is what keeps the public pages free of both.
"""

from collections.abc import Iterator
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from workbench.governance.roles import Actor
from workbench.services import Workspace, visits


class LazySession(SessionMixin):
    """Flask's session, read from the database when somebody first looks at it."""

    def __init__(self, workspace: Workspace, token: str | None) -> None:
        self.workspace, self.token = workspace, token
        self._visit: visits.Visit | None = None
        self.accessed = self.modified = False
        self.unattended = False

    def _read(self) -> visits.Visit:
        self.accessed = True
        if self._visit is None:
            there = not self.unattended
            found = visits.find(self.workspace, self.token, there=there) if self.token else None
            self.token = self.token if found else None
            self._visit = found or visits.Visit(None, {})
        return self._visit

    @property
    def actor(self) -> Actor | None:
        """Who is signed in."""
        return self._read().actor

    def begin(self, actor: Actor) -> None:
        """Sign in: a new token, so that one planted before the sign-in is worth nothing."""
        self.end()
        self._visit = visits.Visit(actor, {})
        self.modified = True

    def end(self) -> None:
        """Sign out: the token is worthless from now on."""
        self._read()
        if self.token:
            visits.end(self.workspace, self.token)
        self.token, self._visit = None, visits.Visit(None, {})
        self.modified = True

    def __getitem__(self, key: str) -> Any:
        return self._read().content[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._read().content[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._read().content[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._read().content)

    def __len__(self) -> int:
        return len(self._read().content)

    def save(self) -> str | None:
        """Store what changed and return the token; None when there is nothing to remember."""
        visit = self._read()
        if visit.actor is None and not visit.content:
            return None
        person_id = visit.actor.id if visit.actor else None
        self.token = visits.keep(self.workspace, self.token, visit.content, person_id)
        return self.token


class Interface(SessionInterface):
    """Carries the token in a cookie that other hosts cannot set or read."""

    def __init__(self, workspace: Workspace, *, https: bool) -> None:
        self.workspace, self.https = workspace, https
        # The prefix binds the cookie to this host, and browsers take it on https only.
        self.name = "__Host-workbench" if https else "workbench"

    def open_session(self, app: Flask, request: Request) -> LazySession:  # noqa: ARG002
        """A session that has read nothing yet."""
        return LazySession(self.workspace, request.cookies.get(self.name))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """Set the cookie when the session changed."""
        if not isinstance(session, LazySession) or not session.accessed:
            return
        response.vary.add("Cookie")
        if not session.modified:
            return
        token = session.save()
        if token is None:
            response.delete_cookie(self.name, secure=self.https, httponly=True, samesite="Lax")
        else:
            response.set_cookie(
                self.name, token, secure=self.https, httponly=True, samesite="Lax", path="/"
            )
