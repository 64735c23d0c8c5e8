"""Two audits of the same rows: the correlation of their gaps, and what follows from it."""

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
from workbench.audit.results import AuditResult
from workbench.basics.errors import DataRefused

ROWS = 6_000
Columns = dict[str, npt.NDArray[Any]]
PLAN = AuditPlan(
    outcome="outcome", positive="1", prediction="old", attributes=("g",), reason="test", draws=200
)
NAMES = (
    "demographic_parity_difference",
    "equal_opportunity_difference",
    "predictive_parity_difference",
    "demographic_parity_ratio",
    "equal_opportunity_ratio",
    "predictive_parity_ratio",
)


def people(seed: int = 1, rows: int = ROWS) -> Columns:
    """Two groups far apart, an old and a new model that mostly agree, scores of both, weights."""
    draw = np.random.default_rng(seed)
    group = draw.integers(0, 2, rows)
    outcome = (draw.random(rows) < 0.4 + 0.2 * group).astype(int)
    score = np.clip(0.35 + 0.3 * outcome + 0.15 * group + draw.normal(0, 0.15, rows), 0, 1)
    again = np.clip(score + draw.normal(0, 0.06, rows), 0, 1)
    return {
        "g": np.array(["a", "b"])[group],
        "outcome": outcome,
        "score": score,
        "again": again,
        "old": (score >= 0.6).astype(int),
        "new": (again >= 0.6).astype(int),
        "weight": draw.uniform(1, 3, rows),
    }


def file_of(folder: Path, columns: Mapping[str, Any]) -> Path:
    file = folder / "rows.parquet"
    parquet.write_table(pa.table(dict(columns)), file)
    return file


def two(file: Path, first: AuditPlan, second: AuditPlan) -> tuple[AuditResult, AuditResult]:
    return audited(file, first), audited(file, second)


def by_rows(table: Columns, cut: tuple[Any, Any], weights: npt.NDArray[Any]) -> dict[str, float]:
    """The same correlations person by person, of linearised gaps, without half a person more."""
    outcome = table["outcome"] == 1
    found = {}
    for rate in ("demographic_parity", "equal_opportunity", "predictive_parity"):
        for form in ("difference", "ratio"):
            both = []
            for chosen in cut:
                hit = chosen if rate == "demographic_parity" else chosen & outcome
                base = {"equal_opportunity": outcome, "predictive_parity": chosen}.get(
                    rate, np.ones_like(chosen)
                )
                sides = {}
                for key in "ab":
                    here = (table["g"] == key) * weights
                    rate_here = (here * hit).sum() / (here * base).sum()
                    sides[key] = (rate_here, here * (hit - rate_here * base) / (here * base).sum())
                (low, below), (high, above) = sorted(sides.values(), key=lambda side: side[0])
                ratio = below / high - low / high**2 * above
                both.append(above - below if form == "difference" else ratio)
            one, other = both
            found[f"{rate}_{form}"] = (one @ other) / np.sqrt((one @ one) * (other @ other))
    return found


def highest(score: npt.NDArray[Any], count: int) -> npt.NDArray[Any]:
    return np.asarray(score >= np.sort(score)[-count])


@pytest.mark.parametrize(
    ("first", "second", "cut"),
    [
        ({}, {"prediction": "new"}, lambda t: (t["old"] == 1, t["new"] == 1)),
        (
            {"prediction": "", "score": "score", "threshold": 0.6},
            {"prediction": "", "score": "score", "threshold": 0.55},
            lambda t: (t["score"] >= 0.6, t["score"] >= 0.55),
        ),
        (
            {"prediction": "", "score": "score", "top_k": 2_400},
            {"prediction": "", "score": "again", "top_k": 2_200},
            lambda t: (highest(t["score"], 2_400), highest(t["again"], 2_200)),
        ),
        (
            {},
            {"prediction": "", "score": "again", "threshold": 0.7},
            lambda t: (t["old"] == 1, t["again"] >= 0.7),
        ),
    ],
    ids=["prediction", "threshold", "top-k", "prediction and threshold"],
)
@pytest.mark.parametrize("weight", ["", "weight"])
def test_the_same_as_person_by_person(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any], cut: Any, weight: str
) -> None:
    """One group-by gives what the rows give one by one, whatever turns scores into decisions."""
    table = people()
    file = file_of(tmp_path, table)
    plans = [PLAN.model_copy(update={"weight": weight, **part}) for part in (first, second)]

    found = pairs.correlations(file, *two(file, plans[0], plans[1]))

    weights = table["weight"] if weight else np.ones(ROWS)
    for name, expected in by_rows(table, cut(table), weights).items():
        assert found["g", name] == pytest.approx(expected, abs=0.01), name
        assert found["g", name] < 1


def test_several_classes(tmp_path: Path) -> None:
    """Of several classes the favourable one counts, as if all others were one."""
    table = people()
    draw = np.random.default_rng(2)
    other = {
        name: np.where(table[name] == 1, 1, np.where(draw.random(ROWS) < 0.5, 0, 2))
        for name in ("outcome", "old", "new")
    }
    file = file_of(tmp_path, {**table, **other})

    found = pairs.correlations(
        file, *two(file, PLAN, PLAN.model_copy(update={"prediction": "new"}))
    )

    expected = by_rows(table, (table["old"] == 1, table["new"] == 1), np.ones(ROWS))
    assert [found["g", name] for name in NAMES] == pytest.approx(
        [expected[name] for name in NAMES], abs=0.01
    )


