"""A filled profile as a file: JSON for programs, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure.filling import FilledProfile

HEAD = (
    later("Field"),
    later("Name in data files"),
    later("What it asks"),
    later("Text"),
    later("Remark"),
)
MISSING = later("missing, required")
ABSENT = later("not asked: {reason}")
TOO_LONG = later("too long, characters too many: {n}")


def as_json(made: FilledProfile, about: Mapping[str, Any]) -> bytes:
    """The fields by their names in the other form; null is not stated.

    ``about``: what the file is about (system, day, state), as JSON can hold it.
    """
    content = {
        "profile": made.profile.id,
        "version": made.profile.version,
        "audience": made.profile.audience,
        "language": made.language,
        "applies": made.applies,
        **about,
        "fields": {one.field.key or one.field.id: one.text for one in made.fields},
        "missing": [one.field.key or one.field.id for one in made.missing],
        "too_long": {one.field.key or one.field.id: one.too_long for one in made.too_long},
        "left_out_as_internal": made.left_out,
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def as_csv(made: FilledProfile) -> bytes:
    """One row per field; UTF-8 with a mark so that spreadsheets read it."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, delimiter=";")
    rows.writerow([text.translate(made.language, name) for name in HEAD])
    remarks = remarks_of(made)
    for one in made.fields:
        title = one.field.title.in_language(made.language)
        cells = (one.field.id, one.field.key or "", title, one.text or "", remarks[one.field.id])
        rows.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def remarks_of(made: FilledProfile) -> dict[str, str]:
    """Field id → what is wrong with it, in words; "" when nothing is."""
    missing = {one.field.id for one in made.missing}
    found = {}
    for one in made.fields:
        remark, values = "", dict[str, object]()
        if one.field.absent:
            remark, values = ABSENT, {"reason": one.field.absent.in_language(made.language)}
        elif one.field.id in missing:
            remark = MISSING
        elif one.too_long:
            remark, values = TOO_LONG, {"n": one.too_long}
        found[one.field.id] = text.translate(made.language, remark, values)
    return found


def harmless(cell: str) -> str:
    """The text so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
