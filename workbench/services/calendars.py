"""Renew the legal calendar of an assessment on purpose, after a look at what changes."""

from dataclasses import dataclass

from sqlmodel import Session

from workbench.basics.errors import NotFound, WrongState
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.questionnaire.dated import Calendar, Duty
from workbench.storage import access, assessments, journal
from workbench.storage.assessments import Assessment
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NOTHING_NEWER = later("The legal calendar of this assessment is the newest already.")


@dataclass(frozen=True)
class Renewal:
    """What the newest calendar changes; ``present`` is None when there was none.

    ``changed`` are pairs (before, after) of duties that differ in wording, dates or condition.
    """

    system: System
    present: Calendar | None
    newest: Calendar
    added: tuple[Duty, ...]
    changed: tuple[tuple[Duty, Duty], ...]
    gone: tuple[Duty, ...]


def preview(workspace: Workspace, actor: Actor, system_id: str) -> Renewal:
    """What would change; WrongState when there is no newer calendar."""
    with workspace.database.reading() as session:
        system, assessment = _of(session, actor, system_id)
    newest = workspace.library.newest_calendar()
    if assessment.calendar == newest.version:
        raise WrongState(NOTHING_NEWER)
    present = workspace.library.calendars.get(assessment.calendar)
    before = {duty.id: duty for duty in present.duties} if present else {}
    after = {duty.id: duty for duty in newest.duties}
    return Renewal(
        system=system,
        present=present,
        newest=newest,
        added=tuple(duty for key, duty in after.items() if key not in before),
        changed=tuple(
            (before[key], duty)
            for key, duty in after.items()
            if key in before and before[key] != duty
        ),
        gone=tuple(duty for key, duty in before.items() if key not in after),
    )


def renew(workspace: Workspace, actor: Actor, system_id: str, version: str) -> None:
    """Let the assessment follow the newest calendar, whose ``version`` the preview showed.

    Raises WrongState when it does already, or when that is no longer the newest.
    """
    with workspace.database.transaction() as session:
        system, assessment = _of(session, actor, system_id)
        session.refresh(assessment, with_for_update=True)
        newest = workspace.library.newest_calendar().version
        if assessment.calendar == newest:
            raise WrongState(NOTHING_NEWER)
        if version != newest:
            raise WrongState(later("There is a newer calendar by now. Look at the changes again."))
        before, assessment.calendar = assessment.calendar, newest
        session.add(assessment)
        journal.append(session, actor.id, "calendar.renew", system.id, before=before, after=newest)


def _of(session: Session, actor: Actor, system_id: str) -> tuple[System, Assessment]:
    system = access.system(session, actor, system_id, "calendar.renew")
    assessment = assessments.of_system(session, system.id)
    if assessment is None:
        raise NotFound(access.NOT_FOUND)
    return system, assessment
