"""Reads a table within limits and refuses what it cannot judge, each time with cause and remedy."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
from pyarrow import parquet

from workbench.audit.intake import content, dialects
from workbench.audit.intake.inspection import Dialect
from workbench.audit.intake.values import plain
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

MOST_BYTES = 200_000_000
MOST_ROWS = 2_000_000
MOST_COLUMNS = 2_000
# What stands for "no value" in a CSV file; everything else is a value.
MISSING_WORDS = ("", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None")
# pandas keeps its row numbers in such columns; they say nothing about people.
INDEX_COLUMN = "__index_level_"

TOO_MANY_BYTES = later(
    "The file is larger than {limit} MB. Send only the columns that the audit needs, or a random "
    "part of the rows."
)
TOO_MANY_ROWS = later(
    "The table has {rows} rows, more than the {limit} that one audit reads. Send a random part."
)
TOO_MANY_COLUMNS = later(
    "The table has {columns} columns, more than the {limit} that one audit reads. Send only those "
    "that the audit needs."
)
NO_ROWS = later("The table has column names but no rows. Send a table with rows.")
DOUBLE_NAMES = later(
    "Several columns are called “{names}”. Give every column its own name and send the file again."
)
NO_NAMES = later(
    "The first row holds numbers instead of column names. Add a first row that names each column."
)
RAGGED = later(
    "Some rows do not have {expected} cells like the header but {actual}. Often a separator inside "
    "a text is not in quotation marks. Correct the export and send the file again."
)
NOT_READABLE = later(
    "This file cannot be read as a table. Export it again as “CSV UTF-8” or Parquet."
)
DAMAGED_PARQUET = later(
    "This Parquet file is damaged or incomplete. Export it again and send it once more."
)


Head = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table in memory and where it comes from; ``cells`` holds only plain columns."""

    cells: pa.Table
    head: Head
    sha256: str
    size: int
    dialect: Dialect | None


def read(path: Path, dialect: Dialect | None = None) -> Table:
    """The table in the file, read as ``dialect`` says (CSV; found out when None) or as Parquet.

    At most 200 MB, 2 million rows, 2,000 columns. What the file is shows in its first bytes, its
    name counts for nothing. Raises DataRefused.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DataRefused(TOO_MANY_BYTES, limit=MOST_BYTES // 1_000_000)
    data = path.read_bytes()
    head = data[: content.HEAD_BYTES]
    found = content.foreign(head)
    if found is not None:
        raise DataRefused(found[0], **found[1])
    digest = hashlib.sha256(data).hexdigest()
    if head.startswith(content.PARQUET):
        return Table(_read_parquet(data), (), digest, size, dialect=None)
    dialect = dialect or dialects.dialect_of(data)
    return Table(*_read_csv(data, dialect), digest, size, dialect=dialect)


def _check_size(rows: int, columns: int) -> None:
    if rows == 0:
        raise DataRefused(NO_ROWS)
    if rows > MOST_ROWS:
        raise DataRefused(TOO_MANY_ROWS, rows=rows, limit=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise DataRefused(TOO_MANY_COLUMNS, columns=columns, limit=MOST_COLUMNS)


def _read_parquet(data: bytes) -> pa.Table:
    try:
        file = parquet.ParquetFile(BytesIO(data))
        # Asked before decoding: a few bytes can stand for very many rows.
        _check_size(file.metadata.num_rows, len(file.schema_arrow.names))
        table = file.read()
        table.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        raise DataRefused(DAMAGED_PARQUET) from error
    names = [name for name in table.column_names if not name.startswith(INDEX_COLUMN)]
    _check_names(table.column_names)
    table = table.select(names)
    if table.num_columns == 1:
        raise DataRefused(dialects.ONE_COLUMN)
    return plain(table)


def _read_csv(data: bytes, dialect: Dialect) -> tuple[pa.Table, Head]:
    lines = dialects.sample_lines(data, dialect.encoding)
    rows = dialects.rows_of(lines, dialect.delimiter)
    if not rows or len(rows[0]) == 1:
        raise DataRefused(dialects.ONE_COLUMN)
    names = [name.strip() or f"column {place}" for place, name in enumerate(rows[0], start=1)]
    _check_size(max(1, len(rows) - 1), len(names))
    _check_names(names)
    table = _parsed(data, dialect, texts=_codes(rows))
    if table.num_columns != len(names):
        raise DataRefused(NOT_READABLE)
    _check_size(table.num_rows, table.num_columns)
    return plain(table.rename_columns(names)), tuple(tuple(row) for row in rows[1:6])


def _parsed(data: bytes, dialect: Dialect, texts: Iterable[str]) -> pa.Table:
    """The rows of a CSV file; the columns ``texts`` stay text whatever they look like."""
    widths: list[tuple[int, int]] = []

    def ragged(row: arrow_csv.InvalidRow) -> str:
        widths.append((row.expected_columns, row.actual_columns))
        return "error"

    encoding = "utf8" if dialect.encoding == "utf-8-sig" else dialect.encoding
    try:
        return arrow_csv.read_csv(
            BytesIO(data),  # a file object: a name would choose a decompression by itself
            read_options=arrow_csv.ReadOptions(encoding=encoding),
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
        raise DataRefused(NOT_READABLE) from error


def _check_names(names: Sequence[str]) -> None:
    double = sorted({name for name in names if list(names).count(name) > 1})
    if double:
        raise DataRefused(DOUBLE_NAMES, names="”, “".join(double[:3]))
    if all(_is_number(name) for name in names):
        raise DataRefused(NO_NAMES)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


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
csv.field_size_limit(MOST_BYTES)
