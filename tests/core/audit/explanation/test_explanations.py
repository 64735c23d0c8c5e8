"""What drives a model: shares add up to the gap, and single rows to their score."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import skops.io
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression

from workbench.audit.explanation.explanations import explained
from workbench.audit.intake import sample, sources
from workbench.audit.models import features, loading
from workbench.audit.parts import Gap
from workbench.audit.parts_explanation import Explanation
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused

Planner = Callable[..., AuditPlan]
ORDER = {
    "sex": ("female", "male"),
    "age": ("under 25", "25 to 34", "35 to 49", "50 and over"),
    "foreign_worker": ("A201", "A202"),
}


def ages(plan: AuditPlan) -> dict[str, tuple[str, ...]]:
    """The groups of the plan's attributes, as the cells would order them."""
    return {attribute: ORDER[attribute] for attribute in plan.attributes}


def told(table: Path, model: Path, plan: AuditPlan, gaps: Any = None) -> Explanation:
    with sources.opened(table) as source:
        loaded, order = loading.load(model, plan.features), ages(plan)
        features.require(source.columns, loaded.features)
        drawn = sample.drawn(source, plan, order, loaded.features, sample.MOST_ROWS)
        return explained(loaded, drawn, source, plan, order, gaps or {})


@pytest.fixture
def plan(plan_for: Planner) -> AuditPlan:
    return plan_for(attributes=["sex", "foreign_worker"], edges={}, explained_rows=[3, 1])


def test_it_works(credit: Path, model: Path, plan: AuditPlan) -> None:
    """Everything is told: explainer, sample, agreement, effects, shares, spreads, rows."""
    found = told(credit, model, plan)

    assert (found.rows, found.rows_in_table, found.scale, found.exact) == (
        1000, 1000, "log-odds", True
    )  # fmt: skip
    assert found.agreement is not None
    assert found.agreement.share == 1
    assert found.max_additivity_error < 1e-12
    assert set(found.groups) == {"sex", "foreign_worker"}
    assert set(found.features) == set(found.groups["sex"]["female"])
    first = found.decompositions[0]
    assert (first.group, first.reference) == ("female", "male")
    assert sum(first.shares.values()) == pytest.approx(first.gap, abs=1e-12)
    assert all(spread.n >= plan.thresholds.publish_minimum for spread in found.spreads)


def test_single_rows(credit: Path, model: Path, plan: AuditPlan) -> None:
    """The plan's rows come in its order, with their values, and add up to their score."""
    found = told(credit, model, plan).row_explanations
    table = pd.read_csv(credit)

    assert [row.row for row in found] == [3, 1]
    for row in found:
        total = row.base_value + sum(part.effect for part in row.contributions)
        assert total == pytest.approx(row.score, abs=1e-9)
        sizes = [abs(part.effect) for part in row.contributions]
        assert sizes == sorted(sizes, reverse=True)
        values = {part.feature: part.value for part in row.contributions}
        assert values["age"] == str(table["age"][row.row - 1])
        assert values["status"] == table["status"][row.row - 1]


def test_small_groups_are_left_out(credit: Path, model: Path, plan_for: Planner) -> None:
    """A group below the number for assessing has no effects and no share of a gap."""
    plan = plan_for(
        attributes=["foreign_worker"],
        edges={},
        references={"foreign_worker": "A201"},
        thresholds={"publish_minimum": 10, "assess_minimum": 40, "certain_minimum": 100},
    )

    found = told(credit, model, plan)

    assert set(found.groups["foreign_worker"]) == {"A201"}
    assert found.decompositions == ()


def test_without_a_reference(credit: Path, model: Path, plan_for: Planner) -> None:
    """The groups that lie widest apart in the predictions are compared."""
    plan = plan_for(attributes=["sex"], edges={}, references={})
    gap = Gap(value=0.1, status="ok", highest="male", lowest="female")

    found = told(credit, model, plan, {"sex": {"demographic_parity_difference": gap}})

    assert [(part.group, part.reference) for part in found.decompositions] == [("female", "male")]


def test_the_order_of_rows_does_not_matter(
    credit: Path, model: Path, plan_for: Planner, tmp_path: Path
) -> None:
    """Shuffled rows give exactly the same explanation."""
    plan = plan_for(attributes=["sex"], edges={})
    shuffled = tmp_path / "shuffled.csv"
    pd.read_csv(credit).sample(frac=1, random_state=3).to_csv(shuffled, index=False)

    assert told(credit, model, plan) == told(shuffled, model, plan)


