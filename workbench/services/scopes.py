"""Which parts of all phases apply to a system, and why."""

from dataclasses import dataclass

from workbench.governance.roles import Actor
from workbench.questionnaire import progress, scope, tasklist
from workbench.questionnaire.scope import Length, Part
from workbench.storage import access, sheets
from workbench.storage.assessments import Phase
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class ScopeView:
    """Every section of all phases, whether it is asked, why, and about how long it takes.

    ``length`` says what open questions can make of it. ``scan_open``: phase id and section id of
    the quick scan's first section that is not finished.
    """

    system: System
    phase: Phase
    parts: tuple[Part, ...]
    length: Length
    scan_open: tuple[str, str] | None

    @property
    def names(self) -> tuple[str, ...]:
        """The phases that have questions, in order."""
        return tuple(dict.fromkeys(part.phase for part in self.parts))

    @property
    def minutes(self) -> int:
        """About how long all that is asked takes, as far as the answers tell now."""
        return sum(part.minutes for part in self.parts)


def whole(workspace: Workspace, actor: Actor, phase_id: str) -> ScopeView:
    """Which parts of all phases apply, and why, as far as the answers tell now.

    A phase not opened yet is shown by its newest questionnaire.
    """
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        everything = sheets.of_assessment(session, workspace.library, phase.assessment_id)
    opened = {one.phase.name: one.questionnaire for one in everything}
    questionnaires = [opened.get(one.phase, one) for one in workspace.library.newest()]
    answers = {key: value for one in everything for key, value in one.sheet.items()}
    unfinished = (
        (one.phase.id, section.id)
        for one in everything
        for section in tasklist.open_scan(
            one.questionnaire, progress.of(one.questionnaire, one.sheet, one.before)
        )
    )
    parts = scope.of(questionnaires, answers)
    length = scope.length(questionnaires, answers).around(sum(part.minutes for part in parts))
    return ScopeView(system, phase, parts, length, next(unfinished, None))
