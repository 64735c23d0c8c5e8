"""Record, change, withdraw and bring back a value decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound, StaleSave
from workbench.basics.identifiers import new_id
from workbench.basics.text import later
from workbench.governance import drift, lifecycle
from workbench.governance.decisions import (
    NOT_YOURS,
    ValueDecision,
    holder,
    impossible,
    weighed,
)
from workbench.governance.drift import Thread
from workbench.governance.roles import Actor
from workbench.governance.value_log import Logged
from workbench.questionnaire import accepting, path
from workbench.questionnaire.definition import Value
from workbench.storage import access, assessments, decisions, journal, people, sheets
from workbench.storage.assessments import Phase
from workbench.storage.decisions import DecisionEntry, Recorded
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NOT_YOURS_TO_TAKE_OUT = later(
    "This decision holds the other opinion of {name}. Only they can take it out."
)
NOT_SAVED = later("The value decision was not saved.")
NOT_REPLACED = later("The decision that is replaced must be another one of this system.")


@dataclass(frozen=True)
class DecisionsView:
    """The value decisions of a phase; ``withdrawn`` can be brought back.

    ``log`` are those of all phases. ``opinions`` says whose the other opinion of a decision is:
    id → (person's id, name), where there is one.
    """

    system: System
    phase: Phase
    decisions: list[Recorded]
    withdrawn: list[Recorded]
    log: list[Logged]
    opinions: Mapping[str, tuple[str, str]]
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

    def opinion_of_another(self, decision_id: str | None, person_id: str) -> str:
        """The name of whoever alone may change the other opinion; "" when this person may."""
        owner, name = self.opinions.get(decision_id or "", ("", ""))
        return name if owner not in ("", person_id) else ""


@dataclass(frozen=True)
class HistoryView:
    """Every version of one decision, oldest first, by people with these ``names`` (id → name)."""

    system: System
    phase: Phase
    versions: list[Recorded]
    log: list[Logged]
    names: Mapping[str, str]
    vocabulary: Mapping[str, Value]


@dataclass(frozen=True)
class LogView:
    """The value decisions of a system over all phases, in the order of the phases.

    ``threads``: value → answers linked over phases.
    """

    system: System
    phases: list[Phase]
    log: list[Logged]
    threads: Mapping[str, tuple[Thread, ...]]
    vocabulary: Mapping[str, Value]


def view(workspace: Workspace, actor: Actor, phase_id: str) -> DecisionsView:
    """All value decisions of a phase."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        phases = assessments.phases(session, phase.assessment_id)
        present = decisions.current(session, phase.id)
        withdrawn = decisions.current(session, phase.id, withdrawn=True)
        taken = decisions.logged(session, phases)
        return DecisionsView(
            system=system,
            phase=phase,
            decisions=present,
            withdrawn=withdrawn,
            log=taken,
            opinions=_opinions(session, [*present, *withdrawn]),
            vocabulary=_vocabulary(workspace, phases, [*taken, *withdrawn]),
        )


def history(workspace: Workspace, actor: Actor, decision_id: str) -> HistoryView:
    """Every version of a decision; NotFound when the person may not know of its phase."""
    with workspace.database.reading() as session:
        versions = decisions.versions(session, decision_id)
        if not versions:
            raise NotFound(access.NOT_FOUND)
        system, phase = access.phase(session, actor, versions[0].phase_id, "answers.trace")
        _, known = access.phases(session, actor, system.id, "answers.trace")
        return HistoryView(
            system=system,
            phase=phase,
            versions=versions,
            log=decisions.logged(session, known),
            names=people.names(session, {one.person_id for one in versions}),
            vocabulary=_vocabulary(workspace, [*known, phase], versions),
        )


def log(workspace: Workspace, actor: Actor, system_id: str) -> LogView:
    """Value decisions and linked answers of all phases; for the board of those submitted."""
    with workspace.database.reading() as session:
        system, phases = access.phases(session, actor, system_id, "values.read")
        known = {phase.id for phase in phases}
        everything = [
            one
            for phase in phases[:1]
            for one in sheets.of_assessment(session, workspace.library, phase.assessment_id)
            if one.phase.id in known
        ]
        taken = decisions.logged(session, phases)
    asked = [one.questionnaire for one in everything]
    answers = {key: value for one in everything for key, value in one.sheet.items()}
    return LogView(
        system=system,
        phases=phases,
        log=taken,
        threads=drift.threads(asked, path.counting_in_all(asked, answers)),
        vocabulary=workspace.library.values_for(asked, weighed(one.body for one in taken)),
    )


def _vocabulary(
    workspace: Workspace, phases: Sequence[Phase], taken: Iterable[Logged | Recorded]
) -> dict[str, Value]:
    """The values that the questionnaires of these phases use, and those that were weighed."""
    library = workspace.library
    return library.values_for(
        (library.questionnaire(one.questionnaire, one.version) for one in phases),
        weighed(one.body for one in taken),
    )


def _opinions(session: Session, recorded: list[Recorded]) -> dict[str, tuple[str, str]]:
    owners = {
        entry.id: _holder(session, entry.id) for entry in recorded if entry.body.minority_opinion
    }
    named = people.names(session, set(owners.values()))
    return {key: (owner, named[owner]) for key, owner in owners.items()}


def _holder(session: Session, decision_id: str) -> str:
    saved = decisions.versions(session, decision_id)
    return holder((version.person_id, version.body) for version in saved)


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
    would change the other opinion of somebody else, replaces no decision of this system, or names
    days that cannot be.
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
        if present is not None:
            _require_own_opinion(session, actor, present, body, withdrawn=withdrawn)
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


def _require_own_opinion(
    session: Session, actor: Actor, present: Recorded, body: ValueDecision, *, withdrawn: bool
) -> None:
    opinion = present.body.minority_opinion
    # Forms send it cleaned; what was kept before as it was pasted is still the same opinion.
    same = body.minority_opinion in (opinion, accepting.cleaned(opinion))
    if not opinion or (same and not withdrawn):
        return
    owner = _holder(session, present.id)
    if owner != actor.id:
        named = people.names(session, {owner})
        message = NOT_YOURS_TO_TAKE_OUT if withdrawn else NOT_YOURS
        raise InvalidInput(message, {"minority_opinion": message}, name=named[owner])


def _require_of_system(session: Session, phase: Phase, decision_id: str, replaced: str) -> None:
    if not replaced:
        return
    found = decisions.find(session, replaced)
    phases = {one.id for one in assessments.phases(session, phase.assessment_id)}
    if found is None or found.phase_id not in phases or replaced == decision_id:
        raise InvalidInput(NOT_REPLACED, {"supersedes": NOT_REPLACED})
