"""How well columns give a protected attribute away: the area under the ROC curve, cross-validated.

A model that never sees an attribute can still treat its groups differently through columns that
tell the group. Small boosted trees predict the group from each column, and from all together, on
rows that they were not trained on.
"""

from collections.abc import Iterator, Mapping, Sequence

import lightgbm
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sklearn.model_selection import StratifiedKFold

from workbench.audit.arrays import Places, Reals
from workbench.audit.explanation.curve import area, interval
from workbench.audit.intake.sample import Sample
from workbench.audit.intake.values import as_text, kind_of
from workbench.audit.parts_explanation import Proxy
from workbench.audit.plan import AuditPlan

FOLDS, TREES = 5, 20
# The models of all folds learn from nearly the same rows, so their areas vary together: Nadeau and
# Bengio 2003, https://doi.org/10.1023/A:1024068626366, add test rows / training rows to 1 / folds.
SHARED_TRAINING = 1 + FOLDS / (FOLDS - 1)
# The same numbers on every machine: one thread, rows in one order.
SETTINGS = {
    "num_leaves": 8,
    "learning_rate": 0.2,
    "min_data_in_leaf": 20,
    "min_data_per_group": 20,
    "max_bin": 63,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}

Fold = tuple[Places, Places]


def found(drawn: Sample, plan: AuditPlan) -> dict[str, tuple[Proxy, ...]]:
    """Per attribute, each column of the drawn rows as a predictor of it, and all together last.

    The attribute itself is left out. Groups with fewer than ``assess_minimum`` rows in the sample
    count only as the rest; an attribute with fewer than two larger groups gets no proxies. Every
    row counts once, whatever its weight. The same for any order of the table's rows.
    """
    columns = drawn.rows.column_names
    coded = {name: _coded(drawn.rows.column(name)) for name in columns}
    return {
        attribute: tuple(_proxies(drawn.groups[attribute], attribute, coded, plan))
        for attribute in plan.attributes
    }


def _proxies(
    names: npt.NDArray[np.object_],
    attribute: str,
    coded: Mapping[str, tuple[Reals, bool]],
    plan: AuditPlan,
) -> Iterator[Proxy]:
    _, codes = np.unique(names.astype(str), return_inverse=True)
    sizes = np.bincount(codes)
    judged = np.flatnonzero(sizes >= plan.thresholds.assess_minimum)
    left = [name for name in coded if name != attribute]
    if len(judged) < 2 or not left:
        return
    # The smallest groups may not be in every fold; together they are the rest.
    classes = np.where(np.isin(codes, judged), np.searchsorted(judged, codes), len(judged))
    folds = list(
        StratifiedKFold(FOLDS, shuffle=True, random_state=plan.seed).split(classes, classes)
    )
    singles = [(name,) for name in left]
    for features in [*singles, *([tuple(left)] if len(left) > 1 else [])]:
        yield _proxy(features, coded, classes, len(judged), folds, plan.seed)


def _proxy(
    features: tuple[str, ...],
    coded: Mapping[str, tuple[Reals, bool]],
    classes: Places,
    judged: int,
    folds: Sequence[Fold],
    seed: int,
) -> Proxy:
    cells = np.column_stack([coded[name][0] for name in features])
    texts = [place for place, name in enumerate(features) if coded[name][1]]
    areas, variance = [], 0.0
    for train, test in folds:
        shares = _predicted(cells, classes, train, test, texts, seed)
        value, influence = _mean_area(shares, classes[test], judged)
        areas.append(value)
        variance += float(np.sum(influence**2)) / len(folds) ** 2
    mean = float(np.mean(areas))
    low, high = interval(mean, variance * SHARED_TRAINING)
    return Proxy(features=features, area=mean, low=low, high=high, n=len(classes))


def _predicted(
    cells: Reals, classes: Places, train: Places, test: Places, texts: list[int], seed: int
) -> Reals:
    """For the test rows, the predicted share of each class (row, class)."""
    count = int(classes.max()) + 1
    several = {"objective": "multiclass", "num_class": count}
    task = several if count > 2 else {"objective": "binary"}
    data = lightgbm.Dataset(cells[train], classes[train], categorical_feature=texts)
    booster = lightgbm.train({**SETTINGS, **task, "seed": seed % 2**31}, data, TREES)
    shares = np.asarray(booster.predict(cells[test]), dtype=float)
    return shares if shares.ndim > 1 else np.column_stack([1 - shares, shares])


def _mean_area(shares: Reals, classes: Places, judged: int) -> tuple[float, Reals]:
    """The mean area over groups against the rest; of two groups both areas are the same."""
    alone = range(1) if judged == 2 and classes.max() < 2 else range(judged)
    areas, influences = zip(
        *(area(shares[:, group], classes == group) for group in alone), strict=True
    )
    return float(np.mean(areas)), np.mean(influences, axis=0)


def _coded(column: pa.ChunkedArray) -> tuple[Reals, bool]:
    """The column as numbers, missing ones as "not a number"; whether they number texts."""
    kind = kind_of(column)
    if kind == "number":
        return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=float), False
    places = as_text(column).combine_chunks()
    known = pa.array(sorted(value for value in places.unique().to_pylist() if value is not None))
    codes = pa.compute.index_in(places, value_set=known.cast(pa.string())).cast(pa.float64())
    return np.asarray(codes.to_numpy(zero_copy_only=False), dtype=float), True
