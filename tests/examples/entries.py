"""An answer as a form sends it."""

from pydantic import JsonValue


def entries(question: str, value: JsonValue) -> dict[str, object]:
    """The fields of the form, and what a person chooses or writes there, for a stored answer."""
    if isinstance(value, bool):
        return {question: "yes" if value else "no"}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = [row for row in value if isinstance(row, dict)]
        return {question: ""} | {
            f"{question}-{number}-{name}": cell
            for number, row in enumerate(rows)
            for name, cell in row.items()
        }
    return {question: value}
