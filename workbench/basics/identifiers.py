"""Identifiers: random ids that cannot be guessed, and slugs that can be read."""

import re
import unicodedata
from uuid import uuid4

# ISO 9 and friends need no table here: names of towns' systems are German or English.
GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
SLUG_LENGTH = 60


def new_id() -> str:
    """A random identifier of 32 hexadecimal digits (UUID 4)."""
    return uuid4().hex


def slug(name: str) -> str:
    """A readable URL part from a name: lower-case letters, digits, single hyphens.

    At most 60 characters; "" when the name has no letter or digit.
    """
    # An umlaut may come as two characters (macOS does that); then it is no key of the table yet.
    german = unicodedata.normalize("NFC", name).translate(GERMAN)
    plain = unicodedata.normalize("NFKD", german).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:SLUG_LENGTH].rstrip("-")
