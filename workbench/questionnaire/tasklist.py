"""What a team has to do in a phase now: the quick scan first, then what it leads to."""

from dataclasses import dataclass
from math import ceil

from workbench.questionnaire.definition import Questionnaire, Section
from workbench.questionnaire.progress import Progress, State


@dataclass(frozen=True)
class TaskList:
    """``sections`` to do, ``skipped`` ones that are not asked.

    ``scanning``: the quick scan is not finished, so nobody can tell what else is asked. Until then
    only its sections are tasks, and those in which something is answered.
    ``answered`` of ``total`` questions, and the ``minutes`` left: each section's rounded up, so
    that the lines of the list add up.
    """

    sections: tuple[Section, ...]
    skipped: tuple[Section, ...]
    scanning: bool
    answered: int
    total: int
    minutes: int


def of(questionnaire: Questionnaire, measured: Progress) -> TaskList:
    """The tasks of a phase whose progress is ``measured``."""
    parts, scanning = measured.sections, bool(open_scan(questionnaire, measured))
    asked = [one for one in questionnaire.sections if parts[one.id].total]
    shown = [one for one in asked if one.quick_scan or not scanning or parts[one.id].answered]
    counted = [parts[one.id] for one in shown]
    left = (ceil(one.minutes_left) for one in counted if one.state is not State.COMPLETE)
    return TaskList(
        sections=tuple(shown),
        skipped=() if scanning else tuple(s for s in questionnaire.sections if s not in asked),
        scanning=scanning,
        answered=sum(one.answered for one in counted),
        total=sum(one.total for one in counted),
        minutes=sum(left),
    )


def open_scan(questionnaire: Questionnaire, measured: Progress) -> tuple[Section, ...]:
    """The sections of the quick scan that still lack something required."""
    return tuple(
        section
        for section in questionnaire.sections
        if section.quick_scan and measured.sections[section.id].open
    )
