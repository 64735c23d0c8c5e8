"""Answer a phase's questions: one section with all beside it, saved without losing any words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from workbench.basics import clock
from workbench.governance import lifecycle
from workbench.governance.roles import Actor
from workbench.questionnaire import merging, path, progress
from workbench.questionnaire.answers import AnswerSheet, accepted
from workbench.questionnaire.definition import Question, Questionnaire, Section
from workbench.questionnaire.merging import Present
from workbench.questionnaire.path import Path
from workbench.storage import access, assessments, evidence, journal, people, reviews, sheets
from workbench.storage.assessments import Phase
from workbench.storage.evidence import Evidence
from workbench.storage.reviews import Comment
from workbench.storage.sheets import Answered
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class Earlier:
    """An earlier answer that is shown beside a question."""

    question: Question
    value: JsonValue


@dataclass(frozen=True)
class Beside:
    """What belongs to a question: earlier answers, remarks, evidence."""

    earlier: list[Earlier]
    comments: list[Comment]
    evidence: list[Evidence]

    @property
    def unresolved(self) -> int:
        """How many remarks wait for somebody."""
        return sum(comment.resolved_at is None for comment in self.comments)


@dataclass(frozen=True)
class Surroundings:
    """Question id → what belongs to it, for every question of a section.

    ``names``: person id → name, of everybody who said something there.
    """

    beside: dict[str, Beside]
    names: dict[str, str]


@dataclass(frozen=True)
class Onward:
    """The next section in which something is asked; None once nothing required is open.

    It is the same section when the answers brought up questions there that are required and still
    open: ``appeared`` has their ids. ``quick_scan_ends``: it is clear now what else is asked.
    """

    section: str | None
    quick_scan_ends: bool
    appeared: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionView:
    """One section to answer: ``numbers`` says which save of each answer the page shows.

    ``before``: what counts of earlier phases; ``phases`` are those and this one.
    """

    system: System
    phase: Phase
    questionnaire: Questionnaire
    section: Section
    sheet: AnswerSheet
    before: Mapping[str, JsonValue]
    path: Path
    numbers: dict[str, int]
    saved_at: datetime | None
    phases: list[Answered]

    @property
    def writable(self) -> bool:
        """Whether the team may write now."""
        return self.phase.state in lifecycle.WRITABLE

    @property
    def asked(self) -> bool:
        """Whether the section applies."""
        return self.section.id in self.path.sections

    def onward(self, values: Mapping[str, JsonValue]) -> Onward:
        """Where to go once these answers are saved: they can change what is asked next."""
        sheet = self.sheet.with_values(values)
        way = path.walk(self.questionnaire, sheet, self.before)
        appeared = tuple(
            question.id
            for question in self.section.questions
            if question.required and question.id not in sheet
            if question.id in way.visible and question.id not in self.path.visible
        )
        if appeared:
            return Onward(self.section.id, quick_scan_ends=False, appeared=appeared)
        left = progress.of(self.questionnaire, sheet, self.before)
        if not left.open and not self.section.quick_scan:
            return Onward(None, quick_scan_ends=False)
        position = self.questionnaire.sections.index(self.section)
        for following in self.questionnaire.sections[position + 1 :]:
            if any(question.id in way.visible for question in following.questions):
                ends = self.section.quick_scan and not following.quick_scan
                return Onward(following.id, quick_scan_ends=ends)
        return Onward(None, quick_scan_ends=self.section.quick_scan)


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


def section(workspace: Workspace, actor: Actor, phase_id: str, section_id: str) -> SectionView:
    """One section with its answers; NotFound for a section the questionnaire does not have."""
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        everything = sheets.of_assessment(session, workspace.library, phase.assessment_id)
    mine = next(one for one in everything if one.phase.id == phase.id)
    chosen = mine.questionnaire.section(section_id)
    current = mine.current
    here = [current[question.id] for question in chosen.questions if question.id in current]
    return SectionView(
        system=system,
        phase=mine.phase,
        questionnaire=mine.questionnaire,
        section=chosen,
        sheet=mine.sheet,
        before=mine.before,
        path=mine.path,
        numbers={question.id: mine.number(question.id) for question in chosen.questions},
        saved_at=max((entry.saved_at for entry in here), default=None),
        phases=everything,
    )


def beside(workspace: Workspace, actor: Actor, view: SectionView) -> Surroundings:
    """What belongs to the questions of a section: a page shows it, a save does not need it."""
    with workspace.database.reading() as session:
        _, phase = access.phase(session, actor, view.phase.id, "answers.read")
        talks = reviews.talks(session, phase.id)
        pieces = evidence.of_phase(session, phase.id)
        found = {
            question.id: Beside(
                earlier=_earlier(question, view.phases),
                comments=talks.get(question.id, []),
                evidence=pieces.get(question.id, []),
            )
            for question in view.section.questions
        }
        speakers = {one.person_id for each in found.values() for one in each.comments}
        return Surroundings(found, people.names(session, speakers))


def _earlier(question: Question, everything: list[Answered]) -> list[Earlier]:
    """What is answered, and still counts, of the questions whose answers belong beside this."""
    return [
        Earlier(answered.questionnaire.question(key), answered.sheet[key])
        for answered in everything
        for key in question.earlier
        if key in answered.path.visible and key in answered.sheet
    ]


def save_section(
    workspace: Workspace,
    actor: Actor,
    phase_id: str,
    values: Mapping[str, JsonValue],
    seen: Mapping[str, int],
) -> Saved:
    """Save what changed since the page was shown.

    ``values`` maps question ids to JSON values (None: emptied); ``seen`` to the numbers the page
    showed. An answer that somebody else changed meanwhile, to something else, is not saved but
    returned as contested. Raises WrongState when the phase is not open for writing, InvalidInput
    when a value does not fit its question: the phase may have moved to newer questions meanwhile.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.write")
        access.writable(phase)
        # Here, where nobody else writes: these are the questions the answers are stored for.
        questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
        fitting = accepted(questionnaire, values)
        present = assessments.current(session, phase.id)
        shown = {key: seen.get(key, 0) for key in present.keys() & values.keys()}
        stale = {key: at for key, at in shown.items() if at != present[key].number}
        before = assessments.values_at(session, phase.id, stale)
        merged = merging.merge(
            fitting,
            seen,
            {key: Present(entry.value, entry.number) for key, entry in present.items()},
            lambda key, _: before.get(key),
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
