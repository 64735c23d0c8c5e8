"""What a table looks like before anybody says what its columns mean."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

ColumnKind = Literal["number", "text", "boolean", "date"]
EngineName = Literal["duckdb", "spark"]
# What stands for "no value" in a CSV file; everything else is a value.
MISSING_WORDS = ("", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None")


class Dialect(BaseModel):
    """How the text of a CSV file becomes cells; a person confirms it before anything is judged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoding: Literal["utf-8-sig", "cp1252", "utf-16"]
    delimiter: Literal[";", ",", "\t", "|"]
    decimal: Literal[".", ","]


class Column(BaseModel):
    """One column: its kind, how many different and missing values, the most frequent ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: ColumnKind
    distinct: int
    missing: int
    frequent: tuple[tuple[str, int], ...]


class Inspection(BaseModel):
    """A table's size, dialect, columns and first rows, and the hash of exactly these bytes.

    ``frequent`` holds at most 12 values per column as text, most frequent first; ``head`` the
    first five rows as text, an empty text for a missing value. ``dialect`` is None for Parquet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["csv", "parquet"]
    dialect: Dialect | None
    rows: int
    columns: tuple[Column, ...]
    head: tuple[tuple[str, ...], ...]
    sha256: str
    size: int

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)
