"""Outcome and prediction of each cell → its place in the confusion table."""

from collections.abc import Sequence

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from workbench.audit.arrays import Counts, Flags, Places
from workbench.audit.intake.values import as_text, kind_of
from workbench.audit.measures.facts import NOT_STATED
from workbench.audit.measures.first_rows import MOST_CLASSES, too_many
from workbench.audit.measures.frames import COLUMNS
from workbench.audit.measures.groups import MOST_NUMBERS, some
from workbench.audit.plan import AuditPlan, near
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

TRUTHS = ("true", "false")
TP, FP, FN, TN, OTHER = range(len(COLUMNS))

POSITIVE_UNKNOWN = later(
    "The column “{column}” never has the value “{positive}”; it has {values}.{hint} Choose one of "
    "these as the favourable one (on the command line with --positive)."
)
CONSTANT_OUTCOME = later(
    "The outcome “{column}” has the same value in all rows ({values}), so right and wrong "
    "predictions cannot be told apart. Send a table with both outcomes, or leave the outcome out "
    "and compare predictions only."
)
OTHER_VALUES = later(
    "The prediction “{column}” has values that the outcome does not know: {values}. Use the same "
    "values in both columns ({known}). Scores must be chosen as the score, with a threshold."
)


def places(cells: pa.Table, people: Counts, plan: AuditPlan) -> Places:
    """Where each cell stands in COLUMNS, by its columns "outcome", "prediction", "chosen".

    Without an outcome, people stand under fp (favourable) and tn; for regression under tn. A score
    that is not chosen says only that the prediction is unfavourable, so it is no "other".
    Raises DataRefused for a missing or unknown value, too many values, or a constant outcome.
    """
    if plan.task == "regression":
        return np.full(len(people), TN, dtype=np.intp)
    outcome = _read(cells, "outcome", plan.outcome, people, plan)
    prediction = _read(cells, "prediction", plan.prediction, people, plan)
    known = _known(outcome)
    if outcome is not None:
        _check_outcome(known, prediction, plan)
    elif prediction is not None:
        _check_positive(_known(prediction), plan.prediction, plan)
    chosen = _chosen(cells, prediction, plan)
    if outcome is None:
        return np.where(chosen, FP, TN).astype(np.intp)
    good = outcome == plan.positive
    agree = np.ones(len(people), dtype=bool) if prediction is None else outcome == prediction
    table = [good & chosen, ~good & chosen, good & ~chosen, ~good & ~chosen & agree]
    return np.select(table, [TP, FP, FN, TN], default=OTHER).astype(np.intp)


def positive_in(table: ibis.Table, plan: AuditPlan) -> str:
    """The favourable value as the table has it: truth values are "true" and "false" there.

    Whoever writes a table often spells them otherwise, Python "True", Excel "TRUE".
    """
    named = [name for name in (plan.outcome, plan.prediction) if name in table.columns]
    truths = named and all(table[name].type().is_boolean() for name in named)
    spelt = plan.positive.lower()
    return spelt if truths and spelt in TRUTHS else plan.positive


def is_constant(judged: Places) -> bool:
    """Whether all cells, or none, have the favourable prediction."""
    favourable = np.isin(judged, (TP, FP))
    return bool(favourable.all() or not favourable.any())


def _read(
    cells: pa.Table, name: str, column: str, people: Counts, plan: AuditPlan
) -> npt.NDArray[np.object_] | None:
    """A column's values as text, one per cell; None when the plan has no such column."""
    if name not in cells.column_names:
        return None
    values = cells[name]
    missing = np.asarray(values.is_null())
    if missing.any():
        raise DataRefused(NOT_STATED, column=column, rows=int(people[missing].sum()))
    count, kind = len(values.unique()), kind_of(values)
    if count > (MOST_NUMBERS if kind == "number" else MOST_CLASSES):
        raise too_many(column, kind, count, plan)
    return np.array(as_text(values).to_pylist(), dtype=object)


def _known(values: npt.NDArray[np.object_] | None) -> list[str]:
    return [] if values is None else sorted(set(values.tolist()))


def _check_outcome(
    known: Sequence[str], prediction: npt.NDArray[np.object_] | None, plan: AuditPlan
) -> None:
    _check_positive(known, plan.outcome, plan)
    if len(known) == 1:
        raise DataRefused(CONSTANT_OUTCOME, column=plan.outcome, values=some(known))
    other = [value for value in _known(prediction) if value not in known]
    if other:
        raise DataRefused(
            OTHER_VALUES, column=plan.prediction, values=some(other), known=some(known)
        )


def _check_positive(known: Sequence[str], column: str, plan: AuditPlan) -> None:
    if plan.positive not in known:
        raise DataRefused(
            POSITIVE_UNKNOWN,
            column=column,
            positive=plan.positive,
            values=some(known),
            hint=near(plan.positive, known),
        )


def _chosen(cells: pa.Table, prediction: npt.NDArray[np.object_] | None, plan: AuditPlan) -> Flags:
    if prediction is None:
        return np.asarray(cells["chosen"])
    return np.asarray(prediction == plan.positive)
