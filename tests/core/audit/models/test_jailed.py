"""Every model format is loaded and explained in the sealed process, as outside."""

import subprocess
import sys
from pathlib import Path

import lightgbm
import pandas as pd
import pyarrow as pa
import pytest
import skops.io
import xgboost
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from tests.examples import onnx_models
from workbench.audit.explanation.explainers import explainer
from workbench.audit.models.loading import load
from workbench.isolation import runner

NAMES = ["duration", "amount", "age"]
# Locks itself in, then loads each model and writes what its first row's values add up to.
SCRIPT = """
import sys
from pathlib import Path
from workbench.isolation import jail
folder, package = Path(sys.argv[1]), Path(sys.argv[2])
jail.enter(folder, package, jail.Limits(4 << 30, 120))
from pyarrow import parquet
from workbench.audit.explanation.explainers import explainer
from workbench.audit.models.loading import load
rows = parquet.read_table(folder / "rows.parquet")
for path in sorted(folder.glob("*.model")):
    found = explainer(load(path, rows.column_names), 1, rows, 1).explain(rows.slice(0, 30))
    print(path.stem, repr(float(found.base + found.values[0].sum())))
"""


@pytest.fixture
def folder(trained: tuple[pd.DataFrame, Path], tmp_path: Path) -> Path:
    rows, good = trained[0][NAMES], (trained[0]["credit_risk"] == 1).astype(int)
    cells = rows.to_numpy(dtype=float)
    boosted = xgboost.train({"objective": "binary:logistic"}, xgboost.DMatrix(rows, good), 5)
    light = lightgbm.train({"objective": "binary", "verbose": -1}, lightgbm.Dataset(rows, good), 5)
    made = {
        "xgboost-json": bytes(boosted.save_raw("json")),
        "xgboost-ubj": bytes(boosted.save_raw("ubj")),
        "lightgbm": light.model_to_string().encode(),
        "skops": skops.io.dumps(RandomForestClassifier(3).fit(rows, good)),
        "onnx-trees": onnx_models.from_sklearn(
            GradientBoostingClassifier(n_estimators=5).fit(cells, good), 3
        ),
        "onnx-linear": onnx_models.from_sklearn(
            LogisticRegression(max_iter=3000).fit(cells, good), 3
        ),
    }
    for name, data in made.items():
        (tmp_path / f"{name}.model").write_bytes(data)
    rows.to_parquet(tmp_path / "rows.parquet", index=False)
    return tmp_path


def test_all_formats(folder: Path) -> None:
    """Six formats give the same numbers in the jail, with the jail's own environment."""
    root = Path(runner.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(root / "workbench")],
        env={**runner._environment(folder), "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    jailed = dict(line.split() for line in done.stdout.splitlines())
    table = pa.Table.from_pandas(pd.read_parquet(folder / "rows.parquet"), preserve_index=False)
    assert len(jailed) == 6
    for path in folder.glob("*.model"):
        here = explainer(load(path, NAMES), 1, table, 1).explain(table.slice(0, 30))
        assert float(jailed[path.stem]) == pytest.approx(here.base + here.values[0].sum())


def test_nothing_is_told_to_anybody(folder: Path) -> None:
    """The ONNX runtime is told not to report how it is used."""
    assert runner._environment(folder)["ORT_DISABLE_TELEMETRY"] == "1"
