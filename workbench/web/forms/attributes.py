"""Which columns may form groups: each with what it holds, unsuitable ones last with the reason."""

from collections.abc import Collection

from workbench.audit.intake.inspection import Column, Inspection
from workbench.audit.plan import COUNT_COLUMNS, MOST_GROUPS
from workbench.basics import text
from workbench.basics.text import later

MOST_NUMBERS = 20  # more different numbers are no classes and no groups by themselves
FEW = 4  # so many values are named
# From this share of all rows on, nearly every row has a value of its own.
LIKE_AN_ID = 0.9
VALUES = later("{column} – {n} different values: {values}")
MANY_VALUES = later("{column} – {n} different values, for example {values}")
NUMBERS = later("{column} – {n} different numbers: say below where groups begin")
NEARLY_ALL = later(
    "{column} – not suitable without classes: {n} different numbers, almost one per row, like an "
    "amount or an id"
)
ONE_VALUE = later("{column} – not suitable: the same value in every row")
TAKEN = later("{column} – not suitable: it has another meaning above")
COUNTED = later("{column} – not suitable: it holds counts")
ID = later(
    "{column} – not suitable: {n} different values, almost one per row, like a name or an id"
)
TOO_MANY = later("{column} – not suitable: {n} different values, and at most {limit} groups")
# In this order they are offered.
SUITABLE = (VALUES, MANY_VALUES, NUMBERS)


def attribute_words(
    inspection: Inspection, taken: Collection[str], language: str, *, counts: str | None = None
) -> dict[str, str]:
    """Column → words, suitable ones first.

    ``taken`` are the columns that already mean something else. In a table of ``counts``, no
    column is like an id, as each row is a group.
    """
    counted = COUNT_COLUMNS[counts] if counts else ()
    found = [(_message(one, inspection, taken, counted), one) for one in inspection.columns]
    found.sort(key=lambda each: SUITABLE.index(each[0]) if each[0] in SUITABLE else len(SUITABLE))
    return {column.name: _said(message, column, language) for message, column in found}


def _message(
    column: Column, inspection: Inspection, taken: Collection[str], counted: Collection[str]
) -> str:
    is_number = column.kind == "number"
    is_own = not counted and column.distinct > max(LIKE_AN_ID * inspection.rows, MOST_NUMBERS)
    cases = (
        (column.name in counted, COUNTED),
        (column.name in taken, TAKEN),
        (column.distinct + bool(column.missing) < 2, ONE_VALUE),
        (is_own and is_number, NEARLY_ALL),
        (is_own, ID),
        (not counted and is_number and column.distinct > MOST_NUMBERS, NUMBERS),
        (column.distinct > MOST_GROUPS, TOO_MANY),
        (column.distinct > FEW, MANY_VALUES),
    )
    return next((message for holds, message in cases if holds), VALUES)


def _said(message: str, column: Column, language: str) -> str:
    values = {
        "column": column.name,
        "n": text.number(language, column.distinct),
        "values": ", ".join(value for value, _ in column.frequent[:FEW]),
        "limit": MOST_GROUPS,
    }
    return text.translate(language, message, values)
