"""Record, change, withdraw and bring back a value decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.basics import clock
from workbench.basics.errors import NotFound, StaleSave
from workbench.basics.identifiers import new_id
from workbench.governance import lifecycle
from workbench.governance.decisions import ValueDecision
from workbench.governance.roles import Actor
from workbench.questionnaire.definition import Value
from workbench.storage import access, decisions, journal
from workbench.storage.assessments import Phase
from workbench.storage.decisions import DecisionEntry, Recorded
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class DecisionsView:
    """The value decisions of a phase; ``withdrawn`` can be brought back."""

    system: System
    phase: Phase
    decisions: list[Recorded]
    withdrawn: list[Recorded]
    vocabulary: Mapping[str, Value]

    @property
    def writable(self) -> bool:
        """Whether the team may write now."""
        return self.phase.state in lifecycle.WRITABLE

    def find(self, decision_id: str) -> Recorded:
        """One of the decisions; NotFound when it is none of this phase."""
        for entry in (*self.decisions, *self.withdrawn):
            if entry.id == decision_id:
                return entry
        raise NotFound(access.NOT_FOUND)


def view(workspace: Workspace, actor: Actor, phase_id: str) -> DecisionsView:
    """All value decisions of a phase."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        return DecisionsView(
            system=system,
            phase=phase,
            decisions=decisions.current(session, phase.id),
            withdrawn=decisions.current(session, phase.id, withdrawn=True),
            vocabulary=workspace.library.values,
        )


def phase_of(workspace: Workspace, decision_id: str) -> str:
    """The phase a decision belongs to; every use of it authorises through the phase."""
    with workspace.database.reading() as session:
        found = decisions.find(session, decision_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    return found.phase_id


def save(
    workspace: Workspace,
    actor: Actor,
    phase_id: str,
    body: ValueDecision,
    *,
    decision_id: str | None = None,
    seen: int = 0,
) -> str:
    """Save a decision (a draft may have gaps) and return its id.

    ``seen`` is the version the page showed. Raises StaleSave when somebody else saved a different
    text meanwhile, and WrongState when the phase is not open for writing.
    """
    return _add(workspace, actor, phase_id, decision_id or new_id(), seen, body, withdrawn=False)


def withdraw(
    workspace: Workspace, actor: Actor, decision_id: str, seen: int, *, withdrawn: bool
) -> str:
    """Take a decision out of the phase, or bring it back; returns the phase's id."""
    with workspace.database.reading() as session:
        found = decisions.find(session, decision_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    _add(workspace, actor, found.phase_id, decision_id, seen, found.body, withdrawn=withdrawn)
    return found.phase_id


def _add(
    workspace: Workspace,
    actor: Actor,
    phase_id: str,
    decision_id: str,
    seen: int,
    body: ValueDecision,
    *,
    withdrawn: bool,
) -> str:
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.write")
        session.refresh(phase, with_for_update=True)
        access.writable(phase)
        present = decisions.find(session, decision_id)
        if present is not None and present.phase_id != phase.id:
            raise NotFound(access.NOT_FOUND)
        if present is not None and (present.body, present.withdrawn) == (body, withdrawn):
            return decision_id
        number = present.number if present else 0
        if number != seen:
            raise StaleSave({"decision": present})
        decisions.add(
            session,
            DecisionEntry(
                decision_id=decision_id,
                phase_id=phase.id,
                number=number + 1,
                body=body.model_dump(mode="json"),
                withdrawn=withdrawn,
                person_id=actor.id,
                saved_at=clock.now(),
            ),
        )
        act = "decision.withdraw" if withdrawn else "decision.save"
        journal.append(session, actor.id, act, phase.id, decision=decision_id)
    return decision_id
