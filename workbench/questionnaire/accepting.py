"""What an answer must be: one function per type, giving the value as it is stored.

Each raises InvalidInput with a translatable message when the value does not fit its question.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.questionnaire.conditions import CHOICE, NOT_APPLICABLE, REASON
from workbench.questionnaire.definition import Question, QuestionType

# Beyond 10^15 a JSON number is no longer exact everywhere, and people no longer count its digits.
LARGEST = 10**15 - 1
YEARS = (1900, 2199)
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Spaces of other widths, among them those that keep a line together.
SPACES = re.compile("[\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Soft hyphens and marks without width; joiners stay, some scripts and pictures need them.
INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
# Marks that show the text behind them in another order than it is stored.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Control characters and halves of surrogate pairs: no person types them, databases refuse them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LIMITS: Mapping[QuestionType, int] = {
    QuestionType.SHORT_TEXT: 200,
    QuestionType.LONG_TEXT: 4000,
    QuestionType.LINK: 1000,
    QuestionType.JUDGEMENT: 4000,  # its reason
}
LONGEST_EXCUSE = 1000
ALONE = later(
    "One of the answers you chose rules out the others. Please keep either that one or the others."
)
TOO_LONG = later("Please shorten the text to {limit} characters. It has {length}.")
TOO_MANY = later("Please choose at most {limit} answers. You have chosen {chosen}.")
TERM = later("Entry {n}: the responsibility ends before it begins. Please check both dates.")
EITHER = later("Please either answer the question or say why it does not apply.")


def length_limit(question: Question) -> int | None:
    """How many characters the answer may have; None where length is not the measure."""
    default = LIMITS.get(question.type)
    return default if default is None else question.max_length or default


def printable(sent: str) -> str:
    """The text without control characters; nothing else is changed."""
    return UNPRINTABLE.sub("", sent)


def cleaned(pasted: str) -> str:
    """The text without what word processors and web pages put between its letters.

    Composed letters (NFC), plain spaces and line feeds; nothing invisible, no mark that turns
    the direction; trimmed. Every text that a person types goes through this.
    """
    lines = SPACES.sub(" ", LINE_ENDS.sub("\n", pasted))
    plain = printable(TURNING.sub("", INVISIBLE.sub("", lines)))
    # Last: what stood between a letter and its accent is gone.
    return unicodedata.normalize("NFC", plain).strip()


def require_length(written: str, limit: int) -> None:
    """Raises InvalidInput, naming both numbers, when a text has more than ``limit`` characters."""
    if len(written) > limit:
        raise InvalidInput(TOO_LONG, limit=limit, length=len(written))


def text(question: Question, value: JsonValue) -> JsonValue:
    """A text within the limit, trimmed, lines ended by a line feed."""
    return _text(value, length_limit(question) or 0)


def _text(value: JsonValue, limit: int) -> JsonValue:
    if not isinstance(value, str):
        raise InvalidInput(later("Please enter a text."))
    written = cleaned(value)
    require_length(written, limit)
    return written or None


def short_text(question: Question, value: JsonValue) -> JsonValue:
    """A text of one line."""
    written = text(question, value)
    return " ".join(written.split()) if isinstance(written, str) else written


def link(question: Question, value: JsonValue) -> JsonValue:
    """A complete address on the web, http or https, without a user name."""
    written = text(question, value)
    if not isinstance(written, str):
        return None
    wrong = InvalidInput(
        later("Please enter a complete web address, for example https://www.example.org/page.")
    )
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise wrong
    # A name before the host shows one address and leads to another.
    if "@" in parts.netloc or re.search(r'[\s<>"\\]', written):
        raise wrong
    return written


def yes_no(_question: Question, value: JsonValue) -> JsonValue:
    """Yes or no."""
    if not isinstance(value, bool):
        raise InvalidInput(later("Please choose yes or no."))
    return value


def one(question: Question, value: JsonValue) -> JsonValue:
    """The id of an option."""
    if value not in [option.id for option in question.options]:
        raise InvalidInput(later("Please choose one of the answers offered."))
    return value


def many(question: Question, value: JsonValue) -> JsonValue:
    """The ids of options, each once, in the order of the question."""
    offered = [option.id for option in question.options]
    if not isinstance(value, list) or any(one not in offered for one in value):
        raise InvalidInput(later("Please choose from the answers offered."))
    picked: list[JsonValue] = [option for option in offered if option in value]
    if len(picked) > 1 and set(picked) & set(question.exclusive):
        raise InvalidInput(ALONE)
    if question.at_most is not None and len(picked) > question.at_most:
        raise InvalidInput(TOO_MANY, limit=question.at_most, chosen=len(picked))
    return picked or None


def number(question: Question, value: JsonValue) -> JsonValue:
    """A finite number within the question's bounds; without decimals as an integer."""
    wrong = InvalidInput(later("Please enter a number."))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong
    if not (value <= 0 or value > 0):  # every comparison with NaN is false
        raise wrong
    low = -LARGEST if question.minimum is None else max(question.minimum, -LARGEST)
    high = LARGEST if question.maximum is None else min(question.maximum, LARGEST)
    if value < low:
        raise InvalidInput(later("Please enter a number of at least {low}."), low=low)
    if value > high:
        raise InvalidInput(later("Please enter a number of at most {high}."), high=high)
    return int(value) if value == int(value) else value


def day(_question: Question, value: JsonValue) -> JsonValue:
    """A date of the calendar as YYYY-MM-DD."""
    wrong = InvalidInput(
        later("This date does not exist. Please check day, month and year (four digits).")
    )
    if not isinstance(value, str):
        raise wrong
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise wrong from error
    if not YEARS[0] <= day.year <= YEARS[1] or day.isoformat() != value:
        raise wrong
    return value


def require_term(row: Mapping[str, JsonValue], number: int) -> None:
    """Raises InvalidInput when a responsibility (entry ``number``) ends before it begins."""
    since, until = row.get("since"), row.get("until")
    # Days as YYYY-MM-DD sort as they follow each other.
    if isinstance(since, str) and isinstance(until, str) and until < since:
        raise InvalidInput(TERM, n=number)


def judgement(question: Question, value: JsonValue) -> JsonValue:
    """An option and the reason for it; one of both may still be missing."""
    if not isinstance(value, dict) or not value.keys() <= {CHOICE, REASON}:
        raise InvalidInput(later("Please choose one of the answers offered and give the reason."))
    choice, reason = value.get(CHOICE) or None, value.get(REASON) or ""
    parts = {
        CHOICE: one(question, choice) if choice is not None else None,
        REASON: text(question, reason),
    }
    return {name: part for name, part in parts.items() if part is not None} or None


def not_applicable(value: Mapping[str, JsonValue]) -> JsonValue:
    """The reason why a question does not apply; without one it is no answer."""
    if value.keys() != {NOT_APPLICABLE}:
        raise InvalidInput(EITHER)
    reason = _text(value[NOT_APPLICABLE], LONGEST_EXCUSE)
    return {NOT_APPLICABLE: reason} if reason else None