def test_mcnemar(tmp_path: Path) -> None:
    """Where only one group is predicted anew, the test is McNemar's."""
    table = people(rows=20_000)
    table["new"] = np.where(table["g"] == "a", table["new"], table["old"])
    here = table["g"] == "a"
    old, new = (table[name][here] == 1 for name in ("old", "new"))
    # A few more lose than gain, so that the probability is neither 0 nor 1.
    changed = np.flatnonzero(here)[np.flatnonzero(old & new)[:25]]
    table["new"][changed] = 0
    new = table["new"][here] == 1
    gained, lost = (~old & new).sum(), (old & ~new).sum()
    plan = PLAN.model_copy(update={"gaps": ("demographic_parity_difference",)})
    file = file_of(tmp_path, table)
    results = two(file, plan, plan.model_copy(update={"prediction": "new"}))

    (change,) = compared(*results, pairs.correlations(file, *results)).changes

    expected = stats.chi2.sf((gained - lost) ** 2 / (gained + lost), 1)
    assert 0.001 < expected < 0.5
    assert change.p_adjusted == pytest.approx(expected, rel=0.05)


def test_the_same_prediction_twice(tmp_path: Path) -> None:
    """Nothing changed for anybody, but other people could differ: a narrow interval around 0."""
    file = file_of(tmp_path, people())
    results = two(file, PLAN, PLAN.model_copy(update={"seed": 2}))

    found = compared(*results, pairs.correlations(file, *results))

    assert found.untested is None
    for change in found.changes:
        assert change.value == 0
        assert change.p_adjusted == 1
        assert change.low is not None
        assert change.high is not None
        # Of several metrics, one or the other is the gap: as wide as for other people.
        most = 0.1 if change.gap.startswith("equalized_odds") else 0.05
        assert -most < change.low < 0 < change.high < most


def test_one_of_several_metrics(tmp_path: Path) -> None:
    """Equalized odds: as of other people, but as of its rate where the groups changed places."""
    table = people()
    table["turned"] = (table["again"] - 0.3 * (table["g"] == "b") >= 0.6).astype(int)
    for name in ("old", "new", "turned"):
        table[name] &= table["outcome"]  # nobody passes by mistake, so the gap is the other rate's
    rate = "equal_opportunity_difference"
    plan = PLAN.model_copy(update={"gaps": ("equalized_odds_difference", rate)})
    file, found = file_of(tmp_path, table), []
    for name in ("new", "turned"):
        results = two(file, plan, plan.model_copy(update={"prediction": name}))
        known = pairs.correlations(file, *results)
        found.append((known["g", "equalized_odds_difference"], known["g", rate]))

    (same, positive), (turned, negative) = found
    assert same == 0.0 < positive
    assert turned == negative < -0.1


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    """The same people in another order give the very same numbers, with weights too."""
    table = people()
    turned = {name: values[::-1] for name, values in table.items()}
    plans = [PLAN.model_copy(update={"weight": "weight", "prediction": p}) for p in ("old", "new")]
    found = []
    for columns in (table, turned):
        file = file_of(tmp_path, columns)
        found.append(pairs.correlations(file, *two(file, plans[0], plans[1])))

    assert found[0] == found[1]


def test_what_is_not_answered(tmp_path: Path) -> None:
    """Groups with other edges, and combinations that only one plan has, stay out."""
    draw = np.random.default_rng(3)
    table = {**people(), "age": draw.integers(18, 80, ROWS), "h": draw.choice(["x", "y"], ROWS)}
    file = file_of(tmp_path, table)
    first = PLAN.model_copy(
        update={"attributes": ("g", "h", "age"), "edges": {"age": (30.0,)}, "score": "score"}
    )
    second = first.model_copy(
        update={"edges": {"age": (40.0,)}, "depth": 1, "score": "again", "prediction": "new"}
    )
    results = two(file, first, second)

    found = pairs.correlations(file, *results)

    assert {attribute for attribute, _ in found} == {"g", "h"}
    changes = {(one.attribute, one.gap): one for one in compared(*results, found).changes}
    assert changes["age", "accuracy_difference"].low is None
    assert changes["g", "accuracy_difference"].low is not None


def test_combined_groups(tmp_path: Path) -> None:
    """Groups of two attributes, numeric ones cut by edges, are joined under the results' names."""
    draw = np.random.default_rng(4)
    file = file_of(tmp_path, {**people(), "age": draw.integers(18, 80, ROWS)})
    plan = PLAN.model_copy(update={"attributes": ("g", "age"), "edges": {"age": (30.0, 50.0)}})
    results = two(file, plan, plan.model_copy(update={"prediction": "new"}))

    found = pairs.correlations(file, *results)

    assert {attribute for attribute, _ in found} == {"g", "age", "g & age"}
    assert all(-1 <= number < 1 for number in found.values())


def test_another_table_is_refused(tmp_path: Path) -> None:
    """The twin: a table without the plans' columns is named, not guessed at."""
    file = file_of(tmp_path, people())
    results = two(file, PLAN, PLAN.model_copy(update={"prediction": "new"}))
    table = people()
    del table["new"]

    with pytest.raises(DataRefused, match="no column “new”"):
        pairs.correlations(file_of(tmp_path, table), *results)
