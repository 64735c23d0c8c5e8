"""Spark, which answers the same Ibis expressions where the data live.

Only this module knows PySpark, and loads it only when it is asked for.
"""

import os
import re
import shutil
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import ibis
import pyarrow as pa

from workbench.audit.intake.dataset import DAMAGED_PARQUET
from workbench.audit.intake.inspection import EngineName
from workbench.basics.errors import DataRefused, Unavailable
from workbench.basics.text import later

SETTINGS = {
    "spark.master": "local[*]",
    "spark.app.name": "workbench audit",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}
MODULE = "pyspark.sql"
REQUIRED = {
    # Columns are told apart by capital letters, as everywhere else in the audit.
    "spark.sql.caseSensitive": "true",
    # What is no number fails where a whole one is asked for, and is not taken for 0.
    "spark.sql.ansi.enabled": "true",
}

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


@ibis.udf.scalar.builtin(name="element_at", signature=(("array<int64>", "int32"), "int64"))
def _element_at(entries, place):  # type: ignore[no-untyped-def]
    """Spark: the entry at a place counted from 1."""


@ibis.udf.scalar.builtin(name="rint", signature=(("float64",), "float64"))
def _rint(number):  # type: ignore[no-untyped-def]
    """Spark: the nearest whole number; of two that are as near, the even one."""


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
        for setting, value in REQUIRED.items():
            self._session.conf.set(setting, value)
        self._views: list[str] = []

    def nearest(self, number: ibis.Value) -> ibis.Value:
        """See Engine."""
        return _rint(number).cast("int64")

    def entry(self, entries: ibis.Value, place: ibis.Value) -> ibis.Value:
        """See Engine."""
        return _element_at(entries, (place + 1).cast("int32"))

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
            raise DataRefused(DAMAGED_PARQUET) from error


def _without_zone(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Instants as DuckDB gives them: in UTC without saying so."""
    zoned = pa.types.is_timestamp(column.type) and column.type.tz
    return column.cast(pa.timestamp("us")) if zoned else column


def _session() -> Any:
    """The active Spark session, or a new one."""
    try:
        sql = import_module(MODULE)
    except ImportError as error:
        raise Unavailable(NO_SPARK) from error
    active = sql.SparkSession.getActiveSession()
    if active is not None:
        return active
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and Path(home, "bin", "java").exists())):
        raise Unavailable(NO_JAVA)
    try:
        return sql.SparkSession.builder.config(map=SETTINGS).getOrCreate()
    except Exception as error:  # whatever Java says on its way down
        raise Unavailable(NO_START, reason=type(error).__name__) from error
