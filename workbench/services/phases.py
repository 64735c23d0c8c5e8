"""The way through the phases: what is left in one, hand it to the board, open the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound, WrongState
from workbench.basics.text import later
from workbench.governance import lifecycle
from workbench.governance.roles import Actor
from workbench.questionnaire import fingerprint, progress, scope, summary, tasklist
from workbench.questionnaire.definition import Questionnaire, Section
from workbench.questionnaire.progress import Progress
from workbench.questionnaire.scope import Length
from workbench.questionnaire.summary import SummarySection
from workbench.questionnaire.tasklist import TaskList
from workbench.storage import (
    access,
    assessments,
    conditions,
    decisions,
    former,
    journal,
    leaving,
    people,
    reviews,
    sheets,
    systems,
    tasks,
)
from workbench.storage.assessments import Assessment, Phase
from workbench.storage.conditions import Condition
from workbench.storage.decisions import Recorded
from workbench.storage.leaving import Obstacle
from workbench.storage.people import Person
from workbench.storage.reviews import Review
from workbench.storage.sheets import Answered
from workbench.storage.systems import System
from workbench.storage.tasks import Assignment
from workbench.storage.workspace import Workspace

LAST = later("This was the last phase.")
UNMET = later(
    "The phase cannot be submitted yet. Conditions that are not met: {n}. See below what to do."
)
NOT_YET = later("The next phase can be opened once the board has approved this one.")


@dataclass(frozen=True)
class PhaseView:
    """A phase as the task list and the check page show it.

    ``tasks``: the sections to do now. ``obstacles`` keep it from being submitted (waived ones are
    marked). ``conditions``: all that the board set in any phase. ``assignments`` by section id,
    ``unresolved`` remarks by question id, ``names`` of everybody who appears. ``next_open``:
    section and question to go on with. ``former``: how many questions of other versions have an
    answer, remarks or evidence. ``reworded``: the files of this version are not what they were.
    ``length``: the minutes left, and what open questions can make of them.
    """

    system: System
    phase: Phase
    phases: list[Phase]
    questionnaire: Questionnaire
    progress: Progress
    tasks: TaskList
    summary: tuple[SummarySection, ...]
    decisions: list[Recorded]
    obstacles: tuple[Obstacle, ...]
    conditions: list[Condition]
    reviews: list[Review]
    members: list[Person]
    assignments: Mapping[str, Assignment]
    unresolved: Mapping[str, int]
    names: Mapping[str, str]
    next_open: tuple[str, str] | None
    former: int
    reworded: bool
    length: Length

    @property
    def writable(self) -> bool:
        """Whether the team may write now."""
        return self.phase.state in lifecycle.WRITABLE

    @property
    def missing(self) -> tuple[Obstacle, ...]:
        """What keeps the phase from being submitted now; empty when nothing does."""
        return tuple(one for one in self.obstacles if one.waiver is None)

    @property
    def unsettled(self) -> list[Condition]:
        """The board's conditions that still wait for the team or for the board."""
        return [one for one in self.conditions if one.unsettled]

    def remarks(self, section: Section) -> int:
        """How many remarks on questions of the section wait for somebody."""
        return sum(self.unresolved.get(question.id, 0) for question in section.questions)

    def obstacle(self, condition: str) -> Obstacle:
        """One of the conditions that may be waived; NotFound when it is none of them."""
        for one in self.missing:
            if one.unmet.id == condition and one.may_be_waived:
                return one
        raise NotFound(access.NOT_FOUND)


