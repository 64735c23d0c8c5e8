"""Text in the reader's language: translations, numbers, dates.

English is the language of the code, so an English text is its own key; the German texts stand in
``workbench/locale/de.po``. Mark a text that is translated later with ``later``.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent, format_scientific
from babel.support import NullTranslations, Translations

from workbench.basics import clock

LANGUAGES = ("de", "en")
DEFAULT_LANGUAGE = "de"
CATALOGUES = Path(__file__).parents[1] / "locale"
# From here on nobody counts the digits, and floating-point numbers no longer have them all.
LARGE = 10**15
# Lists of names are put into English quotation marks where it is not known who will read them.
QUOTED = re.compile("“([^„“”]*)”")


def later(message: str) -> str:
    """Mark a message for the catalogue; whoever shows it translates it."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """The texts of a language, compiled in memory; English has none, as it is the key."""
    file = CATALOGUES / f"{language}.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def translate(language: str, message: str, values: Mapping[str, object] | None = None) -> str:
    """The message in the language, its ``{name}`` placeholders filled, numbers localised.

    A message without a translation is shown in English rather than not at all.
    """
    text = str(catalogue(language).ugettext(message)) if message else ""
    if not values:
        return text
    return text.format(**{key: shown(language, value) for key, value in values.items()})


def shown(language: str, value: object) -> object:
    """A value as it is read in the language: numbers, dates, and the quotation marks in a text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return number(language, value)
    if isinstance(value, datetime):
        return moment(language, value)
    if isinstance(value, date):
        return day(language, value)
    if isinstance(value, str) and language == "de":
        return QUOTED.sub("„\\1“", value)
    return value


@lru_cache(maxsize=4096, typed=True)
def number(language: str, value: float | Decimal, digits: int | None = None) -> str:
    """A number with the language's separators; ``digits`` fixes the decimals (else up to 3).

    From 10^15 on as a power of ten: "1,5E28".
    """
    if math.isfinite(value) and not -LARGE < value < LARGE:
        return format_scientific(value, format="0.###E0", locale=language)
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=language)


def percent(language: str, share: float, digits: int = 1) -> str:
    """A share between 0 and 1 as percent: 0.257 → "25,7 %" in German."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    space = "\N{NO-BREAK SPACE}%" if language == "de" else "%"
    return format_percent(share, format=f"{pattern}{space}", locale=language)


@lru_cache(maxsize=4096)
def day(language: str, value: date) -> str:
    """A date in words: "3. Mai 2026"."""
    return format_date(value, format="long", locale=language)


def clock_time(language: str, value: datetime) -> str:
    """The time of an instant in the town's time zone: "14:32 Uhr", "14:32"."""
    text = format_time(value.astimezone(clock.ZONE), format="HH:mm", locale=language)
    return f"{text} Uhr" if language == "de" else text


def moment(language: str, value: datetime) -> str:
    """An instant in the town's time zone: "3. Mai 2026, 14:32 Uhr"."""
    return f"{day(language, clock.day(value))}, {clock_time(language, value)}"
