"""The guard takes the audit of any rows: what real people have is never called a contradiction."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from workbench.audit import AuditPlan, audited
from workbench.audit.results import published

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
