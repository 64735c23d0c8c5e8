"""How groups, columns, shares and other numbers are said in a sentence, per language."""

import math
from collections.abc import Mapping

from workbench.audit.bins import translated_bin
from workbench.audit.plan import MISSING, AuditPlan
from workbench.basics.text import LANGUAGES, later, number, percent, translate

PEOPLE_WITH = later("people with {values}")
NOT_STATED = later("not stated")

POINTS = later("{points} percentage points")
ONE_POINT = later("1 percentage point")

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
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


def figure(language: str, value: float, digits: int) -> str:
    """A number with fixed decimals and a real minus sign; what rounds to 0 has no sign."""
    rounded = round(value, digits) or 0.0
    return number(language, rounded, digits).replace("-", "−")


def points(language: str, share: float) -> str:
    """A difference of shares in words: 0.1 → "10.0 percentage points"."""
    return translate(language, POINTS, {"points": figure(language, 100 * share, 1)})


def stated_points(share: float, language: str) -> str:
    """The same for a stated number, without more decimals than were stated: "10 percentage …"."""
    said = round(100 * share, 3)
    if said == 1:
        return translate(language, ONE_POINT)
    return translate(language, POINTS, {"points": number(language, said)})


def digits_for(*values: float | None) -> int:
    """How many decimals numbers in their own unit need, so that three digits of them are seen."""
    largest = max((abs(value) for value in values if value), default=1.0)
    return min(6, max(0, 2 - math.floor(math.log10(largest))))


def quoted(words: str, language: str) -> str:
    """The words in the quotation marks of the language."""
    return f"„{words}“" if language == "de" else f"“{words}”"


def positive_words(plan: AuditPlan, language: str) -> str:
    """The favourable outcome in words, in quotation marks; else its value in the table."""
    return quoted(plan.positive_words.get(language, plan.positive), language)


def percent_words(share: float, language: str) -> str:
    """A share between 0 and 1 as percent: 0.257 → "25,7 %"."""
    return percent(language, share)


def tiny(value: float, language: str) -> str:
    """A very small number in words for people: 2.2e-16 → "2.2 · 10⁻¹⁶"; 0 stays 0."""
    if value == 0:
        return "0"
    power = math.floor(math.log10(abs(value)))
    return f"{figure(language, value / 10**power, 1)} · 10{str(power).translate(RAISED)}"
