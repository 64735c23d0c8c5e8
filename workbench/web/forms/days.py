"""A day in three inputs, as the questions of an assessment have it."""

from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value

from workbench.basics.text import later
from workbench.questionnaire.accepting import YEARS
from workbench.web.forms.composed import DateAnswer, Part

GAPS = later("Please enter day, month and year.")
NO_DAY = later("This date does not exist. Please check day, month and year (four digits).")


class DayField(Field):
    """Day, month and year; ``data`` is the date, None when all three are empty.

    The inputs are called as those of a ``DateAnswer``; the first has the id of the field, so that
    an error leads there.
    """

    data: date | None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the three inputs as one list."""
        names = [f"{self.name}-{part}" for part, _, _ in DateAnswer.PARTS]
        if formdata is not None and any(name in formdata for name in names):
            formdata = MultiDict((self.name, formdata.get(name, "").strip()) for name in names)
        super().process(formdata, data, extra_filters)

    def process_formdata(self, valuelist: list[str]) -> None:
        """The day; raises ValueError with what is wrong."""
        self.data = None
        if not any(valuelist):
            return
        if len(valuelist) != len(DateAnswer.PARTS) or not all(valuelist):
            raise ValueError(GAPS)
        try:
            day, month, year = map(int, valuelist)
            found = date(year, month, day)
        except ValueError as error:
            raise ValueError(NO_DAY) from error
        if not YEARS[0] <= year <= YEARS[1]:
            raise ValueError(NO_DAY)
        self.data = found

    @property
    def parts(self) -> list[Part]:
        """The three inputs with what they show; the labels are messages of the catalogue."""
        typed = [str(value) for value in self.raw_data or ()]
        if len(typed) != len(DateAnswer.PARTS):
            day = self.data
            typed = [str(part) for part in (day.day, day.month, day.year)] if day else [""] * 3
        return [
            Part(f"{self.name}-{part}", label, value, digits)
            for (part, label, digits), value in zip(DateAnswer.PARTS, typed, strict=True)
        ]
