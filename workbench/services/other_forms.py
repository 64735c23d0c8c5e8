"""Forms of registers, authorities and standards, filled from all answers of a system."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlmodel import Session

from workbench import resources
from workbench.audit.results import AuditResult
from workbench.basics import clock
from workbench.basics.errors import NotFound
from workbench.basics.phases import Phase as PhaseName
from workbench.basics.text import LANGUAGES
from workbench.disclosure import editions, exports, facts, filling, profile_files, profiles
from workbench.disclosure.editions import Check
from workbench.disclosure.facts import Known, Newest
from workbench.disclosure.filling import FilledProfile, Stated
from workbench.disclosure.profiles import Profile
from workbench.disclosure.record import Audit, Withheld
from workbench.governance import lifecycle
from workbench.governance.decisions import weighed
from workbench.governance.roles import Actor
from workbench.questionnaire import summary
from workbench.questionnaire.definition import Source, Text
from workbench.storage import (
    access,
    assessments,
    audits,
    decisions,
    guards,
    publications,
    publishing,
    sheets,
)
from workbench.storage.assessments import Phase
from workbench.storage.publications import Edition
from workbench.storage.sheets import Answered
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

ACTION = "answers.read"
TYPES = {"json": "application/json", "csv": "text/csv"}


@dataclass(frozen=True)
class Place:
    """Where a question stands: in an opened phase (``phase_id``), or in one that comes later.

    ``asked``: False when an opened phase does not ask it, by the other answers.
    """

    title: Text
    phase: str
    phase_id: str | None
    section: str
    asked: bool


@dataclass(frozen=True)
class FormView:
    """One form, filled. ``places``: question id → where it is asked.

    ``unapproved``: the phases whose answers the board has not approved. ``remarks``: field id →
    what is wrong with it, in words. ``source`` is None for a form of several sources.
    """

    system: System
    form: FilledProfile
    source: Source | None
    unapproved: tuple[str, ...]
    remarks: dict[str, str]
    places: dict[str, Place]


@dataclass(frozen=True)
class FormFile:
    """A form as a file."""

    name: str
    media_type: str
    content: bytes


@cache
def every() -> tuple[Profile, ...]:
    """All forms, by name. Raises BrokenContent when a file is wrong."""
    return profiles.load(resources.folder("reports") / "exports")


def overview(
    workspace: Workspace, actor: Actor, system_id: str, language: str
) -> tuple[System, list[FilledProfile]]:
    """All forms of a system, each filled as far as it can be."""
    system, _, stated = _read(workspace, actor, system_id)
    return system, [filling.filled(one, stated, language) for one in every()]


def view(workspace: Workspace, actor: Actor, system_id: str, form: str, language: str) -> FormView:
    """One form, filled; NotFound for another form."""
    system, everything, stated = _read(workspace, actor, system_id)
    chosen = profiles.profile(every(), form)
    filled = filling.filled(chosen, stated, language)
    return FormView(
        system=system,
        form=filled,
        source=workspace.library.sources.get(chosen.source or ""),
        unapproved=tuple(
            one.phase.name for one in everything if one.phase.state != lifecycle.APPROVED
        ),
        remarks=profile_files.remarks_of(filled),
        places=_places(workspace, everything),
    )


def file(
    workspace: Workspace, actor: Actor, system_id: str, form: str, kind: str, language: str
) -> FormFile:
    """One form as ``json`` or ``csv``; its name says when it is a draft.

    NotFound for another form or kind.
    """
    if kind not in TYPES:
        raise NotFound(access.NOT_FOUND)
    found = view(workspace, actor, system_id, form, language)
    about: dict[str, Any] = {
        "town": workspace.settings.town,
        "system": found.system.slug,
        "example": found.system.example,
        "as_of": clock.today().isoformat(),
        "not_approved": list(found.unapproved),
    }
    content = (
        profile_files.as_json(found.form, about)
        if kind == "json"
        else profile_files.as_csv(found.form)
    )
    draft = "-draft" if found.unapproved else ""
    name = f"{found.system.slug}-{form}-{language}{draft}.{kind}"
    return FormFile(name, TYPES[kind], content)


def _read(
    workspace: Workspace, actor: Actor, system_id: str
) -> tuple[System, list[Answered], Stated]:
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, ACTION)
        assessment = assessments.of_system(session, system.id)
        everything = (
            sheets.of_assessment(session, workspace.library, assessment.id) if assessment else []
        )
        if not everything:
            raise NotFound(access.NOT_FOUND)
        return system, everything, _stated(workspace, session, system, everything)


def _known(
    workspace: Workspace, session: Session, system: System, everything: list[Answered]
) -> Known:
    library, asked = workspace.library, [one.questionnaire for one in everything]
    phases: list[Phase] = [one.phase for one in everything]
    published = publications.of_system(session, system.id)
    shown, withheld = _audits(workspace, session, system, published)
    taken = decisions.logged(session, phases)
    return Known(
        town=workspace.settings.town,
        slug=system.slug,
        name=system.name,
        purpose=system.purpose,
        department=system.department,
        contact=system.contact,
        phase=PhaseName(phases[-1].name),
        conditions=tuple(library.conditions_for(asked).values()),
        counting=everything[-1].path.counting,
        decisions=taken,
        values={
            key: value.title
            for key, value in library.values_for(asked, weighed(one.body for one in taken)).items()
        },
        audits=shown,
        withheld=withheld,
        conclusions=publishing.conclusions_of(workspace, session, system, everything, clock.now()),
        newest=_newest(workspace, system, published),
    )


def _audits(
    workspace: Workspace, session: Session, system: System, published: list[Edition]
) -> tuple[tuple[Audit, ...], tuple[Withheld, ...]]:
    """As the next edition would tell them: forms leave the house too."""
    found = [
        Check(row.id, clock.day(row.planned_at), AuditResult.model_validate(row.result), {})
        for row in reversed(audits.finished(session, system.id))
    ]
    earlier = [exports.parse(one.record.encode()) for one in published]
    return editions.told(found, earlier, guards.finder(workspace))


def _newest(workspace: Workspace, system: System, published: list[Edition]) -> Newest | None:
    if not published:
        return None
    address = f"{workspace.settings.url}/register/{system.slug}"
    return Newest(
        number=published[0].number,
        sha256=published[0].sha256,
        published_on=clock.day(published[0].published_at),
        first_published_on=clock.day(published[-1].published_at),
        address=address,
        data_address=f"{address}/editions/{published[0].number}.json",
    )


def _stated(
    workspace: Workspace, session: Session, system: System, everything: list[Answered]
) -> Stated:
    known = _known(workspace, session, system, everything)
    return Stated(
        questions={
            question.id: question
            for one in everything
            for question in one.questionnaire.questions()
        },
        answers={
            answer.question: answer
            for one in everything
            for section in summary.of(one.questionnaire, one.sheet, one.before)
            for answer in section.answers
        },
        counting=known.counting,
        names={one.id: one.holds_if for one in known.conditions},
        facts={language: facts.facts(known, language) for language in LANGUAGES},
        phase=known.phase,
    )


def _places(workspace: Workspace, everything: list[Answered]) -> dict[str, Place]:
    """Where each question is asked, or will be; what an opened phase asks comes first."""
    opened = [(one.questionnaire, one.phase.id) for one in everything]
    visible = {name for one in everything for name in one.path.visible}
    phases = {one.phase.name for one in everything}
    coming = [(one, None) for one in workspace.library.newest() if one.phase not in phases]
    return {
        question.id: Place(
            question.title, questionnaire.phase, phase_id, section.id, question.id in visible
        )
        for questionnaire, phase_id in [*opened, *coming]
        for section in questionnaire.sections
        for question in section.questions
    }
