"""scikit-learn models saved with skops: only parts on a fixed list are ever built."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import numpy as np
import pyarrow as pa
import skops.io
from skops.io.exceptions import UntrustedTypesFoundException

from workbench.audit.arrays import Places, Reals
from workbench.audit.models.features import does_not_read, frame, given_names, matrix, text_of
from workbench.audit.models.model import DAMAGED_MODEL, OTHER_KIND, Inside, Linear, Trees
from workbench.audit.models.sklearn_parts import COUNTED, parts
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

FOREIGN_TYPES = later(
    "The model holds parts that the workbench does not load ({types}). Save it with standard parts "
    "of scikit-learn only, or as ONNX; LightGBM as text, XGBoost as JSON."
)
UNSAFE_ARCHIVE = later(
    "This model file is packed in an unusual way (very many or very strongly compressed parts), so "
    "it is not opened. Save it again with skops."
)
NO_PROBABILITIES = later(
    "This model ({kind}) gives no probabilities, so its decisions cannot be explained. Train it "
    "with probabilities, or wrap it in CalibratedClassifierCV."
)
MARGINS = ("log-odds", "score")
MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED = 10_000, 100, 500_000_000
# Fixed here and never taken from a file: harmless building blocks that skops does not trust
# by itself. What a file asks for beyond these is refused.
TRUSTED = (
    "numpy.dtype",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    "sklearn.tree._tree.Tree",
)


@dataclass(frozen=True)
class SklearnModel:
    """A scikit-learn classifier, regressor or pipeline."""

    estimator: Any
    features: tuple[str, ...]
    classes: tuple[str, ...]
    kind: str
    named: bool = True

    def matrix(self, table: pa.Table) -> Reals:
        """The features as numbers; only for models that read numbers."""
        return matrix(table, self.features, {})

    def output(self, table: pa.Table) -> Reals:
        """Probabilities per class, or the predicted number."""
        asked = "predict_proba" if self.classes else "predict"
        return np.asarray(self.ask(asked, table), dtype=float).reshape(table.num_rows, -1)

    def choice(self, table: pa.Table) -> Places:
        """The class that ``predict`` gives, per row."""
        if not self.classes:
            return np.zeros(table.num_rows, dtype=np.intp)
        chosen = self.ask("predict", table)
        found: Places = np.searchsorted(self.estimator.classes_, chosen)
        return found

    def inside(self, place: int, background: pa.Table) -> Inside:  # noqa: ARG002 — trees count
        """Trees, a linear sum, or something that can only be asked."""
        how, scale = parts(self.estimator)
        on_margin = scale in MARGINS
        score = partial(self._margin if on_margin else self._share, place=place)
        single = on_margin and len(self.classes) == 2
        sign = -1 if single and place == 0 else 1
        output = 0 if single else place
        if how == "trees":
            return Trees(score, scale, self.estimator, output, sign, COUNTED)
        if how == "sum":
            slopes = np.atleast_2d(self.estimator.coef_)[output]
            start = np.atleast_1d(self.estimator.intercept_)[output]
            return Linear(score, scale, sign * np.asarray(slopes, float), sign * float(start))
        return Inside(score, scale)

    def ask(self, method: str, table: pa.Table) -> Any:
        """What a method of the estimator gives for the rows. Raises DataRefused."""
        fed: Any = frame(table, self.features)
        if not hasattr(self.estimator, "feature_names_in_"):
            fed = fed.to_numpy()
        try:
            return getattr(self.estimator, method)(fed)
        except (ValueError, TypeError, KeyError) as error:
            raise does_not_read(error) from error

    def _share(self, table: pa.Table, place: int) -> Reals:
        return self.output(table)[:, place]

    def _margin(self, table: pa.Table, place: int) -> Reals:
        found = np.asarray(self.ask("decision_function", table), dtype=float)
        if found.ndim > 1:
            return found[:, place]
        return found if place else -found


def load(data: bytes, named: Sequence[str]) -> SklearnModel:
    """The estimator in the archive. Raises DataRefused."""
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
    return _behind_the_face(estimator, named)


def _behind_the_face(estimator: Any, named: Sequence[str]) -> SklearnModel:
    kind = type(estimator).__name__
    classes = getattr(estimator, "classes_", None)
    if classes is not None and not hasattr(estimator, "predict_proba"):
        raise DataRefused(NO_PROBABILITIES, kind=kind)
    several = classes is not None and (isinstance(classes, list) or len(classes) < 2)
    if several or not hasattr(estimator, "predict") or _outputs(estimator) > 1:
        raise DataRefused(OTHER_KIND, kind=f"scikit-learn {kind}")
    names = getattr(estimator, "feature_names_in_", None)
    features = tuple(map(str, names)) if names is not None else ()
    if not features:
        features = given_names(int(getattr(estimator, "n_features_in_", 0)), named)
    texts = tuple(text_of(each) for each in classes) if classes is not None else ()
    return SklearnModel(estimator, features, texts, f"scikit-learn {kind} (skops)")


def _outputs(estimator: Any) -> int:
    return int(getattr(estimator, "n_outputs_", 1))


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
