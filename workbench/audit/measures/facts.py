"""What must be known of numbers before cells are counted: their ranges; that none is missing."""

import math
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import ibis

from workbench.audit.intake.columns import holds_numbers
from workbench.audit.intake.sources import Source
from workbench.audit.intake.values import EXACT_WHOLE
from workbench.audit.measures import groups
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# Beyond this, the square of a square leaves the range of floating-point numbers.
LARGEST_NUMBER = 1e60
# A row stands for people: not for more than ever lived, nor for next to none, nor for a million
# times as many as another. Up to there, the sums of squared weights are exact to a thousandth.
LARGEST_WEIGHT = 1e12
SMALLEST_WEIGHT = 1e-12
WIDEST_WEIGHTS = 1e6
# What is not finite where something among the numbers is none, or infinite.
TOLD = ("low", "high", "sum")

NOT_STATED = later(
    "The column “{column}” has rows without a value: {rows}. Without one they cannot be judged. "
    "Remove these rows or fill in the value; say in the reason what you did."
)
NOT_NUMBERS = later(
    "The column “{column}” must hold numbers, but it holds something else. Check the decimal sign "
    "and that every cell is a number, or choose another column."
)
TOO_LARGE_NUMBERS = later(
    "The column “{column}” holds a number that is infinite or too large to be squared. Correct it, "
    "or use a larger unit."
)
NEGATIVE_WEIGHT = later(
    "The weights in “{column}” go down to {low}. A weight says how many people a row stands for, "
    "so it cannot be negative. Correct the column."
)
ZERO_WEIGHTS = later(
    "All weights in “{column}” are 0, so no row stands for anybody. Correct or leave out the "
    "column."
)
UNBELIEVABLE_WEIGHTS = later(
    "The weights above 0 in “{column}” go from {low} to {high}. A weight says how many people a "
    "row stands for, so the largest is at most a million times the smallest, and each lies between "
    "{least} and {most}. Correct the column."
)
SCORES_TOO_LARGE = later(
    "The scores in “{column}” go beyond {limit}, where neighbouring numbers can no longer be told "
    "apart. Send the scores in a larger unit."
)
SCORES_OUTSIDE = later(
    "Most scores in “{column}” lie between 0 and 1, as probabilities do, and so does the threshold "
    "{threshold}; but they go from {low} to {high}. Correct the scores that are no probabilities."
)


@dataclass(frozen=True)
class Range:
    """The smallest and largest number of a column."""

    low: float
    high: float

    @property
    def size(self) -> float:
        """The largest size of a number, without its sign."""
        return max(abs(self.low), abs(self.high))


@dataclass(frozen=True)
class Facts:
    """The range of every number that is summed, and which attributes hold whole numbers.

    ``stated`` are the columns of these numbers: they have one in every row.
    """

    ranges: Mapping[str, Range]
    whole: Mapping[str, bool]
    stated: frozenset[str]


def numbers_in(table: ibis.Table, plan: AuditPlan) -> dict[str, tuple[str, ibis.Value]]:
    """Every number per row that the plan needs: name → column to blame, expression.

    Raises DataRefused for a column that does not hold numbers.
    """
    regression = plan.task == "regression"
    columns = {"weight": plan.weight, "score": plan.score}
    columns |= {"prediction": plan.prediction, "outcome": plan.outcome} if regression else {}
    found: dict[str, tuple[str, ibis.Value]] = {}
    for name, column in columns.items():
        if column and not holds_numbers(table[column]):
            raise DataRefused(NOT_NUMBERS, column=column)
        if column:
            found[name] = (column, table[column].cast("float64"))
    if regression:
        found["error"] = (plan.prediction, found["prediction"][1] - found["outcome"][1])
    return found


