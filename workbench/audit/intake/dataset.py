"""A file → a table in memory, read exactly or refused, each time with cause and remedy."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from workbench.audit.intake import content, csv_file, dialects, thousands
from workbench.audit.intake.inspection import Dialect
from workbench.audit.intake.values import plain
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# pandas keeps its row numbers in such columns; they say nothing about people.
INDEX_COLUMN = "__index_level_"

ALIKE_NAMES = later(
    "The columns {names} differ only in capital letters, which is too easily mistaken. Give "
    "every column its own name and send the file again."
)
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
    "Several columns are called {names}. Give every column its own name and send the file again."
)
NO_NAMES = later(
    "The first row holds numbers instead of column names. Add a first row that names each column."
)
EMPTY_NAME = later("A column has no name. Name every column and send the file again.")
DAMAGED_PARQUET = later(
    "This Parquet file is damaged or incomplete. Export it again and send it once more."
)
Head = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Limits:
    """The largest table that is read: bytes of the file, rows, columns."""

    size: int
    rows: int
    columns: int


# What is sent to the web; on the command line a table has no limits.
WEB = Limits(size=200_000_000, rows=2_000_000, columns=2_000)


@dataclass(frozen=True)
class Table:
    """A table in memory and where it comes from; ``cells`` holds only plain columns."""

    cells: pa.Table
    head: Head
    sha256: str
    size: int
    dialect: Dialect | None


def read(
    path: Path,
    dialect: Dialect | None = None,
    limits: Limits | None = WEB,
    names: Collection[str] = (),
) -> Table:
    """The table in the file, read as ``dialect`` says (CSV; found out when None) or as Parquet.

    ``names`` are columns whose values are names: where "1.1" and "1.10" both stand, they are two.
    What the file is shows in its first bytes, its name counts for nothing. Raises DataRefused.
    """
    check_bytes(path.stat().st_size, limits)
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if is_parquet(data[: content.HEAD_BYTES]):
        return Table(_read_parquet(data, limits), (), digest, len(data), dialect=None)
    if dialect:
        dialects.require_encoding(data, dialect.encoding)
    chosen = dialect or dialects.dialect_of(data)
    cells, head = read_csv(data, chosen, limits, guessed=dialect is None, values=names)
    return Table(cells, head, digest, len(data), dialect=chosen)


def is_parquet(head: bytes) -> bool:
    """Whether a file that begins so is Parquet, else CSV; DataRefused for any other file."""
    found = content.foreign(head)
    if found is not None:
        raise DataRefused(found[0], **found[1])
    return head.startswith(content.PARQUET)


def check_bytes(size: int, limits: Limits | None) -> None:
    """Raises DataRefused for more bytes than the limit."""
    if limits and size > limits.size:
        raise DataRefused(TOO_MANY_BYTES, limit=limits.size // 1_000_000)


def check_shape(names: Sequence[str], rows: int, limits: Limits | None) -> None:
    """Raises DataRefused for too many rows or columns, none, or names that cannot be told apart."""
    if rows == 0:
        raise DataRefused(NO_ROWS)
    if limits and rows > limits.rows:
        raise DataRefused(TOO_MANY_ROWS, rows=rows, limit=limits.rows)
    if limits and len(names) > limits.columns:
        raise DataRefused(TOO_MANY_COLUMNS, columns=len(names), limit=limits.columns)
    if len(names) == 1:
        raise DataRefused(dialects.ONE_COLUMN)
    _check_names(names)


def _check_names(names: Sequence[str]) -> None:
    if "" in names:
        raise DataRefused(EMPTY_NAME)
    for message, told in ((DOUBLE_NAMES, names), (ALIKE_NAMES, [name.lower() for name in names])):
        double = sorted({n for n, t in zip(names, told, strict=True) if told.count(t) > 1})
        if double:
            raise DataRefused(message, names=", ".join(f"“{name}”" for name in double[:3]))
    if all(_is_number(name) for name in names):
        raise DataRefused(NO_NAMES)


def named(names: Iterable[str]) -> list[str]:
    """The columns of a Parquet file that say something about people."""
    return [name for name in names if not name.startswith(INDEX_COLUMN)]


def _read_parquet(data: bytes, limits: Limits | None) -> pa.Table:
    try:
        file = parquet.ParquetFile(BytesIO(data))
        # Asked before decoding: a few bytes can stand for very many rows.
        check_shape(named(file.schema_arrow.names), file.metadata.num_rows, limits)
        table = file.read(columns=named(file.schema_arrow.names))
        table.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        raise DataRefused(DAMAGED_PARQUET) from error
    return plain(table)


def read_csv(
    data: bytes,
    dialect: Dialect,
    limits: Limits | None,
    *,
    guessed: bool,
    values: Collection[str] = (),
) -> tuple[pa.Table, Head]:
    """Rows and head; ``guessed``: nobody stated the decimal sign, so a doubtful one is refused.

    ``values`` are columns whose values are names, see ``read``.
    """
    lines = dialects.sample_lines(data, dialect.encoding)
    rows = dialects.rows_of(lines, dialect.delimiter)
    if not rows:
        raise DataRefused(dialects.ONE_COLUMN)
    if dialects.has_title(rows, lines[0]):
        raise DataRefused(dialects.TITLE, line=dialects.first_of(lines))
    names = [name.strip() or f"column {place}" for place, name in enumerate(rows[0], start=1)]
    check_shape(names, len(rows) - 1, limits)
    table = csv_file.exact(data, dialect, rows)
    if table.num_columns != len(names):
        raise DataRefused(csv_file.NOT_READABLE)
    check_shape(names, table.num_rows, limits)
    if guessed:
        thousands.check(table, dialect, lambda chosen: csv_file.parsed(data, dialect, set(chosen)))
    asked = [raw for raw, name in zip(table.column_names, names, strict=True) if name in values]
    table = csv_file.told_apart(data, dialect, table, asked)
    return plain(table.rename_columns(names)), tuple(tuple(row) for row in rows[1:6])


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
