"""Which rows of a table are drawn, by what stands in them and a seed.

Rows are told apart by a hash of their content, so neither their order nor the engine changes who
is drawn. Of the k rows with the same content, number j (from 1) has the lot (j − u) / k, where u,
from 0 to under 1, is the hash read as a number: each row's lot lies anywhere between 0 and 1 with
the same chance, and those of identical rows lie evenly apart (systematic sampling: Cochran 1977,
Sampling Techniques, chapter 8). The smallest lots are drawn.
"""

from collections.abc import Sequence

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.intake.engines import Engine
from workbench.audit.intake.sources import Source
from workbench.audit.measures.exact import step_for

# Between the parts of a row's text; no table holds it.
SEPARATOR = "\x1f"
# As many letters of the hash as DuckDB keeps within its tables; 48 bits tell all rows apart.
LETTERS = 12
KEY, BUCKET, COPIES = "row key", "row bucket", "row copies"
# From so many times the drawn rows on, a large table is not grouped by all of its keys: that
# would need memory for each of its rows.
LARGE = 50
# Among the smallest lots of a large table, so many times the drawn rows are looked at.
SPARE = 1.1
# Rows are counted in 16^5 buckets by the first letters of their keys.
BUCKET_LETTERS = 5
BUCKETS = 16**BUCKET_LETTERS

Keys = npt.NDArray[np.str_]


def keyed(source: Source, columns: Sequence[str], seed: int) -> ibis.Table:
    """The columns of the table, and a key per row that is the same for the same content."""
    table = source.table.select(columns)
    return table.mutate(_key(source, table, seed).name(KEY))


def drawn(source: Source, rows: ibis.Table, most: int) -> Keys:
    """The keys of at most ``most`` drawn rows, in the order of their lots; some occur twice.

    ``rows`` is what ``keyed`` gave. Each row has the same chance to be drawn.
    """
    share = min(1.0, SPARE * most / source.rows) if source.rows > LARGE * most else 1.0
    return _smallest(_counted(source, rows, share), share, most)


def _counted(source: Source, rows: ibis.Table, share: float) -> pa.Table:
    """How often keys occur; all keys with a lot below ``share`` are among them.

    Of a large table, keys are counted one by one only where they can have such a lot: those with
    the last hashes, and those of crowded buckets, where there may be very many identical rows. All
    other rows are counted by bucket, which takes a tenth of the memory.
    """
    crowd = _crowd(source.rows)
    # A key with at most ``crowd`` copies has no lot below ``share`` unless its hash is behind this.
    border = _hash_at(1 - crowd * share)
    bucket = rows[KEY].left(BUCKET_LETTERS)
    rows = rows.mutate(bucket.name(BUCKET))
    label = ibis.ifelse(rows[KEY] >= border, rows[KEY], rows[BUCKET])
    every = rows.group_by(label.name(KEY)).aggregate(**{COPIES: rows.count()})
    is_bucket = every[KEY].length() == BUCKET_LETTERS
    wanted = (every[COPIES] > 1) | (every[KEY] >= _hash_at(1 - share))
    counted = source.answer(every.filter(ibis.ifelse(is_bucket, every[COPIES] > crowd, wanted)))
    crowded = pc.equal(pc.utf8_length(counted[KEY]), BUCKET_LETTERS)
    if not pc.any(crowded).as_py():
        return counted
    buckets = source.engine.memory(pa.table({BUCKET: counted.filter(crowded)[KEY]}))
    left = rows.filter(rows[KEY] < border).semi_join(buckets, BUCKET)
    others = source.answer(left.group_by(KEY).aggregate(**{COPIES: left.count()}))
    return pa.concat_tables([counted.filter(pc.invert(crowded)), others])


def _crowd(rows: int) -> int:
    """More rows than a bucket ever holds by chance, but for many identical ones."""
    mean = rows / BUCKETS
    return int(mean + 6 * mean**0.5 + 10)


def _smallest(counted: pa.Table, share: float, most: int) -> Keys:
    """The keys of the ``most`` smallest lots; of lots beyond ``share``, none is needed."""
    keys = counted[KEY].to_numpy().astype(f"U{LETTERS}")
    copies = counted[COPIES].to_numpy().astype(np.int64)
    hashes = np.array([int(key, 16) for key in keys], dtype=np.float64) / 16.0**LETTERS
    wanted = np.minimum(copies, np.floor(copies * share + hashes)).astype(np.int64)
    owner = np.repeat(np.arange(len(keys)), wanted)
    first = np.repeat(np.cumsum(wanted) - wanted, wanted)
    number = np.arange(len(owner)) - first + 1
    lots = (number - hashes[owner]) / copies[owner]
    order = np.lexsort((keys[owner], lots))[:most]
    return np.asarray(keys[owner[order]])


def _hash_at(place: float) -> str:
    """The hash, as text, that is read as this number between 0 and 1."""
    return f"{int(max(0.0, place) * 16**LETTERS):0{LETTERS}x}"


def _key(source: Source, table: ibis.Table, seed: int) -> ibis.Value:
    """The beginning of a hash of the row's content and the seed, the same on every engine."""
    asked: dict[str, ibis.Value] = {}
    for name in table.columns:
        if table[name].type().is_floating():
            size = table[name].abs()
            asked[f"{name} size"] = size.max(where=size < np.inf)
            asked[f"{name} infinite"] = (size == np.inf).any()
    known = source.answer(table.aggregate(**asked)).to_pylist()[0] if asked else {}
    text = ibis.literal(str(seed))
    for name in table.columns:
        bound, infinite = known.get(f"{name} size") or 0.0, known.get(f"{name} infinite")
        # Ibis writes a clipped number out seven times, so only where it is needed.
        column = table[name].clip(-bound, bound) if infinite else table[name]
        text = text + SEPARATOR + _portable(column, bound, source.engine).fill_null("")
    return text.hexdigest("md5").left(LETTERS)


def _portable(column: ibis.Value, bound: float, engine: Engine) -> ibis.Value:
    """A value as a text that every engine writes alike; see ``exact`` for numbers."""
    kind = column.type()
    if kind.is_floating():
        return step_for(bound).steps(column, engine).cast("string")
    if kind.is_boolean():
        return column.cast("int8").cast("string")
    if kind.is_timestamp():
        parts = (column.date(), column.hour(), column.minute(), column.second().cast("int64"))
        day, *time = (part.cast("string") for part in parts)
        return day + ":" + time[0] + ":" + time[1] + ":" + time[2]
    return column.cast("string")
