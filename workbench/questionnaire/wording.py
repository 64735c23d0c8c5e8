"""How an answer reads: one function per type, giving its paragraphs or chosen options."""

from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from workbench.basics import text
from workbench.basics.text import later
from workbench.questionnaire.conditions import REASON, content
from workbench.questionnaire.definition import Question


def lines(_question: Question, value: JsonValue, _language: str) -> tuple[str, ...]:
    """The paragraphs of a text."""
    return tuple(line.strip() for line in str(value).split("\n") if line.strip())


def yes_no(_question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    """Yes or no in the language."""
    return (text.translate(language, later("Yes") if value else later("No")),)


def choice(question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    """The words of the chosen options."""
    picked = value if isinstance(value, list) else [value]
    return tuple(
        option.title.in_language(language) for option in question.options if option.id in picked
    )


def number(question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    """The number with the language's separators and its unit."""
    if not isinstance(value, int | float):
        return ()
    shown = figure(value, language)
    return (f"{shown} {question.unit.in_language(language)}" if question.unit else shown,)


def figure(value: float, language: str) -> str:
    """The number with all its decimals, as the language writes it: 1234.5 → "1.234,5"."""
    exact = Decimal(repr(value)).normalize()
    exponent = exact.as_tuple().exponent
    return text.number(language, exact, max(0, -exponent) if isinstance(exponent, int) else None)


def day(_question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    """The date in words."""
    return (text.day(language, date.fromisoformat(str(value))),)


def judgement(question: Question, value: JsonValue, language: str) -> tuple[str, ...]:
    """The words of the chosen option, then the reason."""
    reason = value.get(REASON) if isinstance(value, dict) else None
    said = _begun(later("Reason: {reason}"), str(reason), language) if reason else ()
    return (*choice(question, content(value), language), *said)


def not_applicable(reason: str, language: str) -> tuple[str, ...]:
    """That a question does not apply, and why."""
    return _begun(later("Does not apply, because: {reason}"), reason, language)


def _begun(message: str, reason: str, language: str) -> tuple[str, ...]:
    """The paragraphs of a reason, the first with the words before it."""
    first, *others = (line.strip() for line in reason.split("\n") if line.strip())
    return (text.translate(language, message, {"reason": first}), *others)
