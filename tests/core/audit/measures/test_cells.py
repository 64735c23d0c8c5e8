"""Cells and frames hold exactly what counting by hand gives, for every kind of plan."""

import numpy as np
import pytest

from tests.examples.counting import Columns, cells_of, frames_of, plan_of, written_out
from workbench.audit.measures.frames import COLUMNS
from workbench.audit.plan import MISSING

PEOPLE: dict[str, list[object]] = {
    "repaid": ["yes", "no", "yes", "no", "yes", "no"],
    "granted": ["yes", "yes", "no", "no", "yes", "no"],
    "sex": ["male", "female", None, "male", "female", "female"],
    "age": [24, 25, 34, None, 80, 25],
}
BOTH = {"attributes": ["sex", "age"], "edges": {"age": [25, 35]}}


def test_it_works() -> None:
    """Bins follow their edges; missing values are a group of their own and come last."""
    sex, age, both, everybody = frames_of(PEOPLE, plan_of(**BOTH))

    assert sex.groups == (("female",), ("male",), (MISSING,))
    assert sex.counts.tolist() == [[1, 1, 0, 1, 0], [1, 0, 0, 1, 0], [0, 0, 1, 0, 0]]
    assert sex.weights.tolist() == sex.counts.tolist() == sex.squares.tolist()
    assert age.groups == (("under 25",), ("25 to 34",), ("35 and over",), (MISSING,))
    assert age.counts.sum(axis=1).tolist() == [1, 3, 1, 1]
    assert both.keys[:2] == ("female & 25 to 34", "female & 35 and over")
    assert everybody.groups == ((),)
    assert everybody.counts.tolist() == [[2, 1, 1, 2, 0]]
    assert (sex.moments, sex.scores) == ({}, None)


def test_many_classes() -> None:
    """Two different unfavourable values stand apart from two equal ones."""
    table = {
        "repaid": ["yes", "no", "late", "late", "yes"],
        "granted": ["yes", "late", "late", "yes", "no"],
        "sex": ["m", "f", "m", "f", "m"],
    }

    everybody = frames_of(table, plan_of())[-1]

    assert dict(zip(COLUMNS, everybody.counts[0].tolist(), strict=True)) == {
        "tp": 1,
        "fp": 1,
        "fn": 1,
        "tn": 1,
        "other": 1,
    }


def test_predictions_only() -> None:
    """Without an outcome, people stand under fp and tn."""
    table = {"granted": ["yes", "no", "maybe"], "sex": ["m", "f", "f"]}

    frame, _ = frames_of(table, plan_of(outcome=""))

    assert frame.counts.tolist() == [[0, 0, 0, 2, 0], [0, 1, 0, 0, 0]]


def test_scores() -> None:
    """A threshold decides, is an edge of the bins, and the highest score stays in the last."""
    table = {
        "repaid": ["yes", "no", "yes", "no"],
        "points": [0.29, 0.705, 1.0, 0.7],
        "sex": ["m", "f", "m", "f"],
    }
    plan = plan_of(prediction="", score="points", threshold=0.705, weight="")

    frame, _ = frames_of(table, plan)

    assert frame.groups == (("f",), ("m",))
    assert frame.counts.tolist() == [[0, 1, 0, 1, 0], [1, 0, 1, 0, 0]]
    scores = frame.scores
    assert scores is not None
    assert (len(scores.edges), scores.cut) == (102, 0.705)
    placed = [(scores.edges[bin_], group, real) for group, bin_, real in np.argwhere(scores.people)]
    assert placed == [(0.7, 0, 1), (0.705, 0, 1), (0.29, 1, 0), (0.99, 1, 0)]
    assert frame.moments["score"].total.tolist() == pytest.approx([1.405, 1.29], abs=1e-15)
    assert scores.totals.sum(axis=1) == pytest.approx([1.405, 1.29], abs=1e-15)


def test_regression() -> None:
    """Sums of predictions and errors, and of their squares, per group."""
    table = {"repaid": [10, 20, 30], "granted": [12.5, 20, 26.0], "sex": ["m", "m", "f"]}
    plan = plan_of(task="regression", positive="")

    frame, _ = frames_of(table, plan)

    assert frame.counts[:, COLUMNS.index("tn")].tolist() == [1, 2]
    sums = {name: (m.total.tolist(), m.squares.tolist()) for name, m in frame.moments.items()}
    assert sums == {
        "prediction": ([26.0, 32.5], [676.0, 556.25]),
        "error": ([-4.0, 2.5], [16.0, 6.25]),
        "absolute_error": ([4.0, 2.5], [16.0, 6.25]),
        "squared_error": ([16.0, 6.25], [256.0, 39.0625]),
    }


