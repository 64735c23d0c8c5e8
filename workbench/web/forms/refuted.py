"""What the table says against a plan, told beside the fields of its form."""

from workbench.audit.intake.inspection import Column, Inspection
from workbench.audit.plan import MISSING, MOST_GROUPS, AuditPlan
from workbench.basics.text import later, translate
from workbench.web.forms.attributes import MOST_NUMBERS
from workbench.web.forms.unusable import Told, unusable

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
TOO_FEW_ROWS = later(
    "More people are to be chosen ({count}) than the table has rows ({rows}). State a smaller "
    "number."
)
# A field of the plan → the field of the form that says it, where the names differ.
FIELDS = {"counts": "kind"}


def refuted(plan: AuditPlan, inspection: Inspection, language: str) -> dict[str, str]:
    """The faults by field, each in the language, as each message has values of its own."""

    def told(message: str, **values: object) -> str:
        return translate(language, message, values)

    found = (
        unusable(plan, inspection, told),
        _judged_faults(plan, inspection, told),
        _group_faults(plan, inspection, told),
    )
    faults: dict[str, str] = {}
    for each in found:
        faults = each | faults  # the first is told
    return {FIELDS.get(field, field): said for field, said in faults.items()}


def _judged_faults(plan: AuditPlan, inspection: Inspection, told: Told) -> dict[str, str]:
    """What the table says against the prediction and the favourable value, by field."""
    faults: dict[str, str] = {}
    if plan.task == "regression":
        return faults
    said = inspection.column(plan.prediction)
    if said and said.kind == "number" and said.distinct > MOST_NUMBERS:
        faults["prediction"] = told(LOOKS_LIKE_SCORE, column=said.name, count=said.distinct)
    judged = inspection.column(plan.outcome or plan.prediction)
    if judged and (values := _all_values(judged)) and plan.positive not in values:
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
        group = plan.references.get(column.name)
        there = _all_values(column)
        if group and there and group not in (*there, *[MISSING] * bool(column.missing)):
            of = {"value": group, "column": column.name, "values": ", ".join(there)}
            faults.setdefault("references", told(NO_VALUE, **of))
    if plan.top_k and plan.top_k > inspection.rows:
        faults["top_k"] = told(TOO_FEW_ROWS, count=plan.top_k, rows=inspection.rows)
    return faults


def _all_values(column: Column) -> list[str]:
    """All values of a column; none where not all are known here."""
    known = sorted(value for value, _ in column.frequent)
    return known if len(known) == column.distinct else []
