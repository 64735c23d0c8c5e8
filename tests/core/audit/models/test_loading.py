"""Models are loaded from safe formats only, and refused with the way out otherwise."""

import io
import pickle
import zipfile
from pathlib import Path

import joblib  # type: ignore[import-untyped] # ships no types
import lightgbm
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import FunctionTransformer

from workbench.audit.models import loading
from workbench.audit.models.loading import load
from workbench.basics.errors import DataRefused

ROWS = pd.DataFrame({"x": np.arange(40.0), "y": np.arange(40.0) % 7})
TARGET = (ROWS["x"] > 20).astype(int)


def written(folder: Path, data: bytes) -> Path:
    path = folder / "model"
    path.write_bytes(data)
    return path


def joblib_bytes() -> bytes:
    out = io.BytesIO()
    joblib.dump(LogisticRegression(), out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("_json", ".json"), data)
    return out.getvalue()


def booster(target: object = TARGET, objective: str = "binary") -> bytes:
    parameters = {"objective": objective, "min_data_in_leaf": 5, "verbose": -1}
    data = lightgbm.Dataset(ROWS, np.asarray(target))
    return lightgbm.train(parameters, data, 2).model_to_string().encode()


@pytest.mark.parametrize(
    ("data", "features"),
    [
        (booster(), ("x", "y")),
        (skops.io.dumps(LogisticRegression().fit(ROWS, TARGET)), ("x", "y")),
        (skops.io.dumps(RandomForestClassifier(3).fit(ROWS, TARGET)), ("x", "y")),
        (skops.io.dumps(LogisticRegression().fit(ROWS.to_numpy(), TARGET)), ("a", "b")),
    ],
)
def test_it_works(tmp_path: Path, data: bytes, features: tuple[str, ...]) -> None:
    """LightGBM text and skops are loaded; a model without names takes those of the plan."""
    assert load(written(tmp_path, data), ["a", "b"]).features == features


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pickle.dumps(LogisticRegression()), loading.PICKLED_MODEL),
        (joblib_bytes(), loading.PICKLED_MODEL),
        (b"something else", loading.UNKNOWN_MODEL),
        (archive(table=b"x"), loading.UNKNOWN_MODEL),
        (archive(schema_json=b"{}"), loading.DAMAGED_MODEL),
        (archive(schema_json=b"{}", big=bytes(10_000_000)), loading.UNSAFE_ARCHIVE),
        (skops.io.dumps(FunctionTransformer(np.linalg.norm)), loading.FOREIGN_TYPES),
        (skops.io.dumps(DummyRegressor().fit(ROWS, TARGET)), loading.NOT_BINARY),
        (booster(ROWS["x"], "regression"), loading.NOT_BINARY),
        (skops.io.dumps(LogisticRegression().fit(ROWS.to_numpy(), TARGET)), loading.NO_NAMES),
    ],
)
def test_it_refuses(tmp_path: Path, data: bytes, message: str) -> None:
    """Everything else has its own sentence; a pickle is recognised by content, never opened."""
    with pytest.raises(DataRefused) as refused:
        load(written(tmp_path, data), [])

    assert refused.value.message == message


def test_the_way_out_of_a_pickle_is_two_lines() -> None:
    """Whoever is refused a pickle is told the two lines that help."""
    assert "import skops.io\nskops.io.dump(model" in loading.PICKLED_MODEL
