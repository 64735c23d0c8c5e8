"""Every table that the plan cannot be carried out on has its own sentence; its twin passes."""

import math
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.examples.counting import cells_of, frames_of, plan_of
from workbench.audit import plan as plans
from workbench.audit.intake.sources import opened
from workbench.audit.measures import cells, counting, cuts, facts, first_rows, groups, judging
from workbench.audit.measures.cells import counted
from workbench.basics.errors import DataRefused

Columns = dict[str, list[object]]
PEOPLE: Columns = {
    "repaid": ["yes", "no", "yes", "no"],
    "granted": ["yes", "yes", "no", "no"],
    "sex": ["male", "female", None, "male"],
    "age": [24, 25, 34, None],
    "points": [0.1, 0.2, 0.8, 0.9],
    "w": [1, 2, 3, 4.5],
}
NAN = float("nan")
BINS = {"attributes": ["age"], "edges": {"age": [25]}}
SCORE = {"prediction": "", "score": "points", "threshold": 0.5}
TOP = {"prediction": "", "score": "points", "top_k": 2}
REGRESSION = {"task": "regression", "positive": "", "outcome": "w", "prediction": "points"}
WEIGHT = {"weight": "w"}
COUNTS = {"counts": "confusion", "outcome": "", "positive": "", "prediction": ""}
SELECTION = COUNTS | {"counts": "selection"}
TABLE: Columns = {
    "sex": ["m", "f"],
    "tp": [1, 2],
    "fp": [1, 2],
    "tn": [1, 2],
    "fn": [1, 2],
    "selected": [1, 0],
    "total": [1, 2],
}
Case = tuple[str, Columns, Mapping[str, object], Columns, Mapping[str, object]]

