"""The answers of one phase as they travel: to fill in elsewhere, and to bring back as a whole.

A bundle that does not fit is refused whole, with every mistake and its place; nothing is taken
over in part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from workbench.basics.errors import DataRefused, InvalidInput, TooLarge
from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.questionnaire.definition import Questionnaire

FORMAT: Final = "ki-werkbank/answers/1"
LARGEST = 800 * 1024

NOT_A_BUNDLE = later(
    "This file holds no answers from the workbench ({place}: {problem}). Choose a file that you "
    "downloaded here and filled in."
)
TOO_LARGE = later("The file is larger than {limit} kB. Answers alone are never that large.")
OTHER_VERSION = later(
    "The file belongs to the questionnaire {theirs}, this phase uses {ours}. Download the "
    "questions anew and copy your answers there."
)
OTHER_PHASE = later("The file belongs to the phase of another system. Choose the file of this one.")
UNKNOWN = later("The questionnaire has no such question.")


# As large as a database can ask for.
SaveNumber = Annotated[int, Field(ge=0, lt=10**9)]


class Bundle(BaseModel):
    """``seen`` says which save of each answer the file holds: so nobody's later answer is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["ki-werkbank/answers/1"] = FORMAT
    questionnaire: str
    version: str
    phase_id: str
    seen: dict[str, SaveNumber] = Field(default_factory=dict)
    answers: dict[str, JsonValue] = Field(default_factory=dict)


@dataclass(frozen=True)
class Mistake:
    """What is wrong at a place in the file, as a message and its values."""

    place: str
    message: str
    values: Mapping[str, object]


def as_json(bundle: Bundle) -> bytes:
    """The bundle as a file, easy to read and to edit."""
    return bundle.model_dump_json(indent=2).encode() + b"\n"


def from_json(data: bytes) -> Bundle:
    """The bundle of a file; DataRefused when it is none, TooLarge when it is too large."""
    require_size(data)
    try:
        return Bundle.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"]) or "JSON"
        raise DataRefused(NOT_A_BUNDLE, place=place, problem=first["msg"]) from error


def require_size(data: bytes) -> None:
    """Raises TooLarge for more bytes than any answers need."""
    if len(data) > LARGEST:
        raise TooLarge(TOO_LARGE, limit=LARGEST // 1024)


def require_phase(bundle: Bundle, questionnaire: Questionnaire, phase_id: str) -> None:
    """Raises DataRefused when the bundle belongs to another phase or version."""
    theirs = f"{bundle.questionnaire} {bundle.version}"
    ours = f"{questionnaire.id} {questionnaire.version}"
    if theirs != ours:
        raise DataRefused(OTHER_VERSION, theirs=theirs, ours=ours)
    if bundle.phase_id != phase_id:
        raise DataRefused(OTHER_PHASE)


def checked(
    bundle: Bundle, questionnaire: Questionnaire
) -> tuple[dict[str, JsonValue], tuple[Mistake, ...]]:
    """The answers as they may be stored, and every mistake; use the answers only without one."""
    known = {question.id: question for question in questionnaire.questions()}
    stored: dict[str, JsonValue] = {}
    mistakes = [Mistake(name, UNKNOWN, {}) for name in _unknown(bundle, known)]
    for name, value in bundle.answers.items():
        if name not in known:
            continue
        try:
            stored[name] = types.accept(known[name], value)
        except InvalidInput as error:
            mistakes.append(Mistake(name, error.message, error.values))
    return stored, tuple(mistakes)


def _unknown(bundle: Bundle, known: Mapping[str, object]) -> Iterator[str]:
    yield from (name for name in (bundle.answers | bundle.seen) if name not in known)
