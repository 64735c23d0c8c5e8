"""The dates of the legal calendar, by hand from the law; a change of one needs a look at both."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import pytest
from babel.dates import get_month_names

from tests.examples import quickly
from workbench.questionnaire.definition import Question

LIBRARY = quickly.library()
CALENDAR = LIBRARY.calendars["2026.1"]
AI_ACT = "CELEX 02024R1689-20260727"

# AI Act, Article 113 as amended by Regulation (EU) 2026/1744, and Article 111.
FIRST, AMENDED, GENERAL = date(2025, 2, 2), date(2026, 7, 27), date(2026, 8, 2)
MARKED, ANNEX_III = date(2026, 12, 2), date(2027, 12, 2)
ANNEX_I, OLDER = date(2028, 8, 2), date(2030, 8, 2)
SOURCES = {
    FIRST: ["ai-act-3", "ai-act-4", "ai-act-5"],
    AMENDED: ["ai-act-4a"],
    GENERAL: ["ai-act-50", "ai-act-85", "ai-act-95"],
    ANNEX_III: [
        *(f"ai-act-{article}" for article in (6, 9, 10, 12, 13, 14, 15, 25, 26, 27)),
        "ai-act-26-deployer",
        "ai-act-annex-3",
        "ai-act-annex-4",
        # Not postponed themselves, but they rest on the rule what is high-risk.
        "ai-act-49",
        "ai-act-86",
    ],
    ANNEX_I: ["ai-act-26-product", "ai-act-annex-1"],
    OLDER: ["ai-act-111"],
    date(2018, 5, 25): [f"gdpr-{article}" for article in (4, 5, 9, 13, 22, 25, 30, 32, 35, 36, 77)],
    date(2018, 10, 17): ["dsk-must-list"],
    date(2026, 7, 29): ["ki-mig"],
    date(1977, 1, 1): ["vwvfg-28"],
    date(2006, 8, 18): ["agg"],
    date(2017, 1, 1): ["vwvfg-35a"],
    date(2021, 6, 15): ["bpersvg-80"],
    date(2006, 8, 18): ["agg"],
    date(2016, 12, 22): ["eu-2016-2102"],
    date(2019, 5, 25): ["bitv-4"],
    date(2023, 11, 18): ["enefg"],
    date(2023, 12, 7): ["cjeu-c-634-21"],
    date(2025, 2, 27): ["cjeu-c-203-22"],
    date(1999, 2, 9): ["seymour-smith"],
    date(1949, 5, 24): ["grundgesetz"],
    date(2009, 12, 1): ["eu-charter"],
}
MONTHS = [get_month_names("wide", locale="de")[month] for month in range(1, 13)]
TOLD = re.compile(rf"(\d{{1,2}})\. ({'|'.join(MONTHS)}) (\d{{4}})")
DUTIES = {"no_intimate_images": MARKED, "mark_content_older": MARKED}


@pytest.mark.parametrize("applies_from", SOURCES, ids=str)
def test_a_source_applies_from_its_day(applies_from: date) -> None:
    """Each law applies from the day that stands in it, and none has ended."""
    for name in SOURCES[applies_from]:
        source = LIBRARY.sources[name]
        assert (name, source.applies_from, source.applies_to) == (name, applies_from, None)


def test_every_law_is_in_the_table() -> None:
    """A source with a date of its own was compared here; the AI Act in its present text."""
    dated = {name for name, one in LIBRARY.sources.items() if one.applies_from}

    assert dated == {name for names in SOURCES.values() for name in names}
    assert {one.version for name, one in LIBRARY.sources.items() if "ai-act" in name} == {AI_ACT}


def test_a_duty_begins_with_its_source_or_later() -> None:
    """Two points of Article 5 and the marks of older systems have a later day of their own."""
    begins = {
        duty.id: duty.applies_from
        for duty in CALENDAR.duties
        if duty.applies_from != duty.source.applies_from
    }

    assert begins == DUTIES


def ahead(checked: Iterable[date | None]) -> list[date]:
    """The days on which nobody can have looked yet."""
    return [day for day in checked if day and day > datetime.now(UTC).date()]


def test_nobody_claims_to_have_looked_before_they_did() -> None:
    """A source says when somebody compared it, or nothing."""
    assert ahead(source.checked_on for source in LIBRARY.sources.values()) == []


def test_a_day_that_has_not_come_is_found() -> None:
    """Twin: no day is fine, one to come is not."""
    assert ahead([None, date(2026, 1, 1), date.max]) == [date.max]


def dates_told(texts: Iterable[str]) -> set[date]:
    """The days that German texts name, as “2. Dezember 2027”."""
    named = (found.groups() for text in texts for found in TOLD.finditer(text))
    return {date(int(year), MONTHS.index(month) + 1, int(day)) for day, month, year in named}


def explaining(question: Question) -> Iterator[str]:
    """What the question says by itself; its example is made up."""
    parts = (question.title, question.help, question.why)
    yield from (part.in_language("de") for part in parts if part)
    yield from (option.title.in_language("de") for option in question.options)


def test_a_day_in_a_text_is_one_of_the_law() -> None:
    """Questions name no other days than those by which the duties are reckoned."""
    asked = [question for one in LIBRARY.newest() for question in one.questions()]
    sections = [part for one in LIBRARY.newest() for part in one.sections]
    because = [one.because.in_language("de") for one in sections if one.because]
    told = dates_told([*because, *(text for one in asked for text in explaining(one))])

    assert told == {GENERAL, MARKED, ANNEX_III, ANNEX_I}


def test_another_day_in_a_text_is_found() -> None:
    """Twin: one day later is another day."""
    assert dates_told(["Ab dem 3. Dezember 2027."]) == {date(2027, 12, 3)}
    assert dates_told(["Ab August 2028."]) == set()
