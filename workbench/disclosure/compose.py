"""From what the town knows to what the public gets: the one place where answers are left out.

What is not public loses its answer here, before a record exists, and is named with its ground in
``not_published``. What is empty stays "not stated".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from workbench.audit.results import AuditResult, published
from workbench.basics import text
from workbench.basics.errors import NotFound
from workbench.basics.text import later
from workbench.disclosure.record import (
    Audit,
    Cell,
    Chapter,
    Chart,
    Choice,
    Decision,
    Item,
    Lines,
    QuestionnaireVersion,
    Review,
    Row,
    Rows,
    Step,
    System,
    TransparencyRecord,
    Withheld,
    Words,
)
from workbench.governance.decisions import ValueDecision, technical_alone
from workbench.questionnaire.definition import Text
from workbench.questionnaire.summary import SummaryAnswer, SummarySection
from workbench.questionnaire.types import Cells

INTERNAL = later("Personal or internal details are not published.")
SMALL_GROUPS = later("Numbers about small groups in a check for discrimination")
HIDDEN_GROUPS = "hidden/"  # how audit.results names its findings about hidden groups
Vocabulary = Mapping[str, Mapping[str, str]]


def compose(
    *,
    town: str,
    example: bool,
    number: int,
    published_at: datetime,
    previous: int | None,
    system: System,
    phase: str,
    questionnaire: QuestionnaireVersion,
    procedure: Sequence[Step],
    summary: Sequence[SummarySection],
    decisions: Sequence[ValueDecision],
    values: Vocabulary,
    audits: Sequence[Audit],
    reviews: Sequence[Review],
    withheld: Sequence[Withheld] = (),
) -> TransparencyRecord:
    """The record of one edition; ``values`` maps the id of each value to its name by language.

    ``withheld`` is what else is not published, beside answers and small groups.

    Raises NotFound when a decision names a value that is not in it.
    """
    chapters = tuple(_chapter(section) for section in summary)
    record = TransparencyRecord(
        town=town,
        example=example,
        number=number,
        published_at=published_at,
        previous=previous,
        system=system,
        phase=phase,
        questionnaire=questionnaire,
        procedure=tuple(sorted(procedure, key=lambda step: step.on)),
        chapters=chapters,
        value_decisions=tuple(_decision(decision, values) for decision in decisions),
        audits=tuple(audits),
        reviews=tuple(sorted(reviews, key=lambda review: review.on)),
        not_published=(
            *_left_out(chapters),
            *_inner(summary),
            *withheld,
            *_hidden_groups(audits),
        ),
    )
    # Checked once more as a whole: what is composed is what is read back, number for number.
    return TransparencyRecord.model_validate_json(record.model_dump_json())


def audit(
    identifier: str,
    *,
    on: date,
    result: AuditResult,
    charts: Mapping[str, Mapping[str, str]],
    earlier: Sequence[AuditResult] = (),
) -> Audit:
    """One check as the public gets it: small groups hidden, the plan's reason as its purpose.

    ``charts`` maps the name of each chart to its SHA-256 per language. ``earlier`` are published
    results of the same system, see ``audit.results.published``.
    """
    shown = published(result, earlier)
    return Audit(
        id=identifier,
        on=on,
        purpose=_stated(shown.provenance.plan.reason),
        result=shown,
        charts={
            name: Chart(de=drawn["de"], en=drawn["en"])
            for name, drawn in charts.items()
            if name in shown.charts
        },
    )


def _left_out(chapters: Iterable[Chapter]) -> Iterator[Withheld]:
    for chapter in chapters:
        for item in chapter.items:
            if item.ground is not None:
                yield Withheld(what=item.question, ground=item.ground)


def _inner(summary: Iterable[SummarySection]) -> Iterator[Withheld]:
    """Internal fields within public answers, such as the name of a person beside an office."""
    for section in summary:
        for answer in section.answers:
            for field in answer.internal:
                asked, part = _named(answer.title), _named(field)
                what = Words(de=f"{asked.de} – {part.de}", en=f"{asked.en} – {part.en}")
                yield Withheld(what=what, ground=words(INTERNAL))


def _hidden_groups(audits: Iterable[Audit]) -> Iterator[Withheld]:
    """The groups that an audit keeps back, with the audit's own sentence as ground."""
    for audit in audits:
        for finding in audit.result.findings:
            if finding.id.startswith(HIDDEN_GROUPS):
                yield Withheld(
                    what=words(SMALL_GROUPS),
                    ground=Words(de=finding.text["de"], en=finding.text["en"]),
                )


def words(message: str, **values: object) -> Words:
    """A message of the product in both languages."""
    return Words(de=text.translate("de", message, values), en=text.translate("en", message, values))


def _named(title: Text) -> Words:
    return Words(de=title.in_language("de"), en=title.in_language("en"))


def _chapter(section: SummarySection) -> Chapter:
    return Chapter(
        id=section.id,
        title=_named(section.title),
        items=tuple(_item(answer) for answer in section.answers),
    )


def _item(answer: SummaryAnswer) -> Item:
    shown = answer.public and answer.stated
    return Item(
        id=answer.question,
        kind=answer.type,
        question=_named(answer.title),
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


def _decision(decision: ValueDecision, values: Vocabulary) -> Decision:
    return Decision(
        question=_stated(decision.question),
        values=tuple(_value(identifier, values) for identifier in decision.values),
        options=_options(decision),
        reasons=_stated(decision.reasons),
        yielding=_value(decision.yielding, values) if decision.yielding else None,
        protection=_stated(decision.protection),
        capacities=decision.capacities,
        decided_by=_stated(decision.decided_by),
        office=_stated(decision.office),
        decided_on=decision.decided_on,
        minority_opinion=_stated(decision.minority_opinion),
        review_on=decision.review_on,
        technical_alone=technical_alone(decision),
        alone_reason=_stated(decision.alone_reason),
    )


def _options(decision: ValueDecision) -> tuple[Choice, ...]:
    """The options; an empty one is left out, except the way without AI, whose gap must show."""
    return tuple(
        Choice(text=_stated(option), chosen=place == decision.chosen, without_ai=place == 0)
        for place, option in enumerate(decision.options)
        if place == 0 or option.strip()
    )


def _value(identifier: str, values: Vocabulary) -> Words:
    if identifier not in values:
        raise NotFound(later("There is no value {id} in the list of values."), id=identifier)
    return Words(de=values[identifier]["de"], en=values[identifier]["en"])


def _stated(written: str) -> str | None:
    return written.strip() or None
