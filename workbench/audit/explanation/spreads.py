"""How the effects of a column spread over people, as quantiles that show nobody in particular."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from workbench.audit.arrays import Flags, Reals
from workbench.audit.intake.values import as_text, kind_of
from workbench.audit.parts_explanation import Spread
from workbench.audit.plan import MISSING

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
PARTS = ("low", "middle", "high")
MOST_FEATURES, MOST_VALUES = 10, 6


def spreads(rows: pa.Table, values: Reals, least: int) -> tuple[Spread, ...]:
    """The spread of the strongest columns' effects, for each part of their values.

    ``values`` are effects (row, column of ``rows``). Parts with fewer than ``least`` people are
    left out.
    """
    return tuple(
        Spread(feature=name, part=part, n=int(members.sum()), quantiles=_quantiles(effects))
        for place in strongest(values)
        for name in [rows.column_names[place]]
        for part, members in _parts(rows.column(name))
        for effects in [values[members, place]]
        if members.sum() >= least
    )


def strongest(values: Reals) -> list[int]:
    """The columns whose effects are shown person by person or as spreads, by their mean size."""
    sizes = np.abs(values).mean(axis=0)
    return [int(place) for place in np.argsort(-sizes, kind="stable")[:MOST_FEATURES]]


def _quantiles(effects: Reals) -> tuple[float, float, float, float, float]:
    first, low, middle, high, last = np.quantile(effects, QUANTILES).tolist()
    return first, low, middle, high, last


def _parts(column: pa.ChunkedArray) -> Iterator[tuple[str, Flags]]:
    """The parts of a column's values, and who has one of them: few values one by one, else thirds.

    Of a text with many values, the most frequent ones.
    """
    texts = np.asarray(as_text(column).to_pylist(), dtype=object)
    absent: Flags = np.asarray(column.is_null().to_pylist(), dtype=bool)
    found, counts = np.unique(texts[~absent].astype(str), return_counts=True)
    if kind_of(column) == "number" and len(found) > MOST_VALUES:
        yield from _thirds(column, absent)
    else:
        frequent = np.argsort(-counts, kind="stable")[:MOST_VALUES]
        for value in found[np.sort(frequent)]:
            yield str(value), texts == value
    if absent.any():
        yield MISSING, absent


def _thirds(column: pa.ChunkedArray, absent: Flags) -> Iterator[tuple[str, Flags]]:
    numbers = np.asarray(column.cast(pa.float64()).to_numpy(), dtype=float)
    low, high = np.quantile(numbers[~absent], [1 / 3, 2 / 3])
    yield PARTS[0], ~absent & (numbers <= low)
    yield PARTS[1], ~absent & (numbers > low) & (numbers <= high)
    yield PARTS[2], ~absent & (numbers > high)
