"""ONNX models are read by matrix or by column, and nothing reaches beyond the file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pandas as pd
import pyarrow as pa
import pytest
from onnx import TensorProto, helper
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from tests.examples import onnx_models
from workbench.audit.models import features, model, onnx_file, onnx_inputs
from workbench.audit.models.loading import load
from workbench.basics.errors import DataRefused

NAMES = ["duration", "amount", "age"]


@pytest.fixture
def rows(trained: tuple[pd.DataFrame, Path]) -> pd.DataFrame:
    return trained[0]


def graph(nodes: list[onnx.NodeProto], kinds: list[int] | None = None, **more: Any) -> bytes:
    """A model with the inputs a, b … of the given types and one output y."""
    inputs = [
        helper.make_tensor_value_info(name, kind, [None, 2])
        for name, kind in zip("ab", kinds or [TensorProto.FLOAT], strict=False)
    ]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 2])
    made = helper.make_graph(nodes, "g", inputs, [output], **more)
    domains = {"", *(node.domain for node in nodes)}
    versions = [helper.make_opsetid(domain, 17 if not domain else 1) for domain in domains]
    return bytes(helper.make_model(made, opset_imports=versions, ir_version=9).SerializeToString())


def refused(path: Path, data: bytes, named: list[str] | None = None) -> str:
    path.write_bytes(data)
    with pytest.raises(DataRefused) as told:
        load(path, named or [])
    return told.value.message


@pytest.mark.parametrize("zipmap", [True, False])
def test_one_matrix(tmp_path: Path, rows: pd.DataFrame, *, zipmap: bool) -> None:
    """A classifier with its probabilities as a matrix or as mappings gives scikit-learn's."""
    cells = rows[NAMES].to_numpy(dtype=np.float32)
    fitted = GradientBoostingClassifier(n_estimators=5).fit(cells, rows["credit_risk"])
    path = tmp_path / "model"
    path.write_bytes(onnx_models.from_sklearn(fitted, 3, zipmap=zipmap))

    loaded = load(path, NAMES)

    table = pa.Table.from_pandas(rows)
    assert (loaded.classes, loaded.named) == (("1", "2"), True)
    assert loaded.output(table) == pytest.approx(fitted.predict_proba(cells), abs=1e-6)
    chosen = np.array([1, 2])[loaded.choice(table)]
    assert np.array_equal(chosen, fitted.predict(cells))


def test_one_input_per_column(tmp_path: Path, rows: pd.DataFrame) -> None:
    """A pipeline with texts is fed column by column, under the names of its inputs."""
    texts = ["housing", "purpose"]
    encoder = make_column_transformer((OneHotEncoder(), texts), remainder="passthrough")
    part = rows[["age", *texts]].astype({"age": np.float32})
    fitted = make_pipeline(encoder, LogisticRegression(max_iter=2000)).fit(part, rows.credit_risk)
    path = tmp_path / "model"
    path.write_bytes(onnx_models.by_column(fitted, ["age"], texts))

    loaded = load(path, [])

    assert set(loaded.features) == {"age", *texts}
    output = loaded.output(pa.Table.from_pandas(rows))
    assert output == pytest.approx(fitted.predict_proba(part), abs=1e-5)


def test_names_must_be_as_many(tmp_path: Path, rows: pd.DataFrame) -> None:
    """A matrix of three columns needs three names."""
    fitted = LogisticRegression().fit(rows[["duration", "age"]].to_numpy(), rows["credit_risk"])

    told = refused(tmp_path / "model", onnx_models.from_sklearn(fitted, 2), NAMES)

    assert told == features.NO_NAMES


def test_foreign_operations(tmp_path: Path) -> None:
    """An operation outside the standard, even inside a branch, is refused unread."""
    foreign = helper.make_node("Shell", ["a"], ["y"], domain="com.example")
    inner = helper.make_graph(
        [foreign], "in", [], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 2])]
    )
    condition = helper.make_tensor("c", TensorProto.BOOL, [], [True])
    branch = helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=inner)

    plain = refused(tmp_path / "model", graph([foreign]), ["u", "v"])
    nested = refused(tmp_path / "model", graph([branch], initializer=[condition]), ["u", "v"])

    assert plain == nested == onnx_file.FOREIGN_OPERATIONS


def test_parts_in_other_files(tmp_path: Path) -> None:
    """A model that keeps numbers in another file is refused before that file is opened."""
    outside = helper.make_tensor("w", TensorProto.FLOAT, [2], [1.0, 2.0])
    outside.ClearField("float_data")
    outside.data_location = TensorProto.EXTERNAL
    entry = outside.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    node = helper.make_node("Mul", ["a", "w"], ["y"])

    told = refused(tmp_path / "model", graph([node], initializer=[outside]), ["u", "v"])

    assert told == onnx_file.EXTERNAL_DATA


