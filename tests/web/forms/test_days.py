"""A day in three inputs is read as a date, shown as it was typed, and named when it is none."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from workbench.web.forms.days import GAPS, NO_DAY, DayField


class When(Form):
    """One day."""

    on = DayField("When?")


def typed(day: str, month: str, year: str) -> When:
    """The form as somebody filled it in, checked."""
    form = When(MultiDict({"on-day": day, "on-month": month, "on-year": year}))
    form.validate()
    return form


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("3", "5", "2026"), date(2026, 5, 3)),
        (("03", "05", " 2026 "), date(2026, 5, 3)),
        (("29", "2", "2028"), date(2028, 2, 29)),
        (("", "", ""), None),
    ],
)
def test_a_day_is_read(parts: tuple[str, str, str], day: date | None) -> None:
    """With or without leading zeros; three empty inputs are no day."""
    form = typed(*parts)
    assert (form.on.data, list(form.on.errors)) == (day, [])


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("3", "", "2026"), GAPS),
        (("31", "2", "2026"), NO_DAY),
        (("3", "5", "26"), NO_DAY),
        (("x", "5", "2026"), NO_DAY),
        (("3", "5", "99999"), NO_DAY),
    ],
)
def test_what_is_no_day_stays_as_typed(parts: tuple[str, str, str], message: str) -> None:
    """The message says what is wrong, and nobody has to type it again."""
    form = typed(*parts)
    assert list(form.on.errors) == [message]
    assert [one.value for one in form.on.parts] == list(parts)


def test_a_stored_day_fills_the_inputs() -> None:
    """Without leading zeros, as a person writes it; no day leaves them empty."""
    form = When(None, data={"on": date(2026, 5, 3)})
    assert [(one.id, one.value) for one in form.on.parts] == [
        ("on-day", "3"),
        ("on-month", "5"),
        ("on-year", "2026"),
    ]
    assert [one.value for one in When().on.parts] == ["", "", ""]
