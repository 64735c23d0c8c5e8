"""A sample that was handed in for effects to be counted from, such as rows of training."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from workbench.audit.intake import sample, sources
from workbench.audit.intake.dataset import Limits
from workbench.audit.intake.inspection import Dialect
from workbench.audit.models import features
from workbench.audit.models.model import Model
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later

TOO_FEW = later(
    "The background has too few rows ({rows}): effects counted from it would tell about "
    "individual people. Send at least {least}."
)
OTHER_VALUES = later(
    "The column “{column}” of the background does not hold the same kind of values as in the "
    "audited table: texts instead of numbers, for example, or no value at all. Send the column as "
    "it stands in the table."
)


@dataclass(frozen=True)
class Background:
    """The drawn ``rows`` with the model's columns, from a file with ``of`` rows; see Provenance."""

    rows: pa.Table
    sha256: str
    size: int
    of: int


def handed_in(
    model: Model,
    audited: pa.Table,
    plan: AuditPlan,
    path: Path,
    dialect: Dialect | None,
    limits: Limits | None,
) -> Background:
    """The background in a CSV or Parquet file, read like the audited table; see ``sources.opened``.

    At most ``sample.MOST_ROWS`` rows are drawn by the plan's seed. ``audited`` are rows that the
    model is explained on: the columns must hold the same kind of values. Raises InvalidInput that
    names the field "background".
    """
    with _named(), sources.opened(path, dialect, limits=limits, names=plan.names_of_groups) as own:
        features.require(own.columns, model.features)
        own.require_readable(model.features)
        least = plan.thresholds.publish_minimum
        if own.rows < least:
            raise DataRefused(TOO_FEW, rows=own.rows, least=least)
        rows = sample.rows_of(own, model.features, sample.MOST_ROWS, plan.seed)
        _require_alike(rows, audited)
        model.output(rows)
        return Background(rows, own.sha256, own.size, own.rows)


@contextmanager
def _named() -> Iterator[None]:
    """Say of every refusal that it is about the background, as there is another table."""
    try:
        yield
    except DataRefused as error:
        fields = {"background": error.message}
        raise InvalidInput(error.message, fields, **error.values) from error


def _require_alike(rows: pa.Table, audited: pa.Table) -> None:
    for name in rows.column_names:
        both = [pa.schema([table.schema.field(name)]) for table in (rows, audited)]
        try:
            pa.unify_schemas(both, promote_options="permissive")
        except pa.ArrowTypeError as error:
            raise DataRefused(OTHER_VALUES, column=name) from error
