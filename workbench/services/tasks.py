"""Who sees to which section until when."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.governance import lifecycle, roles
from workbench.governance.roles import Actor
from workbench.questionnaire.definition import Section
from workbench.storage import access, journal, systems, tasks
from workbench.storage.assessments import Assessment, Phase
from workbench.storage.systems import System
from workbench.storage.tasks import Assignment
from workbench.storage.workspace import Workspace

NOT_ASSIGNED = later("The task was not assigned.")
PASSED = later("This day has passed. Choose today or a later day.")


@dataclass(frozen=True)
class Task:
    """One section that a person sees to; ``late``: its date has passed."""

    system: System
    phase: Phase
    section: Section
    due_on: date | None
    late: bool


def assign(
    workspace: Workspace,
    actor: Actor,
    phase_id: str,
    section_id: str,
    *,
    person_id: str,
    due_on: date | None,
) -> None:
    """Let somebody of the system's team see to a section; nobody with an empty ``person_id``.

    Raises InvalidInput for a person who does not work on the system and for a day that has passed,
    unless it stood there before; WrongState when the phase is not open for writing.
    """
    with workspace.database.transaction() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.assign")
        access.writable(phase)
        workspace.library.questionnaire(phase.questionnaire, phase.version).section(section_id)
        if person_id and not systems.is_member(session, system.id, person_id):
            raise InvalidInput(
                NOT_ASSIGNED,
                {"person_id": later("Choose somebody who works on this system.")},
            )
        present = session.get(Assignment, (phase.id, section_id))
        kept = present is not None and present.due_on == due_on
        if person_id and due_on and due_on < clock.today() and not kept:
            raise InvalidInput(NOT_ASSIGNED, {"due_on": PASSED})
        if present is not None:
            session.delete(present)
            session.flush()
        if person_id:
            session.add(
                Assignment(
                    phase_id=phase.id,
                    section_id=section_id,
                    person_id=person_id,
                    due_on=due_on,
                    set_at=clock.now(),
                    set_by=actor.id,
                )
            )
        journal.append(
            session,
            actor.id,
            "section.assign",
            phase.id,
            section=section_id,
            to=person_id,
            due=due_on.isoformat() if due_on and person_id else "",
        )


def mine(workspace: Workspace, actor: Actor) -> list[Task]:
    """What waits for the person, the earliest date first: sections of phases open for writing.

    A section that the phase's questionnaire does not have any more, since it moved to a newer
    version, waits for nobody.
    """
    roles.require(actor, "desk.read")
    with workspace.database.reading() as session:
        found = [_task(workspace, session, row) for row in tasks.of_person(session, actor.id)]
        return [
            task
            for task in found
            if task is not None
            and task.phase.state in lifecycle.WRITABLE
            and systems.is_member(session, task.system.id, actor.id)
        ]


def _task(workspace: Workspace, session: Session, row: Assignment) -> Task | None:
    phase = session.get_one(Phase, row.phase_id)
    assessment = session.get_one(Assessment, phase.assessment_id)
    questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
    section = next((one for one in questionnaire.sections if one.id == row.section_id), None)
    if section is None:
        return None
    return Task(
        system=session.get_one(System, assessment.system_id),
        phase=phase,
        section=section,
        due_on=row.due_on,
        late=row.due_on is not None and row.due_on < clock.today(),
    )
