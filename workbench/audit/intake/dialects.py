"""Finds out how a CSV file is written: encoding, delimiter, decimal sign; a person confirms it."""

import codecs
import csv
import re
from collections.abc import Mapping
from itertools import islice
from typing import Literal, get_args

from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

EMPTY = later("The file is empty. Check the export at its source and send the file again.")
UNKNOWN_ENCODING = later(
    "The letters of this file cannot be read: it is neither UTF-8 nor Windows-1252 nor marked "
    "UTF-16. Save the table as “CSV UTF-8” and send it again."
)
OTHER_ENCODING = later(
    "The file is not written in {encoding}, as was stated. State another encoding, or none: then "
    "it is found out."
)
NUL_BYTES = later(
    "The file holds NUL characters, so it is damaged or no text file. Export the table again as "
    "“CSV UTF-8”."
)
ONE_COLUMN = later(
    "Only one column was found. A table needs at least two, separated by semicolon, comma, tab or "
    "vertical bar. Check the separator in the export and send the file again."
)
TITLE = later(
    "The first line “{line}” does not name the columns. Remove everything above the line with the "
    "column names and send the file again."
)
# Only a person can say which; see ``thousands``.
AMBIGUOUS = later(
    "Numbers such as “{example}” in “{column}” may have thousands separators or decimals; the one "
    "number is a thousand times the other. If they have thousands separators, export the table "
    "without them. If they have decimals, say so: on the page below this message, with “Read the "
    "file anew”; on the command line with --decimal {sign} (and with --delimiter if the columns "
    "are separated wrongly); in a plan file with all of “dialect”."
)

Encoding = Literal["utf-8-sig", "cp1252", "utf-16"]
Delimiter = Literal[";", ",", "\t", "|"]
DELIMITERS: tuple[Delimiter, ...] = get_args(Delimiter)
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# Control characters that no table written as text holds.
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")

SAMPLE_BYTES = 1 << 20
SAMPLE_LINES = 1_000
CHUNK = 1 << 22
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
DECIMAL_POINT = re.compile(r"[+-]?\d+\.\d+")


def dialect_of(data: bytes, stated: Mapping[str, str] | None = None) -> Dialect:
    """The dialect in which the bytes of a CSV file most probably are written.

    What is ``stated`` of its parts is taken as it is, the others are found out. Raises
    DataRefused, each with cause and remedy: empty, unknown or wrong encoding, NUL, one column.
    """
    known = stated or {}
    encoding = known.get("encoding") or encoding_of(data)
    if "encoding" in known:
        require_encoding(data, encoding)
    lines = sample_lines(data, encoding)
    if not any(line.strip() for line in lines):
        raise DataRefused(EMPTY)
    delimiter = known.get("delimiter") or _delimiter_of(lines)
    decimal = known.get("decimal") or _decimal_of(lines, delimiter)
    return Dialect.model_validate(
        {"encoding": encoding, "delimiter": delimiter, "decimal": decimal}
    )


def encoding_of(data: bytes) -> Encoding:
    """utf-16 with its mark, else utf-8 if every byte fits, else cp1252 if every byte fits."""
    if not data:
        raise DataRefused(EMPTY)
    if data.startswith(UTF_32_MARKS):
        raise DataRefused(UNKNOWN_ENCODING)
    if data.startswith(UTF_16_MARKS):
        if not _fits(data, "utf-16"):
            raise DataRefused(UNKNOWN_ENCODING)
        return "utf-16"
    if b"\0" in data:
        raise DataRefused(NUL_BYTES)
    if _fits(data, "utf-8"):
        return "utf-8-sig"
    if CONTROL.search(data[:SAMPLE_BYTES]) or not _fits(data, "cp1252"):
        raise DataRefused(UNKNOWN_ENCODING)
    return "cp1252"


def require_encoding(data: bytes, encoding: str) -> None:
    """Check that the bytes are text in the stated encoding; else raises DataRefused."""
    if not _fits(data, encoding):
        raise DataRefused(OTHER_ENCODING, encoding=encoding.removesuffix("-sig"))


def sample_lines(data: bytes, encoding: str) -> list[str]:
    """The first lines as text, cut at a line's end."""
    text = data[:SAMPLE_BYTES].decode(encoding, errors="ignore")
    lines = text.splitlines(keepends=True)
    if len(data) > SAMPLE_BYTES and len(lines) > 1:
        lines = lines[:-1]
    return lines[:SAMPLE_LINES]


def rows_of(lines: list[str], delimiter: str, most: int = SAMPLE_LINES) -> list[list[str]]:
    """The cells of the first lines that are not blank."""
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        return list(islice((row for row in rows if row), most))
    except csv.Error:
        return []  # a quotation mark that never closes, a field without end: no row to show


def first_of(lines: list[str]) -> str:
    """The beginning of the first line, to show it."""
    return lines[0].strip("\ufeff \r\n")[:60]


def has_title(rows: list[list[str]], first: str) -> bool:
    """Whether the first line is a note and the column names stand below it.

    So it is with Excel's "sep=;", and where it has one cell and most others have more.
    """
    if re.match(r'"?sep=', first.lstrip("\ufeff"), re.IGNORECASE):
        return True
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    return len(rows) > 2 and filled[0] == 1 and sum(n > 1 for n in filled[1:]) > len(rows) / 2


def _fits(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), CHUNK):
            decoder.decode(data[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeError:  # also for UTF-16 without its mark
        return False
    return True


def _delimiter_of(lines: list[str]) -> Delimiter:
    """The one that gives most rows the width of the header; the wider one when they draw."""
    fits: dict[Delimiter, tuple[float, int]] = {}
    for delimiter in DELIMITERS:
        rows = rows_of(lines, delimiter)
        width = len(rows[0]) if rows else 0
        if width > 1:
            fits[delimiter] = (sum(len(row) == width for row in rows) / len(rows), width)
    if not fits:
        titled = any(has_title(rows_of(lines, delimiter), "") for delimiter in DELIMITERS)
        raise DataRefused(TITLE if titled else ONE_COLUMN, line=first_of(lines))
    return max(fits, key=lambda delimiter: fits[delimiter])


def _decimal_of(lines: list[str], delimiter: str) -> Literal[".", ","]:
    cells = [cell.strip() for row in rows_of(lines, delimiter)[1:] for cell in row]
    commas = any(DECIMAL_COMMA.fullmatch(cell) for cell in cells)
    points = any(DECIMAL_POINT.fullmatch(cell) for cell in cells)
    return "," if commas and not points else "."
