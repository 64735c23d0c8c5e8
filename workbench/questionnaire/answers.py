"""The answers of one assessment to one questionnaire: immutable, comparable, plain JSON inside."""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from pydantic import JsonValue

from workbench.basics.errors import InvalidInput, NotFound
from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.questionnaire.definition import Questionnaire


class AnswerSheet(Mapping[str, JsonValue]):
    """Question id → stored value; a question without an answer is not in it."""

    def __init__(self, values: Mapping[str, JsonValue] | None = None) -> None:
        self._values = {
            identifier: deepcopy(value)
            for identifier, value in (values or {}).items()
            if not types.is_empty(value)
        }

    def __getitem__(self, identifier: str) -> JsonValue:
        # A copy: what is handed out must not be a way to change the sheet.
        return deepcopy(self._values[identifier])

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"AnswerSheet({self._values!r})"

    def with_values(self, changes: Mapping[str, JsonValue]) -> "AnswerSheet":
        """A new sheet with these answers changed; an empty value takes the answer away."""
        return AnswerSheet({**self._values, **changes})


def accepted(questionnaire: Questionnaire, values: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The values as they may be stored, each checked against its question.

    Raises InvalidInput; its ``fields`` maps the id of each wrong or unknown question to the reason.
    """
    stored: dict[str, JsonValue] = {}
    wrong: dict[str, str] = {}
    for identifier, value in values.items():
        try:
            stored[identifier] = types.accept(questionnaire.question(identifier), value)
        except (InvalidInput, NotFound) as error:
            wrong[identifier] = str(error)
    if wrong:
        raise InvalidInput(later("Some answers do not fit their question."), wrong)
    return stored
