"""The frozen parts of an explanation: what drives a model, and what gives an attribute away."""

import operator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workbench.audit.parts import Added, Frozen


class Proxy(Frozen):
    """How well a column predicts an attribute: the area under the ROC curve, cross-validated.

    0.5 means not at all, 1 gives the attribute away; for more than two groups the mean over each
    group against the rest. ``features`` are the columns used, all together in the last entry.
    """

    features: tuple[str, ...]
    area: float
    low: float
    high: float
    n: int


class Agreement(Frozen):
    """For which share of the ``n`` rows the model repeats the given predictions.

    For regression and scores: within ``tolerance`` of the given number.
    """

    share: float
    n: int
    reversed: bool
    tolerance: float | None = None


class Effect(Frozen):
    """A feature's contribution to the model's score, on average and in size."""

    mean: float
    mean_absolute: float


class Decomposition(Frozen):
    """The score gap between two groups as a sum of one share per feature.

    ``gap`` = mean score of ``group`` − mean score of ``reference``; the shares add up to it but
    for ``additivity_error``. ``gap_interval`` and ``intervals``, one per share, say with 95 %
    confidence where they lie for all people of whom the explained rows are a sample; results of
    earlier versions have none.
    """

    attribute: str
    group: str
    reference: str
    gap: float
    gap_interval: tuple[float, float] | None = Added
    shares: dict[str, float]
    intervals: dict[str, tuple[float, float]] = Field(
        default_factory=dict, exclude_if=operator.not_
    )
    additivity_error: float


class Contribution(Frozen):
    """A column's value in one row, as text, and how far it moves the score of this row."""

    feature: str
    value: str
    effect: float


class RowExplanation(Frozen):
    """One row: the score, and the columns' contributions that lead from the base value to it.

    ``row`` counts from 1. It tells about one person and is never published.
    """

    row: int
    score: float
    base_value: float
    contributions: tuple[Contribution, ...]
    additivity_error: float


class Spread(Frozen):
    """How a column's effects spread over people: the 5, 25, 50, 75 and 95 % quantiles.

    ``part`` says for whom: "low", "middle", "high" third of a numeric column's values, or a
    value of a column with few values.
    """

    feature: str
    part: str
    n: int
    quantiles: tuple[float, float, float, float, float]


class Swarm(Frozen):
    """How far a column moves the score of single people, one by one: never published.

    ``places`` says where each person's value stands among all, from 0 (lowest) to 1 (highest);
    None for a missing value and for texts, which have no order.
    """

    feature: str
    effects: tuple[float, ...]
    places: tuple[Annotated[float, Field(ge=0, le=1)] | None, ...]

    @model_validator(mode="after")
    def _one_place_per_person(self) -> Self:
        if len(self.effects) != len(self.places):
            raise ValueError("each effect needs the place of its value")
        return self


class Explanation(Frozen):
    """What drives the model: SHAP values, their explainer, sample and background named.

    ``scale`` is the unit of all effects: the model's log-odds, its probability, the unit of what
    it predicts, or the raw score that it turns into one of these. ``exact`` says whether the
    values are exact for that unit; ``estimate_error`` is the standard error of a value where they
    are drawn.
    """

    model_kind: str
    explainer: str
    scale: Literal["log-odds", "probability", "prediction", "score"]
    exact: bool = True
    estimate_error: float | None = None
    background: str
    rows: int
    rows_in_table: int
    seed: int
    base_value: float
    agreement: Agreement | None
    features: dict[str, Effect]
    groups: dict[str, dict[str, dict[str, Effect]]]
    spreads: tuple[Spread, ...] = ()
    swarms: tuple[Swarm, ...] = Field(default=(), exclude_if=operator.not_)
    decompositions: tuple[Decomposition, ...]
    row_explanations: tuple[RowExplanation, ...] = ()
    max_additivity_error: float
