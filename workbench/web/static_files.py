"""Style sheets and scripts: their address changes with their content, so they are kept for good.

Whoever opens a second page asks for none of them again, and after an update nobody keeps old ones.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, Response, request

ARGUMENT = "v"
FOR_GOOD = "public, max-age=31536000, immutable"
DIGITS = 12


def install(app: Flask) -> None:
    """Let addresses of static files name their content, and answers to these be kept."""
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def name_content(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (found := _content_of(folder / str(values["filename"]))):
            values.setdefault(ARGUMENT, found)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code < 400:
            found = _content_of(folder / (request.view_args or {})["filename"])
            # An address from before an update must not keep what came after it.
            if found and request.args.get(ARGUMENT) == found:
                response.headers["Cache-Control"] = FOR_GOOD
        return response


def _content_of(file: Path) -> str:
    """The beginning of the SHA-256 of a file; "" where there is none, which a 404 tells."""
    try:
        known = file.stat()
    except OSError:
        return ""
    return _digest(_State(file, known.st_mtime_ns, known.st_size))


class _State(NamedTuple):
    """A file at a time: what follows tells one content of it from the next."""

    file: Path
    changed: int
    size: int


@lru_cache(maxsize=256)
def _digest(state: _State) -> str:
    return hashlib.sha256(state.file.read_bytes()).hexdigest()[:DIGITS]
