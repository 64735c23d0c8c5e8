"""A plan is complete, free of contradictions, and fits the table, or says what does not."""

from collections.abc import Callable

import pytest

from workbench.audit import plan, plan_fields, plan_rules
from workbench.audit.plan import AuditPlan, planned, require_columns
from workbench.basics.errors import DataRefused, InvalidInput

Values = dict[str, object]
GOOD: Values = {
    "outcome": "repaid",
    "positive": "yes",
    "prediction": "granted",
    "attributes": ["sex"],
    "reason": "Because it matters.",
}
SCORE: Values = {"prediction": "", "score": "points", "threshold": 0.5}
REGRESSION: Values = {"task": "regression", "positive": ""}
COUNTS: Values = {"counts": "confusion", "outcome": "", "positive": "", "prediction": ""}


def test_it_works() -> None:
    """A plan with the five answers that nobody can give for the team is complete."""
    made = planned(GOOD)

    assert (made.attributes, made.thresholds.publish_minimum) == (("sex",), 10)
    assert AuditPlan.model_validate_json(made.model_dump_json()) == made


# Field, message, what breaks the rule, what keeps it.
RULES: list[tuple[str, str, Values, Values]] = [
    ("prediction", plan_rules.NO_PREDICTION, {"prediction": ""}, SCORE),
    ("prediction", plan_rules.NO_PREDICTION, {"prediction": ""}, COUNTS),
    ("prediction", plan_rules.SAME_COLUMN, {"prediction": "repaid"}, {"prediction": "p"}),
    ("prediction", plan_rules.SAME_COLUMN, {"weight": "granted"}, {"weight": "w"}),
    ("positive", plan_rules.NO_POSITIVE, {"positive": ""}, SCORE | {"outcome": "", "positive": ""}),
    ("positive", plan_rules.NO_POSITIVE, SCORE | {"positive": ""}, SCORE),
    ("attributes", plan_rules.NO_ATTRIBUTE, {"attributes": []}, {"attributes": list("abcdef")}),
    ("attributes", plan_rules.NO_ATTRIBUTE, {"attributes": [""]}, {"attributes": [" "]}),
    ("attributes", plan_rules.DOUBLE_ATTRIBUTE, {"attributes": ["a", "a"]}, {"attributes": ["a"]}),
    ("attributes", plan_rules.ROLE_CLASH, {"attributes": ["repaid"]}, {"attributes": ["Repaid"]}),
    (
        "attributes",
        plan_rules.ROLE_CLASH,
        COUNTS | {"attributes": ["tp"]},
        COUNTS | {"attributes": ["total"]},
    ),
    (
        "references",
        plan_rules.UNKNOWN_REFERENCE,
        {"references": {"age": "old"}},
        {"references": {"sex": "male"}},
    ),
    ("edges", plan_rules.UNKNOWN_EDGES, {"edges": {"age": [20]}}, {"edges": {"sex": [20]}}),
    ("edges", plan_rules.BAD_EDGES, {"edges": {"sex": [30, 20]}}, {"edges": {"sex": [20, 30]}}),
    ("edges", plan_rules.BAD_EDGES, {"edges": {"sex": []}}, {"edges": {"sex": [20]}}),
    ("edges", plan_rules.BAD_EDGES, {"edges": {"sex": [20, 20]}}, {"edges": {}}),
    ("reason", plan_rules.NO_REASON, {"reason": "  "}, {"reason": "x"}),
    (
        "thresholds",
        plan_rules.BAD_THRESHOLDS,
        {"thresholds": {"publish_minimum": 50, "assess_minimum": 30}},
        {"thresholds": {"publish_minimum": 30, "assess_minimum": 30}},
    ),
    ("threshold", plan_rules.NO_CUT, SCORE | {"threshold": None}, SCORE | {"prediction": ""}),
    ("threshold", plan_rules.TWO_CUTS, SCORE | {"top_k": 3}, SCORE | {"threshold": 0}),
    ("threshold", plan_rules.CUT_WITHOUT_SCORE, {"threshold": 0.5}, {"score": "points"}),
    ("threshold", plan_rules.CUT_WITHOUT_SCORE, {"top_k": 5}, SCORE),
    (
        "threshold",
        plan_rules.CUT_BESIDE_PREDICTION,
        {"score": "points", "threshold": 0.5},
        {"score": "points"},
    ),
    ("outcome", plan_rules.REGRESSION_NEEDS, REGRESSION | {"outcome": ""}, REGRESSION),
    ("task", plan_rules.REGRESSION_ONLY, {"task": "regression"}, REGRESSION),
    ("task", plan_rules.REGRESSION_ONLY, REGRESSION | {"score": "points"}, REGRESSION),
    ("counts", plan_rules.COUNTS_ONLY, {"counts": "confusion"}, COUNTS),
    ("counts", plan_rules.COUNTS_ONLY, COUNTS | {"weight": "w"}, COUNTS | {"counts": "selection"}),
    ("counts", plan_rules.COUNTS_PLAIN, COUNTS | {"features": ["x"]}, {"features": ["x"]}),
    ("counts", plan_rules.COUNTS_PLAIN, COUNTS | {"explained_rows": [1]}, {"explained_rows": [1]}),
    (
        "gaps",
        plan_rules.UNKNOWN_GAP,
        {"outcome": "", "gaps": ["equal_opportunity_difference"]},
        {"gaps": ["equal_opportunity_difference"]},
    ),
    ("gaps", plan_rules.UNKNOWN_GAP, {"gaps": ["fairness"]}, {"gaps": ["accuracy_ratio"]}),
    (
        "reasons",
        plan_rules.UNKNOWN_REASON,
        {"reasons": {"edge": "Because."}},
        {"reasons": {"edges": "Because.", "accuracy_ratio": "Because."}},
    ),
    (
        "limits",
        plan_rules.UNKNOWN_LIMIT,
        {"limits": {"accuracy_ratio": 0.9}, "gaps": ["demographic_parity_ratio"]},
        {"limits": {"accuracy_ratio": 0.9}},
    ),
    (
        "limits",
        plan_rules.BAD_LIMIT,
        {"limits": {"demographic_parity_ratio": 1.2}},
        {"limits": {"demographic_parity_ratio": 1}},
    ),
    ("features", plan_rules.DOUBLE_FEATURE, {"features": ["x", "x"]}, {"features": ["x", "y"]}),
    (
        "limits",
        plan_rules.BAD_LIMIT,
        {"limits": {"demographic_parity_difference": 0}},
        {"limits": {"demographic_parity_difference": 0.1}},
    ),
    (
        "limits",
        plan_rules.BAD_LIMIT,
        {"limits": {"demographic_parity_difference": 1}},
        {"limits": {"demographic_parity_difference": 0.99}},
    ),
    (
        "limits",
        plan_rules.BAD_LIMIT,
        REGRESSION | {"limits": {"mean_error_difference": 0}},
        REGRESSION | {"limits": {"mean_error_difference": 10}},
    ),
]


