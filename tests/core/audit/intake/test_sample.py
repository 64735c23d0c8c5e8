"""Rows are drawn by what stands in them, each alike, and carry the names of their groups."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.examples.counting import plan_of
from workbench.audit.intake import sample
from workbench.audit.intake.sample import Sample, drawn, numbered
from workbench.audit.intake.sources import opened
from workbench.audit.measures.cells import counted
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused

ROWS = 400
BINNED = {"attributes": ["sex", "age"], "edges": {"age": [30]}}


def table() -> pa.Table:
    return pa.table(
        {
            "repaid": ["yes", "no"] * (ROWS // 2),
            "granted": ["yes", "no", "no", "yes"] * (ROWS // 4),
            "sex": ["m", "m", "m", "f", None] * (ROWS // 5),
            "age": [float(n % 50) for n in range(ROWS)],
            "points": [n / ROWS for n in range(ROWS)],
            "member": [True, False] * (ROWS // 2),
        }
    )


def file(folder: Path, rows: pa.Table, name: str = "x") -> Path:
    path = folder / name
    parquet.write_table(rows, path, row_group_size=150)
    return path


def some(path: Path, plan: AuditPlan, columns: list[str], most: int) -> Sample:
    with opened(path) as source:
        return drawn(source, plan, counted(source, plan).order, columns, most)


def given(path: Path, plan: AuditPlan, columns: list[str], numbers: list[int]) -> Sample:
    with opened(path) as source:
        return numbered(source, plan, counted(source, plan).order, columns, numbers)


def test_it_works(tmp_path: Path) -> None:
    """As many rows as asked for, in the asked columns, with groups and predictions."""
    found = some(file(tmp_path, table()), plan_of(**BINNED), ["points", "sex", "member"], 50)

    assert found.rows.column_names == ["points", "sex", "member"]
    assert (found.rows.num_rows, found.of, len(set(found.rows["points"].to_pylist()))) == (
        50,
        ROWS,
        50,
    )
    for row, sex, age, said in zip(
        found.rows.to_pylist(),
        found.groups["sex"],
        found.groups["age"],
        found.given,
        strict=True,
    ):
        number = round(row["points"] * ROWS)
        original = table().slice(number, 1).to_pylist()[0]
        assert (row["sex"], row["member"]) == (original["sex"], original["member"])
        assert sex == (original["sex"] or "(missing)")
        assert age == ("under 30" if original["age"] < 30 else "30 and over")
        assert said == (original["granted"] == "yes")


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    """The same rows in the same order; another seed draws others."""
    plan = plan_of(**BINNED)
    turned = table().take(list(range(ROWS))[::-1])

    first, second, other = (
        some(file(tmp_path, rows), chosen, ["points"], 20).rows.to_pylist()
        for rows, chosen in (
            (table(), plan),
            (turned, plan),
            (table(), plan_of(**BINNED, seed=2)),
        )
    )

    assert first == second != other


def test_all_rows_at_most(tmp_path: Path) -> None:
    """A small table is taken whole, each row once, identical rows as often as they occur."""
    found = some(file(tmp_path, table()), plan_of(), ["granted"], 10 * ROWS)

    assert Counter(found.rows["granted"].to_pylist()) == {"yes": 200, "no": 200}
    assert Counter(found.groups["sex"]) == {"m": 240, "f": 80, "(missing)": 80}


def test_identical_rows_are_drawn_one_by_one(tmp_path: Path) -> None:
    """A table with four different rows is not drawn four times the same: shares are kept."""
    rows = pa.table(
        {"repaid": ["yes", "no"] * 1000, "granted": ["yes"] * 2000, "sex": ["m", "f"] * 1000}
    )

    found = some(file(tmp_path, rows), plan_of(), ["sex"], 400)

    assert 150 < Counter(found.groups["sex"])["m"] < 250


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_numbered_rows(tmp_path: Path, kind: str) -> None:
    """Rows are counted from 1 as they stand in the file, across its parts."""
    path = file(tmp_path, table())
    if kind == "csv":
        path.write_text(table().to_pandas().to_csv(index=False), encoding="utf-8")

    found = given(path, plan_of(**BINNED), ["points", "age"], [400, 1, 151])

    assert found.rows["points"].to_pylist() == [399 / 400, 0, 150 / 400]
    assert found.groups["sex"].tolist() == ["(missing)", "m", "m"]
    assert found.given.tolist() == [1, 1, 0]


@pytest.mark.parametrize(("number", "good"), [(0, 1), (401, 400)])
def test_no_such_row(tmp_path: Path, number: int, good: int) -> None:
    """A row number that the table does not have is refused; the nearest one passes."""
    path = file(tmp_path, table())
    with pytest.raises(DataRefused) as refused:
        given(path, plan_of(), ["age"], [number])

    assert refused.value.message == sample.NO_SUCH_ROW
    assert given(path, plan_of(), ["age"], [good]).rows.num_rows == 1


def test_a_folder_has_no_row_numbers(tmp_path: Path) -> None:
    """Its files have no order, so no row has a number; rows are drawn all the same."""
    for name in ("a", "b"):
        file(tmp_path, table(), f"{name}.parquet")
    with pytest.raises(DataRefused) as refused:
        given(tmp_path, plan_of(), ["age"], [1])

    assert refused.value.message == sample.NO_ROW_NUMBERS
    assert some(tmp_path, plan_of(), ["age"], 10).of == 2 * ROWS


def test_scores_and_numbers(tmp_path: Path) -> None:
    """Without a prediction the score is given, for regression the number."""
    path = file(tmp_path, table())
    score = plan_of(prediction="", score="points", threshold=0.5)
    number = plan_of(task="regression", positive="", outcome="age", prediction="points")

    for plan in (score, number):
        found = some(path, plan, ["points"], 30)
        assert found.given.tolist() == found.rows["points"].to_pylist()
