"""A plan is complete, free of contradictions, and fits the table, or says what does not."""

from collections.abc import Callable

import pytest

from workbench.audit import plan
from workbench.audit.plan import AuditPlan, planned, require_columns
from workbench.basics.errors import DataRefused, InvalidInput

GOOD: dict[str, object] = {
    "outcome": "repaid",
    "positive": "yes",
    "prediction": "granted",
    "attributes": ["sex"],
    "reason": "Because it matters.",
}


def test_it_works() -> None:
    """A plan with the five answers that nobody can give for the team is complete."""
    made = planned(GOOD)

    assert (made.attributes, made.thresholds.publish_minimum) == (("sex",), 10)
    assert AuditPlan.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"outcome": ""}, "outcome", plan.NO_OUTCOME),
        ({"prediction": ""}, "prediction", plan.NO_PREDICTION),
        ({"prediction": "repaid"}, "prediction", plan.SAME_COLUMN),
        ({"positive": ""}, "positive", plan.NO_POSITIVE),
        ({"attributes": []}, "attributes", plan.NO_ATTRIBUTE),
        ({"attributes": list("abcde")}, "attributes", plan.TOO_MANY_ATTRIBUTES),
        ({"attributes": ["a", "a"]}, "attributes", plan.DOUBLE_ATTRIBUTE),
        ({"attributes": ["repaid"]}, "attributes", plan.ROLE_CLASH),
        ({"edges": {"age": [30, 20]}}, "edges", plan.BAD_EDGES),
        ({"reason": "  "}, "reason", plan.NO_REASON),
        (
            {"thresholds": {"publish_minimum": 50, "assess_minimum": 30}},
            "thresholds",
            plan.BAD_THRESHOLDS,
        ),
        ({"seed": -1}, "seed", plan.NOT_A_PLAN),
        ({"unknown": 1}, "unknown", plan.NOT_A_PLAN),
    ],
)
def test_it_refuses(changes: dict[str, object], field: str, message: str) -> None:
    """Each fault is named at its field."""
    with pytest.raises(InvalidInput) as refused:
        planned(GOOD | changes)

    assert refused.value.fields[field] == message


def test_a_missing_column(plan_for: Callable[..., AuditPlan]) -> None:
    """A column that the table lacks is named, with the names most like it."""
    with pytest.raises(DataRefused, match=r"no column “credit_risk”\. “Credit_Risc”\?"):
        require_columns(plan_for(), ["Credit_Risc", "prediction", "sex", "age", "foreign_worker"])


def test_all_columns_there(plan_for: Callable[..., AuditPlan]) -> None:
    """The twin: a table with all columns passes."""
    columns = ["credit_risk", "prediction", "sex", "age", "foreign_worker", "other"]

    require_columns(plan_for(), columns)
