"""Register a system, describe it, and say who works on it."""

from dataclasses import dataclass

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.governance import lifecycle, roles
from workbench.governance.roles import TEAM, Actor
from workbench.questionnaire import fingerprint, versions
from workbench.storage import (
    access,
    assessments,
    audits,
    conditions,
    deadlines,
    journal,
    people,
    publications,
    systems,
)
from workbench.storage.assessments import Assessment, Phase
from workbench.storage.audits import Audit
from workbench.storage.conditions import Condition
from workbench.storage.deadlines import Due
from workbench.storage.people import Person
from workbench.storage.publications import Edition
from workbench.storage.systems import Membership, System
from workbench.storage.workspace import Workspace

FIRST_PHASE = "conception"
LENGTHS = {"name": 100, "purpose": 350, "department": 100, "contact": 200}


@dataclass(frozen=True)
class SystemView:
    """One system with all that its page shows; ``next_phase`` is the one that can be opened now.

    ``conditions`` are all that the board set, ``due`` what has passed or comes due.
    """

    system: System
    phases: list[Phase]
    members: list[Person]
    audits: list[Audit]
    editions: list[Edition]
    conditions: list[Condition]
    due: list[Due]
    next_phase: str | None

    @property
    def writable(self) -> bool:
        """Whether the description may be changed now."""
        return self.phases[-1].state in lifecycle.WRITABLE


@dataclass(frozen=True)
class DeskEntry:
    """One system on somebody's desk."""

    system: System
    phases: list[Phase]
    edition: int | None


def create(
    workspace: Workspace,
    actor: Actor,
    *,
    name: str,
    purpose: str,
    department: str,
    contact: str,
    example: bool = False,
) -> str:
    """Register a system, open its assessment with the phase conception, return the system's id.

    The creator works on it from then on. Raises InvalidInput naming the fields that do not fit.
    """
    roles.require(actor, "system.create")
    described = described_as(name=name, purpose=purpose, department=department, contact=contact)
    questionnaire = workspace.library.current(FIRST_PHASE)
    now = clock.now()
    with workspace.database.transaction() as session:
        system = System(
            slug=systems.free_slug(session, name),
            example=example,
            created_at=now,
            created_by=actor.id,
            **described,
        )
        session.add(system)
        session.flush()
        calendar = max(workspace.library.calendars, key=versions.order, default="")
        assessment = Assessment(system_id=system.id, opened_at=now, calendar=calendar)
        session.add_all([assessment, Membership(system_id=system.id, person_id=actor.id)])
        session.flush()
        session.add(
            Phase(
                assessment_id=assessment.id,
                name=FIRST_PHASE,
                questionnaire=questionnaire.id,
                version=questionnaire.version,
                fingerprint=fingerprint.of(workspace.library, questionnaire),
                opened_at=now,
            )
        )
        journal.append(session, actor.id, "system.create", system.id, name=system.name)
        return system.id


def described_as(**fields: str) -> dict[str, str]:
    """The fields of a system, stripped; InvalidInput when one is empty or too long."""
    stripped = {field: " ".join(text.split()) for field, text in fields.items()}
    wrong = {
        field: later("Fill in this field.") if not text else later("This text is too long.")
        for field, text in stripped.items()
        if not 0 < len(text) <= LENGTHS[field]
    }
    if wrong:
        raise InvalidInput(later("The system was not saved."), wrong)
    return stripped


def change(workspace: Workspace, actor: Actor, system_id: str, **fields: str) -> None:
    """Change a system's description; its public address stays.

    It is part of what the board judges: WrongState unless the newest phase is open for writing.
    """
    described = described_as(**fields)
    with workspace.database.transaction() as session:
        system = access.system(session, actor, system_id, "system.change")
        access.writable(_phases(session, system)[-1])
        before = {field: getattr(system, field) for field in described}
        for field, text in described.items():
            setattr(system, field, text)
        session.add(system)
        journal.append(session, actor.id, "system.change", system.id, before=before)


def share(workspace: Workspace, actor: Actor, system_id: str, email: str) -> None:
    """Let a colleague of a project team work on the system; InvalidInput when there is none."""
    with workspace.database.transaction() as session:
        system = access.system(session, actor, system_id, "system.change")
        person = people.by_email(session, email)
        if person is None or person.role != TEAM or not person.active:
            raise InvalidInput(
                later("Nobody was added."),
                {"email": later("Nobody with this address has an account for project teams.")},
            )
        if not systems.is_member(session, system.id, person.id):
            session.add(Membership(system_id=system.id, person_id=person.id))
            journal.append(session, actor.id, "system.share", system.id, with_person=person.id)


def view(workspace: Workspace, actor: Actor, system_id: str) -> SystemView:
    """One system with its phases, people, audits and editions."""
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "system.read")
        opened = _phases(session, system)
        return SystemView(
            system=system,
            phases=opened,
            members=systems.members(session, system.id),
            audits=audits.of_system(session, system.id),
            editions=publications.of_system(session, system.id),
            conditions=conditions.of_phases(session, opened),
            due=deadlines.of_phases(session, workspace.library, opened, clock.today()),
            next_phase=_next_phase(workspace, opened),
        )


def _next_phase(workspace: Workspace, opened: list[Phase]) -> str | None:
    following = assessments.following(opened[-1].name)
    asked = {one.phase for one in workspace.library.newest()}
    approved = opened[-1].state == lifecycle.APPROVED
    return following if approved and following in asked else None


def desk(workspace: Workspace, actor: Actor) -> list[DeskEntry]:
    """The systems somebody works on; for the administration all, for the board all submitted."""
    roles.require(actor, "desk.read")
    with workspace.database.reading() as session:
        return [_entry(session, *found) for found in access.reach(session, actor)]


def _phases(session: Session, system: System) -> list[Phase]:
    assessment = assessments.of_system(session, system.id)
    return assessments.phases(session, assessment.id) if assessment else []


def _entry(session: Session, system: System, phases: list[Phase]) -> DeskEntry:
    editions = publications.of_system(session, system.id)
    return DeskEntry(
        system=system,
        phases=phases,
        edition=editions[0].number if editions else None,
    )
