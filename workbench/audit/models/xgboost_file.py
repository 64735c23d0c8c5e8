"""XGBoost models saved as JSON or UBJSON: trees as plain numbers, nothing that runs."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import xgboost

from workbench.audit.arrays import Places, Reals
from workbench.audit.models import ubjson, xgboost_trees
from workbench.audit.models.features import Categories, given_names, matrix, text_of
from workbench.audit.models.model import (
    DAMAGED_MODEL,
    OTHER_KIND,
    TOO_DEEP_MODEL,
    Scale,
    Trees,
    places,
)
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

NO_CATEGORY_NAMES = later(
    "This XGBoost model has columns with categories but does not hold their names, because an "
    "older version made it. Train it with XGBoost 3.1 or newer, or turn the categories into "
    "numbers."
)

# How the objective turns the margin: see ``lightgbm_text.SCALES``.
SCALES: dict[str, Scale] = {
    "binary:logistic": "log-odds",
    "binary:logitraw": "log-odds",
    "multi:softprob": "score",
    "multi:softmax": "score",
    "reg:logistic": "score",
    "reg:gamma": "score",
    "reg:tweedie": "score",
    "count:poisson": "score",
    **dict.fromkeys(
        (
            "reg:squarederror",
            "reg:squaredlogerror",
            "reg:pseudohubererror",
            "reg:absoluteerror",
            "reg:quantileerror",
        ),
        "prediction",
    ),
}
COUNTED = "the training rows weighed in the model’s trees (sums of second derivatives)"
# A real model nests about eight deep.
MOST_DEPTH = 64
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
START = re.compile(rb'\s*\{\s*"learner"|\s*\{\s*"version"|\{[iUIlL]\x00*(\x07learner|\x07version)')


@dataclass(frozen=True)
class XgboostModel:
    """An XGBoost booster; categorical columns are coded as in training."""

    booster: xgboost.Booster
    features: tuple[str, ...]
    categories: Categories
    classes: tuple[str, ...]
    scale: Scale
    kind: str
    named: bool = False

    def matrix(self, table: pa.Table) -> Reals:
        """The table's feature columns as the numbers the booster was trained on."""
        return matrix(table, self.features, self.categories)

    def output(self, table: pa.Table) -> Reals:
        """Probabilities per class, or the predicted number."""
        raw = self._margins(self.matrix(table))
        if not self.classes:
            found = self.booster.predict(self._fed(self.matrix(table)), iteration_range=self._used)
            return np.asarray(found, dtype=float).reshape(table.num_rows, -1)
        if raw.shape[1] == 1:
            raw = np.column_stack([np.zeros(len(raw)), raw[:, 0]])
        powers = np.exp(raw - raw.max(axis=1, keepdims=True))
        shares: Reals = powers / powers.sum(axis=1, keepdims=True)
        return shares

    def choice(self, table: pa.Table) -> Places:
        """The likeliest class, per row."""
        likeliest: Places = self.output(table).argmax(axis=1)
        return likeliest

    def inside(self, place: int, background: pa.Table) -> Trees:  # noqa: ARG002 — its trees count
        """Trees on the margin."""
        single = len(self.classes) <= 2
        output = 0 if single else place
        sign = -1 if self.classes and single and place == 0 else 1
        return Trees(
            score=lambda table: sign * self._margins(self.matrix(table))[:, output],
            scale=self.scale,
            source=self.booster,
            output=output,
            sign=sign,
            counted=COUNTED,
            native=partial(self._native, output=output),
            native_name="XGBoost pred_contribs",
        )

    @property
    def _used(self) -> tuple[int, int]:
        """The rounds that count, where training was stopped early; (0, 0) means all."""
        best = self.booster.attr("best_iteration")
        return (0, int(best) + 1) if best else (0, 0)

    def _fed(self, cells: Reals) -> xgboost.DMatrix:
        types = self.booster.feature_types
        known = self.booster.feature_names
        return xgboost.DMatrix(
            cells, feature_names=known, feature_types=types, enable_categorical=True
        )

    def _margins(self, cells: Reals) -> Reals:
        found = self.booster.predict(
            self._fed(cells), output_margin=True, iteration_range=self._used
        )
        return np.asarray(found, dtype=float).reshape(len(cells), -1)

    def _native(self, cells: Reals, output: int) -> Reals:
        found = self.booster.predict(
            self._fed(cells), pred_contribs=True, iteration_range=self._used
        )
        values: Reals = np.asarray(found, dtype=float).reshape(len(cells), -1, cells.shape[1] + 1)
        return values[:, output]


def load(data: bytes, named: Sequence[str]) -> XgboostModel:
    """The booster in the file. Raises DataRefused."""
    binary = data[1:2] in ubjson.WHOLE
    deep = ubjson.depth(data, MOST_DEPTH) if binary else _depth(data)
    if deep > MOST_DEPTH:
        raise DataRefused(TOO_DEEP_MODEL)
    xgboost_trees.check(ubjson.content(data) if binary else _content(data))
    booster = xgboost.Booster()
    try:
        booster.load_model(bytearray(data))
        settings = json.loads(booster.save_config())["learner"]
    except (xgboost.core.XGBoostError, ValueError, KeyError) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    objective = settings["objective"]["name"]
    targets = int(settings["learner_model_param"].get("num_target", "1"))
    if objective not in SCALES or targets > 1:
        raise DataRefused(OTHER_KIND, kind=f"XGBoost, {objective}")
    several = int(settings["learner_model_param"]["num_class"])
    classes = places(several or 2) if objective.startswith(("binary", "multi")) else ()
    features = tuple(booster.feature_names or given_names(booster.num_features(), named))
    return XgboostModel(
        booster,
        features,
        _categories(booster, features),
        classes,
        SCALES[objective],
        f"XGBoost ({'UBJSON' if binary else 'JSON'})",
    )


def _categories(booster: xgboost.Booster, features: Sequence[str]) -> Categories:
    coded = [name for name, kind in zip(features, booster.feature_types or (), strict=False)
             if kind == "c"]  # fmt: skip
    if not coded:
        return {}
    stored = booster.get_categories(export_to_arrow=True)
    known = {name: values for name, values in stored.to_arrow() if values is not None}
    if not set(coded) <= set(known):
        raise DataRefused(NO_CATEGORY_NAMES)
    return {name: tuple(text_of(each) for each in known[name].to_pylist()) for name in coded}


def _content(data: bytes) -> Any:
    """The JSON text as plain objects."""
    try:
        return json.loads(data, object_pairs_hook=_once)
    except ValueError as error:
        raise DataRefused(DAMAGED_MODEL) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands there twice could mean either value."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DataRefused(DAMAGED_MODEL)
    return found


def _depth(data: bytes) -> int:
    """The deepest nesting of a JSON text, whatever stands inside its strings."""
    marks = np.frombuffer(STRING.sub(b"", data), dtype=np.uint8)
    opened = np.isin(marks, [ord("{"), ord("[")]).astype(np.int8)
    closed = np.isin(marks, [ord("}"), ord("]")]).astype(np.int8)
    return int(np.cumsum(opened - closed, dtype=np.int64).max(initial=0))
