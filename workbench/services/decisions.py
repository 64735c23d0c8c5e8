"""Record, change, withdraw and bring back a value decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound, StaleSave
from workbench.basics.identifiers import new_id
from workbench.basics.text import later
from workbench.governance import lifecycle
from workbench.governance.decisions import ValueDecision, impossible
from workbench.governance.roles import Actor
from workbench.governance.value_log import Logged
from workbench.questionnaire.definition import Value
from workbench.storage import (
    access,
    assessments,
    decisions,
    dissents,
    evidence,
    journal,
    people,
    sheets,
    systems,
)
from workbench.storage.assessments import Phase
from workbench.storage.decisions import DecisionEntry, Recorded
from workbench.storage.dissents import Held
from workbench.storage.evidence import Evidence
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NOT_YOURS_TO_TAKE_OUT = later(
    "This decision holds the other opinion of {name}. Only they can take it back, and the decision "
    "cannot be taken out before."
)
NOT_SAVED = later("The value decision was not saved.")
NOT_REPLACED = later("The decision that is replaced must be another one of this system.")


@dataclass(frozen=True)
class DecisionsView:
    """The value decisions of a phase; ``withdrawn`` can be brought back.

    ``log`` are those of all phases. Beside each decision (by its id) stand ``dissents``, also those
    taken back, and ``evidence``. ``members`` (id → name) can work on the system, ``names`` has
    everybody who appears.
    """

    system: System
    phase: Phase
    decisions: list[Recorded]
    withdrawn: list[Recorded]
    log: list[Logged]
    dissents: Mapping[str, list[Held]]
    evidence: Mapping[str, list[Evidence]]
    members: Mapping[str, str]
    names: Mapping[str, str]
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
        phases = assessments.phases(session, phase.assessment_id)
        said = dissents.of_phase(session, phase.id)
        pieces = evidence.of_decisions(session, phase.id)
        there = {one.added_by for found in pieces.values() for one in found}
        there = there.union(*(one.people for found in said.values() for one in found))
        withdrawn = decisions.current(session, phase.id, withdrawn=True)
        taken = decisions.logged(session, phases)
        return DecisionsView(
            system=system,
            phase=phase,
            decisions=decisions.current(session, phase.id),
            withdrawn=withdrawn,
            log=taken,
            dissents=said,
            evidence=pieces,
            members={one.id: one.name for one in systems.members(session, system.id) if one.active},
            names=people.names(session, there),
            vocabulary=sheets.vocabulary(workspace.library, phases, [*taken, *withdrawn]),
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
    text meanwhile, WrongState when the phase is not open for writing, and InvalidInput when it
    replaces no decision of this system, or names days that cannot be.
    """
    wrong = impossible(body, clock.today())
    if wrong:
        raise InvalidInput(NOT_SAVED, wrong)
    return _add(workspace, actor, phase_id, decision_id or new_id(), seen, body, withdrawn=False)


def withdraw(
    workspace: Workspace, actor: Actor, decision_id: str, seen: int, *, withdrawn: bool
) -> str:
    """Take a decision out of the phase, or bring it back; returns the phase's id.

    Raises InvalidInput when it holds the other opinion of somebody else: nobody may silence it.
    """
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
        if present is not None and withdrawn:
            _require_no_other_opinion(session, actor, present)
        _require_of_system(session, phase, decision_id, body.supersedes)
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


def _require_no_other_opinion(session: Session, actor: Actor, present: Recorded) -> None:
    for one in present.dissents:
        if one.holder_id != actor.id:
            name = people.names(session, {one.holder_id})[one.holder_id]
            raise InvalidInput(NOT_YOURS_TO_TAKE_OUT, name=name)


def _require_of_system(session: Session, phase: Phase, decision_id: str, replaced: str) -> None:
    if not replaced:
        return
    found = decisions.find(session, replaced)
    phases = {one.id for one in assessments.phases(session, phase.assessment_id)}
    if found is None or found.phase_id not in phases or replaced == decision_id:
        raise InvalidInput(NOT_REPLACED, {"supersedes": NOT_REPLACED})
