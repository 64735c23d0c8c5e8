"""The ethics board decides about a phase; the team may take it back until then."""

from collections.abc import Sequence

from workbench.basics import clock
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.governance import lifecycle
from workbench.governance.roles import Actor
from workbench.storage import access, assessments, journal, reviews
from workbench.storage.reviews import Review
from workbench.storage.workspace import Workspace

# Of the reasons, the conditions together, and the other opinion.
LONGEST = 5000
LONGEST_REASON = 1000


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


def withdraw(workspace: Workspace, actor: Actor, phase_id: str, reason: str = "") -> None:
    """Take a phase back from the board before it has decided; it can be changed again.

    The board sees that, and the reason if there is one. Raises WrongState when the board was
    faster, InvalidInput when the reason is too long.
    """
    words = reason.strip()
    if len(words) > LONGEST_REASON:
        message = later("This text is too long.")
        raise InvalidInput(later("The phase was not taken back."), {"reason": message})
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "assessment.submit")
        decided = reviews.reviews(session, phase.id)
        asked = bool(decided) and decided[-1].verdict == "request_changes"
        move = "withdraw_changes" if asked else "withdraw"
        target = lifecycle.check(move, phase.state, actor.id, ())
        assessments.move(session, phase, target)
        journal.append(session, actor.id, "assessment.withdraw", phase.id, reason=words)
