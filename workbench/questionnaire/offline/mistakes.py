"""What is wrong in a file that comes back: where it stands, what stands there, and what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import LARGE, later, number, translate
from workbench.questionnaire.conditions import CHOICE, NOT_APPLICABLE, REASON
from workbench.questionnaire.definition import Question
from workbench.questionnaire.offline.cells import NO, YES

LONGEST_FOUND = 80
UNKNOWN = later("The questionnaire has no such question.")


class Spot(NamedTuple):
    """A place in the answers: a question, in a group the entry (from 1 on), and which part."""

    question: str
    entry: int
    part: str


@dataclass(frozen=True)
class Place:
    """A cell as a person finds it."""

    sheet: str
    row: int
    column: str
    head: str


@dataclass(frozen=True)
class Mistake:
    """What is wrong in the file, as a message and its values.

    ``question`` is the question or the field of a group, None when there is none of that id.
    ``place`` is None in a JSON file. ``found`` stands there now.
    """

    spot: Spot
    question: Question | None
    place: Place | None
    found: JsonValue
    message: str
    values: Mapping[str, object]

    def stands(self, language: str) -> str:
        """What stands there now as a person reads it, at most 80 characters; "" for nothing."""
        written = " ".join(" / ".join(_words(self.found, language)).split())
        if len(written) <= LONGEST_FOUND:
            return written
        return written[: LONGEST_FOUND - 1] + "…"


def mistake(
    spot: Spot,
    question: Question | None,
    places: Mapping[Spot, Place],
    found: JsonValue,
    error: InvalidInput | None = None,
) -> Mistake:
    """A mistake at a spot; without an ``error``, that the question is unknown."""
    message, values = (error.message, error.values) if error else (UNKNOWN, {})
    return Mistake(spot, question, places.get(spot), found, message, values)


def _words(found: JsonValue, language: str) -> Iterator[str]:
    """Every single value; those of a mapping with their names, unless these only say which part."""
    if isinstance(found, dict):
        for name, value in found.items():
            named = "" if name in {CHOICE, REASON, NOT_APPLICABLE} else f"{name}: "
            yield from (f"{named}{word}" for word in _words(value, language))
    elif isinstance(found, list):
        for value in found:
            yield from _words(value, language)
    elif isinstance(found, bool):
        yield translate(language, YES if found else NO)
    elif isinstance(found, int | float) and abs(found) < LARGE:
        yield number(language, found)
    elif found is not None:
        yield str(found)