# Message, what breaks it (columns, plan), its twin (columns, plan).
ROWS: list[Case] = [
    (plans.NO_COLUMN, {}, {"attributes": ["sax"]}, {}, {"attributes": ["sex"]}),
    (facts.NOT_STATED, {"repaid": ["yes", None, "no", "no"]}, {}, {}, {}),
    (facts.NOT_STATED, {"granted": [1, NAN, 0, 0]}, {}, {}, {}),
    (facts.NOT_STATED, {"points": [0.1, NAN, 1, 0]}, SCORE, {"points": [0.1, 0, 1, 0]}, SCORE),
    (facts.NOT_STATED, {"points": [0.1, NAN, 1, 0]}, TOP, {"points": [0.1, 0, 1, 0.2]}, TOP),
    (facts.NOT_STATED, {"w": [1, NAN, 1, 1]}, {"weight": "w"}, {}, {"weight": "w"}),
    (facts.NOT_STATED, {"points": [0.1, NAN, 1, 0]}, REGRESSION, {}, REGRESSION),
    (facts.NOT_STATED, {"w": [1, None, 1, 1]}, REGRESSION, {}, REGRESSION),
    (judging.POSITIVE_UNKNOWN, {}, {"positive": "Yes"}, {}, {"positive": "no"}),
    (judging.POSITIVE_UNKNOWN, {}, {"outcome": "", "positive": "x"}, {}, {"outcome": ""}),
    (judging.CONSTANT_OUTCOME, {"repaid": ["yes"] * 4}, {}, {"granted": ["yes"] * 4}, {}),
    (judging.OTHER_VALUES, {"granted": ["yes", "ja", "no", "no"]}, {}, {}, {}),
    (groups.ALL_MISSING, {"sex": [None] * 4}, {}, {"sex": [None, "f", "f", "f"]}, {}),
    (groups.ALL_MISSING, {"age": [NAN] * 4}, BINS, {}, BINS),
    (
        groups.NAMED_MISSING,
        {"sex": ["(missing)", None, "f", "f"]},
        {},
        {"sex": ["(missing)", "(missing)", "f", "f"]},
        {},
    ),
    (groups.NAMED_MISSING, {"sex": ["(missing)", None] * 2}, {}, {"sex": ["m", None] * 2}, {}),
    (groups.ONE_GROUP, {"sex": ["male"] * 4}, {}, {"sex": ["male", "male", "m", "m"]}, {}),
    (groups.ONE_GROUP, {"age": [30, 31, 32, 33]}, BINS, {"age": [20, 31, 32, 33]}, BINS),
    (groups.NO_NUMBERS, {"age": list("abcd")}, BINS, {"age": [2.5, 30, None, 1]}, BINS),
    (groups.NO_NUMBERS, {"age": [True, False] * 2}, BINS, {}, BINS),
    (
        groups.NO_REFERENCE,
        {},
        {"references": {"sex": "mal"}},
        {},
        {"references": {"sex": "(missing)"}},
    ),
    (facts.NOT_NUMBERS, {"points": list("abcd")}, SCORE, {"points": [1, 0, 1, 0]}, SCORE),
    (facts.NOT_NUMBERS, {"w": [True] * 4}, {"weight": "w"}, {"w": [1] * 4}, {"weight": "w"}),
    (facts.NOT_NUMBERS, {"w": list("abcd")}, REGRESSION, {"w": [1, 1, 1, 1]}, REGRESSION),
    (facts.NOT_NUMBERS, {"points": list("abcd")}, REGRESSION, {}, REGRESSION),
    (
        facts.TOO_LARGE_NUMBERS,
        {"w": [1, 1, 1, float("inf")]},
        {"weight": "w"},
        {"w": [1, 1, 1, 1e6]},
        {"weight": "w"},
    ),
    (
        facts.TOO_LARGE_NUMBERS,
        {"w": [1, 1, 1, -1e61]},
        REGRESSION,
        {"w": [1, 1, 1, 1e59]},
        REGRESSION,
    ),
    (facts.UNBELIEVABLE_WEIGHTS, {"w": [1e-320] * 4}, WEIGHT, {"w": [1e-12] * 4}, WEIGHT),
    (facts.UNBELIEVABLE_WEIGHTS, {"w": [1e-99, 1, 1, 1e30]}, WEIGHT, {"w": [1, 1, 1, 99]}, WEIGHT),
    (facts.UNBELIEVABLE_WEIGHTS, {"w": [1e13] * 4}, WEIGHT, {"w": [1e12] * 4}, WEIGHT),
    (facts.UNBELIEVABLE_WEIGHTS, {"w": [0, 0.9, 1, 1e6]}, WEIGHT, {"w": [0, 1, 1, 1e6]}, WEIGHT),
    (facts.NEGATIVE_WEIGHT, {"w": [1, -1, 1, 1]}, {"weight": "w"}, {}, {"weight": "w"}),
    (facts.ZERO_WEIGHTS, {"w": [0] * 4}, {"weight": "w"}, {"w": [0, 0, 0, 1]}, {"weight": "w"}),
    (facts.SCORES_OUTSIDE, {"points": [0, 1, 1.1, 1]}, SCORE, {"points": [0, 1, 1, 1]}, SCORE),
    (
        facts.SCORES_OUTSIDE,
        {"points": [-3, 0, 1, 0.5]},
        SCORE,
        # Log-odds or points: few of them lie between 0 and 1.
        {"points": [-3, 0, 1, 2]},
        SCORE,
    ),
    (
        facts.SCORES_TOO_LARGE,
        {"points": [2**62, 2**62 + 1, 1, 0]},
        TOP,
        {"points": [2**53, 2**53 - 1, 1, 0]},
        TOP,
    ),
    (
        facts.SCORES_OUTSIDE,
        {"points": [0.1, 0.2, 0.3, 40]},
        SCORE,
        {"points": [0.1, 0.2, 0.3, 40]},
        TOP,
    ),
    (cuts.TOO_FEW_ROWS, {}, TOP | {"top_k": 5}, {}, TOP | {"top_k": 4}),
    (cuts.NOBODY_CHOSEN, {"points": [1, 1, 1, 0]}, TOP, {"points": [1, 1, 0, 0]}, TOP),
    (cells.UNCLEAR_NAMES, {"a & b": [1, 1, 0, 0]}, {"attributes": ["a & b", "a", "b"]}, {}, {}),
]
CODED: list[Case] = [
    (counting.TOTAL_LINE, {"sex": ["m", " Gesamt "]}, COUNTS, {"sex": ["m", "w"]}, COUNTS),
    (counting.COUNT_NEGATIVE, {"tp": [1, -1]}, COUNTS, {"tp": [0, 0]}, COUNTS),
    (counting.COUNT_FRACTIONAL, {"fn": [1.5, 1]}, COUNTS, {"fn": [1.0, 1]}, COUNTS),
    (counting.COUNT_MISSING, {"tn": [None, 1]}, COUNTS, {"tn": [0, 1]}, COUNTS),
    (counting.COUNT_MISSING, {"tn": [NAN, 1]}, COUNTS, {}, COUNTS),
    (counting.COUNT_NO_NUMBER, {"fp": ["1", "2"]}, COUNTS, {}, COUNTS),
    (counting.COUNT_TOO_LARGE, {"fp": [1, 1e13]}, COUNTS, {"fp": [1, 10**12]}, COUNTS),
    (counting.MORE_SELECTED, {"selected": [2, 1]}, SELECTION, {"selected": [1, 2]}, SELECTION),
    (counting.NOBODY, {"selected": [0, 0], "total": [0, 0]}, SELECTION, {}, SELECTION),
    (counting.ONE_OUTCOME, {"tp": [0, 0], "fn": [0, 0]}, COUNTS, {"tp": [0, 0]}, COUNTS),
    (groups.ONE_GROUP, {"sex": ["m", "m"], "month": [1, 2]}, COUNTS, {}, COUNTS),
    (counting.SAME_GROUP, {"sex": ["m", "m"]}, COUNTS, {}, COUNTS),
    (
        counting.SAME_GROUP,
        {"sex": ["m", "m"], "month": [1, 1], "share": [0.25, 0.5]},
        COUNTS | {"attributes": ["sex", "month"]},
        {"sex": ["m", "f"], "month": [1, 2]},
        COUNTS | {"attributes": ["sex", "month"]},
    ),
    (groups.ONE_GROUP, {"selected": [1, 0], "total": [1, 0]}, SELECTION, {}, SELECTION),
    (
        plans.NO_COLUMN,
        {},
        COUNTS | {"attributes": ["sex", "town"]},
        {"town": ["A", "B"]},
        COUNTS | {"attributes": ["sex", "town"]},
    ),
]


