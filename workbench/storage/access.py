"""Load a thing and authorise in the same call; whoever may not know of it gets NotFound."""

from sqlmodel import Session

from workbench.basics.errors import NotFound
from workbench.basics.text import later
from workbench.governance import lifecycle, roles
from workbench.governance.roles import Actor
from workbench.storage import assessments, audits, decisions, systems
from workbench.storage.assessments import Assessment, Phase
from workbench.storage.audits import Audit, Dataset
from workbench.storage.systems import System

NOT_FOUND = later("This page does not exist, or it is not meant for you.")


def system(session: Session, actor: Actor, system_id: str, action: str) -> System:
    """The system, if the person may do the action on it; else Forbidden or NotFound."""
    roles.require(actor, action)
    found = session.get(System, system_id)
    if found is None or not (
        actor.role in roles.ALL_SYSTEMS or systems.is_member(session, system_id, actor.id)
    ):
        raise NotFound(NOT_FOUND)
    return found


def phase(session: Session, actor: Actor, phase_id: str, action: str) -> tuple[System, Phase]:
    """The phase and its system; the board knows of a phase only once it was submitted."""
    roles.require(actor, action)
    found = session.get(Phase, phase_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    assessment = session.get_one(Assessment, found.assessment_id)
    owner = system(session, actor, assessment.system_id, action)
    if actor.role == roles.BOARD and found.submitted_at is None:
        raise NotFound(NOT_FOUND)
    return owner, found


def dataset(session: Session, actor: Actor, dataset_id: str, action: str) -> tuple[System, Dataset]:
    """A data set and its system."""
    roles.require(actor, action)
    found = session.get(Dataset, dataset_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    return system(session, actor, found.system_id, action), found


def audit(session: Session, actor: Actor, audit_id: str, action: str) -> tuple[System, Audit]:
    """An audit and its system."""
    roles.require(actor, action)
    found = session.get(Audit, audit_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    return system(session, actor, found.system_id, action), found


def authors(session: Session, system: System, phase: Phase) -> set[str]:
    """Everybody who made what the board judges: system, answers, decisions, audits, submission."""
    planned = {audit.planned_by for audit in audits.of_system(session, system.id)}
    return (
        assessments.authors(session, phase.id)
        | decisions.authors(session, phase.id)
        | planned
        | {system.created_by, *filter(None, [phase.submitted_by])}
    )


def writable(phase: Phase) -> None:
    """Raises WrongState unless the team may write in the phase now."""
    lifecycle.check("submit", phase.state, "", ())
