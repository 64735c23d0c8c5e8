"""Duties by calendar, answers and day."""

from datetime import date
from typing import Any

import pytest

from workbench.governance import obligations
from workbench.governance.obligations import Time
from workbench.questionnaire.dated import Calendar

TEXT = {"de": "x", "en": "x"}
SOURCE = {
    "id": "act",
    "title": TEXT,
    "version": "1",
    "link": "https://law.example/act",
    "checked_on": "2026-11-23",
}


def duty(identifier: str, **more: Any) -> dict[str, Any]:
    """A duty with everything it needs."""
    return {
        "id": identifier,
        "title": TEXT,
        "help": TEXT,
        "source": SOURCE,
        "applies_from": None,
        "applies_to": None,
        "when": None,
        "phase": "design",
        "capacity": ["law"],
        **more,
    }


CALENDAR = Calendar.model_validate(
    {
        "version": "2026.1",
        "as_of": "2026-11-23",
        "note": TEXT,
        "duties": [
            duty("always"),
            duty("far", applies_from="2028-08-02"),
            duty("near", applies_from="2027-12-02", when={"equals": ["class.high", True]}),
            duty("old", applies_to="2026-01-31"),
            duty("people", when={"any_of": ["scan.people", ["children"]]}),
        ],
    }
)


def ids(duties: tuple[Any, ...]) -> list[str]:
    """Their ids."""
    return [one.id for one in duties]


def test_now_later_ended() -> None:
    """What applies depends on the answers and the day; what comes is in order of its day."""
    found = obligations.of(
        CALENDAR, {"class.high": True, "scan.people": ["children"]}, date(2026, 11, 23)
    )

    assert ids(found.now) == ["always", "people"]
    assert ids(found.later) == ["near", "far"]
    assert ids(found.ended) == ["old"]
    assert found.calendar == "2026.1"


def test_answers_decide() -> None:
    """Without such answers there is no such duty, also later."""
    found = obligations.of(CALENDAR, {"scan.people": ["residents"]}, date(2027, 12, 2))

    assert ids(found.now) == ["always"]
    assert ids(found.later) == ["far"]


def test_after_the_end_only_what_goes_on_is_owed() -> None:
    """Also what would have begun later ends with the use; who still uses it owes everything."""
    kept = [
        duty("keep", after_end=True),
        duty("keep_later", applies_from="2027-12-02", after_end=True),
    ]
    gone = [duty("oversee"), duty("later", applies_from="2027-12-02")]
    calendar = Calendar.model_validate(
        {**CALENDAR.model_dump(exclude={"duties"}, mode="json"), "duties": [*kept, *gone]}
    )
    day = date(2026, 11, 23)
    found = obligations.of(calendar, {}, day, in_use=False)

    assert (ids(found.now), ids(found.later)) == (["keep"], ["keep_later"])
    assert ids(found.ended) == ["oversee", "later"]
    used = obligations.of(calendar, {}, day)
    assert (ids(used.now), ids(used.ended)) == (["keep", "oversee"], [])


@pytest.mark.parametrize(
    ("day", "time"),
    [
        (date(2027, 12, 1), Time.LATER),
        (date(2027, 12, 2), Time.NOW),
        (date(2028, 1, 31), Time.NOW),
        (date(2028, 2, 1), Time.ENDED),
    ],
)
def test_the_first_and_the_last_day_count(day: date, time: Time) -> None:
    """A duty begins on its first day and ends after its last."""
    (one,) = Calendar.model_validate(
        {
            **CALENDAR.model_dump(exclude={"duties"}, mode="json"),
            "duties": [duty("x", applies_from="2027-12-02", applies_to="2028-01-31")],
        }
    ).duties

    assert obligations.time_of(one, day) is time
