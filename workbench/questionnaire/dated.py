"""What changes with time beside the questions: duties in legal calendars, and factors."""

from datetime import date

from workbench.basics.capacities import Capacity
from workbench.basics.phases import Phase
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Frozen, Source, Text


class Duty(Frozen):
    """One duty of the town: who sees to it in which phase, for which answers, from when to when.

    ``after_end``: it goes on after the use of the system has ended.
    """

    id: str
    title: Text
    help: Text
    source: Source
    applies_from: date | None
    applies_to: date | None
    when: Condition | None
    phase: Phase
    capacity: tuple[Capacity, ...]
    after_end: bool = False


class Calendar(Frozen):
    """The duties as the law stood on a day; an assessment keeps the calendar it was made under."""

    version: str
    as_of: date
    note: Text
    duties: tuple[Duty, ...]


class Factor(Frozen):
    """One dated number of the sustainability balance, with its range where that is known."""

    id: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: str
    year: int
    title: Text
    source: Source
