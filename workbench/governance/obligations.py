"""Dated legal rules and the answers → what the town has to do on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import JsonValue

from workbench.questionnaire.conditions import holds
from workbench.questionnaire.dated import Calendar, Duty


class Time(StrEnum):
    """Where the day stands to a duty."""

    NOW = "now"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True)
class Obligations:
    """The duties of a system on a day, each with its source, phase and who sees to it.

    ``ended``: those whose last day is over, and those that ended with the use. ``later`` in the
    order in which they begin (``applies_from``); the others as in the calendar.
    """

    calendar: str
    day: date
    now: tuple[Duty, ...]
    later: tuple[Duty, ...]
    ended: tuple[Duty, ...]


def of(
    calendar: Calendar, counting: Mapping[str, JsonValue], day: date, *, in_use: bool = True
) -> Obligations:
    """The duties that the answers call for, by that calendar.

    ``counting`` are answers that count (``path.counting_in_all``); hidden ones bring no duty. Of a
    system that is no longer ``in_use`` only the duties that go on after its end are owed.
    """
    owed = [duty for duty in calendar.duties if holds(duty.when, counting)]
    times = {d.id: time_of(d, day) if in_use or d.after_end else Time.ENDED for d in owed}
    by_time = {time: tuple(d for d in owed if times[d.id] is time) for time in Time}
    coming = sorted(by_time[Time.LATER], key=lambda duty: duty.applies_from or day)
    return Obligations(
        calendar=calendar.version,
        day=day,
        now=by_time[Time.NOW],
        later=tuple(coming),
        ended=by_time[Time.ENDED],
    )


def time_of(duty: Duty, day: date) -> Time:
    """Whether the duty applies on the day; its first and last day count."""
    if duty.applies_from and day < duty.applies_from:
        return Time.LATER
    return Time.ENDED if duty.applies_to and day > duty.applies_to else Time.NOW
