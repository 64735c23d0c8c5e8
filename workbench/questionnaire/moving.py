"""From one version of a questionnaire to a newer one: what is new, reworded, gone, what still fits.

An id never changes its meaning, so an answer stays the answer of the question with its id.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.questionnaire.definition import Gate, Option, Question, Questionnaire, Text

Kind = Literal["new", "reworded", "gone", "unfit"]
Told = Text | Option | bool | int | float
TITLE = later("Question")
# What a person who answers sees of a question, and what the answer may be.
PARTS: Mapping[str, Callable[[Question], tuple[Told | None, ...]]] = {
    TITLE: lambda one: (one.title,),
    later("Help"): lambda one: (one.help,),
    later("Answers to choose from"): lambda one: one.options,
    later("Answers that stand alone"): lambda one: tuple(
        option for option in one.options if option.id in one.exclusive
    ),
    later("Answers at most"): lambda one: (one.at_most,),
    later("Unit"): lambda one: (one.unit,),
    later("Smallest number"): lambda one: (one.minimum,),
    later("Largest number"): lambda one: (one.maximum,),
    later("Characters at most"): lambda one: (one.max_length,),
    later("Needs an answer"): lambda one: (one.required,),
    later("Is published"): lambda one: (one.public,),
    later("Fields"): lambda one: tuple(Option(id=f.id, title=f.title) for f in one.fields),
}
# What follows from an answer, and its kind: that they differ is told, but not in which words.
RULES: Mapping[str, Callable[[Question], object]] = {
    later("Kind of answer"): lambda one: one.type,
    later("Points for the answer"): lambda one: (
        one.score and (one.score.indicator.id, one.score.model_dump(exclude={"indicator"}))
    ),
    later("Answers that override every figure"): lambda one: (one.knock_out, one.knock_out_means),
}
ASKED_IF = later("When the question is asked")


@dataclass(frozen=True)
class Change:
    """One part of a question, or of a ``field`` of it, before and after; () when it had none.

    Both are () for a rule that cannot be told in a few words.
    """

    field: Text | None
    part: str
    old: tuple[Told, ...]
    new: tuple[Told, ...]


@dataclass(frozen=True)
class Move:
    """What becomes of one question.

    ``new``: was not asked before. ``reworded``: its words, limits or rules differ, the answer
    stays. ``gone``: is not asked any more, the answer stays in the history only. ``unfit``: the
    answer does not fit any more and has to be given anew. ``changes``: how it differs from the
    old version; () for a question that is new or gone.
    """

    question: Question
    kind: Kind
    answered: bool
    changes: tuple[Change, ...] = ()


def moves(
    old: Questionnaire, new: Questionnaire, sheet: Mapping[str, JsonValue]
) -> tuple[Move, ...]:
    """Every question that does not simply stay, in the new order; those that are gone come last."""
    return (*_stay_or_come(old, new, sheet), *_go(old, new, sheet))


def _stay_or_come(
    old: Questionnaire, new: Questionnaire, sheet: Mapping[str, JsonValue]
) -> Iterator[Move]:
    before = {question.id: question for question in old.questions()}
    once, now = _asked_if(old), _asked_if(new)
    for question in new.questions():
        answered = question.id in sheet
        known = before.get(question.id)
        changes = tuple(_changes(known, question)) if known else ()
        if known and once[question.id] != now[question.id]:
            changes += (Change(None, ASKED_IF, (), ()),)
        if known is None:
            yield Move(question, "new", answered)
        elif answered and not fits(question, sheet[question.id]):
            yield Move(question, "unfit", answered, changes)
        elif changes:
            yield Move(question, "reworded", answered, changes)


def _asked_if(questionnaire: Questionnaire) -> dict[str, object]:
    """Question → the conditions under which it is asked: its section's and its own."""
    return {
        question.id: (section.ask_if, question.ask_if)
        for section in questionnaire.sections
        for question in section.questions
    }


def gates(old: Questionnaire, new: Questionnaire) -> tuple[Gate, ...]:
    """The conditions for leaving the phase that are new, or other ones than before."""
    return tuple(one for one in new.gate if one not in old.gate)


def gates_gone(old: Questionnaire, new: Questionnaire) -> tuple[Gate, ...]:
    """The conditions that no longer keep anybody from leaving the phase."""
    kept = {one.id for one in new.gate}
    return tuple(one for one in old.gate if one.id not in kept)


def _go(old: Questionnaire, new: Questionnaire, sheet: Mapping[str, JsonValue]) -> Iterator[Move]:
    after = {question.id for question in new.questions()}
    for question in old.questions():
        if question.id not in after:
            yield Move(question, "gone", question.id in sheet)


def fits(question: Question, value: JsonValue) -> bool:
    """Whether the value could be stored as the answer to the question, just as it is."""
    try:
        return types.accept(question, value) == value
    except InvalidInput:
        return False


def _changes(old: Question, new: Question, field: Text | None = None) -> Iterator[Change]:
    """How the question, or the field of a group, differs; what fields are called is told once."""
    for part, tell in PARTS.items():
        before, after = (tuple(one for one in tell(q) if one is not None) for q in (old, new))
        if before != after and not (field and part == TITLE):
            yield Change(field, part, before, after)
    yield from (
        Change(field, part, (), ()) for part, rule in RULES.items() if rule(old) != rule(new)
    )
    known = {one.id: one for one in old.fields}
    for one in new.fields:
        if one.id in known:
            yield from _changes(known[one.id], one, one.title)