def test_weights() -> None:
    """People are counted, and their weights and squared weights added."""
    table = PEOPLE | {"w": [1, 2.5, 0, 3, 4, 5]}

    *_, everybody = frames_of(table, plan_of(weight="w"))

    assert everybody.counts.tolist() == [[2, 1, 1, 2, 0]]
    assert everybody.weights.tolist() == [[5, 2.5, 0, 8, 0]]
    assert everybody.squares.tolist() == [[17, 6.25, 0, 34, 0]]


def test_counts_only() -> None:
    """A table of counts gives the very frames of the rows that it counts; months add up."""
    attributes = {"attributes": ["sex", "town"]}
    rows = {
        "repaid": ["yes"] * 3 + ["no"] * 4 + ["yes", "no"],
        "granted": ["yes", "yes", "no", "yes", "no", "no", "no", "yes", "no"],
        "sex": ["m", "f", "m", "f", "m", "m", "m", "f", None],
        "town": ["A", "A", "B", "B", "A", "A", "A", "A", "B"],
    }
    counts = {
        "sex": ["m", "m", "f", "f", "f", None, "m"],
        "town": ["A", "B", "A", "B", "A", "B", "A"],
        "month": [1, 1, 1, 1, 2, 1, 2],
        "tp": [1, 0, 1, 0, 1, 0, 0],
        "fp": [0, 0, 0, 1, 0, 0, 0],
        "tn": [2, 0, 0, 0, 0, 1, 1],
        "fn": [0, 1, 0, 0, 0, 0, 0.0],
    }
    plan = plan_of(counts="confusion", outcome="", positive="", prediction="", **attributes)

    expected = [written_out(frame) for frame in frames_of(rows, plan_of(**attributes))]

    assert [written_out(frame) for frame in frames_of(counts, plan)] == expected


def test_selected_of_total() -> None:
    """Selected people stand under fp, the others under tn, as without an outcome."""
    table = {"sex": ["m", "f", "x"], "selected": [3, 0, 0], "total": [10, 4, 0]}
    plan = plan_of(counts="selection", outcome="", positive="", prediction="")

    frame, _ = frames_of(table, plan)

    assert frame.groups == (("f",), ("m",))
    assert frame.counts.tolist() == [[0, 0, 0, 4, 0], [0, 3, 0, 7, 0]]


def test_depth() -> None:
    """As many attributes are combined as the plan says, and no more."""
    table = PEOPLE | {"town": list("ABABAB")}
    named = ["sex", "town", "age"]
    made = {
        depth: [
            frame.name
            for frame in frames_of(table, plan_of(**BOTH | {"attributes": named}, depth=depth))
        ]
        for depth in (1, 3, 4)
    }

    assert made[1] == ["sex", "town", "age", ""]
    assert (
        made[3]
        == made[4]
        == [*named, "sex & town", "sex & age", "town & age", "sex & town & age", ""]
    )


@pytest.mark.parametrize(("granted", "constant"), [("yes", True), ("no", True), ("mix", False)])
def test_a_constant_prediction_is_noticed(granted: str, constant: bool) -> None:
    """The same prediction for everybody can be audited, and is told."""
    table = dict(PEOPLE) if granted == "mix" else PEOPLE | {"granted": [granted] * 6}

    assert cells_of(table, plan_of()).constant_prediction is constant


def test_whole_numbers_with_gaps() -> None:
    """A missing value does not turn group 2 into "2.0"; numbers are listed by size."""
    cells = cells_of(PEOPLE | {"sex": [10, 2, None, 2.0, 10, 2]}, plan_of())

    assert cells.order["sex"] == ("2", "10", MISSING)


def test_both_ways_of_binning_agree() -> None:
    """Few whole values are binned after counting, many while counting: the same groups."""
    rows = 600
    table: Columns = {
        "repaid": ["yes", "no"] * (rows // 2),
        "granted": ["yes", "no", "no"] * (rows // 3),
        "few": [n % 90 for n in range(rows)],
        "many": [n % 90 + 90 * (n >= 90) * (n % 90 >= 35) * (n // 90) for n in range(rows)],
    }
    few, many = (
        frames_of(table, plan_of(attributes=[name], edges={name: [25, 35]}))[0]
        for name in ("few", "many")
    )

    assert len(set(table["many"])) > 200 > len(set(table["few"]))
    assert few.groups == many.groups
    assert few.counts.tolist() == many.counts.tolist()
