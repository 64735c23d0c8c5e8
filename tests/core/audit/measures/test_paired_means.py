"""Two audits of the same rows by means: against the people one by one, SciPy, and a simulation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from pyarrow import parquet
from scipy import stats

from workbench.audit import AuditPlan, audited
from workbench.audit.comparison import compared
from workbench.audit.measures import pairs
from workbench.audit.measures.paired_means import Numbered
from workbench.audit.results import AuditResult

ROWS = 4_000
PLAN = AuditPlan(
    task="regression",
    outcome="rent",
    prediction="old",
    attributes=("g",),
    reason="test",
    draws=100,
)
NEW = PLAN.model_copy(update={"prediction": "new"})
Columns = dict[str, npt.NDArray[Any]]


def homes(seed: int = 1, rows: int = ROWS, better: float = 0.0) -> Columns:
    """Rents in two towns, an old and a new estimate of them that err alike; weights."""
    draw = np.random.default_rng(seed)
    town = draw.integers(0, 2, rows)
    rent = 500 + 100 * town + draw.gamma(4, 60, rows)
    old = rent + draw.normal(20 * town, 50, rows)
    new = old + draw.normal(-better * town, 15, rows)
    return {
        "g": np.array(["a", "b"])[town],
        "rent": rent,
        "old": old,
        "new": new,
        "weight": draw.uniform(1, 3, rows),
        # Whoever pays more was drawn more rarely.
        "other": rent / 500,
    }


def two(
    folder: Path, table: Mapping[str, Any], first: AuditPlan, second: AuditPlan
) -> tuple[Path, AuditResult, AuditResult]:
    file = folder / "rows.parquet"
    parquet.write_table(pa.table(dict(table)), file)
    return file, audited(file, first), audited(file, second)


def by_rows(table: Columns, weights: tuple[str, str] = ("", "")) -> dict[str, float]:
    """The same correlations from what each person adds to the gap of both means."""
    worth = [table[name] if name else np.ones(len(table["g"])) for name in weights]
    rent, sides = table["rent"], [table["old"], table["new"]]
    numbers = {
        "mean_prediction": sides,
        "mean_error": [said - rent for said in sides],
        "mean_absolute_error": [abs(said - rent) for said in sides],
        "root_mean_squared_error": [(said - rent) ** 2 for said in sides],
    }
    found = {}
    for name, both_sides in numbers.items():
        both = []
        for values, weight in zip(both_sides, worth, strict=True):
            here = {key: (table["g"] == key) * weight for key in "ab"}
            means = {key: np.average(values, weights=here[key]) for key in "ab"}
            sign = {max(means, key=means.__getitem__): 1.0, min(means, key=means.__getitem__): -1.0}
            if name.startswith("root"):  # a root grows with its mean by 1 / (2 · root)
                sign = {key: one / (2 * np.sqrt(means[key])) for key, one in sign.items()}
            both.append(
                sum(sign[key] * here[key] * (values - means[key]) / here[key].sum() for key in "ab")
            )
        one, other = both
        found[f"{name}_difference"] = (one @ other) / np.sqrt((one @ one) * (other @ other))
    return found


@pytest.mark.parametrize(
    "weights",
    [("", ""), ("weight", "weight"), ("other", "other"), ("weight", "other"), ("", "other")],
)
def test_the_same_as_person_by_person(tmp_path: Path, weights: tuple[str, str]) -> None:
    """One group-by gives what the rows give one by one, also of roots of means."""
    table = homes()
    plans = [
        plan.model_copy(update={"weight": weight})
        for plan, weight in zip((PLAN, NEW), weights, strict=True)
    ]
    file, *results = two(tmp_path, table, *plans)

    found = pairs.correlations(file, results[0], results[1])

    for name, expected in by_rows(table, weights).items():
        assert found["g", name] == pytest.approx(expected, abs=1e-9), name


def test_students_test(tmp_path: Path) -> None:
    """Where only one town is estimated anew, the test is that of paired differences."""
    table = homes(rows=6_000)
    moved = np.random.default_rng(2).normal(-1.4, 40, 6_000)
    table["new"] = table["old"] + np.where(table["g"] == "b", moved, 0)
    plan = PLAN.model_copy(update={"gaps": ("mean_error_difference",)})
    after = plan.model_copy(update={"prediction": "new"})
    file, *results = two(tmp_path, table, plan, after)

    (change,) = compared(
        results[0], results[1], pairs.correlations(file, results[0], results[1])
    ).changes

    here = table["g"] == "b"
    expected = stats.ttest_rel(table["new"][here], table["old"][here]).pvalue
    assert 0.001 < expected < 0.6
    assert change.p_adjusted == pytest.approx(expected, rel=0.1)


def test_by_hand() -> None:
    """Weights 1, 2, 1; 1, 4, 3 before (mean 3) and 2, 6, 2 after (mean 4): add up the products."""
    weight, before, after = np.array([[1, 2, 1], [1, 4, 3], [2, 6, 2]], float)
    rows = [np.stack([weight, weight * number]) for number in (before, after)]
    group = Numbered(
        weights=(4, 4),
        totals=(12, 16),
        products={
            (one, other): rows[one] @ rows[other].T for one, other in ((0, 0), (0, 1), (1, 1))
        },
    )

    # What each adds, times 4: −2, 2, 0 before; −2, 4, −2 after.
    assert group.covariance((0, 0)) == pytest.approx((4 + 4 + 0) / 16)
    assert group.covariance((0, 1)) == pytest.approx((4 + 8 + 0) / 16)
    assert group.covariance((1, 1)) == pytest.approx((4 + 16 + 4) / 16)


def test_rows_drawn_anew(tmp_path: Path) -> None:
    """The interval of a weighted change is as wide as rows drawn anew many times say."""
    plans = [
        plan.model_copy(update={"weight": "other", "gaps": ("mean_error_difference",)})
        for plan in (PLAN, NEW)
    ]
    table = homes(better=10)
    file, *results = two(tmp_path, table, *plans)

    found = compared(results[0], results[1], pairs.correlations(file, results[0], results[1]))

    draw, changes = np.random.default_rng(3), []
    errors = [table[side] - table["rent"] for side in ("old", "new")]
    for _ in range(1_000):
        weight = table["other"] * draw.multinomial(ROWS, np.full(ROWS, 1 / ROWS))
        gaps = [
            abs(
                np.subtract(
                    *(np.average(error, weights=weight * (table["g"] == key)) for key in "ab")
                )
            )
            for error in errors
        ]
        changes.append(gaps[1] - gaps[0])
    (change,) = found.changes
    assert found.untested is None
    assert change.low is not None
    assert change.high is not None
    assert change.high - change.low == pytest.approx(2 * 1.96 * np.std(changes), rel=0.08)


def test_weights_of_one_change_nothing(tmp_path: Path) -> None:
    """The twin: whoever all count the same have the change that they have without weights."""
    table = {**homes(), "weight": np.ones(ROWS)}
    found = []
    for weight in ("", "weight"):
        plans = [plan.model_copy(update={"weight": weight}) for plan in (PLAN, NEW)]
        file, *results = two(tmp_path, table, *plans)
        found.append(
            compared(results[0], results[1], pairs.correlations(file, results[0], results[1]))
        )

    for plain, weighted in zip(found[0].changes, found[1].changes, strict=True):
        numbers = [(one.low, one.high, one.p_adjusted) for one in (plain, weighted)]
        assert None not in numbers[0]
        assert numbers[0] == pytest.approx(numbers[1], rel=1e-6)


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    """Weighted sums are exact, so not even the last bit depends on the order."""
    table = homes()
    plans = [plan.model_copy(update={"weight": "other"}) for plan in (PLAN, NEW)]
    found = []
    for turned in (1, -1):
        columns = {name: values[::turned] for name, values in table.items()}
        file, *results = two(tmp_path, columns, *plans)
        found.append(pairs.correlations(file, results[0], results[1]))

    assert found[0] == found[1]


def test_mean_scores(tmp_path: Path) -> None:
    """Mean scores beside decisions are paired, too."""
    table = homes()
    decided = {**table, "paid": (table["rent"] > 700).astype(int), "s": table["old"] / 2000}
    decided["t"] = table["new"] / 2000
    common = {"outcome": "paid", "positive": "1", "attributes": ("g",), "reason": "test"}
    first = AuditPlan(**common, score="s", threshold=0.35, draws=100)
    file, *results = two(tmp_path, decided, first, first.model_copy(update={"score": "t"}))

    found = pairs.correlations(file, results[0], results[1])

    assert found["g", "mean_score_difference"] == pytest.approx(
        by_rows(table)["mean_prediction_difference"], abs=1e-9
    )
