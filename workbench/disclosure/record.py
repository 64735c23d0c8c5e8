"""The transparency record: what the public gets about one system, in one fixed form.

A record is frozen and complete in itself: an edition is exactly one of these. ``None`` always
means "not stated"; nothing is guessed or filled in. Texts written by the town stand in the
language in which they were written; labels stand in German and English. Persons are never named,
only offices and capacities.
"""

import operator
from datetime import UTC, date
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from workbench.audit.results import AuditResult
from workbench.disclosure.conclusions import Conclusions
from workbench.disclosure.pieces import Lines, Part, Words

SCHEMA_ID: Final = "ki-werkbank/transparency-record/1"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Instant = Annotated[AwareDatetime, AfterValidator(lambda value: value.astimezone(UTC))]


class System(Part):
    """The system itself. ``contact`` is an office, a mailbox or a telephone, never a person."""

    slug: str
    name: str
    purpose: str | None
    department: str | None
    contact: str | None


class QuestionnaireVersion(Part):
    """Which questionnaire was answered, with which version of the shared lists.

    Editions from before these had versions name none, and still read and write the same bytes.
    """

    id: str
    version: str
    lists: str | None = Field(default=None, exclude_if=operator.not_)


class Step(Part):
    """One step of the procedure and the day it happened; ``reason`` where it needed one."""

    on: date
    what: Words
    reason: str | None = None


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
    ``feeds`` is what the product shows or computes from it, see ``FeedName``.
    """

    id: str
    kind: str
    feeds: str | None
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


class Dissent(Part):
    """One minority opinion on a value decision, word for word.

    ``capacity`` is an id of ``basics.capacities``, None for those from before it was asked.
    ``origin``: written by whoever holds it (own), or recorded by a minute-taker: for somebody
    without an account (on_behalf), or with one who has confirmed it or not yet.
    """

    words: str
    capacity: str | None
    origin: Literal["own", "on_behalf", "confirmed", "unconfirmed"]


class Source(Part):
    """Something on the web that a value decision rests on."""

    title: str
    address: str


class Decision(Part):
    """One value decision as ``governance.decisions.ValueDecision`` holds it, for reading.

    ``capacities`` and ``decided_by`` are ids of ``basics.capacities``. ``technical_alone``: only
    IT or the vendor took part, and ``alone_reason`` says why. ``replaces`` is the question of an
    earlier decision in the record that this one replaces. ``files`` counts the files that back it
    and are not published. Editions from before there could be several have their one minority
    opinion in ``minority_opinion``, later ones in ``dissents``.
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
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    minority_opinion: str | None
    conditions: str | None
    review_on: date | None
    evidence: str | None
    replaces: str | None
    technical_alone: bool
    alone_reason: str | None
    dissents: tuple[Dissent, ...] = Field(default=(), exclude_if=operator.not_)
    sources: tuple[Source, ...] = Field(default=(), exclude_if=operator.not_)
    files: int = Field(default=0, ge=0, exclude_if=operator.not_)


class Standing(Part):
    """What became of one condition until the edition.

    ``report`` are the words of the project team, ``fulfilled_on`` the day it names; ``answer``
    those of the ethics board, on the day ``answered_on``.
    """

    state: Literal["open", "reported", "confirmed", "lifted"]
    report: str | None
    fulfilled_on: date | None
    answer: str | None
    answered_on: date | None


class Review(Part):
    """One decision of the ethics board, as a body.

    ``standing`` has one entry for each of the conditions; editions from before there was one have
    none, and still read and write the same bytes.
    """

    on: date
    decision: Literal["approved", "changes_requested"]
    reasons: str | None
    conditions: tuple[str, ...]
    standing: tuple[Standing, ...] = Field(default=(), exclude_if=operator.not_)
    minority_opinion: str | None


class PhasePart(Part):
    """One phase that the ethics board approved, with what was answered and decided in it.

    ``approved_on`` is None only in a preview of a phase that is not approved yet.
    """

    phase: str
    questionnaire: QuestionnaireVersion
    approved_on: date | None
    chapters: tuple[Chapter, ...]
    value_decisions: tuple[Decision, ...]
    reviews: tuple[Review, ...]


class PhaseInWork(Part):
    """A phase that the edition does not cover: its state, and nothing of its content."""

    phase: str
    state: str


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


class Withheld(Part):
    """Something the public does not get, and the ground for it."""

    what: Words
    ground: Words


class TransparencyRecord(Part):
    """Everything the public gets about one system in one edition.

    ``example`` marks a fictitious example. ``previous`` is the number of the edition before.
    ``phase`` is the newest one of ``phases``, which are those that the edition covers, in order.
    """

    schema_id: Literal["ki-werkbank/transparency-record/1"] = SCHEMA_ID
    town: str
    example: bool
    number: int = Field(ge=1)
    published_at: Instant
    previous: int | None = Field(ge=1)
    system: System
    phase: str
    phases: tuple[PhasePart, ...]
    in_work: tuple[PhaseInWork, ...]
    procedure: tuple[Step, ...]
    conclusions: Conclusions
    audits: tuple[Audit, ...]
    not_published: tuple[Withheld, ...]
