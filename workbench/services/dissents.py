"""Put a minority opinion beside a value decision, change it, take it back; see whose it may be.

The rule is that of ``governance.dissents``: each is in the hands of one account, and nobody else
touches it. As long as the team may write in the phase, that is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.capacities import CAPACITIES
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WrongState
from workbench.basics.identifiers import new_id
from workbench.basics.text import later
from workbench.governance import lifecycle, roles
from workbench.governance.dissents import LENGTHS
from workbench.governance.roles import Actor
from workbench.questionnaire import accepting
from workbench.storage import access, decisions, dissents, journal, people, systems
from workbench.storage.assessments import Phase
from workbench.storage.decisions import Recorded
from workbench.storage.dissents import DissentEntry, Held
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NOT_SAVED = later("The other opinion was not saved.")
NOT_YOURS = later("This other opinion is in the hands of {name}. Only they can change it.")
SAY_WHO = later("Give the name of who says it, or choose whose account it is.")
NO_NAME = later("Leave the name empty: whoever says it has an account.")


@dataclass(frozen=True)
class DissentView:
    """One minority opinion and the decision it is on; ``names``: id → name of who belongs to it."""

    system: System
    phase: Phase
    decision: Recorded
    dissent: Held
    names: Mapping[str, str]
    may_change: bool


@dataclass(frozen=True)
class Unconfirmed:
    """What somebody else recorded as a person's opinion, and waits for their word."""

    system: System
    decision: Recorded
    dissent: Held


def view(workspace: Workspace, actor: Actor, dissent_id: str) -> DissentView:
    """One minority opinion; NotFound when there is none that the person may know of."""
    with workspace.database.reading() as session:
        found = _find(session, dissent_id)
        system, phase = access.phase(session, actor, found.newest.phase_id, "answers.read")
        decision = _decision(session, found.newest.decision_id)
        mine = found.holder_id == actor.id
        return DissentView(
            system=system,
            phase=phase,
            decision=decision,
            dissent=found,
            names=people.names(session, found.people),
            may_change=mine and phase.state in lifecycle.WRITABLE and not decision.withdrawn,
        )


def unconfirmed(workspace: Workspace, actor: Actor) -> list[Unconfirmed]:
    """What waits for the person to confirm it, as long as they can."""
    roles.require(actor, "desk.read")
    with workspace.database.reading() as session:
        waiting = []
        for one in dissents.of_person(session, actor.id):
            if one.origin == "unconfirmed":
                phase_id = one.newest.phase_id
                system, phase = access.phase(session, actor, phase_id, "answers.read")
                decision = _decision(session, one.newest.decision_id)
                if phase.state in lifecycle.WRITABLE and not decision.withdrawn:
                    waiting.append(Unconfirmed(system, decision, one))
    return waiting


def add(
    workspace: Workspace,
    actor: Actor,
    decision_id: str,
    *,
    words: str,
    capacity: str,
    holder_id: str,
    speaker: str = "",
) -> str:
    """Record a minority opinion and return its id.

    ``holder_id`` is the account of who says it: one's own, or that of somebody else who works on
    the system. It is "" for who has none; then ``speaker`` is their name, and the actor keeps it.
    Raises InvalidInput when something is missing, too long or contradicts that, WrongState when the
    phase is not open for writing or the decision is taken out.
    """
    name = accepting.cleaned(speaker)
    with workspace.database.transaction() as session:
        decision = _decision(session, decision_id)
        system, phase = _writable(session, actor, decision)
        wrong = _wrong(words, capacity)
        if len(name) > LENGTHS["speaker"]:
            wrong["speaker"] = later("This text is too long.")
        elif bool(holder_id) is bool(name):
            wrong["speaker"] = NO_NAME if holder_id else SAY_WHO
        if holder_id and not systems.is_member(session, system.id, holder_id):
            wrong["holder_id"] = later("Choose somebody who works on this system.")
        if wrong:
            raise InvalidInput(NOT_SAVED, wrong)
        entry = DissentEntry(
            dissent_id=new_id(),
            decision_id=decision.id,
            phase_id=phase.id,
            number=1,
            words=accepting.cleaned(words),
            capacity=capacity,
            speaker=name,
            holder_id=holder_id or actor.id,
            person_id=actor.id,
            saved_at=clock.now(),
        )
        _save(session, actor, entry, "dissent.save")
        return entry.dissent_id


def change(
    workspace: Workspace, actor: Actor, dissent_id: str, *, words: str, capacity: str
) -> None:
    """Say it in other words, or confirm what somebody else recorded; also brings it back.

    Raises Forbidden for everybody in whose hands it is not, InvalidInput and WrongState as ``add``.
    """
    wrong = _wrong(words, capacity)
    if wrong:
        raise InvalidInput(NOT_SAVED, wrong)
    said = {"words": accepting.cleaned(words), "capacity": capacity, "withdrawn": False}
    _next(workspace, actor, dissent_id, "dissent.save", said)


def withdraw(workspace: Workspace, actor: Actor, dissent_id: str) -> None:
    """Take it back: it stays in the history and is published no more; refuses as ``change``."""
    _next(workspace, actor, dissent_id, "dissent.withdraw", {"withdrawn": True})


def _next(
    workspace: Workspace, actor: Actor, dissent_id: str, act: str, said: Mapping[str, object]
) -> None:
    # Only one account writes here, so nobody's text can be written over by accident.
    with workspace.database.transaction() as session:
        found = _find(session, dissent_id)
        _writable(session, actor, _decision(session, found.newest.decision_id))
        if found.holder_id != actor.id:
            name = people.names(session, {found.holder_id})[found.holder_id]
            raise Forbidden(NOT_YOURS, name=name)
        new = {"number": found.newest.number + 1, "person_id": actor.id, "saved_at": clock.now()}
        kept = found.newest.model_dump(exclude={"id"})
        entry = DissentEntry(**{**kept, **said, **new})
        _save(session, actor, entry, act)


def _save(session: Session, actor: Actor, entry: DissentEntry, act: str) -> None:
    session.add(entry)
    session.flush()
    place = {"decision": entry.decision_id, "dissent": entry.dissent_id}
    journal.append(session, actor.id, act, entry.phase_id, **place)


def _wrong(words: str, capacity: str) -> dict[str, str]:
    wrong = {}
    if not accepting.cleaned(words):
        wrong["words"] = later("Write down the other opinion.")
    elif len(words) > LENGTHS["words"]:
        wrong["words"] = later("This text is too long.")
    if capacity not in CAPACITIES:
        wrong["capacity"] = later("Choose the capacity in which it is said.")
    return wrong


def _writable(session: Session, actor: Actor, decision: Recorded) -> tuple[System, Phase]:
    """System and phase, when the team may write beside the decision now."""
    system, phase = access.phase(session, actor, decision.phase_id, "answers.write")
    session.refresh(phase, with_for_update=True)
    access.writable(phase)
    if decision.withdrawn:
        raise WrongState(later("This decision is taken out. Bring it back first."))
    return system, phase


def _decision(session: Session, decision_id: str) -> Recorded:
    found = decisions.find(session, decision_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    return found


def _find(session: Session, dissent_id: str) -> Held:
    found = dissents.find(session, dissent_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    return found
