"""The cells of a CSV file in the types they have: numbers, truth values, dates, or text."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from workbench.audit.intake.inspection import MISSING_WORDS, Dialect
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# A cell that begins with 0 and goes on with a digit, in any of the encodings.
LEADING_ZERO = re.compile(rb"[;,|\t\n\r\"\x00 ]0\x00?[0-9]")
LARGEST_BLOCK = 2**31 - 1  # bytes that Arrow looks at together
RAGGED = later(
    "Some rows do not have {expected} cells like the header but {actual}. Often a separator inside "
    "a text is not in quotation marks. Correct the export and send the file again."
)
NOT_READABLE = later(
    "This file cannot be read as a table. Export it again as “CSV UTF-8” or Parquet."
)


def exact(data: bytes, dialect: Dialect, rows: list[list[str]]) -> pa.Table:
    """The rows of a CSV file; a column in which any number begins with 0 stays text.

    ``rows`` are the first ones, the header included. Raises DataRefused.
    """
    texts = _codes(rows)
    table = parsed(data, dialect, texts)
    whole = [field.name for field in table.schema if pa.types.is_integer(field.type)]
    if not whole or not LEADING_ZERO.search(data):
        return table
    as_text = parsed(data, dialect, texts | set(whole))
    codes = {
        name
        for name in whole
        if pc.any(pc.match_substring_regex(as_text[name], r"^\s*0\d")).as_py()
    }
    return parsed(data, dialect, texts | codes) if codes else table


def told_apart(data: bytes, dialect: Dialect, table: pa.Table, asked: Sequence[str]) -> pa.Table:
    """The table with those of the asked columns as text that hold more names than numbers."""
    kinds = {field.name: field.type for field in table.schema}
    doubtful = {
        name
        for name in asked
        if pa.types.is_floating(kinds[name]) or pa.types.is_boolean(kinds[name])
    }
    if not doubtful:
        return table
    texts = {name for name, kind in kinds.items() if pa.types.is_string(kind)}
    written = parsed(data, dialect, texts | doubtful)
    merged = {
        name
        for name in doubtful
        if pc.count_distinct(pc.utf8_trim_whitespace(written[name])).as_py()
        > pc.count_distinct(table[name]).as_py()
    }
    return parsed(data, dialect, texts | merged) if merged else table


def parsed(data: bytes, dialect: Dialect, texts: set[str], block: int | None = None) -> pa.Table:
    """The rows of a CSV file; the columns ``texts`` stay text whatever they look like.

    Arrow takes a column's type from the first ``block`` of bytes. When a later part does not fit,
    the whole file is looked at together, which needs more memory.
    """
    widths: list[tuple[int, int]] = []

    def ragged(row: arrow_csv.InvalidRow) -> str:
        widths.append((row.expected_columns, row.actual_columns))
        return "error"

    encoding = "utf8" if dialect.encoding == "utf-8-sig" else dialect.encoding
    try:
        return arrow_csv.read_csv(
            BytesIO(data),  # a file object: a name would choose a decompression by itself
            read_options=arrow_csv.ReadOptions(encoding=encoding, block_size=block),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter, newlines_in_values=True, invalid_row_handler=ragged
            ),
            convert_options=arrow_csv.ConvertOptions(
                null_values=list(MISSING_WORDS),
                strings_can_be_null=True,
                decimal_point=dialect.decimal,
                column_types={name: pa.string() for name in texts},
            ),
        )
    except (pa.ArrowException, UnicodeError) as error:
        if widths:
            raise DataRefused(RAGGED, expected=widths[0][0], actual=widths[0][1]) from error
        if block:
            raise DataRefused(NOT_READABLE) from error
    return parsed(data, dialect, texts, block=min(len(data), LARGEST_BLOCK))


def _codes(rows: list[list[str]]) -> set[str]:
    """Names of columns with numbers that begin with 0: postcodes and keys, not quantities."""
    header = rows[0]
    return {
        header[place]
        for row in rows[1:]
        for place, cell in enumerate(row[: len(header)])
        if len(cell) > 1 and cell.startswith("0") and cell.isdigit()
    }


# A field may be as long as the file: pandas and Arrow read it, so the look at the head must too.
csv.field_size_limit(LARGEST_BLOCK)
