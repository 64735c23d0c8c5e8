"""ONNX files for tests, as the converters of scikit-learn, LightGBM and XGBoost write them."""

import warnings
from typing import Any

from onnxmltools import convert_lightgbm, convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as Matrix
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType

CONVERTERS = {"lightgbm": convert_lightgbm, "xgboost": convert_xgboost}


def from_sklearn(estimator: Any, width: int, *, zipmap: bool = False) -> bytes:
    """A graph with one matrix of ``width`` numbers as input."""
    options = {"zipmap": zipmap} if hasattr(estimator, "classes_") else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the converter's own
        made = convert_sklearn(
            estimator, initial_types=[("X", FloatTensorType([None, width]))], options=options
        )
    return bytes(made.SerializeToString())


def by_column(estimator: Any, numbers: list[str], texts: list[str]) -> bytes:
    """A graph with one input per column."""
    kinds = [(name, FloatTensorType([None, 1])) for name in numbers]
    kinds += [(name, StringTensorType([None, 1])) for name in texts]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = convert_sklearn(estimator, initial_types=kinds, options={"zipmap": False})
    return bytes(made.SerializeToString())


def from_boosting(library: str, estimator: Any, width: int) -> bytes:
    """A graph of a LightGBM or XGBoost model with one matrix as input."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = CONVERTERS[library](estimator, initial_types=[("X", Matrix([None, width]))])
    return bytes(made.SerializeToString())