@pytest.mark.parametrize(("field", "message", "bad", "good"), RULES)
def test_rules(field: str, message: str, bad: Values, good: Values) -> None:
    """Each rule names its field; the twin that keeps it is a plan."""
    with pytest.raises(InvalidInput) as refused:
        planned(GOOD | bad)

    assert refused.value.fields[field] == message
    assert isinstance(planned(GOOD | good), AuditPlan)


def test_every_rule_is_tried() -> None:
    """No rule without a bad example and a twin."""
    assert {message for _, _, message in plan_rules.RULES} == {row[1] for row in RULES}


@pytest.mark.parametrize(
    ("bad", "details"),
    [
        ({"seed": -1}, "seed"),
        ({"depth": 5}, "depth"),
        ({"top_k": 0}, "top_k"),
        ({"threshold": float("nan")}, "threshold"),
        ({"limits": {"accuracy_ratio": float("inf")}}, "limits.accuracy_ratio"),
        ({"attributes": "sex"}, "attributes"),
        ({"edges": {"age": [1, float("inf")]}}, "edges.age.1"),
        ({"thresholds": {"publish_minimum": 2}}, "thresholds.publish_minimum"),
        ({"explained_rows": [1, 0]}, "explained_rows.1"),
        ({"task": "guessing"}, "task"),
        ({"atributes": ["x"]}, "atributes “attributes”?"),
    ],
)
def test_no_plan_at_all(bad: Values, details: str) -> None:
    """What is no value of a field is named with its place, an unknown field with similar ones."""
    with pytest.raises(InvalidInput) as refused:
        planned(GOOD | bad)

    assert refused.value.message == plan.BROKEN_PLAN
    assert refused.value.values["details"] == details
    field = next(iter(bad))
    assert refused.value.fields == {field: plan_fields.expected(field)}


@pytest.mark.parametrize(
    ("values", "columns"),
    [
        (GOOD, ("repaid", "granted", "sex")),
        (
            GOOD | SCORE | {"weight": "w", "features": ["sex", "x"]},
            ("repaid", "points", "w", "sex", "x"),
        ),
        (GOOD | COUNTS, ("tp", "fp", "tn", "fn", "sex")),
        (GOOD | COUNTS | {"counts": "selection"}, ("selected", "total", "sex")),
    ],
)
def test_columns(values: Values, columns: tuple[str, ...]) -> None:
    """A plan knows every column it speaks of, once."""
    assert planned(values).columns == tuple(columns)


def test_a_missing_column(plan_for: Callable[..., AuditPlan]) -> None:
    """A column that the table lacks is named, with the names most like it."""
    with pytest.raises(DataRefused, match=r"no column “credit_risk”\. “Credit_Risc”\?"):
        require_columns(plan_for(), ["Credit_Risc", "prediction", "sex", "age", "foreign_worker"])


def test_all_columns_there(plan_for: Callable[..., AuditPlan]) -> None:
    """The twin: a table with all columns passes."""
    columns = ["credit_risk", "prediction", "sex", "age", "foreign_worker", "other"]

    require_columns(plan_for(), columns)
