"""From what governance computes to what the public gets of it."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from workbench.disclosure.conclusions import (
    Balance,
    Conclusions,
    Counted,
    Duties,
    Duty,
    Figure,
    Footprint,
    Holding,
    Indicator,
    Judged,
    KnockOut,
    Range,
    Source,
    UsedFactor,
)
from workbench.disclosure.pieces import named, words
from workbench.governance import amounts, obligations, sustainability
from workbench.questionnaire import dated, definition, scoring
from workbench.questionnaire.conditions import comparisons, holds
from workbench.questionnaire.definition import Dimension, Question, QuestionType
from workbench.questionnaire.library import Named
from workbench.questionnaire.scoring import Measure, Rated

# The lines of the balance, in their order: fields of governance.sustainability.Balance.
LINES = (
    "training",
    "training_per_year",
    "per_thousand",
    "use_per_year",
    "per_year",
    "saved_per_year",
    "difference",
)


@dataclass(frozen=True)
class Basis:
    """What is computed from: the questions of the published phases and the answers that count.

    ``judged_on``: question → day of its answer, for judgements that count. ``calendar`` is the one
    the assessment was made under. ``ended_on``: when the use ended, as far as that is public.
    """

    questions: tuple[Question, ...]
    counting: Mapping[str, JsonValue]
    judged_on: Mapping[str, date]
    conditions: Iterable[Named]
    calendar: dated.Calendar | None
    duties: obligations.Obligations | None
    profile: scoring.Profile
    balance: sustainability.Balance
    ended_on: date | None = None


def conclude(basis: Basis) -> Conclusions:
    """What follows from the answers; of answers that are internal, only what nobody can compute."""
    public = {question.id for question in basis.questions if question.public}
    conditions = tuple(basis.conditions)
    return Conclusions(
        holding=tuple(
            Holding(id=one.id, text=named(one.title))
            for one in conditions
            if holds(one.holds_if, basis.counting)
        ),
        judged_by=tuple(
            Judged(question=one, on=basis.judged_on.get(one))
            for one in judgements(conditions, basis.questions)
        ),
        duties=_duties(basis.calendar, basis.duties),
        impact=_figure(basis.profile, Dimension.IMPACT, public),
        safeguards=_figure(basis.profile, Dimension.SAFEGUARDS, public),
        knock_outs=tuple(
            KnockOut(question=one.question, means=named(one.means))
            for one in basis.profile.knock_outs
        ),
        balance=_balance(basis.balance),
        ended_on=basis.ended_on,
    )


def judgements(conditions: Iterable[Named], asked: Iterable[Question]) -> tuple[str, ...]:
    """The judgements that a named condition looks at, in the order in which they are asked."""
    looked_at = {name for one in conditions for name, _ in comparisons(one.holds_if)}
    return tuple(
        question.id
        for question in asked
        if question.type is QuestionType.JUDGEMENT and question.id in looked_at
    )


def _source(source: definition.Source) -> Source:
    return Source(title=named(source.title), version=source.version, link=source.link)


def _duties(calendar: dated.Calendar | None, owed: obligations.Obligations | None) -> Duties | None:
    if calendar is None or owed is None:
        return None
    return Duties(
        calendar=calendar.version,
        as_of=calendar.as_of,
        on=owed.day,
        duties=(
            *(_duty(one, "now") for one in owed.now),
            *(_duty(one, "later") for one in owed.later),
        ),
    )


def _duty(duty: dated.Duty, time: str) -> Duty:
    return Duty.model_validate(
        {
            "id": duty.id,
            "title": named(duty.title),
            "time": time,
            "applies_from": duty.applies_from,
            "applies_to": duty.applies_to,
            "phase": str(duty.phase),
            "capacities": tuple(str(one) for one in duty.capacity),
            "source": _source(duty.source),
        }
    )


def _figure(profile: scoring.Profile, dimension: Dimension, public: Set[str]) -> Figure:
    """The figure over published answers, so that everybody can add it up.

    Points of an internal answer would tell what was answered.
    """
    measure = profile.impact if dimension is Dimension.IMPACT else profile.safeguards
    shown = _published(measure, public)
    return Figure(
        points=shown.points,
        possible=shown.possible,
        share=shown.share,
        highest=shown.highest,
        band=words(shown.band) if shown.band else None,
        unasked=shown.unasked,
        not_counted=sum(one.asked and one.question not in public for one in measure.trace),
        indicators=tuple(
            _indicator(one, _published(one.measure, public)) for one in profile.of(dimension)
        ),
    )


def _published(measure: Measure, public: Set[str]) -> Measure:
    return Measure(tuple(entry for entry in measure.trace if entry.question in public))


def _indicator(rated: Rated, shown: Measure) -> Indicator:
    return Indicator(
        id=rated.indicator.id,
        title=named(rated.indicator.title),
        help=named(rated.indicator.help),
        points=shown.points,
        possible=shown.possible,
        unasked=shown.unasked,
        share=shown.share,
        trace=tuple(
            Counted(
                question=entry.question,
                points=entry.points,
                possible=entry.possible,
                stated=entry.stated,
                alternative=entry.alternative,
            )
            for entry in shown.trace
            if entry.asked
        ),
        source=_source(rated.indicator.source),
    )


def _balance(balance: sustainability.Balance) -> Balance:
    return Balance(
        lines=tuple(_footprint(name, getattr(balance, name)) for name in LINES),
        basis=balance.basis,
        assumptions=tuple(words(message) for message in balance.assumptions),
        factors=tuple(_factor(factor) for factor in balance.factors),
        missing=(*map(str, balance.missing), *balance.lacking),
    )


def _footprint(name: str, found: amounts.Footprint | None) -> Footprint:
    return Footprint(
        id=name,
        energy=_range(found.energy) if found else None,
        co2=_range(found.co2) if found else None,
    )


def _range(amount: amounts.Amount | None) -> Range | None:
    return Range(low=amount.low, value=amount.value, high=amount.high) if amount else None


def _factor(factor: dated.Factor) -> UsedFactor:
    return UsedFactor(
        title=named(factor.title),
        value=factor.value,
        low=factor.low,
        high=factor.high,
        unit=factor.unit,
        year=factor.year,
        source=_source(factor.source),
    )
