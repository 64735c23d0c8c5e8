"""What an ONNX model is fed with: one table of numbers, or one input per column."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from workbench.audit.arrays import Reals
from workbench.audit.intake.values import as_text
from workbench.audit.models.features import given_names, matrix, require
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

BAD_INPUTS = later(
    "The workbench feeds an ONNX model with one table of numbers, or with one input per column; "
    "this one expects something else ({inputs}). Export it again in one of these two ways."
)
FIXED_ROWS = later(
    "This ONNX model only reads a fixed number of rows at a time ({inputs}). Export it again so "
    "that the first axis of every input is free (in PyTorch: “dynamic_axes”)."
)
WHOLE_NUMBERS = later(
    "The model expects a whole number in every row of the column “{column}”, but the table has "
    "missing or other values there. Send the column as the model was trained on it."
)

NUMBERS = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
}
TEXTS = "tensor(string)"


def fed(
    table: pa.Table, features: Sequence[str], inputs: Sequence[Any], *, single: bool
) -> Mapping[str, Any]:
    """The table under the names of the inputs, in their types.

    Raises DataRefused when a column is missing or does not fit.
    """
    require(table.column_names, features)
    if single:
        port = inputs[0]
        return {port.name: _as_kind(matrix(table, features, {}), port.type, features)}
    return {each.name: _column(table, each) for each in inputs}


def read_columns(inputs: Sequence[Any], named: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The columns, and whether one matrix holds them all.

    ``inputs`` are those of a session; ``named`` the plan's columns for a matrix, which knows no
    names. Raises DataRefused.
    """
    widths = [width(each) for each in inputs]
    if any(each.shape and isinstance(each.shape[0], int) for each in inputs):
        raise DataRefused(FIXED_ROWS, inputs=told(inputs))
    kinds_fit = all(each.type in {*NUMBERS, TEXTS} for each in inputs)
    if kinds_fit and len(inputs) > 1 and set(widths) <= {0, 1}:
        return tuple(each.name for each in inputs), False
    if not kinds_fit or len(inputs) != 1 or inputs[0].type == TEXTS:
        raise DataRefused(BAD_INPUTS, inputs=told(inputs))
    return given_names(widths[0] or len(named), named), True


def width(port: Any) -> int:
    """How many columns an input or output has; 0 where it does not say."""
    shape = port.shape or []
    last = shape[-1] if len(shape) > 1 else 0
    return last if isinstance(last, int) else 0


def told(ports: Sequence[Any]) -> str:
    """Inputs or outputs with their types and shapes, for a message."""
    return ", ".join(f"{each.name}: {each.type} {each.shape}" for each in ports)[:300]


def _as_kind(cells: Reals, kind: str, names: Sequence[str]) -> Any:
    """The numbers in the input's type, where whole ones are asked only if they are whole."""
    form = NUMBERS[kind]
    if np.issubdtype(form, np.floating):
        return cells.astype(form)
    most = 1 if form is np.bool_ else np.iinfo(form).max
    with np.errstate(invalid="ignore"):
        fits = (cells == np.floor(cells)) & (np.abs(cells) <= most)
    for name, column in zip(names, fits.T, strict=True):
        if not column.all():
            raise DataRefused(WHOLE_NUMBERS, column=name)
    return cells.astype(form)


def _column(table: pa.Table, port: Any) -> Any:
    """One column as the input expects it: a tall matrix, or a plain row where it has one axis."""
    if port.type == TEXTS:
        texts = as_text(table.column(port.name)).to_pylist()
        cells: Any = np.array(["" if each is None else each for each in texts], dtype=object)
    else:
        cells = _as_kind(matrix(table, [port.name], {}), port.type, [port.name])[:, 0]
    return cells if len(port.shape or [1, 1]) == 1 else cells.reshape(-1, 1)
