"""Fields made of several inputs: the date with three, the group with rows of fields."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import JsonValue
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from workbench.basics.text import later
from workbench.questionnaire import accepting
from workbench.web.forms.fields import AnswerField, Problem

FormData = MultiDict[str, str]


@dataclass(frozen=True)
class Part:
    """One of the three inputs of a date."""

    id: str
    label: str
    value: str
    digits: int


class DateAnswer(AnswerField):
    """A date in three inputs: day, month, year."""

    template = "questions/date.html"
    PARTS = (("day", later("Day"), 2), ("month", later("Month"), 2), ("year", later("Year"), 4))

    def gathered(self, formdata: Any) -> Any:
        """The three inputs as one list."""
        names = [f"{self.name}-{part}" for part, _, _ in self.PARTS]
        if formdata is None or not any(name in formdata for name in names):
            return formdata
        typed = [accepting.cleaned(formdata.get(n, "")) for n in names]
        return MultiDict([(self.name, value) for value in typed])

    def read(self, typed: list[str]) -> JsonValue:
        """The date as YYYY-MM-DD; whether it exists is left for the check."""
        if not any(typed):
            return None
        if len(typed) != len(self.PARTS) or not all(typed):
            raise ValueError(self.said(later("Please enter day, month and year.")))
        day, month, year = typed
        return f"{year}-{month:0>2}-{day:0>2}"

    @property
    def parts(self) -> list[Part]:
        """The three inputs with what they show."""
        typed = [str(value) for value in self.raw_data or ()]
        if not typed and isinstance(self.data, str):
            typed = [number.lstrip("0") for number in reversed(self.data.split("-"))]
        return [
            Part(f"{self.id}-{part}", self.said(label), value, digits)
            for (part, label, digits), value in zip(self.PARTS, typed or ["", "", ""], strict=False)
        ]

    @property
    def target(self) -> str:
        """The input of the day."""
        return f"{self.id}-day"


@dataclass(frozen=True)
class Row:
    """One entry of a group: ``number`` stands in its inputs' names, ``form`` has its fields."""

    number: int
    form: BaseForm

    def cells(self) -> list[AnswerField]:
        """The fields of the entry."""
        return [cell for cell in self.form if isinstance(cell, AnswerField)]


def row_numbers(formdata: FormData, name: str) -> list[int]:
    """The numbers of the rows that were posted for the group, in order."""
    pattern = re.compile(re.escape(name) + r"-(\d{1,4})-")
    found = (pattern.match(key) for key in formdata)
    return sorted({int(match.group(1)) for match in found if match})


class GroupAnswer(AnswerField):
    """Any number of rows, each with the same fields; inputs are called ``<id>-<row>-<field>``."""

    template = "questions/group.html"

    def __init__(
        self, *, cells: "Callable[[], Mapping[str, UnboundField[Any]]]", **options: Any
    ) -> None:
        super().__init__(**options)
        self.cells = cells
        self.rows: list[Row] = []

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Rows from the posted form, else from the stored answer; at least an empty one."""
        super().process(formdata, data, extra_filters)
        stored = self.data if isinstance(self.data, list) else []
        if self.sent:
            self.rows = [self._row(n, formdata, {}) for n in row_numbers(formdata, self.name)]
            self.data = [{cell.short_name: cell.data for cell in r.cells()} for r in self.rows]
        else:
            self.rows = [self._row(n, None, row) for n, row in enumerate(stored)]
        if not self.rows:
            self.rows = [self._row(0, None, {})]

    def read(self, typed: list[str]) -> JsonValue:  # noqa: ARG002
        """Nothing: the rows are read one by one."""
        return None

    def validate(self, form: BaseForm, extra_validators: Any = ()) -> bool:
        """Whether every row fits; then whether the rows together do."""
        cells = [cell for row in self.rows for cell in row.cells()]
        # Not all(…): that would stop at the first, and all mistakes shall show at once.
        wrong = [cell for cell in cells if not cell.validate(form)]
        if wrong:
            self.errors = [self.said(later("Please check the entries."))]
            return False
        return super().validate(form, extra_validators)

    @property
    def problems(self) -> list[Problem]:
        """Those of the single fields, else of the whole."""
        inner = [
            replace(problem, label=f"{self.said(later('Entry {n}'), n=number)}: {problem.label}")
            for number, row in enumerate(self.rows, start=1)
            for cell in row.cells()
            for problem in cell.problems
        ]
        return inner or super().problems

    @property
    def target(self) -> str:
        """The first input of the first row."""
        return self.rows[0].cells()[0].target

    def _row(self, number: int, formdata: FormData | None, data: Any) -> Row:
        form = BaseForm(self.cells(), prefix=f"{self.name}-{number}-")
        form.process(formdata, data=data)
        return Row(number, form)
