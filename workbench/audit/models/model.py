"""The one small face of every model, whatever its format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import pyarrow as pa

from workbench.audit.arrays import Places, Reals
from workbench.basics.text import later

Scale = Literal["log-odds", "probability", "prediction", "score"]

DAMAGED_MODEL = later("This model file is damaged. Export it again and send it once more.")
TOO_LARGE_MODEL = later(
    "This model is larger than the workbench opens ({size} of at most {most} bytes). Send a "
    "smaller one, or run the audit without the model."
)
OTHER_KIND = later(
    "The workbench cannot judge this kind of model ({kind}). Send a model that decides between "
    "classes with probabilities, or one that predicts a number."
)
TOO_DEEP_MODEL = later(
    "This model file is nested unusually deep, so it is not opened. Export it again with the "
    "library that trained it."
)
MOST_BYTES = 500_000_000


@dataclass(frozen=True)
class Inside:
    """A model's score for one of its classes, in the unit ``scale``; how it comes about is unknown.

    ``score`` gives it for every row of a table. "log-odds" are those of the class; "score" is the
    model's own number before it becomes a probability (of several classes) or a prediction.
    """

    score: Callable[[pa.Table], Reals]
    scale: Scale


@dataclass(frozen=True)
class Linear(Inside):
    """The score is ``intercept`` plus the sum of ``coefficients`` times columns."""

    coefficients: Reals
    intercept: float


@dataclass(frozen=True)
class Trees(Inside):
    """The score is ``sign`` times output number ``output`` of the trees in ``source``.

    ``source`` is what ``shap.TreeExplainer`` takes. ``native`` gives, for the numbers of
    ``Model.matrix``, the library's own Shapley values of that output, the base value last.
    ``counted`` says in words whose rows weigh the branches; "" where those of the background do.
    Where ``stacked`` is above 1, the trees of so many outputs take turns, each with one value per
    leaf.
    """

    source: Any
    output: int
    sign: int
    counted: str
    native: Callable[[Reals], Reals] | None = None
    native_name: str = ""
    stacked: int = 1


class Model(Protocol):
    """A loaded model that reads the columns ``features`` of a table, in this order.

    ``classes`` are the values it decides between, as text, in the order of its outputs; empty
    when it predicts a number. ``named`` says whether they are the values of training; if not they
    are mere places ("0", "1" …). All functions raise DataRefused when the table does not fit.
    """

    @property
    def kind(self) -> str:
        """The library and the format in words."""

    @property
    def features(self) -> tuple[str, ...]:
        """The columns it reads."""

    @property
    def classes(self) -> tuple[str, ...]:
        """What it decides between."""

    @property
    def named(self) -> bool:
        """Whether the classes are values of training."""

    def matrix(self, table: pa.Table) -> Reals:
        """The features as numbers: a row per person, categories as their places."""

    def output(self, table: pa.Table) -> Reals:
        """Probabilities (rows, classes), or predicted numbers (rows, 1)."""

    def choice(self, table: pa.Table) -> Places:
        """The place of the class it chooses, per row; without meaning for numbers."""

    def inside(self, place: int, background: pa.Table) -> Inside:
        """What its score for the class at ``place`` (0 for numbers) is made of.

        ``background`` weighs the branches of trees that do not carry counts themselves.
        """


def places(count: int) -> tuple[str, ...]:
    """Names for classes that a model only numbers: "0", "1" …"""
    return tuple(map(str, range(count)))
