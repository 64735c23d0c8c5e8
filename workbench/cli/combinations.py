"""Options that say nothing together: refused, because whoever states them expects an effect.

What a plan must not say anywhere stands in ``audit.plan_rules``; here is what only concerns what
was typed, or the model beside the plan.
"""

from collections.abc import Mapping
from pathlib import Path

from workbench.audit.plan import AuditPlan
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later

ROWS_WITHOUT_MODEL = later(
    "Explaining single rows needs the model. Name its file with --model, or leave the rows out."
)
MODEL_BESIDE_COUNTS = later(
    "A model is explained with the rows it was used on; a table of counts has none. Send the rows, "
    "or leave the model out."
)
POSITIVE_BESIDE_COUNTS = later(
    "A table of counts says by its columns who counts as favourable (tp and fp, or selected). "
    "Leave --positive out."
)
POSITIVE_WITHOUT_USE = later(
    "With a score alone, the threshold or the number of chosen people says who counts as "
    "favourable. Name the outcome with --outcome, or leave --positive out."
)


def require_sense(stated: Mapping[str, object], plan: AuditPlan, model: Path | None) -> None:
    """Raises InvalidInput, naming the option, for what would have no effect."""
    named = stated["positive"] is not None
    by_score = plan.task == "classification" and not (plan.outcome or plan.prediction)
    for option, is_idle, message in (
        ("--model", model is not None and plan.counts is not None, MODEL_BESIDE_COUNTS),
        ("--explain-row", bool(plan.explained_rows) and model is None, ROWS_WITHOUT_MODEL),
        ("--positive", named and plan.counts is not None, POSITIVE_BESIDE_COUNTS),
        ("--positive", named and by_score and plan.counts is None, POSITIVE_WITHOUT_USE),
    ):
        if is_idle:
            raise InvalidInput(message, {option: message})
