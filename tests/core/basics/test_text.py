"""Numbers, dates and texts as they are read in German and English."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.basics import text

NARROW = "\N{NO-BREAK SPACE}"
EVENING = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)  # half past midnight in Berlin


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (1234567, None, "1.234.567", "1,234,567"),
        (0.5, None, "0,5", "0.5"),
        (1234.5, 2, "1.234,50", "1,234.50"),
        (0.126, 2, "0,13", "0.13"),
        (12, 0, "12", "12"),
        (10**15 - 1, None, "999.999.999.999.999", "999,999,999,999,999"),
        (1.5e28, None, "1,5E28", "1.5E28"),
        (-(10**30), 2, "-1E30", "-1E30"),
        (Decimal("-3.25"), None, "-3,25", "-3.25"),
    ],
)
def test_numbers(value: float | Decimal, digits: int | None, german: str, english: str) -> None:
    """Separators of the language; ``digits`` fixes the decimals."""
    assert text.number("de", value, digits) == german
    assert text.number("en", value, digits) == english


@pytest.mark.parametrize(
    ("share", "digits", "german", "english"),
    [
        (0.257, 1, f"25,7{NARROW}%", "25.7%"),
        (0.257, 0, f"26{NARROW}%", "26%"),
        (0, 1, f"0,0{NARROW}%", "0.0%"),
        (1, 1, f"100,0{NARROW}%", "100.0%"),
        (-0.05, 1, f"-5,0{NARROW}%", "-5.0%"),
    ],
)
def test_percentages(share: float, digits: int, german: str, english: str) -> None:
    """A share of one as percent, in German with a space that does not break."""
    assert text.percent("de", share, digits) == german
    assert text.percent("en", share, digits) == english


def test_days_and_times_are_those_of_the_town() -> None:
    """Stored in UTC, shown in Berlin: the day can be another one, summer time counts."""
    assert text.day("de", date(2026, 5, 3)) == "3. Mai 2026"
    assert text.day("en", date(2026, 5, 3)) == "May 3, 2026"
    assert text.clock_time("de", EVENING) == "00:30 Uhr"
    assert text.clock_time("en", EVENING) == "00:30"
    assert text.moment("de", EVENING) == "4. Mai 2026, 00:30 Uhr"
    winter = datetime(2026, 1, 3, 22, 30, tzinfo=UTC)
    assert text.moment("de", winter) == "3. Januar 2026, 23:30 Uhr"


def test_values_in_a_message_are_localised() -> None:
    """Numbers and dates inside a text follow its language, words stay."""
    message = "{n} on {day} in {town}, {flag}"
    values = {"n": 1000, "day": date(2026, 5, 3), "town": "Musterstadt", "flag": True}
    assert text.translate("de", message, values) == "1.000 on 3. Mai 2026 in Musterstadt, True"
    assert text.translate("en", message, values) == "1,000 on May 3, 2026 in Musterstadt, True"


def test_quotation_marks_in_a_value_are_those_of_the_language() -> None:
    """Lists of names are quoted where nobody knows yet who will read them."""
    values = {"values": "“f”, “m” …"}

    assert text.translate("de", "{values}", values) == "„f“, „m“ …"
    assert text.translate("en", "{values}", values) == "“f”, “m” …"
    # The twin: what is no pair of them stays as it was typed.
    for typed in ("„f“", "5” pipe", 'a "b"'):
        assert text.translate("de", "{values}", {"values": typed}) == typed


def test_a_translated_text_is_german() -> None:
    """A text of the catalogue appears in the language asked for."""
    message = text.later("Fill in this field.")
    assert text.translate("en", message) == message
    assert text.translate("de", message) not in {message, ""}


def test_an_unknown_text_is_shown_in_english() -> None:
    """Better English than nothing; and nothing stays nothing."""
    assert text.translate("de", "zq9x is no text of the catalogue") == (
        "zq9x is no text of the catalogue"
    )
    assert text.translate("de", "") == ""


@given(st.text())
def test_what_people_typed_is_never_a_template(typed: str) -> None:
    """Braces in a value stay braces."""
    assert text.translate("de", "zq9x: {typed}", {"typed": typed}) == f"zq9x: {typed}"


@given(st.integers(-(10**12), 10**12))
def test_numbers_can_be_read_back(value: int) -> None:
    """No digit is lost to the separators."""
    assert int(text.number("de", value).replace(".", "")) == value
    assert int(text.number("en", value).replace(",", "")) == value
