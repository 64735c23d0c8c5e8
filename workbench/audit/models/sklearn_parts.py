"""Which scikit-learn estimators are trees or linear sums inside, and in which unit they score."""

from typing import Any, Literal

import numpy as np
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import (
    BayesianRidge,
    ElasticNet,
    ElasticNetCV,
    HuberRegressor,
    Lasso,
    LassoCV,
    LinearRegression,
    LogisticRegression,
    LogisticRegressionCV,
    QuantileRegressor,
    Ridge,
    RidgeCV,
)
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from workbench.audit.models.model import Scale
from workbench.audit.words.ways import TRAINED

COUNTED = TRAINED
SHARES = (DecisionTreeClassifier, ExtraTreesClassifier, RandomForestClassifier)
NUMBERS = (DecisionTreeRegressor, ExtraTreesRegressor, RandomForestRegressor)
SUMS = (
    BayesianRidge,
    ElasticNet,
    ElasticNetCV,
    HuberRegressor,
    Lasso,
    LassoCV,
    LinearRegression,
    QuantileRegressor,
    Ridge,
    RidgeCV,
)
LOGISTIC = (LogisticRegression, LogisticRegressionCV)
BOOSTED = (GradientBoostingClassifier, HistGradientBoostingClassifier)
# With these losses, the sum of the trees is the predicted number itself.
PLAIN_LOSSES = ("squared_error", "absolute_error", "huber", "quantile")

How = Literal["trees", "sum", "asked"]


def parts(estimator: Any) -> tuple[How, Scale]:
    """What the estimator is inside, and the unit of the score that its parts add up to.

    "asked" means that its score is known only by asking for it. Scores in "log-odds" and "score"
    come from ``decision_function``, the others from ``predict_proba`` or ``predict``.
    """
    if isinstance(estimator, Pipeline):
        return "asked", parts(estimator[-1])[1]
    if isinstance(estimator, (*BOOSTED, *LOGISTIC)):
        plain = (
            len(estimator.classes_) == 2 and getattr(estimator, "loss", "log_loss") == "log_loss"
        )
        return _how(estimator), "log-odds" if plain else "score"
    return _how(estimator), "probability" if hasattr(estimator, "classes_") else "prediction"


def _how(estimator: Any) -> How:
    if isinstance(estimator, (*LOGISTIC, *SUMS)):
        return "sum"
    if isinstance(estimator, (*SHARES, *NUMBERS)):
        return "trees"
    return "trees" if _readable(estimator) else "asked"


def _readable(estimator: Any) -> bool:
    """Whether TreeExplainer knows the trees of this boosting, and they add up to the score."""
    if isinstance(estimator, GradientBoostingClassifier):
        return estimator.estimators_.shape[1] == 1 and isinstance(estimator.init_, DummyClassifier)
    if isinstance(estimator, GradientBoostingRegressor):
        return estimator.loss in PLAIN_LOSSES and isinstance(estimator.init_, DummyRegressor)
    # It does not know splits by category.
    coded = getattr(estimator, "is_categorical_", None)
    if coded is not None and np.any(coded):
        return False
    if isinstance(estimator, HistGradientBoostingRegressor):
        return estimator.loss in PLAIN_LOSSES
    return isinstance(estimator, HistGradientBoostingClassifier)
