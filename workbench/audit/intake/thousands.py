"""Thousands separators that look like decimal signs: “1.500” may mean 1500 or 1.5."""

import re
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.intake.dialects import AMBIGUOUS
from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import DataRefused

# Decimal sign and delimiter that seldom go together: every such column is in doubt. In all other
# files only a column that holds whole numbers as well: decimals are written for all or for none.
UNUSUAL = frozenset({(".", ";"), (".", "\t"), (",", ","), (",", "\t")})


def check(table: pa.Table, dialect: Dialect, as_text: Callable[[Sequence[str]], pa.Table]) -> None:
    """Refuse a column of numbers whose decimal signs may all be thousands separators.

    ``table`` is the file as ``dialect`` was guessed, ``as_text`` gives some of its columns as they
    are written. One number such as 0.123 or 1.5 shows that they are decimal signs. Raises
    DataRefused.
    """
    sign = re.escape(dialect.decimal)
    grouped = rf"^\s*[+-]?[1-9]\d{{0,2}}({sign}\d{{3}})+\s*$"
    always = (dialect.decimal, dialect.delimiter) in UNUSUAL
    suspects = [name for name in table.column_names if _may_be_grouped(table[name])]
    written = as_text(suspects) if suspects else table
    for name in suspects:
        cells = written[name].drop_null()
        broken = cells.filter(pc.match_substring(cells, dialect.decimal))
        mixed = always or len(broken) < len(cells)
        if mixed and len(broken) and pc.all(pc.match_substring_regex(broken, grouped)).as_py():
            raise DataRefused(
                AMBIGUOUS, example=broken[0].as_py().strip(), column=name, sign=dialect.decimal
            )


def _may_be_grouped(column: pa.ChunkedArray) -> bool:
    """Whether all broken numbers lie between 1 and 1000 with three decimals: seldom else."""
    if not pa.types.is_floating(column.type):
        return False
    size = pc.abs(column)
    broken = size.filter(pc.not_equal(pc.floor(size), size))
    thousandths = pc.multiply(broken, 1000.0)
    near = pc.less(pc.abs(pc.subtract(thousandths, pc.round(thousandths))), 1e-6)
    inside = pc.and_(pc.greater(broken, 1.0), pc.less(broken, 1000.0))
    return bool(pc.all(pc.and_(near, inside), min_count=0).as_py())
