"""result.json: an audit's result as a file that says by itself whether it is whole.

It is canonical JSON: UTF-8, keys sorted, the result's own fields, ``$schema`` (the id of the
published JSON Schema) and ``sha256`` over everything but itself and the duration, which is the
only part that differs from run to run. So two runs of the same plan have the same ``sha256``.

The checksum shows that a file is whole, not who made it: anybody can compute one. Whoever imports
a result takes its numbers only, has its sentences made anew (``words.caveats.described``), and
says that the calculation was not repeated.
"""

import json
import math
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from workbench.audit.provenance import plan_hash
from workbench.audit.results import AuditResult
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

SCHEMA_ID = "ki-werkbank/audit-result/1"
MOST_BYTES = 20_000_000

TOO_LARGE = later(
    "This file has {size} bytes. The result of an audit has at most {limit}: choose result.json, "
    "not the data."
)
NO_JSON = later("This file is not JSON. Choose the file result.json of an audit.")
OTHER_FORM = later(
    "This file is not an audit result of this version (expected: {expected}). Make it again with "
    "the current version of the workbench."
)
NO_RESULT = later(
    "This is not a complete audit result. {place}: {problem} Choose the file result.json as the "
    "audit wrote it."
)
CHANGED = later(
    "This file was changed after the audit: its checksum does not fit. Ask for the original file, "
    "or run the audit again."
)
OTHER_PLAN = later(
    "The plan in this file is not the one that was carried out: its checksum does not fit. Ask for "
    "the original file, or run the audit again."
)


def write(result: AuditResult) -> bytes:
    """The file of a result; the same result gives the same bytes."""
    content = {"$schema": SCHEMA_ID, **result.model_dump(mode="json")}
    return _canonical({**content, "sha256": _checksum(content)}) + b"\n"


def read(data: bytes) -> AuditResult:
    """The result in a file, as it was written.

    Raises DataRefused for what is too large, no JSON, of another version, no audit result, or
    does not fit its checksums. Its sentences and chart words are as little to be trusted as the
    file itself.
    """
    if len(data) > MOST_BYTES:
        raise DataRefused(TOO_LARGE, size=len(data), limit=MOST_BYTES)
    content = _content(data)
    if content.get("$schema") != SCHEMA_ID:
        raise DataRefused(OTHER_FORM, expected=SCHEMA_ID)
    stated = content.pop("sha256", None)
    result = _validated({key: value for key, value in content.items() if key != "$schema"})
    if stated != _checksum(content):
        raise DataRefused(CHANGED)
    if result.provenance.plan_sha256 != plan_hash(result.provenance.plan):
        raise DataRefused(OTHER_PLAN)
    return result


def schema() -> bytes:
    """The JSON Schema of the file, as kept in ``reports/schema/``."""
    made = AuditResult.model_json_schema(mode="serialization")
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["$id"] = SCHEMA_ID
    made["properties"] |= {
        "$schema": {"const": SCHEMA_ID, "description": "The format of this file."},
        "sha256": {
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "description": "SHA-256 of the canonical JSON without this field and without "
            "provenance.seconds.",
        },
    }
    made["required"] = sorted({*made["required"], "$schema", "sha256"})
    text = json.dumps(made, sort_keys=True, ensure_ascii=False, indent=2)
    return text.encode() + b"\n"


def _content(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data, parse_constant=_refused, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise DataRefused(NO_JSON) from error
    if not isinstance(content, dict):
        raise DataRefused(NO_JSON)
    return content


def _refused(constant: str) -> None:
    raise ValueError(f"JSON has no {constant}")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is no number that can be written again")
    return number


def _validated(content: dict[str, Any]) -> AuditResult:
    try:
        return AuditResult.model_validate_json(json.dumps(content))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "JSON"
        raise DataRefused(NO_RESULT, place=place, problem=f"{first['msg']}.") from error


def _checksum(content: dict[str, Any]) -> str:
    """The SHA-256 of the content without the duration."""
    origin = {key: value for key, value in content["provenance"].items() if key != "seconds"}
    return sha256(_canonical({**content, "provenance": origin})).hexdigest()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
