"""The effects of a column on single people, beside where their values stand: never published."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.arrays import Reals
from workbench.audit.explanation.spreads import strongest
from workbench.audit.intake.values import kind_of
from workbench.audit.parts_explanation import Swarm

# More points than these hide each other.
MOST_PEOPLE = 300


def swarms(rows: pa.Table, values: Reals) -> tuple[Swarm, ...]:
    """What the strongest columns do to the score of the first people, the strongest column first.

    ``values`` are effects (row, column of ``rows``); the rows are drawn and ordered by lot, so the
    first ones are a sample of all. No value of a person is kept, only its place among all rows.
    """
    return tuple(
        Swarm(
            feature=rows.column_names[column],
            effects=tuple(values[:MOST_PEOPLE, column].tolist()),
            places=_places(rows.column(column))[:MOST_PEOPLE],
        )
        for column in strongest(values)
    )


def _places(column: pa.ChunkedArray) -> tuple[float | None, ...]:
    """How many people have a lower value, as a share of those below the highest value.

    So 0 is the lowest value and 1 the highest, however many people share it; true stands above
    false. None without a value, and for texts, which have no order.
    """
    known = np.asarray(column.is_valid().to_pylist(), dtype=bool)
    if kind_of(column) == "text" or not known.any():
        return (None,) * len(column)
    below = np.asarray(pc.rank(column, tiebreaker="min").to_pylist(), dtype=float) - 1
    highest = below[known].max()
    places = below / highest if highest else np.full(len(below), 0.5)
    return tuple(
        float(place) if is_known else None for place, is_known in zip(places, known, strict=True)
    )
