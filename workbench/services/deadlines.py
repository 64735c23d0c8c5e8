"""What nobody may miss: on the desk, over all systems that somebody has to do with."""

from dataclasses import dataclass

from workbench.basics import clock
from workbench.governance import roles
from workbench.governance.roles import Actor
from workbench.storage import access, deadlines
from workbench.storage.deadlines import Due
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class DueView:
    """What has passed or comes due for a system."""

    system: System
    due: Due


def mine(workspace: Workspace, actor: Actor) -> list[DueView]:
    """What has passed or comes due for the systems on the person's desk, the earliest first."""
    roles.require(actor, "desk.read")
    day = clock.today()
    with workspace.database.reading() as session:
        found = [
            DueView(system, due)
            for system, phases in access.reach(session, actor)
            for due in deadlines.of_phases(session, workspace.library, phases, day)
        ]
    return sorted(found, key=lambda one: one.due.deadline.on)
