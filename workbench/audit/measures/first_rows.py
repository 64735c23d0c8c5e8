"""The first rows of a table: whether a column has far too many values, before all are counted."""

import pyarrow as pa
import pyarrow.compute as pc

from workbench.audit.intake.sources import Source
from workbench.audit.intake.values import kind_of
from workbench.audit.measures import groups
from workbench.audit.plan import MOST_GROUPS, AuditPlan
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

# Rows that are looked at before all are grouped, so that a column of names or numbers with
# millions of values is refused without counting each.
GLANCE = 10_000
FEW = 200
# Of an outcome or a prediction; more are no decision that can be judged class by class.
MOST_CLASSES = 100

MANY_OUTCOMES = later(
    "The outcome “{column}” holds {count} different numbers. To compare numbers, choose regression "
    "(--regression). To compare decisions, choose a column with classes such as “granted” and "
    "“refused”."
)
MANY_PREDICTIONS = later(
    "The prediction “{column}” holds {count} different numbers, so it looks like a score. Choose "
    "it as the score and state from which value on it counts as favourable."
)
MANY_CLASSES = later(
    "The column “{column}” has {count} different values, more than the {limit} classes that can "
    "be judged. Summarise them in fewer classes."
)


def glance(source: Source, plan: AuditPlan) -> frozenset[str]:
    """Refuse a column with far too many different values, by its first rows.

    Gives the attributes with edges that seem to have few whole values: see ``groups.key``.
    """
    judged = (plan.outcome, plan.prediction) if plan.task == "classification" else ()
    columns = list(dict.fromkeys(name for name in (*judged, *plan.attributes) if name))
    first = source.answer(source.only(columns).limit(GLANCE))
    few = set()
    for name in columns:
        kind = "text" if plan.counts else kind_of(first[name])
        numbers, count = kind == "number", pc.count_distinct(first[name]).as_py()
        if name in plan.edges:
            few |= {name} if count <= FEW and pa.types.is_integer(first[name].type) else set()
            continue
        classes = groups.MOST_NUMBERS if numbers else MOST_CLASSES
        if count > (classes if name in judged or numbers else MOST_GROUPS):
            exact = source.answer(source.table.aggregate(count=source.table[name].nunique()))
            raise too_many(name, kind, exact["count"][0].as_py(), plan)
    return frozenset(few)


def too_many(column: str, kind: str, count: int, plan: AuditPlan) -> DataRefused:
    """What is said of a column with too many different values."""
    if column not in {plan.outcome, plan.prediction}:
        return groups.too_many(column, kind, count)
    if kind != "number":
        return DataRefused(MANY_CLASSES, column=column, count=count, limit=MOST_CLASSES)
    message = MANY_OUTCOMES if column == plan.outcome else MANY_PREDICTIONS
    return DataRefused(message, column=column, count=count)
