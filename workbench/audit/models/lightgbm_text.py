"""LightGBM models saved as text: trees as plain numbers, nothing that runs."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import lightgbm
import numpy as np
import pyarrow as pa

from workbench.audit.arrays import Places, Reals
from workbench.audit.models.features import Categories, given_names, matrix, text_of
from workbench.audit.models.model import DAMAGED_MODEL, OTHER_KIND, Inside, Scale, Trees, places
from workbench.audit.words.ways import TRAINED
from workbench.basics.errors import DataRefused

START = b"tree\n"
# How the objective turns the raw score: into log-odds, into scores of several classes, not at all
# (the number itself), or in another way ("score"). What is missing here cannot be judged.
SCALES: dict[str, Scale] = {
    "binary": "log-odds",
    "multiclass": "score",
    "multiclassova": "log-odds",
    "cross_entropy": "score",
    "poisson": "score",
    "gamma": "score",
    "tweedie": "score",
    **dict.fromkeys(
        ("regression", "regression_l1", "huber", "fair", "quantile", "mape"), "prediction"
    ),
}
OBJECTIVE = re.compile(rb"^objective=(\S.*)$", re.MULTILINE)
# A random forest predicts the mean of its trees, but LightGBM's raw scores are their sum.
AVERAGED = re.compile(rb"^average_output\s*$", re.MULTILINE)
LINEAR = re.compile(rb"^is_linear=1\s*$", re.MULTILINE)
SIZES = re.compile(rb"^tree_sizes=([\d ]*)$", re.MULTILINE)
CLASSIFYING = ("binary", "multiclass", "multiclassova")


@dataclass(frozen=True)
class LightgbmModel:
    """A LightGBM booster; categorical columns are coded as in training.

    ``averaged`` is how many trees a raw score must be divided by; 1 where trees are added up.
    ``linear`` trees have an equation in each leaf, which no library takes apart.
    """

    booster: lightgbm.Booster
    features: tuple[str, ...]
    categories: Categories
    classes: tuple[str, ...]
    scale: Scale
    averaged: int = 1
    linear: bool = False
    kind: str = "LightGBM (text)"
    named: bool = False

    def matrix(self, table: pa.Table) -> Reals:
        """The table's feature columns as the numbers the booster was trained on."""
        return matrix(table, self.features, self.categories)

    def output(self, table: pa.Table) -> Reals:
        """Probabilities per class, or the predicted number."""
        found: Reals = np.asarray(self.booster.predict(self.matrix(table)), dtype=float)
        if len(self.classes) == 2 and found.ndim == 1:
            return np.column_stack([1 - found, found])
        return found.reshape(table.num_rows, -1)

    def choice(self, table: pa.Table) -> Places:
        """The likeliest class, per row."""
        likeliest: Places = self.output(table).argmax(axis=1)
        return likeliest

    def inside(self, place: int, background: pa.Table) -> Inside:  # noqa: ARG002 — its trees count
        """Trees on the raw score; of linear trees only the score."""
        single = self.booster.num_model_per_iteration() == 1
        output = 0 if single else place
        sign = -1 if single and self.classes and place == 0 else 1
        score = partial(self._raw, output=output, sign=sign)
        if self.linear:
            return Inside(score, self.scale)
        return Trees(
            score=score,
            scale=self.scale,
            source=self.booster,
            output=output,
            sign=sign,
            counted=TRAINED,
            native=partial(self._native, output=output),
            native_name="LightGBM pred_contrib",
            stacked=self.booster.num_model_per_iteration(),
        )

    def _raw(self, table: pa.Table, output: int, sign: int) -> Reals:
        raw = np.asarray(self.booster.predict(self.matrix(table), raw_score=True), dtype=float)
        scores: Reals = sign * raw.reshape(table.num_rows, -1)[:, output] / self.averaged
        return scores

    def _native(self, cells: Reals, output: int) -> Reals:
        found = np.asarray(self.booster.predict(cells, pred_contrib=True), dtype=float)
        values: Reals = found.reshape(len(cells), -1, cells.shape[1] + 1)[:, output] / self.averaged
        return values


def load(data: bytes, named: Sequence[str]) -> LightgbmModel:
    """The booster in the text. Raises DataRefused."""
    if not _is_whole(data):
        raise DataRefused(DAMAGED_MODEL)
    try:
        booster = lightgbm.Booster(model_str=data.decode("utf-8"))
    except (UnicodeDecodeError, lightgbm.basic.LightGBMError, json.JSONDecodeError) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    stated = OBJECTIVE.search(data)
    objective, *settings = stated[1].decode().split() if stated else [""]
    if objective not in SCALES:
        raise DataRefused(OTHER_KIND, kind=f"LightGBM, objective {objective or '?'}")
    features = tuple(booster.feature_name())
    if features == tuple(f"Column_{place}" for place in range(len(features))):
        features = given_names(len(features), named)
    stretched = any(each.startswith("sigmoid:") and each != "sigmoid:1" for each in settings)
    is_own = stretched or "sqrt" in settings
    count = max(2, booster.num_model_per_iteration()) if objective in CLASSIFYING else 0
    return LightgbmModel(
        booster,
        features,
        _categories(booster, features),
        places(count),
        "score" if is_own else SCALES[objective],
        averaged=booster.current_iteration() if AVERAGED.search(data) else 1,
        linear=LINEAR.search(data) is not None,
    )


def _is_whole(data: bytes) -> bool:
    """Whether the trees are as long as the head of the text says; if not, LightGBM would crash."""
    said = SIZES.search(data)
    begun, ended = data.find(b"\nTree=0\n"), data.find(b"\nend of trees\n")
    if said is None or begun < 0 or ended < 0:
        return False
    return sum(map(int, said[1].split())) == ended - begun


def _categories(booster: lightgbm.Booster, features: tuple[str, ...]) -> Categories:
    stored = booster.pandas_categorical or []
    coded = booster.params.get("categorical_feature") or []
    return {
        features[place]: tuple(text_of(each) for each in values)
        for place, values in zip(sorted(coded), stored, strict=False)
    }
