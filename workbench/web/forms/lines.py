"""Short texts with a fixed shape, such as "age: 25, 35": read into values, and written again.

Each reader takes what was typed and the table's columns; it raises InvalidInput with a message
that quotes the line. ``typed_…`` writes what the reader reads.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from workbench.basics.errors import InvalidInput
from workbench.basics.text import LANGUAGES, later

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d{1,15})?")
WHOLE = re.compile(r"\d+")
LARGEST, LARGEST_WHOLE = 10**15 - 1, 10**10 - 1
BOTH = " / "
SLASH = re.compile(r"(?:^|\s)/(?:\s|$)")
NO_COLUMN = later("“{line}” does not begin with a column of the table, like this: {example}")
NOT_NUMBERS = later("“{line}” holds something that is no number. Write for example: {example}")
NOT_WHOLE = later("“{line}” is no whole number. Write for example: {example}")
TOO_LARGE = later("“{line}” is too large. Please enter a number of at most {most}.")
NO_VALUE = later("“{line}” names no value and its words, like this: {example}")
EDGES, REFERENCES, NAMES = "age: 25, 35, 50", "sex: male", "age = Alter / age"
LABELS = "sex: female = Frauen / women"

Columns = Iterable[str]
Words = dict[str, str]
Reader = Callable[[str, Columns], Any]


def number(typed: str, _columns: Columns = ()) -> float | None:
    """A number with point or comma; None for nothing."""
    if not typed.strip():
        return None
    return _number(typed.strip(), typed, "0,05")


def whole(typed: str, _columns: Columns = ()) -> int | None:
    """A whole number; None for nothing."""
    return _whole(typed.strip(), "100") if typed.strip() else None


def whole_numbers(typed: str, _columns: Columns = ()) -> tuple[int, ...]:
    """Whole numbers, with commas or blanks between them."""
    parts = re.split(r"[\s,;]+", typed.strip())
    return tuple(_whole(part, "3, 17") for part in parts if part)


def edges(typed: str, columns: Columns) -> dict[str, tuple[float, ...]]:
    """Column → where its groups begin, from lines such as "age: 25, 35".

    Semicolons between the numbers leave the comma to the decimals: "rent: 400,50; 600".
    """
    found = {}
    for line in _lines(typed):
        name, rest = _column(line, ":", columns, EDGES)
        parts = rest.split(";" if ";" in rest else ",")
        found[name] = tuple(_number(part.strip(), line, EDGES) for part in parts)
    return found


def references(typed: str, columns: Columns) -> dict[str, str]:
    """Column → the group that the others are compared with, from lines such as "sex: male"."""
    found = {}
    for line in _lines(typed):
        name, value = _column(line, ":", columns, REFERENCES)
        if not value:
            raise InvalidInput(NO_VALUE, line=line, example=REFERENCES)
        found[name] = value
    return found


def names(typed: str, columns: Columns) -> dict[str, Words]:
    """Column → its words per language, from lines such as "age = Alter / age"."""
    found = {}
    for line in _lines(typed):
        name, said = _column(line, "=", columns, NAMES)
        if not said:
            raise InvalidInput(NO_VALUE, line=line, example=NAMES)
        found[name] = words(said)
    return found


def labels(typed: str, columns: Columns) -> dict[str, dict[str, Words]]:
    """Column → value → words, from lines such as "sex: female = Frauen / women"."""
    found: dict[str, dict[str, Words]] = {}
    for line in _lines(typed):
        name, rest = _column(line, ":", columns, LABELS)
        value, _, said = (part.strip() for part in rest.rpartition("="))
        if not value or not said:
            raise InvalidInput(NO_VALUE, line=line, example=LABELS)
        found.setdefault(name, {})[value] = words(said)
    return found


def words(typed: str, _columns: Columns = ()) -> Words:
    """German and English words, "Frauen / women"; one text stands for both, nothing for none."""
    german, english = (part.strip() for part in [*SLASH.split(typed, maxsplit=1), ""][:2])
    either = german or english
    return (
        dict(zip(LANGUAGES, (german or either, english or either), strict=True)) if either else {}
    )


def typed_number(value: float) -> str:
    """A number as its reader takes it."""
    return str(int(value)) if float(value).is_integer() else str(value)


def typed_words(said: Mapping[str, str]) -> str:
    """Words per language in one line."""
    return BOTH.join(said[language] for language in LANGUAGES) if said else ""


def typed_edges(given: Mapping[str, Iterable[float]]) -> str:
    """Edges in lines."""
    return "\n".join(
        f"{name}: {', '.join(map(typed_number, each))}" for name, each in given.items()
    )


def typed_references(given: Mapping[str, str]) -> str:
    """Reference groups in lines."""
    return "\n".join(f"{name}: {value}" for name, value in given.items())


def typed_names(given: Mapping[str, Mapping[str, str]]) -> str:
    """Names of columns in lines."""
    return "\n".join(f"{name} = {typed_words(said)}" for name, said in given.items())


def typed_labels(given: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    """Words of values in lines."""
    return "\n".join(
        f"{name}: {value} = {typed_words(said)}"
        for name, values in given.items()
        for value, said in values.items()
    )


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _column(line: str, mark: str, columns: Columns, example: str) -> tuple[str, str]:
    """The column that the line begins with and what follows the mark.

    Of several that fit, the longest: a column's name may hold the mark itself.
    """
    for name in sorted(columns, key=len, reverse=True):
        rest = line.removeprefix(name.strip()).lstrip()
        if line.startswith(name.strip()) and rest.startswith(mark):
            return name, rest.removeprefix(mark).strip()
    raise InvalidInput(NO_COLUMN, line=line, example=example)


def _whole(part: str, example: str) -> int:
    if not WHOLE.fullmatch(part):
        raise InvalidInput(NOT_WHOLE, line=part, example=example)
    return int(_within(part, part, LARGEST_WHOLE))


def _number(part: str, line: str, example: str) -> float:
    if not NUMBER.fullmatch(part):
        raise InvalidInput(NOT_NUMBERS, line=line, example=example)
    return _within(part.replace(",", "."), line, LARGEST)


def _within(part: str, line: str, most: int) -> float:
    # As a decimal: of any length, and compared exactly.
    if abs(Decimal(part)) > most:
        raise InvalidInput(TOO_LARGE, line=line, most=most)
    return float(part)
