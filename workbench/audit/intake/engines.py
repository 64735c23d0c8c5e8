"""The engines that answer Ibis expressions: DuckDB in this process, Spark where the data live.

An expression of the audit is written once and gives the same on both.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Protocol, get_args

import ibis
import pyarrow as pa

from workbench.audit.intake.duckdb_engine import DuckDB
from workbench.audit.intake.inspection import EngineName
from workbench.audit.intake.spark_engine import Spark
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later

UNKNOWN_ENGINE = later("There is no engine “{engine}”. Choose one of: {engines}.")


class Engine(Protocol):
    """What reads tables and answers expressions on them.

    ``adds_wide``: sums of 64-bit whole numbers have 128 bits here, so that they do not overflow.
    """

    name: ClassVar[EngineName]
    adds_wide: ClassVar[bool]

    def nearest(self, number: ibis.Value) -> ibis.Value:
        """The nearest whole number, in 64 bits; of two that are as near, the even one.

        An answer with a number that is none, or infinite, is refused.
        """

    def entry(self, entries: ibis.Value, place: ibis.Value) -> ibis.Value:
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


ENGINES: dict[str, Callable[[], Engine]] = {"duckdb": DuckDB, "spark": Spark}
