"""One model, one class, some rows → Shapley values in the model's own unit, by a named explainer.

Trees and linear sums are explained exactly, everything else by permutations on few rows. Every
result is checked: a row's values and the base value must add up to the model's score.
"""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import shap

from workbench.audit.explanation.asked_models import EXPLAINED_ROWS, explain_asked
from workbench.audit.explanation.shap_values import Explained, require_sum
from workbench.audit.explanation.tree_models import explain_trees, forest_of
from workbench.audit.explanation.trees import Forest
from workbench.audit.intake.sample import MOST_ROWS
from workbench.audit.models.model import Inside, Linear, Model, Trees
from workbench.audit.words.ways import AUDITED, Against

FEWEST_ROWS = 250
# Readings of a table (see ``Forest.work``): about 20 seconds on one core.
MOST_WORK = 20_000_000_000


@dataclass(frozen=True)
class Explainer:
    """How the score of one class of a model is explained; ``rows_at_most`` keeps it bearable.

    ``background`` are the rows that explanations without counted trees compare with, ``named`` so.
    """

    model: Model
    inside: Inside
    background: pa.Table
    named: Against
    forest: Forest | None
    seed: int

    @property
    def rows_at_most(self) -> int:
        """For how many rows this is done in reasonable time."""
        if self.forest is not None:
            return int(np.clip(MOST_WORK // max(1, self.forest.work), FEWEST_ROWS, MOST_ROWS))
        return MOST_ROWS if isinstance(self.inside, Trees | Linear) else EXPLAINED_ROWS

    def explain(self, rows: pa.Table) -> Explained:
        """The Shapley values of the rows. Raises DataRefused when they miss the scores."""
        if isinstance(self.inside, Trees):
            found = explain_trees(self.model, self.inside, self.forest, rows)
        elif isinstance(self.inside, Linear):
            found = _linear(self.model, self.inside, rows, self.background, self.named.every)
        else:
            found = explain_asked(
                self.model, self.inside, rows, self.background, self.seed, self.named.some
            )
        return require_sum(found)


def explainer(
    model: Model, place: int, background: pa.Table, seed: int, named: Against = AUDITED
) -> Explainer:
    """The explainer for the model's class at ``place`` (0 for a predicted number).

    ``named`` says whose rows the ``background`` holds.
    """
    inside = model.inside(place, background)
    forest = None
    if isinstance(inside, Trees):
        forest = forest_of(inside)
        counted = inside.counted or named.counted.format(rows=background.num_rows)
        inside = replace(inside, counted=counted)
    return Explainer(model, inside, background, named, forest, seed)


def _linear(
    model: Model, inside: Linear, rows: pa.Table, background: pa.Table, named: str
) -> Explained:
    behind, cells = model.matrix(background), model.matrix(rows)
    # The default background would silently be cut to 100 rows.
    masker = shap.maskers.Independent(behind, max_samples=len(behind))
    found = shap.LinearExplainer((inside.coefficients, inside.intercept), masker)
    return Explained(
        values=np.asarray(found.shap_values(cells), dtype=float),
        base=float(found.expected_value),
        scores=inside.score(rows),
        scale=inside.scale,
        explainer="shap.LinearExplainer (exact)",
        background=named.format(rows=len(behind)),
    )
