"""An answer as a form sends it."""

import re

from pydantic import JsonValue

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def entries(question: str, value: JsonValue) -> dict[str, object]:
    """The fields of the form, and what a person chooses or writes there, for a stored answer."""
    if isinstance(value, bool):
        return {question: "yes" if value else "no"}
    if isinstance(value, str) and DAY.fullmatch(value):
        parts = zip(("year", "month", "day"), value.split("-"), strict=True)
        return {f"{question}-{part}": number for part, number in parts}
    if isinstance(value, dict):  # an excuse, or a judgement with its reason
        chosen: dict[str, object] = {question: value["choice"]} if "choice" in value else {}
        told: dict[str, object] = {
            f"{question}-{name}": words for name, words in value.items() if name != "choice"
        }
        return chosen | told
    if isinstance(value, list) and value and isinstance(value[0], dict):
        found: dict[str, object] = {question: ""}
        for number, row in enumerate(value):
            if isinstance(row, dict):
                for name, cell in row.items():
                    found |= entries(f"{question}-{number}-{name}", cell)
        return found
    return {question: value}
