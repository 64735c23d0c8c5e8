"""The real questionnaires of all phases, and answers at random that fit them."""

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

from pydantic import JsonValue

from tests.examples import quickly
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType, Section

ESCAPES = {"short_text", "long_text", "number", "date", "group", "link"}


@cache
def phases() -> tuple[Questionnaire, ...]:
    """The newest questionnaires, in order."""
    return quickly.library().newest()


@cache
def homes() -> dict[str, tuple[Question, Section]]:
    """Every question with its section."""
    return {q.id: (q, s) for one in phases() for s in one.sections for q in s.questions}


def answer(question: Question, chance: Random) -> JsonValue:
    """Some answer that fits the question."""
    if question.type in ESCAPES and chance.random() < 0.1:
        return {"not_applicable": "Trifft nicht zu."}
    options = [option.id for option in question.options]
    if question.type is QuestionType.GROUP:
        return [{f.id: fitting(f, chance, []) for f in question.fields} for _ in range(2)]
    return fitting(question, chance, options)


def fitting(question: Question, chance: Random, options: list[str]) -> JsonValue:
    """An answer to anything but a group."""
    options = options or [option.id for option in question.options]
    low = 0 if question.minimum is None else question.minimum
    high = low + 1000 if question.maximum is None else question.maximum
    picked = chance.choice(options) if options else ""
    values: Mapping[str, Any] = {
        "short_text": "Wort",
        "long_text": "Satz.",
        "yes_no": chance.random() < 0.5,
        "choice_one": picked,
        "choice_many": together(question, chance) or [picked],
        "number": chance.choice([low, high]),
        "date": "2026-11-23",
        "link": "https://town.example/page",
        "judgement": {"choice": picked, "reason": "Darum."},
    }
    value: JsonValue = values[question.type]
    return value


def together(question: Question, chance: Random) -> list[str]:
    """Some options that may be chosen together."""
    sociable = [one.id for one in question.options if one.id not in question.exclusive]
    chosen = [one for one in sociable if chance.random() < 0.4]
    return chosen[: question.at_most]
