"""Let a phase be left although a condition is not met: by the administration, with a reason."""

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.storage import access, journal, leaving, sheets
from workbench.storage.tasks import Waiver
from workbench.storage.workspace import Workspace

LONGEST = 2000


def waive(workspace: Workspace, actor: Actor, phase_id: str, condition: str, reason: str) -> None:
    """Waive one unmet condition of an open phase.

    The reason is shown to team and board with the name, and is part of the next edition without it.
    It holds as long as nothing more is missing than now. Raises InvalidInput without a reason,
    NotFound for a condition that is met, was waived or cannot be, WrongState when the phase is not
    open for writing.
    """
    text = reason.strip()
    if not 0 < len(text) <= LONGEST:
        raise InvalidInput(
            later("The condition was not waived."),
            {"reason": later("Give the reason in at most {limit} characters.")},
            limit=LONGEST,
        )
    with workspace.database.transaction() as session:
        system, phase = access.phase(session, actor, phase_id, "gate.waive")
        session.refresh(phase, with_for_update=True)
        access.writable(phase)
        everything = sheets.of_assessment(session, workspace.library, phase.assessment_id)
        mine = next(one for one in everything if one.phase.id == phase.id)
        unmet = leaving.obstacles(session, system.id, everything, mine)
        waived = [one.unmet for one in unmet if one.unmet.id == condition and one.may_be_waived]
        if not waived:
            raise NotFound(access.NOT_FOUND)
        session.add(
            Waiver(
                phase_id=phase.id,
                condition=condition,
                missing=list(waived[0].missing),
                reason=text,
                person_id=actor.id,
                waived_at=clock.now(),
            )
        )
        journal.append(session, actor.id, "gate.waive", phase.id, condition=condition)
