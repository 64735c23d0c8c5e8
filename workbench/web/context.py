"""What a view of a signed-in person works with."""

from typing import cast

from flask import current_app, session

from workbench.basics.errors import NotSignedIn
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.services import Workspace
from workbench.web.sessions import LazySession


def workspace() -> Workspace:
    """The workspace of the running app."""
    return cast("Workspace", current_app.extensions["workspace"])


def visitor() -> LazySession:
    """The session with its own type."""
    # Flask's ``session`` is a proxy; its target is what our interface opened.
    return cast("LazySession", session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


def actor() -> Actor:
    """Who is signed in; raises NotSignedIn."""
    found = visitor().actor
    if found is None:
        raise NotSignedIn(later("Please sign in first."))
    return found
