"""Models that can only be asked for scores: explained by permutations of columns, with error.

A value is the mean change of the score when a column's value is added to those before it, over
orders of the columns and rows of a background (Štrumbelj and Kononenko 2014,
https://doi.org/10.1007/s10115-013-0679-x). Each order is also used backwards, so that every
single one adds up. Each is tried against other rows of the background, so that the stated error
tells of the choice of both.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.audit.arrays import Reals
from workbench.audit.explanation.shap_values import Explained
from workbench.audit.intake.values import kind_of
from workbench.audit.models.model import Inside, Model

# Each permutation asks the model (2 columns + 1) times for every pair of row and background row.
# ``BACKGROUND_ROWS`` are those of one permutation.
EXPLAINED_ROWS, BACKGROUND_ROWS, PERMUTATIONS = 200, 100, 5

Decode = Callable[[Reals], pa.Table]


def explain_asked(
    model: Model, inside: Inside, rows: pa.Table, background: pa.Table, seed: int, named: str
) -> Explained:
    """Estimated Shapley values of the rows, with their standard error over permutations.

    ``named`` says whose rows the background holds, with a place for how many.
    """
    background = background.slice(0, PERMUTATIONS * BACKGROUND_ROWS)
    coded, decode = codes(
        pa.concat_tables([background, rows], promote_options="permissive").select(
            list(model.features)
        )
    )
    behind, cells = coded[: background.num_rows], coded[background.num_rows :]

    def score(numbers: Reals) -> Reals:
        return inside.score(decode(numbers))

    draw = np.random.default_rng(seed)
    parts = _parts(behind, draw)
    values = np.stack([_once(score, cells, part, draw) for part in parts])
    return Explained(
        values=values.mean(axis=0),
        base=float(np.mean([score(part).mean() for part in parts])),
        scores=inside.score(rows),
        scale=inside.scale,
        explainer=f"permutations of columns ({PERMUTATIONS} and back; an estimate)",
        background=named.format(rows=len(behind)),
        exact=False,
        estimate_error=float(np.sqrt(np.mean(values.var(axis=0, ddof=1) / PERMUTATIONS))),
    )


def _parts(behind: Reals, draw: np.random.Generator) -> list[Reals]:
    """The background of each permutation: other rows if there are as many, else drawn ones."""
    if len(behind) == PERMUTATIONS * BACKGROUND_ROWS:
        return np.split(behind, PERMUTATIONS)
    size = min(BACKGROUND_ROWS, len(behind))
    return [draw.choice(behind, size, replace=False, axis=0) for _ in range(PERMUTATIONS)]


def _once(
    score: Callable[[Reals], Reals], cells: Reals, behind: Reals, draw: np.random.Generator
) -> Reals:
    """The values (row, column) by one order of the columns per row, forwards and backwards.

    All rows take a step at once: it takes few large questions instead of many small ones.
    """
    count, width = cells.shape
    orders = draw.permuted(np.tile(np.arange(width), (count, 1)), axis=1)
    owner = np.repeat(np.arange(count), len(behind))
    every = np.arange(len(owner))
    values = np.zeros(cells.shape)
    for way in (orders, orders[:, ::-1]):
        mixed = np.tile(behind, (count, 1))
        before = score(mixed).reshape(count, -1).mean(axis=1)
        for column in way.T:
            mixed[every, column[owner]] = cells[owner, column[owner]]
            after = score(mixed).reshape(count, -1).mean(axis=1)
            values[np.arange(count), column] += (after - before) / 2
            before = after
    return values


def codes(table: pa.Table) -> tuple[Reals, Decode]:
    """The table as numbers, which is all that a masker can mix, and the way back to a table."""
    kinds = {name: table.schema.field(name).type for name in table.column_names}
    texts = {
        name: pd.Categorical(table.column(name).to_pylist())
        for name in table.column_names
        if kind_of(table.column(name)) not in {"number", "boolean"}
    }
    columns = [
        texts[name].codes if name in texts else _numbers(table.column(name))
        for name in table.column_names
    ]

    def decode(numbers: Reals) -> pa.Table:
        made = {}
        for place, (name, kind) in enumerate(kinds.items()):
            column = numbers[:, place]
            if name in texts:
                places = pa.array(column, pa.int64(), mask=column < 0, safe=False)
                made[name] = pa.array(texts[name].categories.tolist(), kind).take(places)
            else:
                made[name] = pa.array(column, mask=np.isnan(column)).cast(_via(kind)).cast(kind)
        return pa.table(made)

    return np.column_stack(columns).astype(float), decode


def _numbers(column: pa.ChunkedArray) -> Reals:
    return np.asarray(column.cast(_via(column.type)).cast(pa.float64()).to_numpy(), dtype=float)


def _via(kind: pa.DataType) -> pa.DataType:
    """The type on the way between truth values and numbers, which have no direct one."""
    return pa.uint8() if pa.types.is_boolean(kind) else kind
