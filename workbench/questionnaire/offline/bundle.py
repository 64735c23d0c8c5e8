"""The answers of one phase as they travel: to fill in elsewhere, and to bring back as a whole.

A bundle that does not fit is refused whole, with every mistake and its place; nothing is taken
over in part.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from workbench.basics.errors import DataRefused, InvalidInput, TooLarge
from workbench.basics.text import later
from workbench.questionnaire import accepting, types
from workbench.questionnaire.conditions import CHOICE, NOT_APPLICABLE, REASON
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType
from workbench.questionnaire.offline.mistakes import Mistake, Place, Spot, mistake

FORMAT: Final = "ki-werkbank/answers/1"
LARGEST = 800 * 1024
# Parts of an answer beside REASON.
ID, ANSWER = "id", "answer"

NO_FILE = later(
    "This file holds no answers from the workbench: it is neither its spreadsheet (.xlsx) nor its "
    "JSON file. Choose a file that you downloaded here and filled in."
)
BROKEN_JSON = later(
    "The file cannot be read in line {line}, column {column}: a character is missing there or does "
    "not belong there. Correct it, or download the questions anew."
)
NOT_A_BUNDLE = later(
    "This file holds no answers from the workbench: “{place}” is missing or does not fit. Choose a "
    "file that you downloaded here and filled in."
)
TWICE = later("“{name}” stands in the file twice. Delete one of the two.")
TOO_LARGE = later("The file is larger than {limit} kB. Answers alone are never that large.")
OTHER_VERSION = later(
    "The file belongs to the questionnaire {theirs}, this phase uses {ours}. Download the "
    "questions anew and copy your answers there."
)
EDITED = later(
    "The questions, or a list beside them, were changed after this file was downloaded. Download "
    "the questions anew and copy your answers there."
)
UNKNOWN_WORDING = later(
    "The file does not say for which wording of the questions it was made, like those from older "
    "versions of the workbench. Download the questions anew and copy your answers there."
)
OTHER_PHASE = later("The file belongs to the phase of another system. Choose the file of this one.")


# As large as a database can ask for.
SaveNumber = Annotated[int, Field(ge=0, lt=10**9)]


class Bundle(BaseModel):
    """``seen`` says which save of each answer the file holds: so nobody's later answer is lost.

    ``hidden`` are the answers that the file does not hold because nobody is asked for them now.
    Where it says nothing about one, the stored answer stays.

    ``fingerprint`` is what the version was when the bundle left (``questionnaire.fingerprint``), as
    a version can be edited in place. Files of older workbenches lack it. They are refused, as
    nobody knows which wording was answered there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["ki-werkbank/answers/1"] = FORMAT
    questionnaire: str
    version: str
    fingerprint: str = ""
    phase_id: str
    seen: dict[str, SaveNumber] = Field(default_factory=dict)
    answers: dict[str, JsonValue] = Field(default_factory=dict)
    hidden: tuple[str, ...] = ()


def as_json(bundle: Bundle) -> bytes:
    """The bundle as a file, easy to read and to edit."""
    return bundle.model_dump_json(indent=2).encode() + b"\n"


def from_json(data: bytes) -> Bundle:
    """The bundle of a file; DataRefused when it is none, TooLarge when it is too large."""
    require_size(data)
    try:
        json.loads(data, object_pairs_hook=_once, parse_int=str)
        return Bundle.model_validate_json(data)
    except json.JSONDecodeError as error:
        if not error.pos:
            raise DataRefused(NO_FILE) from error
        raise DataRefused(BROKEN_JSON, line=error.lineno, column=error.colno) from error
    except ValidationError as error:
        place = "/".join(str(part) for part in error.errors()[0]["loc"])
        message = NOT_A_BUNDLE if place else NO_FILE
        raise DataRefused(message, place=place) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise DataRefused(NO_FILE) from error


def _once(pairs: list[tuple[str, object]]) -> None:
    """Refuse a name that stands twice: of its two values, one would be lost without a word."""
    times = Counter(name for name, _ in pairs)
    again = next((name for name, count in times.items() if count > 1), None)
    if again is not None:
        raise DataRefused(TWICE, name=accepting.cleaned(again))


