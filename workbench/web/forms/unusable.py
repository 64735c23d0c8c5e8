"""Columns that cannot have the role that a plan gives them, as far as looking at the table tells.

What only all rows together tell, the worker refuses. The values known here are at most a dozen per
column.
"""

from collections.abc import Callable, Iterator, Sequence

from workbench.audit.intake.inspection import Column, Inspection
from workbench.audit.plan import COUNT_COLUMNS, AuditPlan
from workbench.basics.text import later
from workbench.web.forms.attributes import MOST_NUMBERS

NOT_STATED = later(
    "“{column}” has rows without a value: {missing}. They cannot be judged. Remove these rows from "
    "the table or fill in the value, and say in the reason what you did."
)
NO_VALUES = later(
    "“{column}” has no value in any row, so there are no groups to compare. Choose another "
    "attribute, or fill in the column."
)
ONE_GROUP = later(
    "“{column}” has only one group ({values}), so there is nothing to compare it with. Choose "
    "another attribute, or send a table with more groups."
)
SAME_FOR_ALL = later(
    "“{column}” has the same value in every row ({values}), so nobody is treated differently and "
    "there is nothing to compare. Choose another column."
)
ONE_OUTCOME = later(
    "“{column}” has the same value in every row ({values}), so right and wrong predictions cannot "
    "be told apart. Choose another column, or none: then only predictions are compared."
)
NO_NUMBERS = later(
    "“{column}” must hold numbers, but it holds something else. Check the decimal sign and that "
    "every cell is a number, or choose another column."
)
MANY_OUTCOMES = later(
    "“{column}” holds {distinct} different numbers. To compare decisions, choose a column with "
    "classes such as yes and no. To compare numbers, choose “a predicted number” above."
)
NEGATIVE = later(
    "“{column}” says how many people there are, so it cannot be negative ({values}). Correct the "
    "column in the table."
)
FRACTION = later(
    "“{column}” must hold counts, so whole numbers of people, not shares or averages ({values}). "
    "Correct the column in the table."
)
NO_PROBABILITY = later(
    "“{column}” holds scores such as {values}, but the threshold means a probability between 0 and "
    "1. State the threshold in the scores’ own unit, or say how many people are chosen."
)
NOTHING_STATED = later("nothing stated")

Test = Callable[[Column], bool]
Fault = tuple[Test, str]
Told = Callable[..., str]  # message and its values → the text in the reader's language


def unusable(plan: AuditPlan, inspection: Inspection, told: Told) -> dict[str, str]:
    """The first fault of each field of the plan, in words."""
    faults: dict[str, str] = {}
    for field, name, tests in _roles(plan):
        column = inspection.column(name)
        message = next((said for broken, said in tests if column and broken(column)), None)
        if column and message:
            faults.setdefault(field, told(message, **_values(column, told)))
    return faults


def _values(column: Column, told: Told) -> dict[str, object]:
    named = [value for value, _ in column.frequent[:4]]
    return {
        "column": column.name,
        "missing": column.missing,
        "distinct": column.distinct,
        "values": ", ".join(named) or told(NOTHING_STATED),
    }


def _roles(plan: AuditPlan) -> Iterator[tuple[str, str, Sequence[Fault]]]:
    """Each field of the plan with its column, and what that column must not be."""
    judged: tuple[Fault, ...] = ((_is_missing, NOT_STATED), (_is_constant, SAME_FOR_ALL))
    number: tuple[Fault, ...] = ((_is_no_number, NO_NUMBERS),)
    if plan.task == "regression":
        yield "prediction", plan.prediction, number + judged
        yield "outcome", plan.outcome, (*number, (_is_missing, NOT_STATED))
    else:
        yield "prediction", plan.prediction, judged
        yield "outcome", plan.outcome, OUTCOME
    beside = "score" if plan.prediction else "prediction"
    is_share = plan.threshold is not None and 0 < plan.threshold < 1
    outside: tuple[Fault, ...] = ((_is_no_share, NO_PROBABILITY),) if is_share else ()
    yield beside, plan.score, (*number, *(judged if not plan.prediction else judged[:1]), *outside)
    yield "weight", plan.weight, (*number, (_is_missing, NOT_STATED), (_is_negative, NEGATIVE))
    for name in COUNT_COLUMNS[plan.counts] if plan.counts else ():
        yield "counts", name, COUNTED
    for name in plan.attributes:
        yield "attributes", name, GROUPS


def _is_missing(column: Column) -> bool:
    return column.missing > 0


def _is_empty(column: Column) -> bool:
    return column.distinct == 0


def _is_constant(column: Column) -> bool:
    return column.distinct == 1 and not column.missing


def _is_one_group(column: Column) -> bool:
    # Rows without a value are a group of their own.
    return column.distinct + bool(column.missing) < 2


def _is_no_number(column: Column) -> bool:
    return column.kind != "number" and column.distinct > 0


def _has_many_numbers(column: Column) -> bool:
    return column.kind == "number" and column.distinct > MOST_NUMBERS


def _is_negative(column: Column) -> bool:
    return any(number < 0 for number in _numbers(column))


def _is_fraction(column: Column) -> bool:
    return any(not number.is_integer() for number in _numbers(column))


def _is_no_share(column: Column) -> bool:
    return any(not 0 <= number <= 1 for number in _numbers(column))


def _numbers(column: Column) -> list[float]:
    """The known values of a column of numbers."""
    return [float(value) for value, _ in column.frequent] if column.kind == "number" else []


OUTCOME: tuple[Fault, ...] = (
    (_is_missing, NOT_STATED),
    (_is_constant, ONE_OUTCOME),
    (_has_many_numbers, MANY_OUTCOMES),
)
COUNTED: tuple[Fault, ...] = (
    (_is_no_number, NO_NUMBERS),
    (_is_missing, NOT_STATED),
    (_is_negative, NEGATIVE),
    (_is_fraction, FRACTION),
)
GROUPS: tuple[Fault, ...] = ((_is_empty, NO_VALUES), (_is_one_group, ONE_GROUP))
