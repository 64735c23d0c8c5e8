"""The transparency record: what the public gets about one system, in one fixed form.

A record is frozen and complete in itself: an edition is exactly one of these. ``None`` always
means "not stated"; nothing is guessed or filled in. Texts written by the town stand in the
language in which they were written; labels stand in German and English. Persons are never named,
only offices and capacities.
"""

from datetime import UTC, date
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from workbench.audit.results import AuditResult

SCHEMA_ID: Final = "ki-werkbank/transparency-record/1"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Instant = Annotated[AwareDatetime, AfterValidator(lambda value: value.astimezone(UTC))]


class Part(BaseModel):
    """Anything in a record: unchangeable, and without fields that nobody foresaw."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """One text in both languages."""

    de: str
    en: str


class Lines(Part):
    """One answer as lines to read, in both languages."""

    de: tuple[str, ...]
    en: tuple[str, ...]


class System(Part):
    """The system itself. ``contact`` is an office, a mailbox or a telephone, never a person."""

    slug: str
    name: str
    purpose: str | None
    department: str | None
    contact: str | None


class QuestionnaireVersion(Part):
    """Which questionnaire was answered."""

    id: str
    version: str


class Step(Part):
    """One step of the procedure and the day it happened."""

    on: date
    what: Words


Disclosure = Literal["public", "internal", "withheld"]


class Cell(Part):
    """One field of a row."""

    label: str
    lines: tuple[str, ...]


Row = tuple[Cell, ...]


class Rows(Part):
    """The rows of a repeatable group field by field, in both languages; unanswered left out."""

    de: tuple[Row, ...]
    en: tuple[Row, ...]


class Item(Part):
    """One question. The answer is None when not stated, and always when not ``public``.

    ``kind`` is the type of the question; ``rows`` repeats the answer to a group by field.
    """

    id: str
    kind: str
    question: Words
    answer: Lines | None
    rows: Rows | None
    disclosure: Disclosure
    ground: Words | None


class Chapter(Part):
    """One section of the questionnaire; only questions that apply to this system."""

    id: str
    title: Words
    items: tuple[Item, ...]


class Choice(Part):
    """One option of a value decision; the first is always the way without AI."""

    text: str | None
    chosen: bool
    without_ai: bool


class Decision(Part):
    """One value decision as ``governance.decisions.ValueDecision`` holds it, for reading.

    ``capacities`` and ``decided_by`` are ids of ``basics.capacities``. ``technical_alone``: only
    IT or the vendor took part, and ``alone_reason`` says why.
    """

    question: str | None
    values: tuple[Words, ...]
    options: tuple[Choice, ...]
    reasons: str | None
    yielding: Words | None
    protection: str | None
    capacities: tuple[str, ...]
    decided_by: str | None
    office: str | None
    decided_on: date | None
    minority_opinion: str | None
    review_on: date | None
    technical_alone: bool
    alone_reason: str | None


class Chart(Part):
    """One picture: the SHA-256 of its SVG file per language."""

    de: Sha256
    en: Sha256


class Audit(Part):
    """One check for discrimination, with small groups suppressed.

    ``charts`` has a picture for each name in ``result.charts``, where title and text alternative
    stand. A result that was not made for publication is refused.
    """

    id: str
    on: date
    purpose: str | None
    result: AuditResult
    charts: dict[str, Chart]

    @model_validator(mode="after")
    def _is_for_the_public(self) -> Self:
        if not self.result.is_published:
            raise ValueError("a result made for publication, see workbench.audit.results.published")
        return self


class Review(Part):
    """One decision of the ethics board, as a body."""

    on: date
    decision: Literal["approved", "changes_requested"]
    reasons: str | None
    conditions: tuple[str, ...]
    minority_opinion: str | None


class Withheld(Part):
    """Something the public does not get, and the ground for it."""

    what: Words
    ground: Words


class TransparencyRecord(Part):
    """Everything the public gets about one system in one edition.

    ``example`` marks a fictitious example. ``previous`` is the number of the edition before.
    """

    schema_id: Literal["ki-werkbank/transparency-record/1"] = SCHEMA_ID
    town: str
    example: bool
    number: int = Field(ge=1)
    published_at: Instant
    previous: int | None = Field(ge=1)
    system: System
    phase: str
    questionnaire: QuestionnaireVersion
    procedure: tuple[Step, ...]
    chapters: tuple[Chapter, ...]
    value_decisions: tuple[Decision, ...]
    audits: tuple[Audit, ...]
    reviews: tuple[Review, ...]
    not_published: tuple[Withheld, ...]
