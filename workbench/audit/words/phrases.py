"""How groups, columns and shares are said in a sentence, per language."""

from collections.abc import Mapping

from workbench.audit.bins import translated_bin
from workbench.audit.plan import MISSING, AuditPlan
from workbench.basics.text import LANGUAGES, later, number, translate

PEOPLE_WITH = later("people with {values}")
NOT_STATED = later("not stated")

# Shares nearer to none or all than this are said with one decimal, so that 0 means none.
NEARLY = 0.01


def column_words(plan: AuditPlan, column: str, language: str) -> str:
    """The column in words, else its name in the table; "a & b" for the groups of two columns."""
    given = plan.names.get(column, {}).get(language)
    if given is None and column not in plan.attributes and " & " in column:
        return " & ".join(
            plan.names.get(part, {}).get(language, part) for part in column.split(" & ")
        )
    return given or column


def value_words(plan: AuditPlan, column: str, value: str, language: str) -> str:
    """A value in words, else as it stands in the table; "not stated" for a missing one."""
    if value == MISSING:
        return translate(language, NOT_STATED)
    given = plan.labels.get(column, {}).get(value, {}).get(language)
    if given is None and column in plan.edges:
        return translated_bin(value, plan.edges[column], language)
    return given or value


def group_words(plan: AuditPlan, parts: Mapping[str, str], language: str) -> str:
    """The group as it stands in a sentence: "women", "people with age: 25 to 34".

    Values that the plan puts into words stand for the people themselves.
    """
    labelled, plain = [], []
    for column, value in parts.items():
        words = plan.labels.get(column, {}).get(value, {}).get(language)
        if words is not None:
            labelled.append(words)
        else:
            said = value_words(plan, column, value, language)
            plain.append(f"{column_words(plan, column, language)}: {said}")
    values = ", ".join(plain)
    if not labelled:
        return translate(language, PEOPLE_WITH, {"values": values})
    return ", ".join(labelled) + (f" ({values})" if plain else "")


def labels(plan: AuditPlan, parts: Mapping[str, str]) -> dict[str, str]:
    """The short name of a group in tables and charts, per language."""
    return {
        language: ", ".join(
            value_words(plan, column, value, language) for column, value in parts.items()
        )
        for language in LANGUAGES
    }


def per_hundred(share: float, language: str) -> str:
    """A share as "how many of 100": whole, but never 0 or 100 unless it is exactly that."""
    digits = 1 if 0 < min(share, 1 - share) < NEARLY else 0
    return number(language, 100 * share, digits)
