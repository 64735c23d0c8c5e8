"""One phase as the public gets it: here what is not public loses its answer, before any record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from workbench.basics.errors import NotFound
from workbench.basics.text import later
from workbench.disclosure.pieces import Lines, Words, named, stated, words
from workbench.disclosure.record import (
    Cell,
    Chapter,
    Choice,
    Decision,
    Dissent,
    Item,
    PhasePart,
    QuestionnaireVersion,
    Review,
    Row,
    Rows,
    Source,
)
from workbench.governance.decisions import ValueDecision, technical_alone
from workbench.governance.dissents import Dissent as Held
from workbench.questionnaire.summary import SummaryAnswer, SummarySection
from workbench.questionnaire.types import Cells

INTERNAL = later("Personal or internal details are not published.")
Vocabulary = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Beside:
    """What stands beside a value decision; ``files`` counts those that are not published."""

    dissents: tuple[Held, ...] = ()
    sources: tuple[Source, ...] = ()
    files: int = 0


@dataclass(frozen=True)
class Content:
    """All that is known of one phase.

    ``decisions`` by id, in the order in which they were recorded, ``beside`` by the same ids;
    ``feeds`` maps questions to what the product works out from them.
    """

    phase: str
    questionnaire: QuestionnaireVersion
    approved_on: date | None
    summary: tuple[SummarySection, ...]
    feeds: Mapping[str, str]
    decisions: Mapping[str, ValueDecision]
    reviews: tuple[Review, ...]
    beside: Mapping[str, Beside] = field(default_factory=dict)


def part(content: Content, earlier: Iterable[Content], values: Vocabulary) -> PhasePart:
    """The phase in a record; ``earlier`` are phases with decisions that may be replaced in it.

    Raises NotFound when a decision names a value that is not in ``values``.
    """
    known = {key: one for phase in (*earlier, content) for key, one in phase.decisions.items()}
    return PhasePart(
        phase=content.phase,
        questionnaire=content.questionnaire,
        approved_on=content.approved_on,
        chapters=tuple(_chapter(section, content.feeds) for section in content.summary),
        value_decisions=tuple(
            _decision(one, content.beside.get(key, Beside()), known, values)
            for key, one in content.decisions.items()
        ),
        reviews=tuple(sorted(content.reviews, key=lambda review: review.on)),
    )


def _chapter(section: SummarySection, feeds: Mapping[str, str]) -> Chapter:
    return Chapter(
        id=section.id,
        title=named(section.title),
        items=tuple(_item(answer, feeds.get(answer.question)) for answer in section.answers),
    )


def _item(answer: SummaryAnswer, feeds: str | None) -> Item:
    shown = answer.public and answer.stated
    return Item(
        id=answer.question,
        kind=answer.type,
        feeds=feeds,
        question=named(answer.title),
        answer=Lines(de=answer.public_words["de"], en=answer.public_words["en"]) if shown else None,
        rows=_rows(answer) if shown and answer.public_rows["de"] else None,
        disclosure="public" if answer.public else "internal",
        ground=None if answer.public else words(INTERNAL),
    )


def _rows(answer: SummaryAnswer) -> Rows:
    return Rows(
        de=tuple(_row(cells) for cells in answer.public_rows["de"]),
        en=tuple(_row(cells) for cells in answer.public_rows["en"]),
    )


def _row(cells: Cells) -> Row:
    return tuple(Cell(label=label, lines=said) for label, said in cells)


def _decision(
    decision: ValueDecision,
    beside: Beside,
    known: Mapping[str, ValueDecision],
    values: Vocabulary,
) -> Decision:
    replaced = known.get(decision.supersedes)
    return Decision(
        question=stated(decision.question),
        values=tuple(_value(identifier, values) for identifier in decision.values),
        options=_options(decision),
        reasons=stated(decision.reasons),
        yielding=_value(decision.yielding, values) if decision.yielding else None,
        protection=stated(decision.protection),
        capacities=decision.capacities,
        decided_by=stated(decision.decided_by),
        office=stated(decision.office),
        decided_on=decision.decided_on,
        votes_for=decision.votes_for,
        votes_against=decision.votes_against,
        votes_abstained=decision.votes_abstained,
        minority_opinion=None,
        conditions=stated(decision.conditions),
        review_on=decision.review_on,
        evidence=stated(decision.evidence),
        replaces=stated(replaced.question) if replaced else None,
        technical_alone=technical_alone(decision),
        alone_reason=stated(decision.alone_reason),
        dissents=tuple(
            Dissent(words=one.words, capacity=stated(one.capacity), origin=one.origin)
            for one in beside.dissents
        ),
        sources=beside.sources,
        files=beside.files,
    )


def _options(decision: ValueDecision) -> tuple[Choice, ...]:
    """The options; an empty one is left out, except the way without AI, whose gap must show."""
    return tuple(
        Choice(text=stated(option), chosen=place == decision.chosen, without_ai=place == 0)
        for place, option in enumerate(decision.options)
        if place == 0 or option.strip()
    )


def _value(identifier: str, values: Vocabulary) -> Words:
    if identifier not in values:
        raise NotFound(later("There is no value {id} in the list of values."), id=identifier)
    return Words(de=values[identifier]["de"], en=values[identifier]["en"])
