"""Impact and safeguards from the answers that count: separate figures, each with its trace.

There is no overall grade. More points mean more impact, or more safeguards.

What is not asked has no impact: its points stay possible and are 0. So no doubt that is added and
dispelled can dilute the impact. A safeguard that is not asked for is not needed: it counts nowhere.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.basics.text import LANGUAGES, later
from workbench.questionnaire import conditions, path, types
from workbench.questionnaire.definition import (
    Dimension,
    Indicator,
    Question,
    Questionnaire,
    QuestionType,
    Score,
    Text,
)

# From which share on a band begins; the rule as the page states it.
BANDS: tuple[tuple[float, str], ...] = (
    (0.75, later("very high")),
    (0.5, later("high")),
    (0.25, later("medium")),
    (0.0, later("low")),
)
BAND_RULE = later(
    "Low: less than 25 % of the points possible. Medium: from 25 %. High: from 50 %."
    " Very high: from 75 %."
)


@dataclass(frozen=True)
class Entry:
    """One answer that made a figure: ``points`` of at most ``possible``; ``words`` by language.

    Without an answer (``stated`` False) it has no points. Of the entries with the same
    ``alternative`` the one with the most points counts, and what is possible counts once.
    """

    question: str
    title: Text
    words: Mapping[str, tuple[str, ...]]
    points: int
    possible: int
    stated: bool
    asked: bool = True
    alternative: str | None = None


@dataclass(frozen=True)
class Measure:
    """``points`` of ``possible`` ones, and the answers that made them.

    ``share`` from 0 to 1, or None where nothing was to be had or nothing is answered yet. It can
    still rise to ``highest`` through the questions that are asked and not answered. ``unasked`` of
    the points possible belong to questions that are not asked.
    """

    trace: tuple[Entry, ...]

    @property
    def points(self) -> int:
        """The points that count."""
        return self._sum(lambda entry: entry.points)

    @property
    def possible(self) -> int:
        """The most points there could be."""
        return self._sum(lambda entry: entry.possible)

    @property
    def unasked(self) -> int:
        """Points possible only through questions that are not asked."""
        return self.possible - self._sum(lambda entry: entry.possible if entry.asked else 0)

    def _sum(self, worth: Callable[[Entry], int]) -> int:
        """What the entries are worth together; of alternatives the one that is worth most."""
        best: dict[str, int] = {}
        for entry in self.trace:
            key = entry.alternative or entry.question
            best[key] = max(best.get(key, 0), worth(entry))
        return sum(best.values())

    @property
    def stated(self) -> bool:
        """Whether any of the questions is answered."""
        return any(entry.stated for entry in self.trace)

    @property
    def share(self) -> float | None:
        """Points as a share of those possible."""
        return self.points / self.possible if self.possible and self.stated else None

    @property
    def highest(self) -> float | None:
        """The share if every open question brought all its points."""
        reached = self._sum(
            lambda entry: entry.possible if entry.asked and not entry.stated else entry.points
        )
        return reached / self.possible if self.possible else None

    @property
    def band(self) -> str | None:
        """The share in a word (a message to translate), see BAND_RULE."""
        share = self.share
        return None if share is None else next(word for start, word in BANDS if share >= start)


@dataclass(frozen=True)
class Rated:
    """One indicator with its measure."""

    indicator: Indicator
    measure: Measure


@dataclass(frozen=True)
class KnockOut:
    """An answer with which no score counts any more; ``means`` says what follows."""

    question: str
    title: Text
    words: Mapping[str, tuple[str, ...]]
    means: Text


@dataclass(frozen=True)
class Profile:
    """What the answers say: never one number.

    ``answered`` of ``asked`` questions tells how complete the basis is, ``unanswered`` are the
    others. With ``knock_outs`` the figures stand only for information. ``indicators`` in the order
    of their first question.
    """

    impact: Measure
    safeguards: Measure
    indicators: tuple[Rated, ...]
    answered: int
    asked: int
    unanswered: tuple[Question, ...]
    knock_outs: tuple[KnockOut, ...]

    def of(self, dimension: Dimension) -> tuple[Rated, ...]:
        """The indicators of the dimension."""
        return tuple(one for one in self.indicators if one.indicator.dimension is dimension)

    def worst(self, dimension: Dimension) -> Rated | None:
        """The indicator of most impact, or of fewest safeguards; None when nothing is stated."""
        rated = [one for one in self.of(dimension) if one.measure.share is not None]
        sign = 1 if dimension is Dimension.IMPACT else -1
        return max(rated, key=lambda one: sign * (one.measure.share or 0), default=None)


def of(questionnaires: Iterable[Questionnaire], answers: Mapping[str, JsonValue]) -> Profile:
    """The profile over the questionnaires, which come in the order of the phases.

    ``answers`` may hold those of all phases together (no two questionnaires share an id); hidden
    ones do not count.
    """
    before: Mapping[str, JsonValue] = {}
    asked: list[Question] = []
    entries: list[tuple[Indicator, Entry]] = []
    for questionnaire in questionnaires:
        way = path.walk(questionnaire, answers, before)
        before, shown = way.counting, set(way.visible)
        asked.extend(question for question in questionnaire.questions() if question.id in shown)
        entries.extend(_scored(questionnaire, shown, before))
    indicators = {one.id: one for one, entry in entries if entry.asked}
    return Profile(
        impact=Measure(tuple(e for one, e in entries if one.dimension is Dimension.IMPACT)),
        safeguards=Measure(tuple(e for one, e in entries if one.dimension is Dimension.SAFEGUARDS)),
        indicators=tuple(
            Rated(one, Measure(tuple(entry for of, entry in entries if of.id == one.id)))
            for one in indicators.values()
        ),
        answered=sum(question.id in before for question in asked),
        asked=len(asked),
        unanswered=tuple(question for question in asked if question.id not in before),
        knock_outs=tuple(_knock_outs(asked, before)),
    )


def _scored(
    questionnaire: Questionnaire, shown: Set[str], counting: Mapping[str, JsonValue]
) -> Iterable[tuple[Indicator, Entry]]:
    for question in questionnaire.questions():
        score, asked = question.score, question.id in shown
        if score and (asked or score.indicator.dimension is Dimension.IMPACT):
            answer = counting.get(question.id)
            yield score.indicator, _entry(question, score, answer, asked=asked)


def _entry(question: Question, score: Score, answer: JsonValue, *, asked: bool) -> Entry:
    content = conditions.content(answer)
    return Entry(
        question=question.id,
        title=question.title,
        words={language: types.words(question, answer, language) for language in LANGUAGES},
        points=points(score, content),
        possible=possible(question, score),
        stated=content is not None,
        asked=asked,
        alternative=score.alternative,
    )


def points(score: Score, content: JsonValue) -> int:
    """The points of an answer; several choices add up."""
    if score.steps:
        number = content if isinstance(content, int | float) else None
        reached = [gain for start, gain in score.steps if number is not None and number >= start]
        return reached[-1] if reached else 0
    said = {True: "yes", False: "no"}
    return sum(
        score.points.get(said[one] if isinstance(one, bool) else str(one), 0)
        for one in conditions.chosen(content)
    )


def possible(question: Question, score: Score) -> int:
    """The most points the question can give."""
    if score.steps:
        return max(gain for _, gain in score.steps)
    gains = score.points.values()
    return sum(gains) if question.type is QuestionType.CHOICE_MANY else max(gains, default=0)


def _knock_outs(asked: Iterable[Question], answers: Mapping[str, JsonValue]) -> Iterable[KnockOut]:
    for question in asked:
        answer = answers.get(question.id)
        content = conditions.chosen(conditions.content(answer))
        out = any(conditions.same(one, value) for one in content for value in question.knock_out)
        if out and question.knock_out_means:
            words = {language: types.words(question, answer, language) for language in LANGUAGES}
            yield KnockOut(question.id, question.title, words, question.knock_out_means)
