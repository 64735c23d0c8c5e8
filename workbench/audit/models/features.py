"""The columns a model is fed with: checked by name, as numbers or as a data frame."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.audit.arrays import Reals
from workbench.audit.intake.values import as_text, kind_of
from workbench.audit.plan import near
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# Column → its values in the order in which the model numbers them.
Categories = Mapping[str, Sequence[str]]

NO_FEATURE = later(
    "The model needs a column “{column}” that the table does not have.{hint} Send a table with "
    "all columns the model was trained on, under the same names."
)
TEXT_FOR_NUMBERS = later(
    "The model expects numbers in the column “{column}”, but the table holds something else there. "
    "Send the column as the model was trained on it."
)
NO_NAMES = later(
    "The model does not know the names of its columns (number: {count}). Name them in the plan as "
    "columns that the system uses beside (--feature), in the order of training; named now: {given}."
)
DOES_NOT_READ = later(
    "The model cannot work with the table’s columns ({reason}). Send the columns as the model was "
    "trained on them: the same names, numbers as numbers, texts as texts."
)
REASON_CHARACTERS = 200


def require(columns: Sequence[str], features: Sequence[str]) -> None:
    """Check that the table has every column of the model. Raises DataRefused with near names."""
    for feature in features:
        if feature not in columns:
            raise DataRefused(NO_FEATURE, column=feature, hint=near(feature, columns))


def given_names(count: int, named: Sequence[str]) -> tuple[str, ...]:
    """The plan's names for a model that knows only how many columns it reads.

    Raises DataRefused when they are not as many.
    """
    if len(named) != count:
        raise DataRefused(NO_NAMES, count=count, given=len(named))
    return tuple(named)


def does_not_read(error: Exception) -> DataRefused:
    """The refusal for what a library says about columns that it cannot work with."""
    return DataRefused(DOES_NOT_READ, reason=" ".join(str(error).split())[:REASON_CHARACTERS])


def matrix(table: pa.Table, features: Sequence[str], categories: Categories) -> Reals:
    """The features as numbers, a row per person; a category is its place, missing is NaN."""
    require(table.column_names, features)
    columns = [
        _coded(table.column(name), categories[name])
        if name in categories
        else _numbers(table.column(name), name)
        for name in features
    ]
    return np.column_stack(columns)


def frame(table: pa.Table, features: Sequence[str]) -> pd.DataFrame:
    """The features as a data frame, the way a pipeline was trained on it."""
    require(table.column_names, features)
    chosen: pd.DataFrame = table.select(list(features)).to_pandas()
    return chosen


def text_of(value: object) -> str:
    """A class or category as it stands in a plain column as text: True → "true", 1.0 → "1"."""
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, float) and plain.is_integer():
        return str(int(plain))
    return str(plain)


def _coded(column: pa.ChunkedArray, values: Sequence[str]) -> Reals:
    places = pa.array(values, pa.string())
    found = as_text(column).combine_chunks()
    codes = pa.compute.index_in(found, value_set=places).cast(pa.float64())
    return np.asarray(codes.to_numpy(zero_copy_only=False), dtype=float)


def _numbers(column: pa.ChunkedArray, name: str) -> Reals:
    kind = kind_of(column)
    if kind not in {"number", "boolean"}:
        raise DataRefused(TEXT_FOR_NUMBERS, column=name)
    as_numbers = column.cast(pa.uint8()) if kind == "boolean" else column
    return np.asarray(as_numbers.cast(pa.float64()).to_numpy(), dtype=float)
