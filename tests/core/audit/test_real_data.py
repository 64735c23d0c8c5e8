"""Adult and ACS income: audited with models trained here, number for number as fairlearn says."""

from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.ensemble import HistGradientBoostingClassifier

from tests.examples import second_opinion
from workbench.audit import audited, planned
from workbench.audit.results import AuditResult

DATA = Path(__file__).parents[2] / "data"
EDGES = {"age": (30.0, 45.0, 60.0)}
AGES = {"under 30": (0, 30), "30 to 44": (30, 45), "45 to 59": (45, 60), "60 and over": (60, 200)}
REASON = "Income decides about participation."


@pytest.fixture(scope="module")
def adult(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, Path, Path]:
    """The test part with predictions of a LightGBM model trained on the training part."""
    folder = tmp_path_factory.mktemp("adult")
    table = pd.read_parquet(DATA / "adult.parquet")
    features = table.drop(columns=["income", "split", "fnlwgt"])
    for name in features.select_dtypes(exclude="number"):
        features[name] = features[name].astype("category")
    rich = table["income"].str.contains(">").astype(int)
    training = table["split"] == "train"
    parameters = {"objective": "binary", "num_leaves": 15, "verbose": -1, "num_threads": 1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(features[training], rich[training]), 40)
    booster.save_model(folder / "model.txt")
    rows = table.loc[~training].drop(columns="split").assign(rich=rich[~training])
    rows["score"] = np.asarray(booster.predict(features[~training]))
    rows["prediction"] = (rows["score"] > 0.5).astype(int)
    rows.to_parquet(folder / "adult.parquet", index=False)
    return rows, folder / "adult.parquet", folder / "model.txt"


def test_adult(adult: tuple[pd.DataFrame, Path, Path]) -> None:
    """16,281 people by sex, race and age: the known gaps, explained, and equal to fairlearn's."""
    rows, table, model = adult
    plan = planned(
        {
            "outcome": "rich",
            "prediction": "prediction",
            "positive": "1",
            "attributes": ("sex", "race", "age"),
            "edges": EDGES,
            "reason": REASON,
            "draws": 200,
        }
    )

    found = audited(table, plan, model)

    assert found.provenance.rows == len(rows) == 16_281
    assert found.crosscheck.max_abs_difference < 1e-12
    assert _largest_difference(found, rows, "rich") < 1e-12
    gap = found.gaps["sex"]["demographic_parity_difference"]
    assert (gap.highest, gap.lowest) == ("Male", "Female")
    assert gap.value == pytest.approx(0.18, abs=0.03)
    assert gap.p_adjusted is not None
    assert gap.p_adjusted < 1e-6
    assert found.explanation is not None
    assert found.explanation.agreement is not None
    assert found.explanation.agreement.share == 1
    assert found.explanation.max_additivity_error < 1e-9
    # Whoever is called husband or wife gives the sex away.
    strongest = max(found.proxies["sex"][:-1], key=lambda proxy: proxy.area)
    assert strongest.features == ("relationship",)
    assert strongest.area > 0.75


def test_adult_by_score(adult: tuple[pd.DataFrame, Path, Path]) -> None:
    """A score with a threshold gives the same rates as the prediction made of it."""
    rows, table, _ = adult
    common = {"outcome": "rich", "positive": "1", "attributes": ("sex",), "reason": REASON}

    by_score = audited(table, planned({**common, "score": "score", "threshold": 0.5}))
    by_prediction = audited(table, planned({**common, "prediction": "prediction"}))

    for value, group in by_prediction.groups["sex"].items():
        for name, measure in group.metrics.items():
            assert by_score.groups["sex"][value].metrics[name] == measure
    men = rows[rows["sex"] == "Male"]
    assert len(by_score.calibration["sex"]["Male"]) == 10
    for part in by_score.calibration["sex"]["Male"]:
        inside = men[men["score"].between(part.start, part.end, inclusive="left")]
        assert part.share.of == len(inside)
        assert part.share.value == pytest.approx(inside["rich"].mean(), abs=1e-12)
        assert part.mean_score == pytest.approx(inside["score"].mean(), abs=1e-7)
    for policy in by_score.tradeoffs["sex"].common:
        said = rows["score"] >= policy.thresholds[""]
        assert policy.accuracy == pytest.approx((said == rows["rich"]).mean(), abs=1e-12)
    policies = by_score.tradeoffs["sex"].by_group
    best = max(by_score.tradeoffs["sex"].common, key=lambda policy: policy.accuracy)
    parity = next(policy for policy in policies if policy.notion == "demographic_parity_difference")
    assert parity.accuracy <= best.accuracy
    assert parity.gaps[parity.notion] == pytest.approx(0, abs=0.011)


