"""What stands between a phase and the board: conditions that do not hold, and their waivers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.phases import Phase as PhaseName
from workbench.governance import decisions as rules
from workbench.governance import gates
from workbench.governance.gates import Beside, Unmet
from workbench.governance.lifecycle import APPROVED
from workbench.storage import audits, decisions, tasks
from workbench.storage.sheets import Answered
from workbench.storage.tasks import Waiver


@dataclass(frozen=True)
class Obstacle:
    """One condition that does not hold; ``waiver`` says why the phase may be left all the same.

    ``section`` is the one with the question that leads to what is missing, if a question does, and
    ``phase_id`` the phase it belongs to (None while that is not opened).
    """

    unmet: Unmet
    waiver: Waiver | None
    phase_id: str | None
    section: str | None


def obstacles(
    session: Session, system_id: str, everything: Sequence[Answered], mine: Answered
) -> tuple[Obstacle, ...]:
    """Every condition for leaving the phase ``mine`` that does not hold, waived ones too.

    ``everything`` are all phases of the assessment, in order.
    """
    earlier = everything[: everything.index(mine)]
    recorded = decisions.current(session, mine.phase.id)
    beside = Beside(
        day=clock.today(),
        decisions=len(recorded),
        incomplete=sum(bool(rules.gaps(entry.body)) for entry in recorded),
        audits=len(audits.finished(session, system_id)),
        not_approved=tuple(
            PhaseName(one.phase.name) for one in earlier if one.phase.state != APPROVED
        ),
    )
    until = [*earlier, mine]
    answers = {key: value for one in until for key, value in one.sheet.items()}
    waived = tasks.waivers(session, mine.phase.id)
    return tuple(
        _obstacle(one, waived.get(one.id), everything)
        for one in gates.unmet([one.questionnaire for one in until], answers, beside)
    )


def _obstacle(unmet: Unmet, waiver: Waiver | None, everything: Sequence[Answered]) -> Obstacle:
    home = next((one for one in everything if one.phase.name == unmet.phase), None)
    sections = home.questionnaire.sections if home else ()
    holding = (
        section.id
        for section in sections
        if any(question.id == unmet.question for question in section.questions)
    )
    return Obstacle(unmet, waiver, home.phase.id if home else None, next(holding, None))
