"""The engines that answer Ibis expressions: DuckDB in this process, Spark where the data live.

An expression of the audit is written once and gives the same on both. Only this module knows
PySpark, and loads it only when it is asked for.
"""

import os
import re
import shutil
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Protocol, get_args

import duckdb
import ibis
import pyarrow as pa

from workbench.audit.intake.inspection import EngineName
from workbench.basics.errors import DataRefused, InvalidInput, Unavailable
from workbench.basics.text import later

DUCKDB = {
    # Nothing may be loaded, fetched or written: the jailed process could not, and need not. No
    # personal data are spilled to the disk either.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
    "threads": "2",
}
SPARK = {
    "spark.master": "local[*]",
    "spark.app.name": "workbench audit",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}
SPARK_MODULE = "pyspark.sql"
# Columns are told apart by capital letters, as everywhere else in the audit.
CASE_SENSITIVE = ("spark.sql.caseSensitive", "true")

# What DuckDB says of a wrong question; everything else is about the file.
OURS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConnectionException,
    duckdb.InternalException,
    duckdb.ParserException,
)

UNKNOWN_ENGINE = later("There is no engine “{engine}”. Choose one of: {engines}.")
NO_SPARK = later(
    "The engine “spark” needs PySpark, which is not installed. Install it with "
    "“pip install ki-werkbank[spark]”, or use the engine “duckdb”."
)
NO_JAVA = later(
    "The engine “spark” needs Java 17 or newer, and none was found. Install it, or set JAVA_HOME, "
    "or use the engine “duckdb”."
)
NO_START = later(
    "Spark did not start ({reason}). Check Java and the settings of Spark, or use the engine "
    "“duckdb”."
)
DAMAGED = later(
    "This Parquet file is damaged or incomplete. Export it again and send it once more."
)
NEEDS_MEMORY = later(
    "The table needs more memory than there is. Name fewer attributes, or state edges so that "
    "they have fewer groups, or send fewer columns."
)


# Functions of the engines that Ibis has no word for, or a slower one.
@ibis.udf.scalar.builtin(name="list_extract", signature=(("array<int64>", "int64"), "int64"))
def _list_extract(entries, place):  # type: ignore[no-untyped-def]
    """DuckDB: the entry at a place counted from 1."""


@ibis.udf.scalar.builtin(name="element_at", signature=(("array<int64>", "int32"), "int64"))
def _element_at(entries, place):  # type: ignore[no-untyped-def]
    """Spark: the entry at a place counted from 1."""


@ibis.udf.scalar.builtin(name="rint", signature=(("float64",), "float64"))
def _rint(number):  # type: ignore[no-untyped-def]
    """Spark: the nearest whole number; of two that are as near, the even one."""


def _literal(entries: Sequence[int]) -> ibis.Value:
    return ibis.literal(list(entries), type="array<int64>")


class Engine(Protocol):
    """What reads tables and answers expressions on them.

    ``adds_wide``: sums of 64-bit whole numbers have 128 bits here, so that they do not overflow.
    """

    name: ClassVar[EngineName]
    adds_wide: ClassVar[bool]

    def nearest(self, number: ibis.Value) -> ibis.Value:
        """The nearest whole number, in 64 bits; of two that are as near, the even one."""

    def entry(self, entries: Sequence[int], place: ibis.Value) -> ibis.Value:
        """The one of the entries at a place, counted from 0; missing where the place is.

        Far faster than one comparison after the other. The place must be that of an entry.
        """

    def parquet(self, files: Sequence[Path]) -> ibis.Table:
        """The rows of Parquet files with the same columns, read when an answer needs them."""

    def memory(self, table: pa.Table) -> ibis.Table:
        """The rows of a table in memory."""

    def answer(self, expression: ibis.Table) -> pa.Table:
        """The rows of the expression, computed. Raises DataRefused for a damaged file."""

    def close(self) -> None:
        """Give back what the engine holds."""


def connect(engine: str = "duckdb") -> Engine:
    """The engine of that name: "duckdb" or "spark".

    Raises InvalidInput for another name, Unavailable when PySpark or Java is missing.
    """
    if engine not in ENGINES:
        names = ", ".join(get_args(EngineName))
        raise InvalidInput(UNKNOWN_ENGINE, {"engine": UNKNOWN_ENGINE}, engine=engine, engines=names)
    return ENGINES[engine]()


