"""A record as bytes: one canonical JSON, its fingerprint, the way back, and the schema."""

import json
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from workbench.basics.errors import DataRefused
from workbench.basics.text import later
from workbench.disclosure.record import TransparencyRecord


def canonical_json(record: TransparencyRecord) -> bytes:
    """The one JSON of a record: UTF-8, keys sorted, two spaces, one line feed at the end.

    The same record always gives the same bytes. Numbers are written in the shortest form that
    reads back as the same number; NaN and infinity are refused with ValueError, as JSON has none.
    """
    return _bytes(record.model_dump(mode="json"))


def fingerprint(data: bytes) -> str:
    """The SHA-256 of the bytes in 64 hexadecimal digits: what ``sha256sum`` prints."""
    return sha256(data).hexdigest()


def parse(data: bytes) -> TransparencyRecord:
    """The record these bytes hold; ``canonical_json`` of it gives the same bytes.

    Raises DataRefused when the bytes are no transparency record of this format.
    """
    try:
        return TransparencyRecord.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataRefused(
            later("This is not a transparency record. {place}: {problem}"),
            place=".".join(str(part) for part in first["loc"]) or "JSON",
            problem=first["msg"],
        ) from error


def schema() -> bytes:
    """The JSON Schema of a record, as kept in ``reports/schema/``."""
    return _bytes(TransparencyRecord.model_json_schema(mode="serialization"))


def _bytes(value: Any) -> bytes:  # whatever JSON can hold
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=2)
    return text.encode() + b"\n"
