"""One model, one class, some rows → Shapley values in the model's own unit, by a named explainer.

Trees and linear sums are explained exactly, everything else by permutations on few rows. Every
result is checked: a row's values and the base value must add up to the model's score.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shap

from workbench.audit.explanation.asked_models import EXPLAINED_ROWS, explain_asked
from workbench.audit.explanation.shap_values import Explained, require_sum
from workbench.audit.explanation.tree_models import explain_trees, forest_of
from workbench.audit.explanation.trees import Forest
from workbench.audit.intake.sample import MOST_ROWS
from workbench.audit.models.model import Inside, Linear, Model, Trees

FEWEST_ROWS = 250
# Readings of a table (see ``Forest.work``): about 20 seconds on one core.
MOST_WORK = 20_000_000_000


@dataclass(frozen=True)
class Explainer:
    """How the score of one class of a model is explained; ``rows_at_most`` keeps it bearable.

    ``background`` are the rows that explanations without counted trees compare with.
    """

    model: Model
    inside: Inside
    background: pa.Table
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
            found = _linear(self.model, self.inside, rows, self.background)
        else:
            found = explain_asked(self.model, self.inside, rows, self.background, self.seed)
        return require_sum(found)


def explainer(model: Model, place: int, background: pa.Table, seed: int) -> Explainer:
    """The explainer for the model's class at ``place`` (0 for a predicted number)."""
    inside = model.inside(place, background)
    forest = forest_of(inside) if isinstance(inside, Trees) else None
    return Explainer(model, inside, background, forest, seed)


def _linear(model: Model, inside: Linear, rows: pa.Table, background: pa.Table) -> Explained:
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
        background=f"all {len(behind)} audited rows of the sample",
    )
