"""Move a phase to the newest version of its questionnaire, after a look at what changes."""

from dataclasses import dataclass

from workbench.basics import clock
from workbench.basics.errors import WrongState
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.questionnaire import fingerprint, moving
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.moving import Move
from workbench.storage import access, assessments, former, journal, people, sheets
from workbench.storage.assessments import Phase
from workbench.storage.former import Former
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NEWEST = later("This phase uses the newest version of its questions already.")


@dataclass(frozen=True)
class MoveView:
    """What moving to ``after`` would change; nothing when the phase has the newest version.

    ``former``: what is kept of questions that ``before`` does not ask; ``names``: person id → name.
    """

    system: System
    phase: Phase
    before: Questionnaire
    after: Questionnaire
    moves: tuple[Move, ...]
    former: list[Former]
    names: dict[str, str]


def preview(workspace: Workspace, actor: Actor, phase_id: str) -> MoveView:
    """What is new, reworded, gone, and which answers would have to be given anew."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        mine = sheets.of_phase(session, workspace.library, phase)
        kept = former.of(session, workspace.library, mine)
        names = people.names(session, {said.person_id for one in kept for said in one.comments})
    before, after = mine.questionnaire, workspace.library.current(phase.name)
    changes = moving.moves(before, after, mine.sheet)
    return MoveView(system, phase, before, after, changes, kept, names)


def move(workspace: Workspace, actor: Actor, phase_id: str, version: str) -> None:
    """Use the newest version, ``version``, from now on; every fitting answer stays.

    An answer that does not fit is emptied by a save of its own, so the history keeps it. Raises
    WrongState when the phase is not open for writing, or ``version`` is not (or no longer) newer.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.write")
        access.writable(phase)
        mine = sheets.of_phase(session, workspace.library, phase)
        before, after = mine.questionnaire, workspace.library.current(phase.name)
        if after.version != version or before == after:
            raise WrongState(NEWEST)
        moved = moving.moves(before, after, mine.sheet)
        unfit = [one.question.id for one in moved if one.kind == "unfit"]
        saved = {key: (None, mine.number(key) + 1) for key in unfit}
        assessments.add(session, phase.id, actor.id, clock.now(), saved)
        phase.questionnaire, phase.version = after.id, after.version
        phase.fingerprint = fingerprint.of(workspace.library, after)
        session.add(phase)
        journal.append(
            session,
            actor.id,
            "phase.move",
            phase.id,
            before=before.version,
            after=after.version,
            emptied=unfit,
        )