def test_effects_point_towards_the_favourable_outcome(
    trained: tuple[pd.DataFrame, Path], plan_for: Planner, tmp_path: Path
) -> None:
    """Whichever outcome counts as favourable, effects point towards it."""
    table = trained[0]
    forest = RandomForestClassifier(5, max_depth=3, random_state=1)
    forest.fit(table[["duration", "amount"]], table["credit_risk"])
    path = tmp_path / "model"
    skops.io.dump(forest, path)
    predicted = tmp_path / "predicted.csv"
    table.assign(prediction=forest.predict(table[["duration", "amount"]])).to_csv(predicted)

    one, two = (
        told(predicted, path, plan_for(positive=value, attributes=["sex"], edges={}))
        for value in "12"
    )

    for name, effect in one.features.items():
        assert effect.mean == pytest.approx(-two.features[name].mean)
        assert effect.mean_absolute == pytest.approx(two.features[name].mean_absolute)
    assert one.base_value == pytest.approx(1 - two.base_value)


def test_regression(trained: tuple[pd.DataFrame, Path], plan_for: Planner, tmp_path: Path) -> None:
    """A model of numbers is explained in the unit of its numbers."""
    table, names = trained[0], ["duration", "age"]
    fitted = LinearRegression().fit(table[names], table["amount"])
    skops.io.dump(fitted, tmp_path / "model")
    table.assign(prediction=fitted.predict(table[names])).to_parquet(tmp_path / "rows.parquet")
    plan = plan_for(task="regression", outcome="amount", positive="", attributes=["sex"], edges={})

    found = told(tmp_path / "rows.parquet", tmp_path / "model", plan)

    assert (found.scale, found.exact) == ("prediction", True)
    gap = found.decompositions[0]
    groups = table.assign(prediction=fitted.predict(table[names])).groupby("sex")["prediction"]
    assert gap.gap == pytest.approx(groups.mean()["female"] - groups.mean()["male"])


def test_a_column_is_missing(credit: Path, model: Path, plan: AuditPlan, tmp_path: Path) -> None:
    """A column that the model needs and the table lacks is named, with the nearest."""
    renamed = tmp_path / "renamed.csv"
    pd.read_csv(credit).rename(columns={"amount": "Amounts"}).to_csv(renamed, index=False)

    with pytest.raises(DataRefused, match=r"“amount”.*“Amounts”") as refused:
        told(renamed, model, plan)

    assert refused.value.message == features.NO_FEATURE


def test_weights(trained: tuple[pd.DataFrame, Path], plan_for: Planner, tmp_path: Path) -> None:
    """Rows that stand for several people count as often: as if they stood there several times."""
    table, names = trained[0].head(300), ["duration", "age"]
    fitted = LinearRegression().fit(table[names], table["amount"])
    skops.io.dump(fitted, tmp_path / "model")
    table = table.assign(prediction=fitted.predict(table[names]))
    often = pd.Series(1 + (table["age"] > 40).astype(int) * 2, index=table.index)
    table.assign(people=often).to_parquet(tmp_path / "weighted.parquet")
    asked = {"task": "regression", "outcome": "amount", "positive": "", "attributes": ["sex"]}
    plan = plan_for(**asked, edges={}, weight="people")
    plain = plan_for(**asked, edges={})

    found = told(tmp_path / "weighted.parquet", tmp_path / "model", plan)
    unweighted = told(tmp_path / "weighted.parquet", tmp_path / "model", plain)

    gap = found.decompositions[0]
    repeated = table.loc[table.index.repeat(often)].groupby("sex")
    means = repeated["prediction"].mean()
    assert gap.gap == pytest.approx(means["female"] - means["male"])
    slopes = dict(zip(names, fitted.coef_, strict=True))
    for name in names:
        middle = repeated[name].mean()
        assert gap.shares[name] == pytest.approx(slopes[name] * (middle["female"] - middle["male"]))
        low, high = gap.intervals[name]
        assert low < gap.shares[name] < high
    assert gap.gap_interval is not None
    assert gap.gap_interval[0] < gap.gap < gap.gap_interval[1]
    assert gap.gap != pytest.approx(unweighted.decompositions[0].gap)
