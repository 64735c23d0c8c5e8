"""The guard takes the audit of any rows: what real people have is never called a contradiction."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from workbench.audit import AuditPlan, audited
from workbench.audit.results import AuditResult, published
from workbench.audit.suppression import guarding
from workbench.audit.words.caveats import described

PLAN = AuditPlan(outcome="outcome", positive="1", attributes=("g", "h"), reason="test", draws=100)
DECIDED_BY: dict[str, dict[str, Any]] = {
    "prediction": {"prediction": "decision"},
    "score": {"score": "score", "threshold": 0.5},
    "score at the start of a bin": {"score": "score", "threshold": 0.4},
    "capacity": {"score": "score", "top_k": 600},
    "prediction and score": {"prediction": "decision", "score": "score"},
    "classes": {"outcome": "class", "prediction": "chosen class"},
    "classes with score": {"outcome": "class", "prediction": "chosen class", "score": "score"},
}


def rows(seed: int) -> pa.Table:
    """Groups from tiny to large, some values missing, scores with ties and at the ends of bins."""
    draw = np.random.default_rng(seed)
    many = 2_000
    outcome = draw.random(many) < draw.uniform(0.05, 0.6)
    score = np.clip(0.5 * outcome + draw.normal(0.3, 0.2, many), 0, 1).round(2)
    groups = draw.choice(np.array(["a", "b", "c", None]), many, p=[0.6, 0.39, 0.005, 0.005])
    return pa.table(
        {
            "g": groups.tolist(),
            "h": draw.choice(["k", "l"], many, p=[0.7, 0.3]).tolist(),
            "outcome": outcome.astype(int),
            "decision": (score + draw.normal(0, 0.1, many) > 0.5).astype(int),
            "score": score,
            "class": np.where(outcome, 1, draw.choice([0, 2], many)),
            "chosen class": draw.integers(0, 3, many),
            "weight": draw.uniform(0.2, 3, many),
        }
    )


@pytest.mark.parametrize("weight", ["", "weight"], ids=["people", "weighted"])
@pytest.mark.parametrize("decided", DECIDED_BY)
@pytest.mark.parametrize("seed", [1, 2])
def test_audits_of_rows_can_be_published(
    tmp_path: Path, decided: str, weight: str, seed: int
) -> None:
    """Whatever decides, and whether or not all weigh the same: small groups are hidden."""
    parquet.write_table(rows(seed), tmp_path / "rows.parquet")
    plan = PLAN.model_copy(update={"weight": weight, **DECIDED_BY[decided]})

    result = audited(tmp_path / "rows.parquet", plan)

    assert result.guard is not None
    shown = published(result)
    assert any(group.n is None for group in shown.groups["g & h"].values())
    assert any(group.metrics for group in shown.groups["g & h"].values())


@pytest.fixture(scope="module", params=["score", "capacity", "prediction and score"])
def scored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AuditResult:
    """The audit of rows with scores, with the bins of combined groups and of everybody."""
    path = tmp_path_factory.mktemp("scored") / "rows.parquet"
    parquet.write_table(rows(1), path)
    return audited(path, PLAN.model_copy(update=DECIDED_BY[request.param]))


def test_bins_of_combined_groups_change_nothing_that_is_published(scored: AuditResult) -> None:
    """With and without them the same is guarded, hidden, told and shown; they are not."""
    single = {name: scored.calibration[name] for name in ("g", "h")}
    bare = scored.model_copy(update={"calibration": single, "calibration_overall": ()})
    assert scored.calibration_overall
    assert set(scored.calibration) == {"g", "h", "g & h"}

    shown = published(scored)

    assert scored.numbers == bare.numbers
    assert guarding.guard(bare) == scored.guard
    assert described(bare) == described(scored).model_copy(
        update={"calibration": single, "calibration_overall": ()}
    )
    assert shown == published(bare)
    assert set(shown.calibration) == {"g", "h"}
    assert "calibration_overall" not in shown.model_dump()


def test_bins_of_combined_groups_would_give_hidden_ones_away(scored: AuditResult) -> None:
    """The twin: hidden bins are sums of what is left out, so all of it must be."""
    hidden = [
        (value, place)
        for value, bins in published(scored).calibration["h"].items()
        for place, one in enumerate(bins)
        if one.share.status == "suppressed"
    ]
    assert hidden

    for value, place in hidden:
        parts = [
            bins[place].share.of
            for key, bins in scored.calibration["g & h"].items()
            if scored.groups["g & h"][key].parts["h"] == value
        ]
        assert sum(of or 0 for of in parts) == scored.calibration["h"][value][place].share.of
        others = [bins[place].share.of or 0 for bins in scored.calibration["h"].values()]
        assert sum(others) == scored.calibration_overall[place].share.of
