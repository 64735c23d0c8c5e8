"""DuckDB embedded in this process, which answers Ibis expressions on files and tables in memory."""

import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import ibis
import pyarrow as pa

from workbench.audit.intake.dataset import DAMAGED_PARQUET
from workbench.audit.intake.inspection import EngineName
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

SETTINGS = {
    # Nothing may be loaded, fetched or written: the jailed process could not, and need not. No
    # personal data are spilled to the disk either.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
    "threads": "2",
}

# What DuckDB says of a wrong question; everything else is about the file.
OURS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConnectionException,
    duckdb.InternalException,
    duckdb.ParserException,
)

NEEDS_MEMORY = later(
    "The table needs more memory than there is. Name fewer attributes, or state edges so that "
    "they have fewer groups, or send fewer columns."
)


@ibis.udf.scalar.builtin(name="list_extract", signature=(("array<int64>", "int64"), "int64"))
def _list_extract(entries, place):  # type: ignore[no-untyped-def]
    """DuckDB: the entry at a place counted from 1."""


class DuckDB:
    """DuckDB embedded in this process; reads Parquet piece by piece, writes nothing."""

    name: ClassVar[EngineName] = "duckdb"
    adds_wide: ClassVar[bool] = True

    def __init__(self) -> None:
        self._backend = ibis.duckdb.connect(**SETTINGS)
        # Ibis switches on DuckDB's own progress bar; the audit shows its own.
        self._backend.raw_sql("set enable_progress_bar = false")

    def nearest(self, number: ibis.Value) -> ibis.Value:
        """See Engine."""
        return number.cast("int64")

    def entry(self, entries: ibis.Value, place: ibis.Value) -> ibis.Value:
        """See Engine."""
        return _list_extract(entries, place.cast("int64") + 1)

    def parquet(self, files: Sequence[Path]) -> ibis.Table:
        """See Engine."""
        # Brackets keep signs in file names from being taken for placeholders.
        names = [re.sub(r"([\[*?])", r"[\1]", str(file.resolve())) for file in files]
        return self._guarded(lambda: self._backend.read_parquet(names))

    def memory(self, table: pa.Table) -> ibis.Table:
        """See Engine."""
        return ibis.memtable(table)

    def answer(self, expression: ibis.Table) -> pa.Table:
        """See Engine."""
        return self._guarded(lambda: self._backend.to_pyarrow(expression))

    def close(self) -> None:
        """See Engine."""
        self._backend.disconnect()

    def _guarded(self, work: Callable[[], Any]) -> Any:
        try:
            with warnings.catch_warnings():
                # Ibis 12 still calls a function by a name that DuckDB 2 is about to drop.
                warnings.simplefilter("ignore", DeprecationWarning)
                return work()
        except duckdb.OutOfMemoryException as error:
            raise DataRefused(NEEDS_MEMORY) from error
        except OURS:
            raise
        except duckdb.Error as error:
            raise DataRefused(DAMAGED_PARQUET) from error