def facts_of(source: Source, plan: AuditPlan, *, looking: bool = True) -> Facts:
    """Ranges and wholeness by one pass over the rows; no pass where nothing has to be asked.

    Not ``looking`` for what is no number saves the pass over Parquet files, which state the range
    of the others: for those who count under ``told``.
    Raises DataRefused for numbers that are missing, infinite, or no weights or probabilities.
    """
    numbers = numbers_in(source.table, plan)
    stated = frozenset(column for column, _ in numbers.values())
    cut = plan.edges.keys() & set(plan.attributes)
    broken = {name for name in cut if not source.table[name].type().is_integer()}
    row = _asked(source, plan, broken, stated, looking=looking)
    ends = [row[f"{name} {what}"] for name in numbers for what in TOLD if f"{name} {what}" in row]
    if not all(math.isfinite(number or 0.0) for number in ends):
        # Something is no number, infinite or too large: look for it.
        row = _asked(source, plan, broken, frozenset(), looking=False)
    ranges = {}
    for name, (column, _) in numbers.items():
        if row[f"{name} stated"] < source.rows:
            raise DataRefused(NOT_STATED, column=column, rows=source.rows - row[f"{name} stated"])
        ranges[name] = Range(row[f"{name} low"], row[f"{name} high"])
        if not ranges[name].size < LARGEST_NUMBER:
            raise DataRefused(TOO_LARGE_NUMBERS, column=column)
    if "weight" in ranges:
        _check_weights(
            ranges["weight"], _least(source, numbers["weight"][1], ranges["weight"]), plan
        )
    if "score" in ranges:
        _check_scores(source, numbers["score"][1], ranges["score"], plan)
    return Facts(
        ranges=ranges,
        whole={name: name not in broken or bool(row[f"whole {name}"]) for name in cut},
        stated=stated,
    )


@contextmanager
def told(source: Source, plan: AuditPlan) -> Iterator[None]:
    """Where an answer is refused because a number is none, say so.

    Raises DataRefused: that of ``facts_of``, where it finds something, else what was raised.
    """
    try:
        yield
    except DataRefused:
        facts_of(source, plan)
        raise


def _asked(
    source: Source,
    plan: AuditPlan,
    broken: Collection[str],
    stated: Collection[str],
    *,
    looking: bool,
) -> dict[str, Any]:
    """The range of each number and so on; ``stated`` columns are taken to hold numbers only.

    A single not-a-number among them makes their sum one, which no minimum and no maximum does:
    Parquet files state these without it.
    """
    table = source.only(plan.columns, stated)
    asked = {f"whole {name}": groups.whole(table[name]) for name in broken}
    for name, (_, number) in numbers_in(table, plan).items():
        asked |= {f"{name} low": number.min(), f"{name} high": number.max()}
        asked |= {f"{name} stated": number.count()}
        asked |= {f"{name} sum": number.sum()} if looking else {}
    return source.answer(table.aggregate(**asked)).to_pylist()[0] if asked else {}


def _least(source: Source, weight: ibis.Value, found: Range) -> float | None:
    """The smallest weight above 0; None where there is none. Asked only where some are 0."""
    if found.low:
        return found.low
    answer = source.answer(source.table.aggregate(least=weight.min(where=weight > 0)))
    return cast("float | None", answer["least"][0].as_py())


def _check_weights(weight: Range, least: float | None, plan: AuditPlan) -> None:
    if weight.low < 0:
        raise DataRefused(NEGATIVE_WEIGHT, column=plan.weight, low=weight.low)
    if least is None:
        raise DataRefused(ZERO_WEIGHTS, column=plan.weight)
    inside = least >= SMALLEST_WEIGHT and weight.high <= LARGEST_WEIGHT
    if not inside or weight.high / least > WIDEST_WEIGHTS:
        raise DataRefused(
            UNBELIEVABLE_WEIGHTS,
            column=plan.weight,
            low=f"{least:.3g}",
            high=f"{weight.high:.3g}",
            least=f"{SMALLEST_WEIGHT:.0e}",
            most=f"{LARGEST_WEIGHT:.0e}",
        )


def _check_scores(source: Source, number: ibis.Value, score: Range, plan: AuditPlan) -> None:
    if score.size > EXACT_WHOLE:
        raise DataRefused(SCORES_TOO_LARGE, column=plan.score, limit=EXACT_WHOLE)
    probabilities = score.low >= 0 and score.high <= 1
    if probabilities or plan.threshold is None or not 0 < plan.threshold <= 1:
        return
    # Points and log-odds may have such a threshold, too, but few of them lie between 0 and 1.
    inside = source.table.aggregate(count=number.between(0, 1).sum())
    if source.answer(inside)["count"][0].as_py() > source.rows / 2:
        raise DataRefused(
            SCORES_OUTSIDE,
            column=plan.score,
            low=score.low,
            high=score.high,
            threshold=plan.threshold,
        )
