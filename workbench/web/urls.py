"""What may stand in an address: ids of 32 hexadecimal digits, readable words, and safe targets."""

import re
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import BaseConverter

CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
LONGEST = 2000


class IdConverter(BaseConverter):
    """An id as ``basics.identifiers.new_id`` makes it."""

    regex = "[0-9a-f]{32}"


class WordConverter(BaseConverter):
    """Lower-case letters, digits, hyphens, underscores, dots: slugs, section and question ids."""

    regex = "[a-z0-9][a-z0-9._-]{0,99}"


class NumberConverter(BaseConverter):
    """The number of an edition: from 1, and small enough for every database."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """The number that stands in the address."""
        return int(value)


def install(app: Flask) -> None:
    """Make the converters known as ``id``, ``word`` and ``number``."""
    app.url_map.converters.update(id=IdConverter, word=WordConverter, number=NumberConverter)


def safe_next(target: str | None) -> str | None:
    """The target, if it is a path on this host; None for everything else.

    Control characters are refused first: Werkzeug strips them from ``Location``, so that "/\\t/x"
    would become "//x", another host.
    """
    if not target or len(target) > LONGEST or CONTROL.search(target):
        return None
    if not target.startswith("/") or target.startswith("//"):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target