class DuckDB:
    """DuckDB embedded in this process; reads Parquet piece by piece, writes nothing."""

    name: ClassVar[EngineName] = "duckdb"
    adds_wide: ClassVar[bool] = True

    def __init__(self) -> None:
        self._backend = ibis.duckdb.connect(**DUCKDB)
        # Ibis switches on DuckDB's own progress bar; the audit shows its own.
        self._backend.raw_sql("set enable_progress_bar = false")

    def nearest(self, number: ibis.Value) -> ibis.Value:
        """See Engine."""
        return number.cast("int64")

    def entry(self, entries: Sequence[int], place: ibis.Value) -> ibis.Value:
        """See Engine."""
        return _list_extract(_literal(entries), place.cast("int64") + 1)

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
            raise DataRefused(DAMAGED) from error


class Spark:
    """Spark: the session that is active, else one on this machine alone, without its web page."""

    name: ClassVar[EngineName] = "spark"
    adds_wide: ClassVar[bool] = False

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # PySpark 4.3 warns of pandas 3 wherever it is imported; nothing here uses pandas.
            warnings.simplefilter("ignore", FutureWarning)
            self._session = _session()
            self._errors = import_module("pyspark.errors")
            # What Spark does not turn into an error of its own: py4j comes with it.
            self._java_error = import_module("py4j.protocol").Py4JJavaError
            self._backend = ibis.pyspark.connect(self._session)
        self._session.conf.set(*CASE_SENSITIVE)
        self._views: list[str] = []

    def nearest(self, number: ibis.Value) -> ibis.Value:
        """See Engine."""
        return _rint(number).cast("int64")

    def entry(self, entries: Sequence[int], place: ibis.Value) -> ibis.Value:
        """See Engine."""
        return _element_at(_literal(entries), (place + 1).cast("int32"))

    def parquet(self, files: Sequence[Path]) -> ibis.Table:
        """See Engine."""
        # A backslash keeps signs in file names from being taken for placeholders.
        names = [re.sub(r"([\[\]{}*?\\])", r"\\\1", str(file.resolve())) for file in files]
        return self._viewed(self._guarded(lambda: self._session.read.parquet(*names)))

    def memory(self, table: pa.Table) -> ibis.Table:
        """See Engine."""
        return self._viewed(self._session.createDataFrame(table))

    def answer(self, expression: ibis.Table) -> pa.Table:
        """See Engine."""
        # Not through Ibis, which would go through pandas and round large whole numbers.
        query = self._backend.compile(expression)
        table = self._guarded(lambda: self._session.sql(query).toArrow())
        # By name: for some questions Spark also gives the row numbers that it made on the way.
        return pa.table({name: _without_zone(table[name]) for name in expression.columns})

    def close(self) -> None:
        """See Engine. The session itself goes on: it may be somebody else's."""
        for name in self._views:
            self._session.catalog.dropTempView(name)

    def _viewed(self, rows: Any) -> ibis.Table:
        name = ibis.util.gen_name("workbench")
        rows.createOrReplaceTempView(name)
        self._views.append(name)
        return self._backend.table(name)

    def _guarded(self, work: Callable[[], Any]) -> Any:
        ours = (self._errors.AnalysisException, self._errors.ParseException)
        theirs = (self._errors.PySparkException, self._java_error)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)
                return work()
        except ours:
            raise
        except theirs as error:
            raise DataRefused(DAMAGED) from error


def _without_zone(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Instants as DuckDB gives them: in UTC without saying so."""
    zoned = pa.types.is_timestamp(column.type) and column.type.tz
    return column.cast(pa.timestamp("us")) if zoned else column


def _session() -> Any:
    """The active Spark session, or a new one."""
    try:
        sql = import_module(SPARK_MODULE)
    except ImportError as error:
        raise Unavailable(NO_SPARK) from error
    active = sql.SparkSession.getActiveSession()
    if active is not None:
        return active
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and Path(home, "bin", "java").exists())):
        raise Unavailable(NO_JAVA)
    try:
        return sql.SparkSession.builder.config(map=SPARK).getOrCreate()
    except Exception as error:  # whatever Java says on its way down
        raise Unavailable(NO_START, reason=type(error).__name__) from error


ENGINES: dict[str, Callable[[], Engine]] = {"duckdb": DuckDB, "spark": Spark}
