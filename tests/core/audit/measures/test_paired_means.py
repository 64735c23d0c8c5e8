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
from workbench.audit.comparison import WEIGHTED_MEANS, compared
from workbench.audit.measures import pairs
from workbench.audit.results import AuditResult
from workbench.basics.text import translate

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
    }


def two(
    folder: Path, table: Mapping[str, Any], first: AuditPlan, second: AuditPlan
) -> tuple[Path, AuditResult, AuditResult]:
    file = folder / "rows.parquet"
    parquet.write_table(pa.table(dict(table)), file)
    return file, audited(file, first), audited(file, second)


def by_rows(table: Columns) -> dict[str, float]:
    """The same correlations from what each person adds to the gap of both means."""
    rent, sides = table["rent"], [table["old"], table["new"]]
    numbers = {
        "mean_prediction": sides,
        "mean_error": [said - rent for said in sides],
        "mean_absolute_error": [abs(said - rent) for said in sides],
    }
    found = {}
    for name, both_sides in numbers.items():
        both = []
        for values in both_sides:
            means = {key: values[table["g"] == key].mean() for key in "ab"}
            sign = {max(means, key=means.__getitem__): 1, min(means, key=means.__getitem__): -1}
            sizes = {key: (table["g"] == key).sum() for key in "ab"}
            both.append(
                sum(
                    sign[key] * (table["g"] == key) * (values - means[key]) / sizes[key]
                    for key in "ab"
                )
            )
        one, other = both
        found[f"{name}_difference"] = (one @ other) / np.sqrt((one @ one) * (other @ other))
    return found


def test_the_same_as_person_by_person(tmp_path: Path) -> None:
    """One group-by gives what the rows give one by one; roots of squares are not answered."""
    table = homes()
    file, *results = two(tmp_path, table, PLAN, NEW)

    found = pairs.correlations(file, results[0], results[1])

    for name, expected in by_rows(table).items():
        assert found["g", name] == pytest.approx(expected, abs=1e-9), name
    assert ("g", "root_mean_squared_error_difference") not in found


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


def test_weighted_means_are_not_answered(tmp_path: Path) -> None:
    """With weights the change is not tested, and it is said; without, it is."""
    weighted = [plan.model_copy(update={"weight": "weight"}) for plan in (PLAN, NEW)]
    table = homes()
    file, *results = two(tmp_path, table, *weighted)

    found = compared(results[0], results[1], pairs.correlations(file, results[0], results[1]))

    assert found.untested is not None
    assert found.untested["en"] == translate("en", WEIGHTED_MEANS)
    assert all(change.low is None for change in found.changes)
    file, *results = two(tmp_path, table, PLAN, NEW)
    plain = compared(results[0], results[1], pairs.correlations(file, results[0], results[1]))
    assert plain.untested is None
    assert any(change.low is not None for change in plain.changes)


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


def test_the_interval_holds_the_truth(tmp_path: Path) -> None:
    """In simulated pairs of audits, 95 % of the intervals hold the true change, here −10."""
    held, runs = 0, 80
    plan = PLAN.model_copy(update={"gaps": ("mean_error_difference",)})
    after = plan.model_copy(update={"prediction": "new"})
    for seed in range(runs):
        file, *results = two(tmp_path, homes(seed, 500, better=10), plan, after)
        (change,) = compared(
            results[0], results[1], pairs.correlations(file, results[0], results[1])
        ).changes
        assert change.low is not None
        assert change.high is not None
        held += change.low <= -10 <= change.high
    assert 0.88 <= held / runs <= 0.995
