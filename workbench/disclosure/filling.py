"""Fills a profile with what the town has stated. Nothing is invented, nothing is cut.

A field that nobody filled stays empty and is named. For the public, internal answers are left out
and counted.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.disclosure.profiles import Case, Derived, Profile, ProfileField
from workbench.questionnaire import types
from workbench.questionnaire.conditions import (
    Condition,
    comparisons,
    content,
    expanded,
    holds,
    unknown,
)
from workbench.questionnaire.definition import Question, QuestionType
from workbench.questionnaire.publicity_rules import told
from workbench.questionnaire.summary import SummaryAnswer


@dataclass(frozen=True)
class Stated:
    """Everything that can fill a field.

    ``questions``: all of the opened phases, by id; ``answers``: those asked now. ``counting``:
    stored values that count, over all phases. ``names``: the named conditions. ``facts``: language
    → what is derived, but for the form's version. ``phase``: the newest.
    """

    questions: Mapping[str, Question]
    answers: Mapping[str, SummaryAnswer]
    counting: Mapping[str, JsonValue]
    names: Mapping[str, Condition]
    facts: Mapping[str, Mapping[Derived, str]]
    phase: Phase

    @property
    def decided(self) -> Set[str]:
        """The questions that have an answer, not only a reason for one, or are not asked."""
        given = {
            name
            for name, value in self.counting.items()
            if content(value) is not None or types.excuse(value)
        }
        return given | (self.questions.keys() - self.answers.keys())

    @property
    def internal(self) -> Set[str]:
        """The questions whose answers the public does not get."""
        return {name for name, question in self.questions.items() if not question.public}


@dataclass(frozen=True)
class Filled:
    """A field with its text; None when nothing was stated. ``too_long`` by so many characters."""

    field: ProfileField
    text: str | None
    too_long: int


@dataclass(frozen=True)
class FilledProfile:
    """A profile filled in one language.

    ``applies``: whether the form is for this system; None while that is open. ``left_out``: how
    many internal answers, and internal fields of groups, the public does not get.
    """

    profile: Profile
    language: str
    applies: bool | None
    fields: tuple[Filled, ...]
    left_out: int

    @property
    def missing(self) -> tuple[Filled, ...]:
        """The fields without which the other form is refused and that nobody filled.

        None is missing when the form is not for this system.
        """
        needed = [one for one in self.fields if one.field.required and self.applies is not False]
        return tuple(one for one in needed if one.text is None)

    @property
    def too_long(self) -> tuple[Filled, ...]:
        """The fields whose text is longer than the other form takes."""
        return tuple(one for one in self.fields if one.too_long)


def filled(profile: Profile, stated: Stated, language: str) -> FilledProfile:
    """The profile with the words of the answers and of what is derived."""
    public = profile.audience == "public"
    known = {**stated.facts[language], Derived.VERSION: profile.version or ""}
    fields = tuple(
        _filled(field, stated, known, language, public=public) for field in profile.fields
    )
    used = {name for field in profile.fields if field.answers for name in field.questions}
    told = [stated.answers[name] for name in used if name in stated.answers]
    left_out = sum(len(one.internal) if one.public else one.stated for one in told)
    applies = _verdict(profile.applies_if, stated, public=public)
    return FilledProfile(profile, language, applies, fields, left_out if public else 0)


def _filled(
    field: ProfileField,
    stated: Stated,
    known: Mapping[Derived, str],
    language: str,
    *,
    public: bool,
) -> Filled:
    if field.cases:
        text = _case(field.cases, stated, public=public)
    else:
        derived = [known.get(name, "") for name in field.derived]
        text = _joined(derived, _told(field, stated, language, public=public))
    too_long = max(0, len(text or "") - field.limit) if field.limit else 0
    return Filled(field, text or None, too_long)


def _joined(known: Iterable[str], told: Iterable[tuple[str, str]]) -> str:
    """What is known, then the answers, each below its question unless one text is all there is."""
    first, answers = list(filter(None, known)), list(told)
    if len(first) + len(answers) == 1:
        return (first + [said for _, said in answers])[0]
    return "\n\n".join([*first, *(f"{title}\n{said}" for title, said in answers)])


def _told(
    field: ProfileField, stated: Stated, language: str, *, public: bool
) -> Iterable[tuple[str, str]]:
    """(question, answer) for each answer that there is and that may be told."""
    for name in field.answers:
        question, _, part = name.partition("/")
        answer = stated.answers.get(question)
        if answer is None or not answer.stated or (public and not answer.public):
            continue
        inner = [one for one in stated.questions[question].fields if one.id == part]
        if inner and isinstance(answer.value, list):
            title = inner[0].title.in_language(language)
            said = (
                _column(inner[0], answer.value, language) if inner[0].public or not public else ""
            )
        else:
            title, said = (
                answer.title.in_language(language),
                _words(answer, field, language, public),
            )
        if said:
            yield title, said


def _column(field: Question, rows: list[JsonValue], language: str) -> str:
    """One field of every row of a group, numbered when there are several rows."""
    cells = [row.get(field.id) if isinstance(row, dict) else None for row in rows]
    said = [", ".join(types.words(field, cell, language)) for cell in cells]
    if len(said) == 1:
        return said[0]
    return "\n".join(f"{number}. {words}" for number, words in enumerate(said, 1) if words)


def _words(answer: SummaryAnswer, field: ProfileField, language: str, public: bool) -> str:  # noqa: FBT001
    if field.write != "words" and isinstance(answer.value, str):
        return answer.value[:7] if field.write == "month" else answer.value
    rows = answer.type is QuestionType.GROUP and isinstance(answer.value, list)
    if public and rows and not answer.public_rows[language]:
        return ""  # only internal fields of the group are answered
    return "\n".join((answer.public_words if public else answer.words)[language])


def _case(cases: Iterable[Case], stated: Stated, *, public: bool) -> str | None:
    """The text of the first case that holds; None as soon as one cannot be decided yet."""
    for case in cases:
        if case.phases and stated.phase not in case.phases:
            continue
        verdict = _verdict(case.condition, stated, public=public)
        if verdict is not False:
            return case.text if verdict else None
    return None


def _verdict(condition: Condition | None, stated: Stated, *, public: bool) -> bool | None:
    """Whether it holds; None while a question that it looks at is open or was never put.

    For the public also None where an internal answer decides: the verdict would tell it.
    """
    if condition is None:
        return True
    meant = expanded(condition, stated.names)
    if unknown(meant) or (public and told(meant, stated.internal)):
        return None
    if holds(meant, stated.counting):
        return True
    return False if {name for name, _ in comparisons(meant)} <= stated.decided else None
