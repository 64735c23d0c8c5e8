"""Answer a phase's questions, save without losing anybody's words, and submit to the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound
from workbench.basics.text import later
from workbench.governance import decisions as rules
from workbench.governance import lifecycle
from workbench.governance.roles import Actor
from workbench.questionnaire import merging, path, progress, summary
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire, Section
from workbench.questionnaire.merging import Present
from workbench.questionnaire.path import Path
from workbench.questionnaire.progress import Progress
from workbench.questionnaire.summary import SummarySection
from workbench.storage import access, assessments, decisions, journal, people, reviews
from workbench.storage.assessments import Current, Phase
from workbench.storage.decisions import Recorded
from workbench.storage.reviews import Review
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class PhaseView:
    """A phase as the task list and the check page show it."""

    system: System
    phase: Phase
    questionnaire: Questionnaire
    progress: Progress
    summary: tuple[SummarySection, ...]
    decisions: list[Recorded]
    missing: tuple[str, ...]
    reviews: list[Review]

    @property
    def writable(self) -> bool:
        """Whether the team may write now."""
        return self.phase.state in lifecycle.WRITABLE


@dataclass(frozen=True)
class SectionView:
    """One section to answer: ``numbers`` says which save of each answer the page shows."""

    system: System
    phase: Phase
    questionnaire: Questionnaire
    section: Section
    sheet: AnswerSheet
    path: Path
    numbers: dict[str, int]
    saved_at: datetime | None
    next_section: str | None

    @property
    def writable(self) -> bool:
        """Whether the team may write now."""
        return self.phase.state in lifecycle.WRITABLE


@dataclass(frozen=True)
class Contested:
    """What somebody else saved while this person was writing."""

    value: JsonValue
    number: int
    name: str
    saved_at: datetime


@dataclass(frozen=True)
class Saved:
    """The outcome of a save: everything uncontested is kept, ``contested`` waits for a choice.

    ``numbers`` says which save of each answer the sender's page shows now.
    """

    at: datetime
    numbers: dict[str, int]
    contested: dict[str, Contested]


def overview(workspace: Workspace, actor: Actor, phase_id: str) -> PhaseView:
    """The phase with progress, answers and value decisions."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        return _view(
            workspace,
            system,
            phase,
            assessments.current(session, phase.id),
            decisions.current(session, phase.id),
            reviews.reviews(session, phase.id),
        )


def _view(
    workspace: Workspace,
    system: System,
    phase: Phase,
    answers: Mapping[str, Current],
    recorded: list[Recorded],
    decided: list[Review],
) -> PhaseView:
    questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
    sheet = sheet_of(answers)
    return PhaseView(
        system=system,
        phase=phase,
        questionnaire=questionnaire,
        progress=progress.of(questionnaire, sheet),
        summary=summary.of(questionnaire, sheet),
        decisions=recorded,
        missing=missing(questionnaire, sheet, recorded),
        reviews=decided,
    )


def sheet_of(answers: Mapping[str, Current]) -> AnswerSheet:
    """The answer sheet of what is stored."""
    return AnswerSheet({key: entry.value for key, entry in answers.items()})


def missing(
    questionnaire: Questionnaire, sheet: AnswerSheet, recorded: list[Recorded]
) -> tuple[str, ...]:
    """What keeps the phase from being submitted, as messages; empty when nothing does."""
    found = []
    if progress.of(questionnaire, sheet).open:
        found.append(later("Some required questions are still open."))
    if len(recorded) < questionnaire.minimum_value_decisions:
        found.append(later("At least one value decision has to be recorded."))
    if any(rules.gaps(entry.body) for entry in recorded):
        found.append(later("A value decision is still incomplete."))
    return tuple(found)


def section(workspace: Workspace, actor: Actor, phase_id: str, section_id: str) -> SectionView:
    """One section with its answers; NotFound for a section the questionnaire does not have."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        answers = assessments.current(session, phase.id)
    questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
    ids = [one.id for one in questionnaire.sections]
    if section_id not in ids:
        raise NotFound(access.NOT_FOUND)
    position = ids.index(section_id)
    chosen = questionnaire.sections[position]
    sheet = sheet_of(answers)
    here = [answers[question.id] for question in chosen.questions if question.id in answers]
    return SectionView(
        system=system,
        phase=phase,
        questionnaire=questionnaire,
        section=chosen,
        sheet=sheet,
        path=path.walk(questionnaire, sheet),
        numbers={question.id: number_of(answers, question.id) for question in chosen.questions},
        saved_at=max((entry.saved_at for entry in here), default=None),
        next_section=ids[position + 1] if position + 1 < len(ids) else None,
    )


def number_of(answers: Mapping[str, Current], question_id: str) -> int:
    """How many saves the present answer has seen; 0 when it was never saved."""
    return answers[question_id].number if question_id in answers else 0


def save_section(
    workspace: Workspace,
    actor: Actor,
    phase_id: str,
    values: Mapping[str, JsonValue],
    seen: Mapping[str, int],
) -> Saved:
    """Save what changed since the page was shown.

    ``values`` maps question ids to checked JSON values (None: emptied); ``seen`` to the numbers the
    page showed. An answer that somebody else changed meanwhile, to something else, is not saved
    but returned as contested. Raises WrongState when the phase is not open for writing.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.write")
        session.refresh(phase, with_for_update=True)
        access.writable(phase)
        present = assessments.current(session, phase.id)
        merged = merging.merge(
            values,
            seen,
            {key: Present(entry.value, entry.number) for key, entry in present.items()},
            lambda key, number: assessments.value_at(session, phase.id, key, number),
        )
        at = clock.now()
        assessments.add(session, phase.id, actor.id, at, merged.saved)
        if merged.saved:
            saved = list(merged.saved)
            journal.append(session, actor.id, "answers.save", phase.id, questions=saved)
        named = people.names(session, {present[key].person_id for key in merged.contested})
    contested = {
        key: Contested(
            value=present[key].value,
            number=present[key].number,
            name=named[present[key].person_id],
            saved_at=present[key].saved_at,
        )
        for key in merged.contested
    }
    return Saved(at=at, numbers=merged.numbers, contested=contested)


def submit(workspace: Workspace, actor: Actor, phase_id: str) -> None:
    """Hand the phase to the board; it is read-only from then on.

    Raises InvalidInput naming what is missing, WrongState when it was submitted already.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "assessment.submit")
        target = lifecycle.check("submit", phase.state, actor.id, ())
        questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
        sheet = sheet_of(assessments.current(session, phase.id))
        gaps = missing(questionnaire, sheet, decisions.current(session, phase.id))
        if gaps:
            raise InvalidInput(gaps[0])
        assessments.move(session, phase, target, submitted_at=clock.now(), submitted_by=actor.id)
        journal.append(session, actor.id, "assessment.submit", phase.id)


def reopen(workspace: Workspace, actor: Actor, phase_id: str) -> None:
    """Open an approved phase for changes; the board has to approve again before an edition."""
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "assessment.submit")
        target = lifecycle.check("reopen", phase.state, actor.id, ())
        assessments.move(session, phase, target)
        journal.append(session, actor.id, "assessment.reopen", phase.id)
