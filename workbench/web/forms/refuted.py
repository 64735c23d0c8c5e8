"""What the table says against a plan, told beside the fields of its form."""

from collections.abc import Callable

from workbench.audit.intake.inspection import Inspection
from workbench.audit.plan import MOST_GROUPS, AuditPlan
from workbench.basics.text import later, translate
from workbench.web.forms.attributes import MOST_NUMBERS

NO_VALUE = later("“{value}” never stands in the column “{column}”. Write one of these: {values}.")
LOOKS_LIKE_SCORE = later(
    "“{column}” holds {count} different numbers, so it looks like a score. Choose “a score” above "
    "and say from which value on it counts as favourable."
)
NO_CLASSES = later(
    "“{column}” holds {count} different numbers. Say here where its groups begin, for example: "
    "{column}: 25, 35, 50"
)
TOO_MANY_GROUPS = later(
    "“{column}” has {count} different values; at most {limit} groups can be compared. Summarise "
    "its values in the table, or choose another attribute."
)
Told = Callable[..., str]  # message and its values → the text in the reader's language


def refuted(plan: AuditPlan, inspection: Inspection, language: str) -> dict[str, str]:
    """The faults by field, each in the language, as each message has values of its own."""

    def told(message: str, **values: object) -> str:
        return translate(language, message, values)

    return _judged_faults(plan, inspection, told) | _group_faults(plan, inspection, told)


def _judged_faults(plan: AuditPlan, inspection: Inspection, told: Told) -> dict[str, str]:
    """What the table says against the prediction and the favourable value, by field."""
    faults: dict[str, str] = {}
    if plan.task == "regression":
        return faults
    said = inspection.column(plan.prediction)
    if said and said.kind == "number" and said.distinct > MOST_NUMBERS:
        faults["prediction"] = told(LOOKS_LIKE_SCORE, column=said.name, count=said.distinct)
    judged = inspection.column(plan.outcome or plan.prediction)
    if judged and len(judged.frequent) == judged.distinct:  # else not all values are known here
        values = sorted(value for value, _ in judged.frequent)
        if plan.positive not in values:
            values_of = {"value": plan.positive, "column": judged.name, "values": ", ".join(values)}
            faults["positive"] = told(NO_VALUE, **values_of)
    return faults


def _group_faults(plan: AuditPlan, inspection: Inspection, told: Told) -> dict[str, str]:
    """What the table says against attributes without edges, by field."""
    faults: dict[str, str] = {}
    uncut = [inspection.column(name) for name in plan.attributes if name not in plan.edges]
    for column in filter(None, uncut):
        said = {"column": column.name, "count": column.distinct, "limit": MOST_GROUPS}
        if column.kind == "number" and column.distinct > MOST_NUMBERS and not plan.counts:
            faults.setdefault("edges", told(NO_CLASSES, **said))
        elif column.distinct > MOST_GROUPS:
            faults.setdefault("attributes", told(TOO_MANY_GROUPS, **said))
    return faults
