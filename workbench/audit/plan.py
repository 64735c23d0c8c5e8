"""The audit plan: what each column means, which groups are compared, what counts as assessable.

A plan is fixed before results are visible; a later change is a new plan. ``plan_rules`` says
which plans make sense.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbench.audit import plan_rules
from workbench.audit.intake.inspection import Dialect
from workbench.audit.plan_fields import expected
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later

# How a group without a stated value is called in results; see ``labels`` for its words.
MISSING = "(missing)"
# Of one attribute or one combination; more cannot be judged one by one.
MOST_GROUPS = 200
LEFT_OPEN = {"dialect", "positive"}
COUNT_COLUMNS = plan_rules.COUNT_COLUMNS

Words = Mapping[str, str]  # language → text


def without_example(schema: dict[str, Any]) -> None:
    """Leave the Python example of a docstring out of the JSON Schema."""
    schema["description"] = schema["description"].partition("\n\n>>>")[0]


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
    """Column roles, groups, measures and thresholds of one audit, with the reasons for them.

    What happened: ``outcome`` may stay empty; then only shares of predictions are compared.
    ``positive`` is the value, as text, that counts as the favourable one in outcome and
    prediction; with more than two values, all others count as unfavourable. For regression both
    columns hold numbers and ``positive`` stays empty.
    What was said: ``prediction``, or a ``score`` of which at least ``threshold`` or the ``top_k``
    highest count as favourable. Beside a prediction, a score is only described.
    ``weight`` says how many people a row stands for. ``counts`` says that each row is a group:
    "confusion" with columns tp, fp, tn, fn; "selection" with selected, total.
    ``depth`` is how many attributes are combined at most. ``edges`` gives, per numeric attribute,
    where a new group begins: [25, 35] makes "under 25", "25 to 34", "35 and over".
    ``references`` names, per attribute, the group that the others are compared with.
    ``gaps`` are the gaps that are tested (none named: all usual ones that the data allow);
    ``limits`` replace the conventions' limits. ``features`` are columns that only the model uses;
    ``explained_rows`` are rows, counted from 1, explained one by one.
    ``reason`` says why these columns and groups; ``reasons`` says it per gap and per choice:
    threshold (also for ``top_k``), edges, references, depth, gaps, limits, thresholds. For what a
    plan leaves open, ``choices`` says what holds, and why.
    ``names`` and ``labels`` put columns and values into words per language; without them the
    table's own names are shown. ``seed`` makes everything drawn at random repeatable.

    >>> from workbench.audit import AuditPlan
    >>> from workbench.audit.choices import unstated
    >>> plan = AuditPlan(outcome="paid", score="score", threshold=0.5, positive="1",
    ...                  attributes=("sex", "age"), edges={"age": (25, 50)},
    ...                  reason="A loan decides about participation.",
    ...                  reasons={"threshold": "The bank has used it since 2020."})
    >>> plan.columns
    ('paid', 'score', 'sex', 'age')
    >>> [choice.name for choice in unstated(plan)]  # chosen without a reason
    ['edges']
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, json_schema_extra=without_example
    )

    task: Literal["classification", "regression"] = "classification"
    counts: Literal["confusion", "selection"] | None = None
    outcome: str = ""
    positive: str = ""
    prediction: str = ""
    score: str = ""
    threshold: float | None = None
    top_k: Annotated[int, Field(ge=1)] | None = None
    weight: str = ""
    attributes: tuple[str, ...] = ()
    depth: Annotated[int, Field(ge=1, le=4)] = 2
    reason: str = ""
    edges: dict[str, tuple[float, ...]] = {}
    references: dict[str, str] = {}
    gaps: tuple[str, ...] = ()
    reasons: dict[str, str] = {}
    limits: dict[str, float] = {}
    features: tuple[str, ...] = ()
    explained_rows: tuple[Annotated[int, Field(ge=1)], ...] = ()
    names: dict[str, dict[str, str]] = {}
    labels: dict[str, dict[str, dict[str, str]]] = {}
    positive_words: dict[str, str] = {}
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1
    draws: Annotated[int, Field(ge=100, le=20_000)] = 2_000
    dialect: Dialect | None = None
    thresholds: Thresholds = Thresholds()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the plan speaks of, features included, each once."""
        counted = COUNT_COLUMNS[self.counts] if self.counts else ()
        judged = (self.outcome, self.prediction, self.score, self.weight)
        named = (*judged, *counted, *self.attributes, *self.features)
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def names_of_groups(self) -> tuple[str, ...]:
        """The attributes whose values name groups: all but those that are cut at edges."""
        return tuple(name for name in self.attributes if name not in self.edges)

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """The columns that each field of the plan names."""
        named = {
            "prediction": (self.prediction,),
            "score": (self.score,),
            "outcome": (self.outcome,),
            "weight": (self.weight,),
            "counts": COUNT_COLUMNS[self.counts] if self.counts else (),
            "attributes": self.attributes,
            "features": self.features,
            "edges": tuple(self.edges),
            "references": tuple(self.references),
        }
        return {field: tuple(filter(None, names)) for field, names in named.items()}


BROKEN_PLAN = later("The audit plan is not complete or not well formed: {details}")
NO_MODEL = later(
    "Only the explanation of a model needs a background. Send the model too, or leave the "
    "background out."
)
NO_COLUMN = later(
    "The table has no column “{column}”.{hint} Choose a column that is there, or send a table "
    "that has it."
)
NEAR = "“{names}”"


def planned(values: Mapping[str, object]) -> AuditPlan:
    """The plan that the values describe.

    Raises InvalidInput, naming for each field what does not fit.

    >>> from workbench.audit import planned
    >>> values = {"prediction": "granted", "positive": "1", "attributes": ["sex"]}
    >>> planned(values)
    Traceback (most recent call last):
    workbench.basics.errors.InvalidInput: Say why you check these columns and groups. The reason \
