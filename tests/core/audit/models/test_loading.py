"""Models are loaded from safe formats only, and refused with the way out otherwise."""

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import joblib  # type: ignore[import-untyped] # ships no types
import lightgbm
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import skops.io
import xgboost
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from tests.examples import onnx_models
from workbench.audit.models import features, lightgbm_text, loading, model, skops_file
from workbench.audit.models.loading import load
from workbench.basics.errors import DataRefused

ROWS = pd.DataFrame({"x": np.arange(60.0), "y": np.arange(60.0) % 7})
TABLE = pa.Table.from_pandas(ROWS, preserve_index=False)
TARGET = (ROWS["x"] > 20).astype(int)
THREE = TARGET + (ROWS["x"] > 40)
ARRAY = ROWS.to_numpy()


def written(folder: Path, data: bytes) -> Path:
    path = folder / "model"
    path.write_bytes(data)
    return path


def joblib_bytes(compress: object = 0) -> bytes:
    out = io.BytesIO()
    joblib.dump(LogisticRegression(), out, compress=compress)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("_json", ".json"), data)
    return out.getvalue()


def light(target: object = TARGET, objective: str = "binary", **more: object) -> bytes:
    parameters = {"objective": objective, "min_data_in_leaf": 5, "verbose": -1, **more}
    data = lightgbm.Dataset(ROWS, np.asarray(target))
    return lightgbm.train(parameters, data, 2).model_to_string().encode()


def xgb(form: str, target: Any = TARGET, objective: str = "binary:logistic", **more: Any) -> bytes:
    data = xgboost.DMatrix(ROWS, np.asarray(target))
    return bytes(xgboost.train({"objective": objective, **more}, data, 3).save_raw(form))


FITTED = LogisticRegression().fit(ROWS, TARGET)


@pytest.mark.parametrize(
    ("data", "names", "classes"),
    [
        (light(), ("x", "y"), ("0", "1")),
        (light(THREE, "multiclass", num_class=3), ("x", "y"), ("0", "1", "2")),
        (light(ROWS["x"], "regression"), ("x", "y"), ()),
        (xgb("json"), ("x", "y"), ("0", "1")),
        (xgb("ubj"), ("x", "y"), ("0", "1")),
        (xgb("ubj", THREE, "multi:softprob", num_class=3), ("x", "y"), ("0", "1", "2")),
        (xgb("json", ROWS["x"], "reg:squarederror"), ("x", "y"), ()),
        (skops.io.dumps(FITTED), ("x", "y"), ("0", "1")),
        (skops.io.dumps(RandomForestClassifier(3).fit(ROWS, THREE)), ("x", "y"), ("0", "1", "2")),
        (skops.io.dumps(LinearRegression().fit(ROWS, ROWS["x"])), ("x", "y"), ()),
        (skops.io.dumps(LogisticRegression().fit(ARRAY, TARGET)), ("a", "b"), ("0", "1")),
        (onnx_models.from_sklearn(GradientBoostingClassifier().fit(ARRAY, THREE), 2), ("a", "b"),
         ("0", "1", "2")),
        (onnx_models.from_sklearn(LinearRegression().fit(ARRAY, ROWS["x"]), 2), ("a", "b"), ()),
    ],
)  # fmt: skip
def test_it_works(
    tmp_path: Path, data: bytes, names: tuple[str, ...], classes: tuple[str, ...]
) -> None:
    """Each format is known by its content; a model without names takes those of the plan."""
    loaded = load(written(tmp_path, data), ["a", "b"])

    table = TABLE.rename_columns(list(names))
    output = loaded.output(table)
    assert (loaded.features, loaded.classes) == (names, classes)
    assert output.shape == (60, max(1, len(classes)))
    if classes:
        assert output.sum(axis=1) == pytest.approx(1, abs=1e-6)
        assert np.array_equal(loaded.choice(table), output.argmax(axis=1))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pickle.dumps(LogisticRegression()), loading.PICKLED_MODEL),
        (joblib_bytes(), loading.PICKLED_MODEL),
        *((joblib_bytes((kind, 3)), loading.PICKLED_MODEL) for kind in ("zlib", "xz", "lzma")),
        (b"something else", loading.UNKNOWN_MODEL),
        (b"", loading.UNKNOWN_MODEL),
        (archive(table=b"x"), loading.UNKNOWN_MODEL),
        (archive(schema_json=b"{}"), model.DAMAGED_MODEL),
        (light()[:400], model.DAMAGED_MODEL),
        (xgb("json")[:-40], model.DAMAGED_MODEL),
        (xgb("ubj")[:-40], model.DAMAGED_MODEL),
        (archive(schema_json=b"{}", big=bytes(10_000_000)), skops_file.UNSAFE_ARCHIVE),
        (skops.io.dumps(FunctionTransformer(np.linalg.norm)), skops_file.FOREIGN_TYPES),
        (skops.io.dumps(FunctionTransformer()), model.OTHER_KIND),
        (skops.io.dumps(LinearSVC().fit(ROWS, TARGET)), skops_file.NO_PROBABILITIES),
        (xgb("json", TARGET, "binary:hinge"), model.OTHER_KIND),
        (light().replace(b"objective=binary", b"objective=custom"), model.OTHER_KIND),
        (skops.io.dumps(LogisticRegression().fit(ARRAY, TARGET)), features.NO_NAMES),
        (onnx_models.from_sklearn(LogisticRegression().fit(ARRAY, TARGET), 2), features.NO_NAMES),
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


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than the limit is refused by its size alone."""
    monkeypatch.setattr(loading, "MOST_BYTES", 10)

    with pytest.raises(DataRefused) as refused:
        load(written(tmp_path, light()), [])

    assert refused.value.message == model.TOO_LARGE_MODEL


def test_a_pipeline_that_cannot_read_the_columns(tmp_path: Path) -> None:
    """What scikit-learn says about wrong columns becomes a sentence."""
    loaded = load(written(tmp_path, skops.io.dumps(FITTED)), [])
    texts = pa.table({"x": ["many"] * 3, "y": [1.0, 2.0, 3.0]})

    with pytest.raises(DataRefused) as refused:
        loaded.output(texts)

    assert refused.value.message == features.DOES_NOT_READ


def test_unknown_words_of_an_objective() -> None:
    """The tables of objectives hold no class model that would be read as a number."""
    assert set(lightgbm_text.CLASSIFYING) <= set(lightgbm_text.SCALES)


def test_a_damaged_text_does_not_end_the_audit(tmp_path: Path) -> None:
    """LightGBM crashes over a text that is cut behind its trees; another process finds out."""
    data = light()
    loading.require_sound(written(tmp_path, data))
    cut = data[: data.index(b"end of parameters") - 40]

    with pytest.raises(DataRefused) as refused:
        loading.require_sound(written(tmp_path, cut))

    assert refused.value.message == model.DAMAGED_MODEL
