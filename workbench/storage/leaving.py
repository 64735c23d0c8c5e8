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

ALONE = "alone_reason"


@dataclass(frozen=True)
class Obstacle:
    """One condition that does not hold; ``waiver`` says why the phase may be left all the same.

    ``lapsed`` is a waiver that was given when less was missing, and holds no longer.
    ``section`` is the one with the question that leads to what is missing, if a question does, and
    ``phase_id`` the phase it belongs to (None while that is not opened).
    """

    unmet: Unmet
    waiver: Waiver | None
    lapsed: Waiver | None
    phase_id: str | None
    section: str | None

    @property
    def may_be_waived(self) -> bool:
        """Whether the administration may let the phase be left without it, with a reason."""
        return self.unmet.waivable and self.waiver is None


def obstacles(
    session: Session, system_id: str, everything: Sequence[Answered], mine: Answered
) -> tuple[Obstacle, ...]:
    """Every condition for leaving the phase ``mine`` that does not hold, waived ones too.

    ``everything`` are all phases of the assessment, in order.
    """
    earlier = everything[: everything.index(mine)]
    recorded = decisions.current(session, mine.phase.id)
    lacking = {entry.id: rules.gaps(entry.body).keys() for entry in recorded}
    beside = Beside(
        day=clock.today(),
        decisions=len(recorded),
        incomplete=tuple(one for one, gaps in lacking.items() if gaps - {ALONE}),
        alone=tuple(one for one, gaps in lacking.items() if ALONE in gaps),
        audits=len(audits.finished(session, system_id)),
        not_approved=tuple(
            PhaseName(one.phase.name) for one in earlier if one.phase.state != APPROVED
        ),
    )
    until = [*earlier, mine]
    answers = {key: value for one in until for key, value in one.sheet.items()}
    waived = tasks.waivers(session, mine.phase.id)
    return tuple(
        _obstacle(one, [each for each in waived if each.condition == one.id], everything)
        for one in gates.unmet([one.questionnaire for one in until], answers, beside)
    )


def _obstacle(unmet: Unmet, waivers: Sequence[Waiver], everything: Sequence[Answered]) -> Obstacle:
    covering = [one for one in waivers if unmet.waivable and {*unmet.missing} <= {*one.missing}]
    home = next((one for one in everything if one.phase.name == unmet.phase), None)
    sections = home.questionnaire.sections if home else ()
    holding = (
        section.id
        for section in sections
        if any(question.id == unmet.question for question in section.questions)
    )
    return Obstacle(
        unmet=unmet,
        waiver=covering[-1] if covering else None,
        lapsed=waivers[-1] if waivers and not covering else None,
        phase_id=home.phase.id if home else None,
        section=next(holding, None),
    )
