"""The ethics board: see what was submitted, request changes or approve."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.basics import clock
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.governance import lifecycle, roles
from workbench.governance.roles import BOARD, Actor
from workbench.questionnaire import summary
from workbench.questionnaire.definition import Value
from workbench.questionnaire.summary import SummarySection
from workbench.storage import (
    access,
    assessments,
    audits,
    decisions,
    journal,
    leaving,
    people,
    reviews,
    sheets,
)
from workbench.storage import systems as system_rows
from workbench.storage.assessments import Phase
from workbench.storage.audits import Audit
from workbench.storage.decisions import Recorded
from workbench.storage.leaving import Obstacle
from workbench.storage.reviews import Comment, Review
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

# Of the reasons, the conditions together, and the other opinion.
LONGEST = 5000


@dataclass(frozen=True)
class Case:
    """One line of the board's list."""

    system: System
    phase: Phase


@dataclass(frozen=True)
class CaseView:
    """All that the board judges: answers, value decisions, audits, and what was said so far.

    ``comments`` are those on the phase as a whole, ``remarks`` counts those on each question,
    ``waived`` are the conditions that the administration waived.
    """

    system: System
    phase: Phase
    summary: tuple[SummarySection, ...]
    decisions: list[Recorded]
    vocabulary: Mapping[str, Value]
    audits: list[Audit]
    comments: list[Comment]
    remarks: Mapping[str, int]
    waived: list[Obstacle]
    reviews: list[Review]
    names: dict[str, str]
    may_decide: bool


def cases(workspace: Workspace, actor: Actor) -> list[Case]:
    """Every phase that was ever submitted; those that wait for the board first."""
    roles.require(actor, "review.list")
    found: list[Case] = []
    with workspace.database.reading() as session:
        for system in system_rows.every(session):
            assessment = assessments.of_system(session, system.id)
            phases = assessments.phases(session, assessment.id) if assessment else []
            found.extend(Case(system, phase) for phase in phases if phase.submitted_at)
    return sorted(found, key=lambda case: case.phase.state != lifecycle.SUBMITTED)


def case(workspace: Workspace, actor: Actor, phase_id: str) -> CaseView:
    """One case with everything in it."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "review.read")
        everything = sheets.of_assessment(session, workspace.library, phase.assessment_id)
        answered = next(one for one in everything if one.phase.id == phase.id)
        said, decided = reviews.comments(session, phase.id), reviews.reviews(session, phase.id)
        wrote = access.authors(session, system, phase)
        obstacles = leaving.obstacles(session, system.id, everything, answered)
        waived = [one for one in obstacles if one.waiver]
        speakers = {row.person_id for row in said} | {row.person_id for row in decided}
        speakers |= {one.waiver.person_id for one in waived if one.waiver}
        return CaseView(
            system=system,
            phase=phase,
            summary=summary.of(answered.questionnaire, answered.sheet, answered.before),
            decisions=decisions.current(session, phase.id),
            vocabulary=workspace.library.values,
            audits=[row for row in audits.of_system(session, system.id) if row.state == "done"],
            comments=[row for row in said if not row.question_id],
            remarks=Counter(row.question_id for row in said if row.question_id),
            waived=waived,
            reviews=decided,
            names=people.names(session, speakers),
            may_decide=actor.role == BOARD
            and phase.state == lifecycle.SUBMITTED
            and actor.id not in wrote,
        )


def decide(
    workspace: Workspace,
    actor: Actor,
    phase_id: str,
    *,
    verdict: str,
    reasons: str,
    conditions: Sequence[str] = (),
    minority_opinion: str = "",
) -> None:
    """Request changes or approve, with reasons.

    ``verdict`` is "approve" or "request_changes". Raises InvalidInput without verdict or reasons,
    Forbidden for an author of the assessment, WrongState when there is nothing to decide.
    """
    wrong = {}
    if verdict not in {"approve", "request_changes"}:
        wrong["verdict"] = later("Choose a decision.")
    if not 0 < len(reasons.strip()) <= LONGEST:
        wrong["reasons"] = later("Give the reasons for the decision.")
    if sum(map(len, conditions)) > LONGEST:
        wrong["conditions"] = later("This text is too long.")
    if len(minority_opinion.strip()) > LONGEST:
        wrong["minority_opinion"] = later("This text is too long.")
    if wrong:
        raise InvalidInput(later("The decision was not saved."), wrong)
    with workspace.database.transaction() as session:
        system, phase = access.phase(session, actor, phase_id, "review.decide")
        wrote = access.authors(session, system, phase)
        target = lifecycle.check(verdict, phase.state, actor.id, wrote)
        assessments.move(session, phase, target)
        session.add(
            Review(
                phase_id=phase.id,
                round=reviews.next_round(session, phase.id),
                verdict=verdict,
                reasons=reasons.strip(),
                conditions=[line.strip() for line in conditions if line.strip()],
                minority_opinion=minority_opinion.strip(),
                person_id=actor.id,
                decided_at=clock.now(),
            )
        )
        journal.append(session, actor.id, f"review.{verdict}", phase.id)
