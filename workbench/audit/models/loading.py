"""Loads a model in a format that cannot run foreign code, and puts it behind one small face."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import skops.io
from skops.io.exceptions import UntrustedTypesFoundException

from workbench.audit.intake import content
from workbench.audit.models.features import Categories, frame, matrix, text_of
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

PICKLED_MODEL = later(
    "This model is a Python pickle or joblib file, whatever its name says. Opening one would run "
    "foreign code, so the workbench never does. Whoever trained it can save it again in two "
    'lines:\nimport skops.io\nskops.io.dump(model, "model.skops")'
)
UNKNOWN_MODEL = later(
    "This is no model file that the workbench reads. Send a LightGBM model saved as text "
    "(“booster.save_model('model.txt')”) or a scikit-learn model saved with skops."
)
DAMAGED_MODEL = later("This model file is damaged. Export it again and send it once more.")
FOREIGN_TYPES = later(
    "The model holds parts that the workbench does not load ({types}). Save it with standard parts "
    "of scikit-learn only, or as a LightGBM text model."
)
UNSAFE_ARCHIVE = later(
    "This model file is packed in an unusual way (very many or very strongly compressed parts), so "
    "it is not opened. Save it again with skops."
)
NOT_BINARY = later(
    "This model does not choose between exactly two outcomes ({kind}). Send the classifier that "
    "makes the audited predictions."
)
NO_NAMES = later(
    "The model does not know the names of its {count} columns. Name them in the plan as columns "
    "that only the model uses, in the order of training; {given} are named now."
)

ZIP, LIGHTGBM = b"PK\x03\x04", b"tree\n"
MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED = 10_000, 100, 500_000_000
# Fixed here and never taken from a file: harmless building blocks that skops does not trust
# by itself. What a file asks for beyond these is refused.
TRUSTED = (
    "numpy.dtype",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    "sklearn.tree._tree.Tree",
)

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class LightgbmModel:
    """A LightGBM booster; categorical columns are coded as in training."""

    booster: lightgbm.Booster
    features: tuple[str, ...]
    categories: Categories
    kind: str = "LightGBM (text)"

    def matrix(self, table: pa.Table) -> Reals:
        """The table's feature columns as the numbers the booster was trained on."""
        return matrix(table, self.features, self.categories)

    def says_yes(self, table: pa.Table, positive: str) -> tuple[Flags, bool]:  # noqa: ARG002
        """Whether the model says 1, per row; it does not know which outcome that means."""
        scores = np.asarray(self.booster.predict(self.matrix(table), raw_score=True))
        return scores > 0, False


@dataclass(frozen=True)
class SklearnModel:
    """A scikit-learn classifier or pipeline."""

    estimator: Any
    features: tuple[str, ...]
    kind: str

    def probability(self, table: pa.Table) -> Reals:
        """The model's probability of its second class, per row."""
        shares: Reals = self.estimator.predict_proba(frame(table, self.features))[:, 1]
        return shares

    def says_yes(self, table: pa.Table, positive: str) -> tuple[Flags, bool]:
        """Whether the model chooses the favourable outcome, and whether it knows that value.

        A model that does not know the value ``positive`` is asked for its second class.
        """
        classes = [text_of(each) for each in self.estimator.classes_]
        known = positive in classes
        wanted = self.estimator.classes_[classes.index(positive) if known else 1]
        return self.estimator.predict(frame(table, self.features)) == wanted, known


Model = LightgbmModel | SklearnModel


def load(path: Path, named: Sequence[str]) -> Model:
    """The model in the file; ``named`` are its columns, should it not know them itself.

    What the file is shows in its first bytes. Raises DataRefused; a damaged file may also crash
    the process, so this is done in a jailed one.
    """
    data = path.read_bytes()
    if data.startswith(LIGHTGBM):
        return _lightgbm(data, named)
    if data.startswith(ZIP) and b"schema.json" in data:
        return _skops(data, named)
    pickled = content.is_pickle(data[: content.HEAD_BYTES])
    raise DataRefused(PICKLED_MODEL if pickled else UNKNOWN_MODEL)


def _lightgbm(data: bytes, named: Sequence[str]) -> LightgbmModel:
    try:
        booster = lightgbm.Booster(model_str=data.decode("utf-8"))
    except (UnicodeDecodeError, lightgbm.basic.LightGBMError, json.JSONDecodeError) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    objective = str(booster.params.get("objective", ""))
    if not objective.startswith("binary"):
        raise DataRefused(NOT_BINARY, kind=f"LightGBM, objective {objective or '?'}")
    features = tuple(booster.feature_name())
    if features == tuple(f"Column_{place}" for place in range(len(features))):
        features = _named(len(features), named)
    places = booster.params.get("categorical_feature") or []
    stored = booster.pandas_categorical or []
    categories = {
        features[place]: tuple(text_of(each) for each in values)
        for place, values in zip(sorted(places), stored, strict=False)
    }
    return LightgbmModel(booster, features, categories)


def _skops(data: bytes, named: Sequence[str]) -> SklearnModel:
    _check_archive(data)
    try:
        foreign = sorted(set(skops.io.get_untrusted_types(data=data)) - set(TRUSTED))
        if foreign:
            raise DataRefused(FOREIGN_TYPES, types=", ".join(foreign[:5]))
        estimator = skops.io.loads(data, trusted=list(TRUSTED))
    except UntrustedTypesFoundException as error:
        raise DataRefused(FOREIGN_TYPES, types=str(error)[:200]) from error
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    kind = type(estimator).__name__
    if not hasattr(estimator, "predict_proba") or len(getattr(estimator, "classes_", ())) != 2:
        raise DataRefused(NOT_BINARY, kind=kind)
    names = getattr(estimator, "feature_names_in_", None)
    features = tuple(map(str, names)) if names is not None else ()
    if not features:
        features = _named(int(getattr(estimator, "n_features_in_", 0)), named)
    return SklearnModel(estimator, features, f"scikit-learn {kind} (skops)")


def _named(count: int, named: Sequence[str]) -> tuple[str, ...]:
    if len(named) != count:
        raise DataRefused(NO_NAMES, count=count, given=len(named))
    return tuple(named)


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise DataRefused(DAMAGED_MODEL) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    names = [member.filename for member in members]
    if (
        len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or unpacked / packed > MOST_RATIO
        or any(name.startswith("/") or ".." in name for name in names)
    ):
        raise DataRefused(UNSAFE_ARCHIVE)
