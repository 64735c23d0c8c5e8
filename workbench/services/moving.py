"""Move a phase to the newest version of its questions, or go on with a version that was edited.

Both come after a look at what changes, and empty what does not fit by a save of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import WrongState
from workbench.basics.text import later
from workbench.governance import lifecycle
from workbench.governance.roles import Actor
from workbench.questionnaire import fingerprint, moving
from workbench.questionnaire.definition import Gate, Questionnaire, Text
from workbench.questionnaire.library import Library
from workbench.questionnaire.moving import Move
from workbench.storage import access, assessments, former, journal, people, sheets
from workbench.storage.assessments import Phase
from workbench.storage.former import Former
from workbench.storage.sheets import Answered
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NEWEST = later("This phase uses the newest version of its questions already.")


UNEDITED = later("Nobody has changed the questions of this phase since they were last accepted.")
AGAIN = later("The questions were changed once more in the meantime. Look at them again.")


@dataclass(frozen=True)
class Edit:
    """A version in use was edited in place. How it was worded before is not kept.

    ``fingerprint``: what it is now. ``unfit``: the answers that its questions do not take.
    ``unasked``: the answers that none of its questions asks for, by id with the title in another
    version, None where no version has it.
    """

    fingerprint: str
    unfit: tuple[Move, ...]
    unasked: Mapping[str, Text | None]


@dataclass(frozen=True)
class MoveView:
    """What moving to ``after`` would change; nothing when the phase has the newest version.

    ``gates``: the conditions for leaving the phase that would be new or other ones, ``gates_gone``
    those that would fall away. ``edit``: what became of ``before`` itself, None when it is what it
    was. ``former``: what is kept of questions that ``before`` does not ask; ``names``: person id →
    name.
    """

    system: System
    phase: Phase
    before: Questionnaire
    after: Questionnaire
    moves: tuple[Move, ...]
    gates: tuple[Gate, ...]
    gates_gone: tuple[Gate, ...]
    edit: Edit | None
    former: list[Former]
    names: dict[str, str]

    @property
    def writable(self) -> bool:
        """Whether the team may write now."""
        return self.phase.state in lifecycle.WRITABLE


def preview(workspace: Workspace, actor: Actor, phase_id: str) -> MoveView:
    """What is new, reworded, gone, and which answers would have to be given anew."""
    library = workspace.library
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        mine = sheets.of_phase(session, library, phase)
        kept = former.of(session, library, mine)
        names = people.names(session, {said.person_id for one in kept for said in one.comments})
    before, after = mine.questionnaire, library.current(phase.name)
    return MoveView(
        system=system,
        phase=phase,
        before=before,
        after=after,
        moves=moving.moves(before, after, mine.sheet),
        gates=moving.gates(before, after),
        gates_gone=moving.gates_gone(before, after),
        edit=_edit(library, mine),
        former=kept,
        names=names,
    )


def move(workspace: Workspace, actor: Actor, phase_id: str, version: str) -> None:
    """Use the newest version, ``version``, from now on; every fitting answer stays.

    Raises WrongState when the phase is not open for writing, or ``version`` is not (or no longer)
    newer.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.write")
        access.writable(phase)
        mine = sheets.of_phase(session, workspace.library, phase)
        before, after = mine.questionnaire, workspace.library.current(phase.name)
        if after.version != version or before == after:
            raise WrongState(NEWEST)
        emptied = _use(session, workspace.library, actor, mine, after)
        seen = {"before": before.version, "after": after.version, "emptied": emptied}
        journal.append(session, actor.id, "phase.move", phase.id, **seen)


def accept(workspace: Workspace, actor: Actor, phase_id: str, shown: str) -> None:
    """Go on with the version as it was edited; ``shown`` is the fingerprint that was looked at.

    Raises WrongState when the phase is not open for writing, its version is what it was, or was
    edited once more since the look.
    """
    library = workspace.library
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.write")
        access.writable(phase)
        mine = sheets.of_phase(session, library, phase)
        before, after = phase.fingerprint, fingerprint.of(library, mine.questionnaire)
        if not assessments.reworded(phase, after):
            raise WrongState(UNEDITED)
        if shown != after:
            raise WrongState(AGAIN)
        emptied = _use(session, library, actor, mine, mine.questionnaire)
        seen = {"before": before, "after": after, "emptied": emptied}
        journal.append(session, actor.id, "phase.accept", phase.id, **seen)


def _edit(library: Library, mine: Answered) -> Edit | None:
    present = fingerprint.of(library, mine.questionnaire)
    if not assessments.reworded(mine.phase, present):
        return None
    asked = {question.id for question in mine.questionnaire.questions()}
    titles = {question.id: question.title for question in library.former(mine.questionnaire)}
    return Edit(
        fingerprint=present,
        unfit=moving.moves(mine.questionnaire, mine.questionnaire, mine.sheet),
        unasked={key: titles.get(key) for key in mine.sheet if key not in asked},
    )


def _use(
    session: Session, library: Library, actor: Actor, mine: Answered, after: Questionnaire
) -> list[str]:
    """Bind the phase to these questions as they are now; gives the ids of emptied answers.

    An answer that does not fit is emptied by a save of its own, so the history keeps it.
    """
    moved = moving.moves(mine.questionnaire, after, mine.sheet)
    unfit = [one.question.id for one in moved if one.kind == "unfit"]
    saved = {key: (None, mine.number(key) + 1) for key in unfit}
    phase = mine.phase
    assessments.add(session, phase.id, actor.id, clock.now(), saved)
    phase.questionnaire, phase.version = after.id, after.version
    phase.fingerprint = fingerprint.of(library, after)
    session.add(phase)
    return unfit
