"""The language of a page: in its address, so that no cookie is needed.

``?lang=en`` is English, nothing is German; every link of the page keeps it.
"""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, g, has_request_context, request

from workbench.basics.text import DEFAULT_LANGUAGE, LANGUAGES

ARGUMENT = "lang"


def install(app: Flask) -> None:
    """Let every address made by ``url_for`` carry the language of the page."""

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static" and language() != DEFAULT_LANGUAGE:
            values.setdefault(ARGUMENT, language())

    @app.context_processor
    def offer() -> dict[str, Any]:
        return {"language": language(), "languages": LANGUAGES, "address_in": address_in}


def language() -> str:
    """The language of the present request; German where there is none."""
    if "language" not in g:
        wanted = request.args.get(ARGUMENT, "") if has_request_context() else ""
        g.language = wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE
    return str(g.language)


def address_in(other: str) -> str:
    """The address of the present page in another language."""
    arguments = [(key, value) for key, value in request.args.items(multi=True) if key != ARGUMENT]
    if other != DEFAULT_LANGUAGE:
        arguments.append((ARGUMENT, other))
    query = urlencode(arguments)
    # Quoted, and with one slash first: whatever was asked for, the link stays on this host.
    path = "/" + quote(request.path.lstrip("/"))
    return path + (f"?{query}" if query else "")