is published.
    >>> planned({**values, "reason": "A loan decides about participation."}).depth
    2
    """
    try:
        plan = AuditPlan.model_validate(dict(values))
    except ValidationError as error:
        places = [fault["loc"] for fault in error.errors() if fault["loc"]]
        fields = {str(place[0]): expected(str(place[0])) for place in places}
        details = ", ".join(sorted({_place(place) for place in places}))
        raise InvalidInput(BROKEN_PLAN, fields, details=details) from error
    faults: dict[str, str] = {}
    for field, broken, message in plan_rules.RULES:
        if field not in faults and broken(plan):
            faults[field] = message
    if faults:
        raise InvalidInput(next(iter(faults.values())), faults)
    return plan


def changed_fields(agreed: AuditPlan, plan: AuditPlan) -> tuple[str, ...]:
    """The names of the fields in which a plan is not as it was agreed on.

    To say what the agreed plan left open is no change: how the table is written, which value is
    the favourable one.
    """
    return tuple(
        name
        for name in AuditPlan.model_fields
        if getattr(agreed, name) != getattr(plan, name)
        and not (name in LEFT_OPEN and not getattr(agreed, name))
    )


def _place(place: tuple[int | str, ...]) -> str:
    """Where a plan is wrong: "edges.age.0"; for an unknown field with the most similar ones."""
    known = place[0] in AuditPlan.model_fields
    hint = "" if known else near(str(place[0]), AuditPlan.model_fields)
    return ".".join(map(str, place)) + hint


def require_columns(plan: AuditPlan, present: Iterable[str]) -> None:
    """Check that every column of the plan is in the table.

    Raises DataRefused, naming the first that is missing and the columns with similar names.
    """
    names = list(present)
    for column in plan.columns:
        if column not in names:
            raise DataRefused(NO_COLUMN, column=column, hint=near(column, names))


def near(name: str, names: Iterable[str]) -> str:
    """The names most like ``name``, in quotation marks after a space; "" when none is like it."""
    lowered = {other.lower(): other for other in names}
    found = get_close_matches(name.lower(), lowered, n=3, cutoff=0.6)
    return "".join(" " + NEAR.format(names=lowered[other]) + "?" for other in found)
