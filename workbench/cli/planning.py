"""The plan of an audit from the command line: a plan file, and what the options say instead."""
# ruff: noqa: PLC0415 — what reads tables loads slowly, and is only needed once options are right

from collections.abc import Mapping
from pathlib import Path

from workbench.audit.choices import CHOICES
from workbench.audit.intake.inspection import Dialect
from workbench.audit.plan import COUNT_COLUMNS, AuditPlan, changed_fields, planned
from workbench.audit.planfile import read_plan
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later, translate

NOT_STATED = later("not stated")
NO_TEXT = later(
    "A separator, decimal sign or encoding can only be stated for a CSV file. Parquet says itself "
    "how it is written."
)
# Option → as a dialect calls it; a tab and a byte order mark are hard to type.
SPELT = {"tab": "\t", "utf-8": "utf-8-sig"}
# What changes neither who is compared nor by what, so that a plan's reason still holds.
REPEATED = {"seed", "draws", "dialect", "explained_rows"}
# Field of a plan → option, where the names differ.
OPTIONS = {
    "attributes": "--group",
    "references": "--reference",
    "gaps": "--gap",
    "limits": "--limit",
    "features": "--feature",
    "explained_rows": "--explain-row",
    "task": "--regression",
}


def plan_of(
    table: Path,
    plan_file: Path | None,
    stated: Mapping[str, object],
    *,
    counts: bool,
    language: str,
) -> tuple[AuditPlan, AuditPlan | None]:
    """The plan in the file, if any, with what is stated in its place; as agreed, if that differs.

    The reason in the file was given for the plan there, so it does not speak for another one; nor
    does the reason for a choice that is made otherwise here.
    ``stated`` are options by name, None where not given. Raises DataRefused, and InvalidInput
    naming each option, or field of the plan file, that does not fit.
    """
    # By identity: a threshold or a seed of 0 is stated, though 0 equals False.
    given = {name: value for name, value in stated.items() if not _is_unstated(value)}
    unstated = {"reason": translate(language, NOT_STATED)}
    # What the file leaves open must not be refused before the options have said it.
    agreed = read_plan(plan_file, str(given.get("positive", "1"))) if plan_file else None
    plan = _planned(table, agreed, unstated, given, counts=counts)
    changed = set(changed_fields(agreed, plan)) if agreed else set()
    if changed - REPEATED and "reason" not in given:
        plan = plan.model_copy(update=unstated)
    stale = {one.name for one in CHOICES.values() if not changed.isdisjoint(one.stated_by)}
    kept = {name: reason for name, reason in plan.reasons.items() if name not in stale}
    plan = plan.model_copy(update={"reasons": kept}) if kept != plan.reasons else plan
    return plan, agreed if changed else None


def _planned(
    table: Path,
    agreed: AuditPlan | None,
    unstated: Mapping[str, object],
    stated: Mapping[str, object],
    *,
    counts: bool,
) -> AuditPlan:
    """The plan that was agreed, else what was not stated, with what is stated in its place."""
    given = dict(stated)
    values = dict(agreed.model_dump(exclude_unset=True) if agreed else unstated)
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
    try:
        return planned(values)
    except InvalidInput as error:
        written_there = frozenset(values) - frozenset(given) if agreed else frozenset()
        fields = {_named(at, given, written_there): said for at, said in error.fields.items()}
        raise InvalidInput(error.message, fields, **error.values) from error


def _named(field: str, given: Mapping[str, object], in_file: frozenset[str]) -> str:
    """How the command line calls a field of the plan: as its option, or as in the plan file."""
    if field in in_file:
        return field
    # Both say who is chosen by score; the rules name the first.
    cut = "top_k" if field == "threshold" and field not in given and "top_k" in given else field
    return OPTIONS.get(cut, f"--{cut.replace('_', '-')}")


def _is_unstated(value: object) -> bool:
    return value is None or value is False or value in ((), {})


def _dialect(table: Path, planned_: object, written: Mapping[str, str]) -> dict[str, object]:
    """How the table is written: as stated, else as planned, else as it looks."""
    from workbench.audit.intake import dataset, dialects

    data = b"" if table.is_dir() else table.read_bytes()
    if table.is_dir() or dataset.is_parquet(data):
        raise DataRefused(NO_TEXT)
    spelt = {part: SPELT.get(value, value) for part, value in written.items()}
    said = {**(dict(planned_) if isinstance(planned_, Mapping) else {}), **spelt}
    dialect = dialects.dialect_of(data, said)
    if "decimal" not in said:
        dataset.read_csv(data, dialect, limits=None, guessed=True)
    return dialect.model_dump()


def _kind_of_counts(table: Path, dialect: object) -> str:
    from workbench.audit.intake import sources

    chosen = Dialect.model_validate(dialect) if dialect else None
    with sources.opened(table, chosen, limits=None) as source:
        found = [kind for kind, names in COUNT_COLUMNS.items() if {*names} <= {*source.columns}]
    return found[0] if found else "confusion"
