"""What the ethics board has before it: the list of cases, and one case with all that it judges."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from workbench.audit.results import AuditResult, published
from workbench.governance import lifecycle, roles
from workbench.governance.decisions import weighed
from workbench.governance.roles import BOARD, TEAM, Actor
from workbench.governance.value_log import Logged
from workbench.questionnaire import summary
from workbench.questionnaire.definition import Value
from workbench.questionnaire.summary import SummarySection
from workbench.storage import (
    access,
    audits,
    conditions,
    decisions,
    evidence,
    judging,
    leaving,
    people,
    reviews,
    sheets,
    submissions,
)
from workbench.storage.assessments import Phase
from workbench.storage.audits import Audit
from workbench.storage.conditions import Condition
from workbench.storage.decisions import Recorded
from workbench.storage.evidence import Evidence
from workbench.storage.journal import JournalEntry
from workbench.storage.judging import Node
from workbench.storage.leaving import Obstacle
from workbench.storage.reviews import Comment, Review
from workbench.storage.submissions import Since
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class Case:
    """One line of the board's list; ``withdrawn``: the team took it back."""

    system: System
    phase: Phase
    withdrawn: JournalEntry | None


@dataclass(frozen=True)
class CaseView:
    """All that the board judges: answers, value decisions, audits, and what was said so far.

    ``nodes``: the judgements that the classification rests on. ``audits``: finished ones, newest
    first, each with its result as the public may see it. ``evidence`` by question,
    ``decision_evidence`` by value decision. ``log``: the value decisions of all
    phases, ``conditions``: all that the board set for the system so far. ``comments`` are those on
    the phase as a whole, ``remarks`` counts those on each question. ``obstacles``: conditions for
    leaving the phase that do not hold, waived ones too. ``changes``: None when it was submitted
    for the first time. ``reworded``: the files of its version are not what they were.
    """

    system: System
    phase: Phase
    summary: tuple[SummarySection, ...]
    nodes: tuple[Node, ...]
    decisions: list[Recorded]
    log: list[Logged]
    vocabulary: Mapping[str, Value]
    audits: list[tuple[Audit, AuditResult]]
    evidence: Mapping[str, list[Evidence]]
    decision_evidence: Mapping[str, list[Evidence]]
    comments: list[Comment]
    remarks: Counter[str]
    obstacles: tuple[Obstacle, ...]
    conditions: list[Condition]
    changes: Since | None
    withdrawn: JournalEntry | None
    reviews: list[Review]
    names: dict[str, str]
    reworded: bool
    may_decide: bool
    may_withdraw: bool

    @property
    def unsettled(self) -> list[Condition]:
        """The board's conditions that still wait for the team or for its own answer."""
        return [one for one in self.conditions if one.unsettled]


def every(workspace: Workspace, actor: Actor) -> list[Case]:
    """Every phase that was ever submitted; those that wait for the board first."""
    roles.require(actor, "review.list")
    with workspace.database.reading() as session:
        found = [
            Case(system, phase, submissions.withdrawn(session, phase))
            for system, phases in access.reach(session, actor)
            for phase in phases
        ]
    return sorted(found, key=lambda case: case.phase.state != lifecycle.SUBMITTED)


def one(workspace: Workspace, actor: Actor, phase_id: str) -> CaseView:
    """One case with everything in it."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "review.read")
        everything = sheets.of_assessment(session, workspace.library, phase.assessment_id)
        mine = next(one for one in everything if one.phase.id == phase.id)
        _, known = access.phases(session, actor, system.id, "review.read")
        said, decided = reviews.comments(session, phase.id), reviews.reviews(session, phase.id)
        obstacles = leaving.obstacles(session, system.id, everything, mine)
        withdrawn = submissions.withdrawn(session, phase)
        changes = submissions.since_before(session, mine)
        speakers = {row.person_id for row in said} | {row.person_id for row in decided}
        until = everything[: everything.index(mine) + 1]
        library, asked = workspace.library, [one.questionnaire for one in everything]
        nodes = judging.of(
            library.conditions_for(one.questionnaire for one in until).values(), until
        )
        speakers |= judging.people(nodes)
        speakers |= {one.waiver.person_id for one in obstacles if one.waiver}
        recorded = decisions.current(session, phase.id)
        speakers |= {name for one in recorded for said in one.dissents for name in said.people}
        taken_back = (withdrawn, changes.withdrawn if changes else None)
        speakers |= {one.person_id for one in taken_back if one and one.person_id}
        taken = decisions.logged(session, known)
        submitted = phase.state == lifecycle.SUBMITTED
        return CaseView(
            system=system,
            phase=phase,
            summary=summary.of(mine.questionnaire, mine.sheet, mine.before),
            nodes=nodes,
            decisions=recorded,
            log=taken,
            vocabulary=library.values_for(asked, weighed(one.body for one in taken)),
            audits=_audits(session, system),
            evidence=evidence.of_phase(session, phase.id),
            decision_evidence=evidence.of_decisions(session, phase.id),
            comments=[row for row in said if not row.question_id],
            remarks=Counter(row.question_id for row in said if row.question_id),
            obstacles=obstacles,
            conditions=conditions.of_phases(session, known),
            changes=changes,
            withdrawn=withdrawn,
            reviews=decided,
            names=people.names(session, speakers),
            reworded=sheets.reworded(library, mine),
            may_decide=submitted
            and actor.role == BOARD
            and actor.id not in access.authors(session, system, phase),
            may_withdraw=submitted and actor.role == TEAM,
        )


def _audits(session: Session, system: System) -> list[tuple[Audit, AuditResult]]:
    """The finished audits, newest first; small groups are hidden from the board too."""
    return [
        (row, published(AuditResult.model_validate(row.result)))
        for row in audits.of_system(session, system.id)
        if row.state == "done"
    ]
