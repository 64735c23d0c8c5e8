"""The part of a record that follows from the published answers: class, duties, figures, balance.

None means "not stated", never zero. There is no overall grade.
"""

import operator
from datetime import date
from typing import Literal

from pydantic import Field

from workbench.disclosure.pieces import Part, Words


class Source(Part):
    """A law, standard or publication in the version that was used."""

    title: Words
    version: str
    link: str


class Holding(Part):
    """A named condition that holds, as a sentence about the system."""

    id: str
    text: Words


class Duty(Part):
    """One duty of the town, now or from ``applies_from`` on; ``capacities`` see to it."""

    id: str
    title: Words
    time: Literal["now", "later"]
    applies_from: date | None
    applies_to: date | None
    phase: str
    capacities: tuple[str, ...]
    source: Source


class Duties(Part):
    """The duties on the day ``on``, by a legal calendar: the law as of ``as_of``."""

    calendar: str
    as_of: date
    on: date
    duties: tuple[Duty, ...]


class Counted(Part):
    """The points of one published answer, of at most ``possible``; none while not ``stated``.

    Of those with the same ``alternative`` only the one with the most points counts.
    """

    question: str
    points: int
    possible: int
    stated: bool
    alternative: str | None


class Indicator(Part):
    """One thing that is measured: the sum of its answers.

    ``unasked`` of the points possible belong to questions that are not asked, and have no impact.
    """

    id: str
    title: Words
    help: Words
    points: int
    possible: int
    unasked: int
    share: float | None
    trace: tuple[Counted, ...]
    source: Source


class Figure(Part):
    """``points`` of ``possible`` ones over the published answers.

    ``share`` from 0 to 1, None where nothing is stated; it can still rise to ``highest`` through
    questions without an answer. ``band`` is the share in a word. ``not_counted``: so many answers
    are internal, and neither their points nor those possible are in here.
    """

    points: int
    possible: int
    unasked: int
    share: float | None
    highest: float | None
    band: Words | None
    not_counted: int
    indicators: tuple[Indicator, ...]


class KnockOut(Part):
    """An answer with which no figure counts any more, and what follows from it."""

    question: str
    means: Words


class Range(Part):
    """A figure with the smallest and the largest it may be."""

    low: float
    value: float
    high: float


class Footprint(Part):
    """One line of the balance: ``energy`` in kWh, ``co2`` in kg."""

    id: str
    energy: Range | None
    co2: Range | None


class UsedFactor(Part):
    """A dated number that the balance was computed with."""

    title: Words
    value: float
    low: float | None
    high: float | None
    unit: str
    year: int
    source: Source


class Balance(Part):
    """Energy and CO2 against the procedure that is replaced.

    ``basis`` says where the energy of use comes from, ``missing`` names what lacks: numbers that
    are not stated, and dated numbers that the workbench does not have (as factors.yaml calls them).
    Without ``car_co2`` what is saved, and the difference, are without journeys by car.
    """

    lines: tuple[Footprint, ...]
    basis: str | None
    assumptions: tuple[Words, ...]
    factors: tuple[UsedFactor, ...]
    missing: tuple[str, ...]


class Judged(Part):
    """A question of the classification, and the day of its answer; None without one."""

    question: str
    on: date | None


class Conclusions(Part):
    """What follows from the published answers. ``judged_by``: the questions that decide on it.

    ``ended_on``: the day on which the use of the system ended. Editions of a system in use have
    none, as those from before it was told, and still read and write the same bytes.
    """

    holding: tuple[Holding, ...]
    judged_by: tuple[Judged, ...]
    duties: Duties | None
    impact: Figure
    safeguards: Figure
    knock_outs: tuple[KnockOut, ...]
    balance: Balance
    ended_on: date | None = Field(default=None, exclude_if=operator.not_)
