"""ONNX models: a graph of standard operations, checked before the runtime sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
import pyarrow as pa
from google.protobuf.message import DecodeError  # type: ignore[import-untyped] # ships no types

from workbench.audit.arrays import Places, Reals
from workbench.audit.models.features import does_not_read, matrix
from workbench.audit.models.model import DAMAGED_MODEL, Inside, Scale, places
from workbench.audit.models.onnx_inputs import TEXTS, fed, read_columns, told, width
from workbench.audit.models.onnx_quietly import onnxruntime, state
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
NO_PROBABILITY_OUTPUT = later(
    "This ONNX model has no output that could be read as probabilities per class or as one number "
    "per row ({outputs}). Export it again with such an output."
)

OTHER_ROWS = later(
    "The ONNX model does not give one result per row (results: {found}, rows: {rows}). Export it "
    "again so that it does."
)
OTHER_WIDTH = later(
    "The ONNX model gave {found} numbers per row, but it names {classes} classes. Export it again "
    "with one probability per class, or with one number per row."
)

STANDARD = frozenset({"", "ai.onnx", "ai.onnx.ml"})
EXTERNAL = onnx.TensorProto.EXTERNAL
THREADS = 2
FATAL = 4
# The runtime's own exceptions share no parent but Exception.
RUN_ERRORS = (
    RuntimeError,
    ValueError,
    TypeError,
    state.EPFail,
    state.EngineError,
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.NotFound,
    state.NotImplemented,
    state.RuntimeException,
)


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
        shares = np.asarray(found, dtype=float).reshape(len(found), -1)
        if len(self.classes) == 2 and shares.shape[1] == 1:
            return np.column_stack([1 - shares, shares])
        if shares.shape[1] != max(1, len(self.classes)):
            raise DataRefused(OTHER_WIDTH, classes=len(self.classes), found=shares.shape[1])
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
        inputs = fed(table, self.features, self.session.get_inputs(), single=self.single)
        try:
            found = self.session.run([output], inputs)[0]
        except RUN_ERRORS as error:
            raise does_not_read(error) from error
        if len(found) != table.num_rows:
            raise DataRefused(OTHER_ROWS, rows=table.num_rows, found=len(found))
        return found


def load(data: bytes, named: Sequence[str]) -> OnnxModel:
    """The model in the file. Raises DataRefused."""
    try:
        stored = onnx.load_model_from_string(data)
    except (DecodeError, ValueError) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    check(stored)
    onnxruntime.set_default_logger_severity(FATAL)
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = FATAL
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
    features, single = read_columns(session.get_inputs(), named)
    outputs = session.get_outputs()
    labels = next((each.name for each in outputs if "int64" in each.type or each.type == TEXTS), "")
    rest = [each for each in outputs if "float" in each.type or "double" in each.type]
    if len(rest) != 1:
        raise DataRefused(NO_PROBABILITY_OUTPUT, outputs=told(outputs))
    stated = _classes(stored)
    wide = width(rest[0])
    classes = stated or (places(max(2, wide)) if labels or wide > 1 else ())
    return OnnxModel(
        session=session,
        features=features,
        classes=classes,
        named=bool(stated),
        asked=(labels, rest[0].name),
        trees=ensemble(stored) if single else None,
        single=single,
    )


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
