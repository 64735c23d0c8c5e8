"""Load a thing and authorise in the same call; whoever may not know of it gets NotFound."""

from sqlalchemy import and_, bindparam
from sqlmodel import Session, col, select

from workbench.basics.errors import NotFound
from workbench.basics.text import later
from workbench.governance import lifecycle, roles
from workbench.governance.roles import Actor
from workbench.storage import assessments, audits, decisions, dissents, systems
from workbench.storage.assessments import Assessment, Phase
from workbench.storage.audits import Audit, Dataset
from workbench.storage.systems import Membership, System

NOT_FOUND = later("This page does not exist, or it is not meant for you.")
# Every page begins with it, and to put such a query together takes longer than to ask it.
WITH_SYSTEM = (
    select(System, Phase, Membership)
    .join(Assessment, col(Assessment.system_id) == System.id)
    .join(Phase, col(Phase.assessment_id) == Assessment.id)
    .outerjoin(
        Membership,
        and_(
            col(Membership.system_id) == System.id,
            col(Membership.person_id) == bindparam("person"),
        ),
    )
    .where(Phase.id == bindparam("phase"))
)


def system(session: Session, actor: Actor, system_id: str, action: str) -> System:
    """The system, if the person may do the action on it; else Forbidden or NotFound."""
    roles.require(actor, action)
    found = session.get(System, system_id)
    if found is None or not (
        actor.role in roles.ALL_SYSTEMS or systems.is_member(session, system_id, actor.id)
    ):
        raise NotFound(NOT_FOUND)
    return found


def phases(
    session: Session, actor: Actor, system_id: str, action: str
) -> tuple[System, list[Phase]]:
    """The system and its phases, in order; for the board those that were submitted.

    NotFound when the board may not know of any yet.
    """
    owner = system(session, actor, system_id, action)
    known = _known(session, actor, owner)
    if actor.role == roles.BOARD and not known:
        raise NotFound(NOT_FOUND)
    return owner, known


def reach(session: Session, actor: Actor) -> list[tuple[System, list[Phase]]]:
    """The systems that somebody has to do with, by name, each with the phases they know of.

    For the team those they work on, for the administration all, for the board all submitted.
    """
    everybodys = actor.role in roles.ALL_SYSTEMS
    found = systems.every(session) if everybodys else systems.of_person(session, actor.id)
    known = [(one, _known(session, actor, one)) for one in found]
    return [(one, phases) for one, phases in known if phases or actor.role != roles.BOARD]


def _known(session: Session, actor: Actor, owner: System) -> list[Phase]:
    """The phases opened so far; for the board those that were submitted."""
    assessment = assessments.of_system(session, owner.id)
    opened = assessments.phases(session, assessment.id) if assessment else []
    return [one for one in opened if one.submitted_at or actor.role != roles.BOARD]


def phase(session: Session, actor: Actor, phase_id: str, action: str) -> tuple[System, Phase]:
    """The phase and its system; the board knows of a phase only once it was submitted."""
    roles.require(actor, action)
    wanted = {"phase": phase_id, "person": actor.id}
    found = session.exec(WITH_SYSTEM, params=wanted).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    owner, phase, membership = found
    if membership is None and actor.role not in roles.ALL_SYSTEMS:
        raise NotFound(NOT_FOUND)
    if actor.role == roles.BOARD and phase.submitted_at is None:
        raise NotFound(NOT_FOUND)
    return owner, phase


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
    """Everybody who made what the board judges: system, answers, decisions with the minority
    opinions on them, audits, submission."""
    planned = {audit.planned_by for audit in audits.of_system(session, system.id)}
    return (
        assessments.authors(session, phase.id)
        | decisions.authors(session, phase.id)
        | dissents.authors(session, phase.id)
        | planned
        | {system.created_by, *filter(None, [phase.submitted_by])}
    )


def writable(phase: Phase) -> None:
    """Raises WrongState unless the team may write in the phase now."""
    lifecycle.check("submit", phase.state, "", ())
