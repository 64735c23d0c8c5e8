"""Score bins are what pandas counts in the rows: of single and combined groups, of everybody."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from workbench.audit import AuditPlan, audited
from workbench.audit.measures.intervals import wilson
from workbench.audit.parts import ScoreBin

PLAN = AuditPlan(
    outcome="o",
    positive="1",
    score="s",
    threshold=0.5,
    attributes=("g", "h"),
    reason="test",
    draws=100,
)


def people_with_scores() -> pd.DataFrame:
    """Two attributes, a group of a few people, and scores that say too little for group a."""
    draw = np.random.default_rng(4)
    many = 3_000
    table = pd.DataFrame(
        {
            "g": draw.choice(["a", "b", "c"], many, p=[0.6, 0.39, 0.01]),
            "h": draw.choice(["k", "l"], many, p=[0.7, 0.3]),
            "s": draw.beta(2, 3, many),
            "w": draw.uniform(0.5, 2, many),
        }
    )
    table["o"] = (draw.random(many) < table["s"] + 0.1 * (table["g"] == "a")).astype(int)
    return table


def agrees(bins: tuple[ScoreBin, ...], rows: pd.DataFrame, looked: int, *, weighted: bool) -> None:
    """The bins are what pandas says of these rows, ``looked`` ranges being assessed with them."""
    weights = rows["w"] if weighted else rows["w"] * 0 + 1
    worth = worth_of(weights)
    assert [one.start for one in bins] == pytest.approx([place / 10 for place in range(10)])
    for one in bins:
        inside = rows[rows["s"].between(one.start, one.end, inclusive="left")]
        assert one.share.of == len(inside)
        if not len(inside):
            assert (one.mean_score, one.share.value) == (None, None)
            continue
        share = np.average(inside["o"], weights=weights[inside.index])
        assert one.share.value == pytest.approx(share, abs=1e-7)
        said = np.average(inside["s"], weights=weights[inside.index])
        assert one.mean_score == pytest.approx(said, abs=1e-6)
        for ends, tests in (((one.share.low, one.share.high), 1), ((one.low, one.high), looked)):
            interval = wilson(share, len(inside) * worth, norm.ppf(1 - 0.025 / tests))
            assert ends == pytest.approx([float(end) for end in interval], abs=1e-6)


@pytest.mark.parametrize("weighted", [False, True], ids=["people", "weighted"])
def test_every_combination_and_everybody_have_bins(tmp_path: Path, weighted: bool) -> None:
    """Single groups, combined ones and everybody: each table corrected for its own ranges."""
    rows = people_with_scores()
    rows.to_parquet(tmp_path / "rows.parquet", index=False)
    plan = PLAN.model_copy(update={"weight": "w" if weighted else ""})

    found = audited(tmp_path / "rows.parquet", plan)

    assert set(found.calibration) == {"g", "h", "g & h"}
    assert set(found.tradeoffs) == {"g", "h"}
    for table, groups in found.calibration.items():
        by = table.split(" & ")
        split = {" & ".join(map(str, key)): part for key, part in rows.groupby(by)}
        assert set(groups) == set(split)
        looked = sum(assessed(part, weighted=weighted) for part in split.values())
        for value, part in split.items():
            agrees(groups[value], part, looked, weighted=weighted)
    looked = assessed(rows, weighted=weighted)
    agrees(found.calibration_overall, rows, looked, weighted=weighted)


def worth_of(weights: "pd.Series[float]") -> float:
    """How many equally weighted people one person is worth, by Kish."""
    return float(weights.sum() ** 2 / (weights**2).sum() / len(weights))


def assessed(rows: pd.DataFrame, *, weighted: bool) -> int:
    """How many ranges have enough people to be assessed, also by what these are worth."""
    sizes = rows.groupby((rows["s"] * 10).astype(int)).size()
    worth = min(1, worth_of(rows["w"])) if weighted else 1
    return sum(size * worth >= PLAN.thresholds.assess_minimum for size in sizes)