@pytest.mark.parametrize(("people", "most_lost"), [(3_000, 0.06), (16_281, 0.003)])
def test_what_fairness_costs_on_adult(
    adult: tuple[pd.DataFrame, Path, Path], tmp_path: Path, people: int, most_lost: float
) -> None:
    """What is told is near what trying all pairs of thresholds finds, and never better.

    No threshold chooses all or none of a group, though that would always be fair.
    """
    rows = adult[0].iloc[:people]
    rows.to_parquet(tmp_path / "some.parquet", index=False)
    given = {"outcome": "rich", "positive": "1", "attributes": ("sex",), "reason": REASON}
    plan = planned({**given, "score": "score", "threshold": 0.5})

    tradeoff = audited(tmp_path / "some.parquet", plan).tradeoffs["sex"]

    for notion in ("demographic_parity_difference", "equal_opportunity_difference"):
        told = next(policy for policy in tradeoff.by_group if policy.notion == notion)
        assert best_by_trying(rows, notion) - most_lost <= told.accuracy
    for told in tradeoff.by_group[1:]:
        assert told.accuracy <= best_by_trying(rows, told.notion) + 1e-12
        assert (told.gaps[told.notion] or 0) <= 0.01 + 1e-12
        for value, threshold in told.thresholds.items():
            share = (rows.loc[rows["sex"] == value, "score"] >= threshold).mean()
            assert 0.001 < share < 0.999


def best_by_trying(rows: pd.DataFrame, notion: str) -> float:
    """The most right of all pairs of thresholds in hundredths with a gap of at most 0.01."""
    steps = np.linspace(0, 1, 101)
    found = []
    for _, group in rows.groupby("sex"):
        said = group["score"].to_numpy()[:, None] >= steps
        rich = group["rich"].to_numpy() == 1
        with np.errstate(invalid="ignore"):
            rates = {
                "demographic_parity_difference": [said.mean(axis=0)],
                "equal_opportunity_difference": [said[rich].mean(axis=0)],
                "equalized_odds_difference": [said[rich].mean(axis=0), said[~rich].mean(axis=0)],
                "predictive_parity_difference": [said[rich].sum(axis=0) / said.sum(axis=0)],
                "accuracy_difference": [(said == rich[:, None]).mean(axis=0)],
            }[notion]
        found.append(((said == rich[:, None]).sum(axis=0) / len(rows), rates))
    (one, of_one), (other, of_other) = found
    right = one[:, None] + other
    for first, second in zip(of_one, of_other, strict=True):
        right = np.where(abs(first[:, None] - second) <= 0.01 + 1e-12, right, 0)
    return float(right.max())


def test_acs_income(tmp_path: Path) -> None:
    """A scikit-learn model on the American Community Survey: explained, equal to fairlearn's."""
    table = pd.read_parquet(DATA / "acs_income.parquet").rename(columns={"AGEP": "age"})
    features = ["age", "SCHL", "MAR", "WKHP", "SEX"]
    training = np.arange(len(table)) % 2 == 0
    forest = HistGradientBoostingClassifier(max_iter=30, random_state=1)
    forest.fit(table.loc[training, features], table.loc[training, "PINCP"])
    skops.io.dump(forest, tmp_path / "model.skops")
    rows = table[~training].assign(prediction=forest.predict(table.loc[~training, features]))
    rows.to_parquet(tmp_path / "acs.parquet", index=False)
    plan = planned(
        {
            "outcome": "PINCP",
            "prediction": "prediction",
            "positive": "1",
            "attributes": ("SEX", "RAC1P", "age"),
            "edges": EDGES,
            "references": {"SEX": "1"},
            "reason": REASON,
            "draws": 200,
        }
    )

    found = audited(tmp_path / "acs.parquet", plan, tmp_path / "model.skops")

    assert _largest_difference(found, rows, "PINCP") < 1e-12
    assert found.groups["SEX"]["2"].n == int((rows["SEX"] == 2).sum())
    assert found.explanation is not None
    assert found.explanation.max_additivity_error < 1e-6


def _largest_difference(found: AuditResult, rows: pd.DataFrame, outcome: str) -> float:
    """How far fairlearn on the rows differs from any number of the result, at most."""
    classes = {
        name: rows["age"].between(low, high, inclusive="left") for name, (low, high) in AGES.items()
    }
    prepared = rows.assign(
        age=pd.DataFrame(classes).idxmax(axis=1),
        outcome=rows[outcome],
    ).astype(dict.fromkeys(found.provenance.plan.attributes, str))
    result = found.model_dump(mode="json")
    # fairlearn takes a second per number of so many rows; the others are checked on fewer.
    chosen = (found.provenance.plan.attributes[0], " & ".join(found.provenance.plan.attributes[:2]))
    result["groups"] = {name: result["groups"][name] for name in chosen}
    differences = second_opinion.differences(result, prepared)
    assert len(differences) > 150
    return max(differences.values())