def test_strange_inputs_and_outputs(tmp_path: Path) -> None:
    """Two matrices cannot be fed by columns; a graph without a fitting output cannot be read."""
    add = helper.make_node("Add", ["a", "b"], ["y"])
    two = refused(tmp_path / "model", graph([add], [TensorProto.FLOAT, TensorProto.FLOAT]))
    broken = refused(tmp_path / "model", b"\x08\x09\x12\x04abcd\x3a\xff\xff")

    assert two == onnx_inputs.BAD_INPUTS
    assert broken == model.DAMAGED_MODEL


def one_input(kind: int, shape: list[int | None], nodes: list[onnx.NodeProto]) -> bytes:
    """A model with the input a of this shape, and the output y of any."""
    read = helper.make_tensor_value_info("a", kind, shape)
    given = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, None])
    made = helper.make_graph(nodes, "g", [read], [given])
    versions = [helper.make_opsetid("", 17)]
    return bytes(helper.make_model(made, opset_imports=versions, ir_version=9).SerializeToString())


def told_when_run(path: Path, data: bytes, table: pa.Table) -> str:
    path.write_bytes(data)
    loaded = load(path, table.column_names)
    with pytest.raises(DataRefused) as told:
        loaded.output(table)
    return told.value.message


SHARES = helper.make_node("Softmax", ["a"], ["y"])
PAIRS = pa.table({"u": [1.0, 2.0, 3.0], "v": [0.0, 1.0, 1.0]})


def test_a_fixed_number_of_rows(tmp_path: Path) -> None:
    """A model for one row at a time is refused with how to export it; a free axis is read."""
    path = tmp_path / "model"
    free, fixed = (one_input(TensorProto.FLOAT, [rows, 2], [SHARES]) for rows in (None, 1))

    assert refused(path, fixed, ["u", "v"]) == onnx_inputs.FIXED_ROWS
    path.write_bytes(free)
    assert load(path, ["u", "v"]).output(PAIRS).sum() == pytest.approx(3)


def test_what_the_runtime_refuses(tmp_path: Path) -> None:
    """An error inside the graph is a sentence: here a shape that no table of three rows fits."""
    shape = helper.make_node("Constant", [], ["s"], value_ints=[7, 5])
    reshaped = helper.make_node("Reshape", ["a", "s"], ["y"])
    data = one_input(TensorProto.FLOAT, [None, 2], [shape, reshaped])

    assert told_when_run(tmp_path / "model", data, PAIRS) == features.DOES_NOT_READ


def test_inputs_of_the_wrong_kind_or_rank(tmp_path: Path) -> None:
    """What the session itself refuses before it runs is a sentence too: an input of three axes."""
    flat = helper.make_node("Flatten", ["a"], ["y"])
    data = one_input(TensorProto.FLOAT, [None, 1, 2], [flat])

    assert told_when_run(tmp_path / "model", data, PAIRS) == features.DOES_NOT_READ


def test_texts_and_missing_columns(tmp_path: Path) -> None:
    """Texts where numbers are needed, and a column that the table lacks, are named."""
    path = tmp_path / "model"
    path.write_bytes(one_input(TensorProto.FLOAT, [None, 2], [SHARES]))
    loaded = load(path, ["u", "v"])
    texts = PAIRS.set_column(0, "u", [["high", "low", "low"]])

    for table, message in (
        (texts, features.TEXT_FOR_NUMBERS),
        (PAIRS.drop_columns(["v"]), features.NO_FEATURE),
    ):
        with pytest.raises(DataRefused) as told:
            loaded.output(table)
        assert told.value.message == message


@pytest.mark.parametrize("wrong", [None, 1.5, 1e30])
def test_whole_numbers(tmp_path: Path, wrong: float | None) -> None:
    """Where the model reads whole numbers, no other value is cut to fit."""
    cast = helper.make_node("Cast", ["a"], ["f"], to=TensorProto.FLOAT)
    data = one_input(
        TensorProto.INT64, [None, 2], [cast, helper.make_node("Softmax", ["f"], ["y"])]
    )
    bad = PAIRS.set_column(1, "v", [[0.0, 1.0, wrong]])

    assert told_when_run(tmp_path / "model", data, bad) == onnx_inputs.WHOLE_NUMBERS
    assert load(tmp_path / "model", ["u", "v"]).output(PAIRS).shape == (3, 2)


def test_results_that_are_no_rows(tmp_path: Path) -> None:
    """A model that sums the table up gives one result for three rows, which is refused."""
    total = helper.make_node("ReduceMean", ["a"], ["y"], axes=[0], keepdims=1)
    data = one_input(TensorProto.FLOAT, [None, 2], [total])

    assert told_when_run(tmp_path / "model", data, PAIRS) == onnx_file.OTHER_ROWS


def test_more_numbers_than_classes(tmp_path: Path) -> None:
    """A single number is promised, but two per row come: refused, not read as something else."""
    path = tmp_path / "model"
    path.write_bytes(one_input(TensorProto.FLOAT, [None, 2], [SHARES]))
    loaded = load(path, ["u", "v"])
    assert isinstance(loaded, onnx_file.OnnxModel)

    with pytest.raises(DataRefused) as told:
        replace(loaded, classes=()).output(PAIRS)

    assert told.value.message == onnx_file.OTHER_WIDTH