def require_size(data: bytes) -> None:
    """Raises TooLarge for more bytes than any answers need."""
    if len(data) > LARGEST:
        raise TooLarge(TOO_LARGE, limit=LARGEST // 1024)


def require_version(bundle: Bundle, questionnaire: Questionnaire, fingerprint: str) -> None:
    """Raises DataRefused when the bundle belongs to another questionnaire or version of it.

    So it does when the version had another ``fingerprint`` than now, or nobody knows which.
    """
    theirs = f"{bundle.questionnaire} {bundle.version}"
    ours = f"{questionnaire.id} {questionnaire.version}"
    if theirs != ours:
        raise DataRefused(OTHER_VERSION, theirs=theirs, ours=ours)
    if bundle.fingerprint != fingerprint:
        raise DataRefused(EDITED if bundle.fingerprint else UNKNOWN_WORDING)


def require_phase(
    bundle: Bundle, questionnaire: Questionnaire, fingerprint: str, phase_id: str
) -> None:
    """Raises DataRefused when the bundle belongs to another phase, version or wording."""
    require_version(bundle, questionnaire, fingerprint)
    if bundle.phase_id != phase_id:
        raise DataRefused(OTHER_PHASE)


def checked(
    bundle: Bundle, questionnaire: Questionnaire, places: Mapping[Spot, Place] | None = None
) -> tuple[dict[str, JsonValue], tuple[Mistake, ...]]:
    """The answers as they may be stored, and every mistake; use the answers only without one.

    ``places`` says in which cells of a spreadsheet they stand.
    """
    cells = places or {}
    known = {question.id: question for question in questionnaire.questions()}
    stored: dict[str, JsonValue] = {}
    mistakes = [mistake(Spot(name, 0, ID), None, cells, name) for name in _unknown(bundle, known)]
    for name, value in bundle.answers.items():
        if name not in known:
            continue
        wrong = _wrong(known[name], value, cells)
        mistakes += wrong
        if wrong:
            continue
        fitting = types.accept(known[name], value)
        if fitting is not None or name not in bundle.hidden:
            stored[name] = fitting
    return stored, tuple(mistakes)


@dataclass(frozen=True)
class _Part:
    """Where a part stands, what it answers, the value to check, and what was typed."""

    spot: Spot
    question: Question
    value: JsonValue
    typed: JsonValue


def _wrong(
    question: Question, value: JsonValue, places: Mapping[Spot, Place]
) -> tuple[Mistake, ...]:
    """What does not fit: each part by itself, and only if all do, the answer as a whole."""
    whole = _Part(Spot(question.id, 0, ANSWER), question, value, value)
    return _refused(_parts(question, value), places) or _refused((whole,), places)


def _refused(parts: Iterable[_Part], places: Mapping[Spot, Place]) -> tuple[Mistake, ...]:
    found = []
    for part in parts:
        try:
            types.accept(part.question, part.value)
        except InvalidInput as error:
            found.append(mistake(part.spot, part.question, places, part.typed, error))
    return tuple(found)


def _parts(question: Question, value: JsonValue) -> Iterator[_Part]:
    if isinstance(value, dict) and value.keys() <= {CHOICE, REASON, NOT_APPLICABLE}:
        judged = question.type is QuestionType.JUDGEMENT
        for name, said in value.items():
            if judged or name != CHOICE:
                place = ANSWER if name == CHOICE else REASON
                yield _Part(Spot(question.id, 0, place), question, {name: said}, said)
    if question.type is not QuestionType.GROUP or not isinstance(value, list):
        return
    fields = {field.id: field for field in question.fields}
    for number, row in enumerate(value, 1):
        for name, cell in row.items() if isinstance(row, dict) else ():
            if name in fields:
                yield _Part(Spot(question.id, number, name), fields[name], cell, cell)


def _unknown(bundle: Bundle, known: Mapping[str, object]) -> Iterator[str]:
    yield from (name for name in (bundle.answers | bundle.seen) if name not in known)