def overview(workspace: Workspace, actor: Actor, phase_id: str) -> PhaseView:
    """The phase with progress, answers, value decisions and tasks."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        everything = sheets.of_assessment(session, workspace.library, phase.assessment_id)
        mine = next(one for one in everything if one.phase.id == phase.id)
        assigned = tasks.assignments(session, phase.id)
        talks = reviews.talks(session, phase.id)
        obstacles = leaving.obstacles(session, system.id, everything, mine)
        waived_by = {one.waiver.person_id for one in obstacles if one.waiver}
        measured = progress.of(mine.questionnaire, mine.sheet, mine.before)
        todo = tasklist.of(mine.questionnaire, measured)
        length = _left(everything[: everything.index(mine) + 1], measured)
        return PhaseView(
            system=system,
            phase=phase,
            phases=[one.phase for one in everything],
            questionnaire=mine.questionnaire,
            progress=measured,
            tasks=todo,
            length=length if todo.scanning else length.around(todo.minutes),
            summary=summary.of(mine.questionnaire, mine.sheet, mine.before),
            decisions=decisions.current(session, phase.id),
            obstacles=obstacles,
            conditions=conditions.of_phases(session, [one.phase for one in everything]),
            reviews=reviews.reviews(session, phase.id),
            members=systems.members(session, system.id),
            assignments=assigned,
            unresolved={
                key: sum(one.resolved_at is None for one in said) for key, said in talks.items()
            },
            names=people.names(session, waived_by | {one.person_id for one in assigned.values()}),
            next_open=_next_open(mine, measured),
            former=len(former.of(session, workspace.library, mine)),
            reworded=sheets.reworded(workspace.library, mine),
        )


def _left(until: Sequence[Answered], measured: Progress) -> Length:
    answers = {key: value for one in until for key, value in one.sheet.items()}
    return scope.left([one.questionnaire for one in until], answers, measured)


def _next_open(answered: Answered, measured: Progress) -> tuple[str, str] | None:
    """The first question that still needs an answer, else the first without one."""
    without = (one for one in answered.path.visible if one not in answered.sheet)
    wanted = next(iter(measured.open), None) or next(without, None)
    for section in answered.questionnaire.sections:
        if any(question.id == wanted for question in section.questions):
            return section.id, str(wanted)
    return None


def open_next(workspace: Workspace, actor: Actor, system_id: str) -> str:
    """Open the phase after the newest one and return its id.

    Raises WrongState when the newest is not approved, or was the last for which there are
    questions.
    """
    with workspace.database.transaction() as session:
        system = access.system(session, actor, system_id, "assessment.open")
        assessment = assessments.of_system(session, system.id)
        if assessment is None:
            raise NotFound(access.NOT_FOUND)
        session.get_one(Assessment, assessment.id, with_for_update=True)
        newest = assessments.phases(session, assessment.id)[-1]
        following = assessments.following(newest.name)
        if newest.state != lifecycle.APPROVED:
            raise WrongState(NOT_YET)
        if following is None:
            raise WrongState(LAST)
        questionnaire = workspace.library.current(following)
        phase = Phase(
            assessment_id=assessment.id,
            name=following,
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            fingerprint=fingerprint.of(workspace.library, questionnaire),
            opened_at=clock.now(),
        )
        session.add(phase)
        session.flush()
        journal.append(session, actor.id, "phase.open", phase.id, name=following)
        return phase.id


def submit(workspace: Workspace, actor: Actor, phase_id: str) -> None:
    """Hand the phase to the board; it is read-only from then on.

    Raises InvalidInput, its ``fields`` naming the conditions that are not met, WrongState when it
    was submitted already.
    """
    with workspace.database.transaction() as session:
        system, phase = access.phase(session, actor, phase_id, "assessment.submit")
        target = lifecycle.check("submit", phase.state, actor.id, ())
        everything = sheets.of_assessment(session, workspace.library, phase.assessment_id)
        mine = next(one for one in everything if one.phase.id == phase.id)
        found = leaving.obstacles(session, system.id, everything, mine)
        unmet = [one.unmet for one in found if one.waiver is None]
        if unmet:
            told = {one.id: one.message.in_language("en") for one in unmet}
            raise InvalidInput(UNMET, told, n=len(unmet))
        assessments.move(session, phase, target, submitted_at=clock.now(), submitted_by=actor.id)
        journal.append(session, actor.id, "assessment.submit", phase.id)


def reopen(workspace: Workspace, actor: Actor, phase_id: str) -> None:
    """Open an approved phase for changes; the board has to approve again before an edition."""
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "assessment.submit")
        target = lifecycle.check("reopen", phase.state, actor.id, ())
        assessments.move(session, phase, target)
        journal.append(session, actor.id, "assessment.reopen", phase.id)
