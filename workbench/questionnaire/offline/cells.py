"""One answer ↔ one cell: choices in the words of any language, or by their ids."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from pydantic import JsonValue

from workbench.basics.text import LANGUAGES, later, translate
from workbench.questionnaire.conditions import CHOICE
from workbench.questionnaire.definition import Question, QuestionType

YES, NO = later("Yes"), later("No")
# With the separators of the file's language; else a plain decimal, unless it could be thousands.
GROUPED = re.compile(r"-?[\d.,]+")
NUMBER = re.compile(r"-?\d+(?:[.,](?!\d{3}$)\d+)?(?:e[-+]?\d+)?")
# As somebody types a day into a cell that is formatted as text.
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def cell(question: Question, value: JsonValue, language: str) -> Any:
    """The answer as a spreadsheet holds it."""
    if isinstance(value, dict):
        value = value.get(CHOICE)
    if value is None:
        return None
    if question.type is QuestionType.YES_NO:
        return translate(language, YES if value else NO)
    if question.options:
        chosen = value if isinstance(value, list) else [value]
        named = {option.id: option.title.in_language(language) for option in question.options}
        return "\n".join(named[str(one)] for one in chosen if one in named)
    if question.type is QuestionType.DATE:
        return date.fromisoformat(str(value))
    if isinstance(value, int | float):
        # Spreadsheets keep 15 digits; a number with more goes as text.
        return value if float(f"{value:.15g}") == value else repr(value)
    return safe(str(value))


def safe(written: str) -> str:
    """A text that begins like a formula gets a mark before it, which reading takes away.

    So does one that begins with such a mark itself.
    """
    return f"'{written}" if written.startswith(("=", "+", "-", "@", "'")) else written


def value(question: Question | None, typed: Any, language: str) -> JsonValue:
    """A cell as the stored value it stands for; unreadable words stay words.

    ``language`` is the one of the file: it says what a point and a comma mean in a number.
    """
    found = plain(typed)
    if question is None or found is None:
        return found
    if question.type is QuestionType.YES_NO:
        return _yes_no(found)
    if question.type is QuestionType.CHOICE_MANY:
        return [_option(question, line) for line in str(found).splitlines() if line.strip()]
    if question.options:
        return _option(question, str(found))
    if question.type is QuestionType.NUMBER:
        return _number(found, language)
    return _day(str(found)) if question.type is QuestionType.DATE else str(found)


def plain(typed: Any) -> JsonValue:
    """What a cell holds, without the mark of ``safe``; None for nothing."""
    if isinstance(typed, datetime):
        return typed.date().isoformat()
    if isinstance(typed, date):
        return typed.isoformat()
    if isinstance(typed, bool | int | float):
        return typed
    written = "" if typed is None else str(typed).strip()
    return (written[1:] if written.startswith("'") else written) or None


def _yes_no(typed: JsonValue) -> JsonValue:
    if isinstance(typed, bool):
        return typed
    for meaning, word in ((True, YES), (False, NO)):
        if str(typed).casefold() in {translate(one, word).casefold() for one in LANGUAGES}:
            return meaning
    return typed


def _number(typed: JsonValue, language: str) -> JsonValue:
    """A number, also when it was typed as text: “1.250” in a German file is 1250."""
    if not isinstance(typed, str):
        return typed
    written = "".join(typed.split()).replace("\N{MINUS SIGN}", "-")
    if GROUPED.fullmatch(written):
        with suppress(NumberFormatError):
            return float(parse_decimal(written, locale=language, strict=True))
    return float(written.replace(",", ".")) if NUMBER.fullmatch(written) else typed


def _day(typed: str) -> str:
    """3.5.2026 as 2026-05-03; everything else as it was typed."""
    parts = GERMAN_DAY.fullmatch(typed)
    return "-".join(part.zfill(2) for part in reversed(parts.groups())) if parts else typed


def _option(question: Question, typed: str) -> str:
    """The id of the option with these words in any language, else what was typed."""
    wanted = " ".join(typed.split()).casefold()
    for option in question.options:
        words = {" ".join(one.split()).casefold() for one in option.title.root.values()}
        if wanted in {option.id, *words}:
            return option.id
    return typed
