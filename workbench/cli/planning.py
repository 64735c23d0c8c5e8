"""The plan of an audit from the command line: a plan file, and what the options say instead."""
# ruff: noqa: PLC0415 — what reads tables loads slowly, and is only needed once options are right

from collections.abc import Mapping
from pathlib import Path

from workbench.audit.intake.inspection import Dialect
from workbench.audit.plan import AuditPlan, planned
from workbench.audit.planfile import read_plan
from workbench.basics.errors import DataRefused
from workbench.basics.text import later, translate

NOT_STATED = later("not stated")
NO_TEXT = later(
    "A separator, decimal sign or encoding can only be stated for a CSV file. Parquet says itself "
    "how it is written."
)
# Option → as a dialect calls it; a tab and a byte order mark are hard to type.
SPELT = {"tab": "\t", "utf-8": "utf-8-sig"}


def plan_of(
    table: Path,
    plan_file: Path | None,
    stated: Mapping[str, object],
    *,
    counts: bool,
    language: str,
) -> AuditPlan:
    """The plan in the file, if any; what is stated takes its place.

    ``stated`` are options by name, None where not given. Raises DataRefused, and InvalidInput
    naming each field that does not fit.
    """
    # By identity: a threshold or a seed of 0 is stated, though 0 equals False.
    given = {name: value for name, value in stated.items() if not _is_unstated(value)}
    unstated = {"reason": translate(language, NOT_STATED)}
    values = dict(read_plan(plan_file).model_dump(exclude_unset=True) if plan_file else unstated)
    written = {part: str(given.pop(part)) for part in Dialect.model_fields if part in given}
    if written:
        values["dialect"] = _dialect(table, values.get("dialect"), written)
    if given.pop("regression", False):
        given["task"] = "regression"
    if counts:
        given["counts"] = _kind_of_counts(table, values.get("dialect"))
    values |= given
    if values.get("task") != "regression" and not values.get("counts"):
        values.setdefault("positive", "1")
    return planned(values)


def _is_unstated(value: object) -> bool:
    return value is None or value is False or value in ((), {})


def _dialect(table: Path, planned_: object, written: Mapping[str, str]) -> dict[str, object]:
    """How the table is written: as stated, else as planned, else as it looks."""
    from workbench.audit.intake import dataset, dialects

    data = b"" if table.is_dir() else table.read_bytes()
    if table.is_dir() or dataset.is_parquet(data):
        raise DataRefused(NO_TEXT)
    spelt = {part: SPELT.get(value, value) for part, value in written.items()}
    known = dict(planned_) if isinstance(planned_, Mapping) else {}
    return dialects.dialect_of(data, {**known, **spelt}).model_dump()


def _kind_of_counts(table: Path, dialect: object) -> str:
    from workbench.audit.intake import sources

    chosen = Dialect.model_validate(dialect) if dialect else None
    with sources.opened(table, chosen, limits=None) as source:
        return "selection" if {"selected", "total"} <= set(source.columns) else "confusion"
