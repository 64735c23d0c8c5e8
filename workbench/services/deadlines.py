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
    """What has passed or comes due for one system, the earliest first."""

    system: System
    due: list[Due]


def mine(workspace: Workspace, actor: Actor) -> list[DueView]:
    """The systems on the person's desk for which something has passed or comes due."""
    roles.require(actor, "desk.read")
    day = clock.today()
    with workspace.database.reading() as session:
        found = [
            DueView(system, deadlines.of_phases(session, workspace.library, phases, day))
            for system, phases in access.reach(session, actor)
        ]
    return [one for one in found if one.due]
