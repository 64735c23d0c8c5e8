"""ONNX models: a graph of standard operations, checked before the runtime sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pyarrow as pa
from google.protobuf.message import DecodeError  # type: ignore[import-untyped] # ships no types

from workbench.audit.intake.values import as_text
from workbench.audit.models.features import does_not_read, given_names, matrix, require
from workbench.audit.models.model import DAMAGED_MODEL, Inside, Places, Reals, Scale, places
from workbench.audit.models.onnx_trees import Ensemble, ensemble
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

EXTERNAL_DATA = later(
    "This ONNX model keeps a part of itself in other files. Save it as one file: "
    "“onnx.save_model(model, path, save_as_external_data=False)”."
)
FOREIGN_OPERATIONS = later(
    "This ONNX model uses operations that are not part of the standard ({names}), which would run "
    "foreign code. Export it with standard operations only."
)
BAD_INPUTS = later(
    "The workbench feeds an ONNX model with one table of numbers, or with one input per column; "
    "this one expects something else ({inputs}). Export it again in one of these two ways."
)
NO_PROBABILITY_OUTPUT = later(
    "This ONNX model has no output that could be read as probabilities per class or as one number "
    "per row ({outputs}). Export it again with such an output."
)

STANDARD = frozenset({"", "ai.onnx", "ai.onnx.ml"})
EXTERNAL = onnx.TensorProto.EXTERNAL
NUMBERS = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
}
TEXTS = "tensor(string)"
THREADS = 2


@dataclass(frozen=True)
class OnnxModel:
    """A session of the ONNX runtime; ``single`` says that one matrix holds all columns.

    ``asked`` are the names of the outputs for the label ("" for numbers) and for the rest.
    """

    session: onnxruntime.InferenceSession
    features: tuple[str, ...]
    classes: tuple[str, ...]
    named: bool
    asked: tuple[str, str]
    trees: Ensemble | None
    single: bool
    kind: str = "ONNX"

    def matrix(self, table: pa.Table) -> Reals:
        """The features as numbers; only for models that read one matrix."""
        return matrix(table, self.features, {})

    def output(self, table: pa.Table) -> Reals:
        """Probabilities per class, or the predicted number."""
        found = self._run(table, self.asked[1])
        if isinstance(found, list):  # a mapping of class to probability per row
            found = [list(each.values()) for each in found]
        shares = np.asarray(found, dtype=float).reshape(table.num_rows, -1)
        if len(self.classes) == 2 and shares.shape[1] == 1:
            return np.column_stack([1 - shares, shares])
        return shares

    def choice(self, table: pa.Table) -> Places:
        """The class that the model names, per row."""
        label = self.asked[0]
        if not self.named or not label:
            likeliest: Places = self.output(table).argmax(axis=1)
            return likeliest
        found = [_text(each) for each in np.ravel(self._run(table, label))]
        place_of = {name: place for place, name in enumerate(self.classes)}
        return np.array([place_of.get(each, -1) for each in found], dtype=np.intp)

    def inside(self, place: int, background: pa.Table) -> Inside:
        """The trees, if the graph is nothing but trees; else what can only be asked."""
        if self.trees is not None:
            cells = self.matrix(background)
            if self.trees.repeats(cells, self.output(background)):
                return self.trees.view(place, len(self.classes), self.matrix, cells)
        unit: Scale = "probability" if self.classes else "prediction"
        return Inside(lambda table: self.output(table)[:, place], unit)

    def _run(self, table: pa.Table, output: str) -> Any:
        try:
            return self.session.run([output], self._fed(table))[0]
        except (RuntimeError, ValueError, onnxruntime.OrtInvalidArgument) as error:
            raise does_not_read(error) from error

    def _fed(self, table: pa.Table) -> Mapping[str, Any]:
        require(table.column_names, self.features)
        inputs = self.session.get_inputs()
        if self.single:
            kind = NUMBERS[inputs[0].type]
            return {inputs[0].name: self.matrix(table).astype(kind)}
        return {each.name: _column(table, each) for each in inputs}


def load(data: bytes, named: Sequence[str]) -> OnnxModel:
    """The model in the file. Raises DataRefused."""
    try:
        stored = onnx.load_model_from_string(data)
    except (DecodeError, ValueError) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    check(stored)
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise DataRefused(DAMAGED_MODEL) from error
    return _behind_the_face(session, stored, named)


def check(stored: onnx.ModelProto) -> None:
    """Refuse what reaches beyond the file or the standard. Raises DataRefused."""
    nodes = [*_nodes(stored.graph.node), *_nodes(n for f in stored.functions for n in f.node)]
    if any(tensor.data_location == EXTERNAL for tensor in _tensors(stored.graph, nodes)):
        raise DataRefused(EXTERNAL_DATA)
    foreign = sorted({f"{n.domain}.{n.op_type}" for n in nodes if n.domain not in STANDARD})
    if foreign:
        raise DataRefused(FOREIGN_OPERATIONS, names=", ".join(foreign[:5]))


def _nodes(given: Any) -> Iterator[Any]:
    """All nodes, those of inner graphs (branches, loops) too."""
    for node in given:
        yield node
        for attribute in node.attribute:
            for graph in [attribute.g, *attribute.graphs]:
                yield from _nodes(graph.node)


def _tensors(graph: Any, nodes: Sequence[Any]) -> Iterator[Any]:
    yield from graph.initializer
    for node in nodes:
        for attribute in node.attribute:
            yield from [attribute.t, *attribute.tensors]
            for inner in [attribute.g, *attribute.graphs]:
                yield from inner.initializer


def _behind_the_face(
    session: onnxruntime.InferenceSession, stored: onnx.ModelProto, named: Sequence[str]
) -> OnnxModel:
    features, single = _features(session, named)
    outputs = session.get_outputs()
    labels = next((each.name for each in outputs if "int64" in each.type or each.type == TEXTS), "")
    rest = [each for each in outputs if "float" in each.type or "double" in each.type]
    if len(rest) != 1:
        raise DataRefused(NO_PROBABILITY_OUTPUT, outputs=_told(outputs))
    stated = _classes(stored)
    width = _width(rest[0])
    classes = stated or (places(max(2, width)) if labels or width > 1 else ())
    return OnnxModel(
        session=session,
        features=features,
        classes=classes,
        named=bool(stated),
        asked=(labels, rest[0].name),
        trees=ensemble(stored) if single else None,
        single=single,
    )


def _features(
    session: onnxruntime.InferenceSession, named: Sequence[str]
) -> tuple[tuple[str, ...], bool]:
    """The columns, and whether one matrix holds them all."""
    inputs = session.get_inputs()
    widths = [_width(each) for each in inputs]
    kinds_fit = all(each.type in {*NUMBERS, TEXTS} for each in inputs)
    if kinds_fit and len(inputs) > 1 and set(widths) <= {0, 1}:
        return tuple(each.name for each in inputs), False
    if not kinds_fit or len(inputs) != 1 or inputs[0].type == TEXTS:
        raise DataRefused(BAD_INPUTS, inputs=_told(inputs))
    return given_names(widths[0] or len(named), named), True


def _width(port: Any) -> int:
    """How many columns an input or output has; 0 where it does not say."""
    shape = port.shape or []
    last = shape[-1] if len(shape) > 1 else 0
    return last if isinstance(last, int) else 0


def _told(ports: Sequence[Any]) -> str:
    return ", ".join(f"{each.name}: {each.type} {each.shape}" for each in ports)[:300]


def _classes(stored: onnx.ModelProto) -> tuple[str, ...]:
    """The class names that the graph's classifier or its mapping to names states."""
    for node in stored.graph.node:
        for attribute in node.attribute:
            if attribute.name in {"classlabels_strings", "classlabels_int64s", "classlabels_ints"}:
                found = onnx.helper.get_attribute_value(attribute)
                if found:
                    return tuple(map(_text, found))
    return ()


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _column(table: pa.Table, port: Any) -> Any:
    """One column as the input expects it: a tall matrix, or a plain row where it has one axis."""
    if port.type == TEXTS:
        texts = as_text(table.column(port.name)).to_pylist()
        cells: Any = np.array(["" if each is None else each for each in texts], dtype=object)
    else:
        cells = matrix(table.select([port.name]), [port.name], {})[:, 0].astype(NUMBERS[port.type])
    return cells if len(port.shape or [1, 1]) == 1 else cells.reshape(-1, 1)
