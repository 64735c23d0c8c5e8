"""The audit plan: what each column means, which groups are compared, what counts as assessable.

A plan is fixed before results are visible; a later change is a new plan.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later

# How a group without a stated value is called in results; see ``labels`` for its words.
MISSING = "(missing)"
MOST_ATTRIBUTES = 4
MOST_GROUPS = 200

Words = Mapping[str, str]  # language → text


class Thresholds(BaseModel):
    """How many people a number needs before it is published, assessed, or called certain.

    Below ``publish_minimum`` a group is not published; a number resting on fewer than
    ``assess_minimum`` people is not assessed, on fewer than ``certain_minimum`` called uncertain.
    The defaults are the product's proposal: no German or European rule states such numbers for
    audits; official statistics hide cells of fewer than 3.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    publish_minimum: int = Field(default=10, ge=3)
    assess_minimum: int = Field(default=30, ge=10)
    certain_minimum: int = Field(default=100, ge=10)


class AuditPlan(BaseModel):
    """Column roles, groups and thresholds of one audit, with the reason for them.

    ``positive`` is the value of the outcome, as text, that counts as the favourable one.
    ``edges`` gives, per numeric attribute, where a new group begins: [25, 35] makes "under 25",
    "25 to 34", "35 and over". ``features`` are columns that only the model uses.
    ``references`` names, per attribute, the group that the others are compared with.
    ``names`` and ``labels`` put columns and values into words per language; without them the
    table's own names are shown. ``seed`` makes everything drawn at random repeatable.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: str
    positive: str
    prediction: str
    attributes: tuple[str, ...]
    reason: str
    edges: dict[str, tuple[float, ...]] = {}
    features: tuple[str, ...] = ()
    references: dict[str, str] = {}
    names: dict[str, dict[str, str]] = {}
    labels: dict[str, dict[str, dict[str, str]]] = {}
    positive_words: dict[str, str] = {}
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1
    draws: Annotated[int, Field(ge=100, le=20_000)] = 2_000
    dialect: Dialect | None = None
    thresholds: Thresholds = Thresholds()


NO_OUTCOME = later("Choose the column that says what really happened.")
NO_PREDICTION = later("Choose the column that holds the prediction or decision.")
SAME_COLUMN = later("Outcome and prediction must be two different columns.")
NO_POSITIVE = later("Say which value of the outcome is the favourable one.")
NO_ATTRIBUTE = later("Choose at least one attribute whose groups are compared.")
TOO_MANY_ATTRIBUTES = later("Choose at most four attributes; more make groups too small to judge.")
DOUBLE_ATTRIBUTE = later("Each attribute can be chosen only once.")
ROLE_CLASH = later("An attribute cannot be the outcome or the prediction at the same time.")
BAD_EDGES = later("Give the edges of the groups in ascending order, for example 25, 35, 50.")
NO_REASON = later("Say why you check these columns and groups. The reason is published.")
BAD_THRESHOLDS = later("The three numbers must ascend: publish, assess, certain.")
BROKEN_PLAN = later("The audit plan is not complete or not well formed: {details}")
NOT_A_PLAN = later("This does not fit.")
NO_COLUMN = later(
    "The table has no column “{column}”. {hint} Choose a column that is there, or send a table "
    "that has it."
)
NEAR = "“{names}”"

Rule = tuple[str, Callable[[AuditPlan], bool], str]
# Field, what must not be, what is then said.
RULES: tuple[Rule, ...] = (
    ("outcome", lambda plan: not plan.outcome, NO_OUTCOME),
    ("prediction", lambda plan: not plan.prediction, NO_PREDICTION),
    ("prediction", lambda plan: plan.outcome == plan.prediction, SAME_COLUMN),
    ("positive", lambda plan: not plan.positive, NO_POSITIVE),
    ("attributes", lambda plan: not plan.attributes, NO_ATTRIBUTE),
    ("attributes", lambda plan: len(plan.attributes) > MOST_ATTRIBUTES, TOO_MANY_ATTRIBUTES),
    ("attributes", lambda plan: len(set(plan.attributes)) < len(plan.attributes), DOUBLE_ATTRIBUTE),
    (
        "attributes",
        lambda plan: bool({plan.outcome, plan.prediction} & set(plan.attributes)),
        ROLE_CLASH,
    ),
    ("edges", lambda plan: not all(map(_ascend, plan.edges.values())), BAD_EDGES),
    ("reason", lambda plan: not plan.reason.strip(), NO_REASON),
    ("thresholds", lambda plan: not _thresholds_ascend(plan.thresholds), BAD_THRESHOLDS),
)


def planned(values: Mapping[str, object]) -> AuditPlan:
    """The plan that the values describe.

    Raises InvalidInput, naming for each field what does not fit.
    """
    try:
        plan = AuditPlan.model_validate(dict(values))
    except ValidationError as error:
        fields = {str(fault["loc"][0]): NOT_A_PLAN for fault in error.errors() if fault["loc"]}
        details = ", ".join(sorted(fields))
        raise InvalidInput(BROKEN_PLAN, fields, details=details) from error
    faults: dict[str, str] = {}
    for field, broken, message in RULES:
        if field not in faults and broken(plan):
            faults[field] = message
    if faults:
        raise InvalidInput(next(iter(faults.values())), faults)
    return plan


def require_columns(plan: AuditPlan, present: Iterable[str]) -> None:
    """Check that every column of the plan is in the table.

    Raises DataRefused, naming the first that is missing and the columns with similar names.
    """
    names = list(present)
    wanted = (plan.outcome, plan.prediction, *plan.attributes, *plan.features)
    for column in wanted:
        if column not in names:
            raise DataRefused(NO_COLUMN, column=column, hint=near(column, names))


def near(name: str, names: Iterable[str]) -> str:
    """The names most like ``name``, in quotation marks; "" when none is like it."""
    lowered = {other.lower(): other for other in names}
    found = get_close_matches(name.lower(), lowered, n=3, cutoff=0.6)
    return " ".join(NEAR.format(names=lowered[other]) + "?" for other in found)


def _ascend(edges: tuple[float, ...]) -> bool:
    return bool(edges) and all(low < high for low, high in pairwise(edges))


def _thresholds_ascend(thresholds: Thresholds) -> bool:
    return thresholds.publish_minimum <= thresholds.assess_minimum <= thresholds.certain_minimum
