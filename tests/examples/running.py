"""A workbench that really runs."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from workbench.services import Workspace


@dataclass(frozen=True)
class Running:
    """A workbench with the cast in it, and where it answers.

    While ``quick`` is cleared, what a page saves by itself is answered late, as in a slow network.
    """

    url: str
    workspace: Workspace
    quick: threading.Event

    def slowed(self, app: Flask) -> WSGIApplication:
        """The app behind that network."""

        def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            body = app(environ, start)
            if "HTTP_HX_REQUEST" in environ:
                self.quick.wait(timeout=30)
            return body

        return answer
