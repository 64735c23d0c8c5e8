"""The agenda of a workshop: what is open in a phase, what is disputed, what is undecided."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.governance import decisions as rules
from workbench.governance.decisions import ValueDecision
from workbench.governance.roles import Actor
from workbench.questionnaire import progress
from workbench.questionnaire.definition import Question, Section
from workbench.storage import access, decisions, people, reviews, sheets
from workbench.storage.assessments import Phase
from workbench.storage.reviews import Comment
from workbench.storage.sheets import Answered
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class Point:
    """A question to talk about, because it is open or remarks on it are not resolved.

    ``required``: something is missing without which the phase is not complete. ``answered``: it
    has an answer all the same. ``remarks`` as (name, text), oldest first.
    """

    question: Question
    required: bool
    answered: bool
    remarks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Agenda:
    """All points by section; ``undecided``: value decisions with what is missing in each.

    ``decisions_missing``: how many the phase needs beside those recorded. ``minutes``: what the
    open questions take.
    """

    system: System
    phase: Phase
    sections: tuple[tuple[Section, tuple[Point, ...]], ...]
    undecided: tuple[tuple[ValueDecision, tuple[str, ...]], ...]
    decisions_missing: int
    minutes: float

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to talk about."""
        return not (self.sections or self.undecided or self.decisions_missing)


def agenda(workspace: Workspace, actor: Actor, phase_id: str) -> Agenda:
    """What a workshop on this phase has to talk about."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        mine = sheets.of_phase(session, workspace.library, phase)
        recorded = decisions.current(session, phase.id)
        talks = {
            name: [one for one in said if one.resolved_at is None]
            for name, said in reviews.talks(session, phase.id).items()
        }
        spoke = {one.person_id for said in talks.values() for one in said}
        names = people.names(session, spoke)
    measured = progress.of(mine.questionnaire, mine.sheet, mine.before)
    missing = ((one.body, tuple(rules.gaps(one.body).values())) for one in recorded)
    return Agenda(
        system=system,
        phase=phase,
        sections=_sections(mine, measured, talks, names),
        undecided=tuple((body, open_) for body, open_ in missing if open_),
        decisions_missing=max(0, mine.questionnaire.minimum_value_decisions - len(recorded)),
        minutes=measured.minutes_left,
    )


def _sections(
    mine: Answered,
    measured: progress.Progress,
    talks: Mapping[str, list[Comment]],
    names: Mapping[str, str],
) -> tuple[tuple[Section, tuple[Point, ...]], ...]:
    asked = set(mine.path.visible)
    points = {
        question.id: Point(
            question,
            question.id in measured.open,
            question.id in mine.sheet,
            tuple((names[one.person_id], one.body) for one in talks.get(question.id, ())),
        )
        for question in mine.questionnaire.questions()
        if question.id in asked and (question.id in measured.left or talks.get(question.id))
    }
    found = (
        (section, tuple(points[one.id] for one in section.questions if one.id in points))
        for section in mine.questionnaire.sections
    )
    return tuple((section, listed) for section, listed in found if listed)