def refusal(columns: Columns, changes: Mapping[str, object]) -> DataRefused:
    with pytest.raises(DataRefused) as refused:
        cells_of(columns, plan_of(**changes))
    return refused.value


@pytest.mark.parametrize(("message", "bad", "bad_plan", "good", "good_plan"), ROWS)
def test_rows(
    message: str,
    bad: Columns,
    bad_plan: Mapping[str, object],
    good: Columns,
    good_plan: Mapping[str, object],
) -> None:
    """Rows that cannot be judged are refused; the twin is audited."""
    extra: Columns = {"a": ["x", "x", "y", "y"], "b": ["x", "y", "x", "y"]}

    assert refusal(PEOPLE | extra | bad, bad_plan).message == message
    assert frames_of(PEOPLE | extra | good, plan_of(**good_plan))


@pytest.mark.parametrize("states_ranges", [True, False])
@pytest.mark.parametrize("value", [NAN, None, math.inf])
def test_what_is_no_number(tmp_path: Path, value: float | None, states_ranges: bool) -> None:
    """Whether a file states the range of its columns or not: such a score is refused by name."""
    columns = PEOPLE | {"points": [0.1, value, 0.8, 0.9]}
    parquet.write_table(pa.table(columns), tmp_path / "x", write_statistics=states_ranges)

    with pytest.raises(DataRefused) as refused, opened(tmp_path / "x") as source:
        counted(source, plan_of(**SCORE))

    message = facts.TOO_LARGE_NUMBERS if value == math.inf else facts.NOT_STATED
    assert (refused.value.message, refused.value.values["column"]) == (message, "points")


@pytest.mark.parametrize(("message", "bad", "bad_plan", "good", "good_plan"), CODED)
def test_counts(
    message: str,
    bad: Columns,
    bad_plan: Mapping[str, object],
    good: Columns,
    good_plan: Mapping[str, object],
) -> None:
    """Counts that are none are refused; the twin is audited."""
    assert refusal(TABLE | bad, bad_plan).message == message
    assert frames_of(TABLE | good, plan_of(**good_plan))


def numbers(count: int) -> list[object]:
    return list(range(count))


def words(count: int) -> list[object]:
    return [f"g{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("name", "values", "most", "message"),
    [
        ("sex", numbers, 20, groups.NEEDS_EDGES),
        ("sex", words, 200, groups.TOO_MANY_GROUPS),
        ("repaid", numbers, 20, first_rows.MANY_OUTCOMES),
        ("repaid", words, 100, first_rows.MANY_CLASSES),
        ("granted", numbers, 20, first_rows.MANY_PREDICTIONS),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_too_many_values(
    name: str, values: Callable[[int], list[object]], most: int, message: str, late: bool
) -> None:
    """One value too many is refused, in the first rows as behind them; one fewer is not."""
    plan = {"positive": str(values(1)[0])} | ({"outcome": ""} if name == "granted" else {})

    def table(count: int) -> Columns:
        column = [*values(1) * (first_rows.GLANCE if late else 0), *values(count), *values(2)]
        columns: Columns = {each: [*values(2)] * len(column) for each in ("repaid", "granted")}
        columns |= {"sex": [*values(2)] * len(column), name: column}
        return {each: kept[: len(column)] for each, kept in columns.items()}

    told = refusal(table(most + 1), plan)

    assert (told.message, told.values["count"]) == (message, most + 1)
    assert cells_of(table(most), plan_of(**plan)).people.sum() >= most


def test_too_many_combined() -> None:
    """Two attributes of 15 groups each are fine alone, and too many together."""
    rows = [(f"x{a}", f"y{b}") for a in range(15) for b in range(15)]
    table: Columns = {
        "repaid": ["yes", "no", "no"] * 75,
        "granted": ["yes", "no", "yes"] * 75,
        "x": [a for a, _ in rows],
        "y": [b for _, b in rows],
    }

    assert refusal(table, {"attributes": ["x", "y"]}).message == cells.TOO_MANY_COMBINED
    assert len(frames_of(table, plan_of(attributes=["x", "y"], depth=1))) == 3


def test_near_matches() -> None:
    """A misspelt group, value or column comes with those most like it."""
    assert "“male”?" in str(refusal(PEOPLE, {"references": {"sex": "mal"}}))
    assert "“yes”?" in str(refusal(PEOPLE, {"positive": "Yes"}))
    assert "“sex”?" in str(refusal(PEOPLE, {"attributes": ["sexx"]}))
