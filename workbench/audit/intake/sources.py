"""Any table → a source: plain columns that an engine reads, and where they come from."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
from pyarrow import parquet

from workbench.audit.intake import columns, content, dataset, engines
from workbench.audit.intake.dataset import DAMAGED_PARQUET, WEB, Limits, Table
from workbench.audit.intake.engines import Engine
from workbench.audit.intake.files import opening
from workbench.audit.intake.inspection import Dialect
from workbench.audit.intake.values import NESTED
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

EMPTY_FOLDER = later(
    "The folder “{path}” holds no Parquet file. Name a folder with files that end in “.parquet”."
)
NESTED_FOLDER = later(
    "The folder “{path}” has folders inside that hold Parquet files ({folder}). Values that only "
    "stand in the names of folders are not read: put all files into one folder."
)
FILES_DIFFER = later(
    "The Parquet files in the folder do not have the same columns: “{file}” differs from "
    "“{first}”. Export them again in one go."
)


@dataclass(frozen=True)
class Source:
    """A table that an engine reads, and enough to name and repeat what was read.

    ``table`` has only plain columns (see ``columns.plain``), made of those in ``raw``;
    ``unreadable`` are the others, with what they hold. ``cells`` is the table where it was read
    as a whole (CSV), else ``files`` are its Parquet files. ``sha256`` is that of the file; of a
    folder, that of the text with one line "name, tab, size, tab, SHA-256" per file, sorted by
    name. Rows of a folder have no order.
    """

    table: ibis.Table
    raw: ibis.Table
    rows: int
    columns: tuple[str, ...]
    unreadable: Mapping[str, str]
    hashed: Future[str]
    size: int
    dialect: Dialect | None
    engine: Engine
    cells: pa.Table | None
    files: tuple[Path, ...]
    is_folder: bool

    @property
    def sha256(self) -> str:
        """The hash of what was opened, computed beside the first answers."""
        return self.hashed.result()

    def answer(self, expression: ibis.Table) -> pa.Table:
        """The rows of an expression on ``table``, computed: see Engine."""
        return self.engine.answer(expression)

    def only(self, names: Collection[str], stated: Collection[str] = ()) -> ibis.Table:
        """These columns of the ``table``; ``stated`` ones, without not-a-number, read faster."""
        return columns.plain(self.raw.select(list(dict.fromkeys(names))), stated)[0]

    def require_readable(self, names: Iterable[str]) -> None:
        """Check that none of these columns holds lists, records or the like: else DataRefused."""
        for name in names:
            if name in self.unreadable:
                raise DataRefused(NESTED, column=name, kind=self.unreadable[name])


@contextmanager
def opened(
    path: Path,
    dialect: Dialect | None = None,
    engine: str = "duckdb",
    limits: Limits | None = WEB,
    names: Collection[str] = (),
) -> Iterator[Source]:
    """The table in a CSV file, a Parquet file or a folder of Parquet files, for one ``with`` block.

    CSV is read as ``dialect`` says (found out when None), into memory; Parquet piece by piece
    when an answer needs it. ``limits`` None means none. ``names`` are columns whose values are
    names (see ``dataset.read``). What a file is shows in its first bytes.
    Raises DataRefused (the table), InvalidInput (no such engine), Unavailable (no Spark here).
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        with opening(path):
            files = _folder(path) if path.is_dir() else _single(path)
            table = None if files else dataset.read(path, dialect, limits, names)
            columns_there, rows, size = _shape_of(table) if table else _shape(files, limits)
        hashed = _known(table.sha256) if table else beside.submit(_digest, files, path)
        with closing(engines.connect(engine)) as running:
            raw = running.memory(table.cells) if table else running.parquet(files)
            raw = raw.select(columns_there)
            readable, unreadable = columns.plain(raw)
            yield Source(
                table=readable,
                raw=raw,
                rows=rows,
                columns=tuple(columns_there),
                unreadable=unreadable,
                hashed=hashed,
                size=size,
                dialect=table.dialect if table else None,
                engine=running,
                cells=table.cells if table else None,
                files=files,
                is_folder=path.is_dir(),
            )


def _single(path: Path) -> tuple[Path, ...]:
    """The file when it is Parquet; none when it may be CSV."""
    with path.open("rb") as file:
        head = file.read(content.HEAD_BYTES)
    return (path,) if dataset.is_parquet(head) else ()


def _folder(path: Path) -> tuple[Path, ...]:
    """The Parquet files of a folder by name; what begins with a dot or "_" is a tool's note."""
    for deeper in sorted(path.glob("*/**/*.parquet")):
        folder = deeper.parent.relative_to(path)
        raise DataRefused(NESTED_FOLDER, path=path.name, folder=folder.as_posix())
    files = tuple(sorted(file for file in path.glob("*.parquet") if file.name[0] not in "._"))
    if not files:
        raise DataRefused(EMPTY_FOLDER, path=path.name)
    return files


def _known(digest: str) -> Future[str]:
    """A hash that need not be waited for."""
    known = Future[str]()
    known.set_result(digest)
    return known


def _digest(files: Sequence[Path], path: Path) -> str:
    """See Source."""
    digests = [_sha256(file) for file in files]
    if not path.is_dir():
        return digests[0]
    lines = [
        f"{file.name}\t{file.stat().st_size}\t{digest}\n"
        for file, digest in zip(files, digests, strict=True)
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as content_of_file:
        return hashlib.file_digest(content_of_file, "sha256").hexdigest()


def _shape_of(table: Table) -> tuple[list[str], int, int]:
    return table.cells.column_names, table.cells.num_rows, table.size


def _shape(files: Sequence[Path], limits: Limits | None) -> tuple[list[str], int, int]:
    """Names, rows and bytes of Parquet files, without reading more than their ends."""
    size = sum(file.stat().st_size for file in files)
    dataset.check_bytes(size, limits)
    known = [_described(file) for file in files]
    for file, (schema, _) in zip(files, known, strict=True):
        if schema != known[0][0]:
            raise DataRefused(FILES_DIFFER, file=file.name, first=files[0].name)
    names, rows = dataset.named(known[0][0].names), sum(rows for _, rows in known)
    dataset.check_shape(names, rows, limits)
    return names, rows, size


def _described(file: Path) -> tuple[pa.Schema, int]:
    try:
        with parquet.ParquetFile(file) as described:
            return described.schema_arrow.remove_metadata(), described.metadata.num_rows
    except pa.ArrowException as error:
        raise DataRefused(DAMAGED_PARQUET) from error
