"""Prepare an edition, and publish it as a second person: from then on it never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from workbench.audit.results import AuditResult
from workbench.basics import clock
from workbench.basics.errors import NotFound, WorkbenchError, WrongState
from workbench.basics.text import later
from workbench.disclosure import compose, editions, exports, record
from workbench.disclosure.editions import Check
from workbench.disclosure.record import TransparencyRecord, Words
from workbench.governance import lifecycle
from workbench.governance.roles import Actor
from workbench.questionnaire import summary
from workbench.questionnaire.answers import AnswerSheet
from workbench.storage import access, assessments, audits, decisions, jobs, journal, publications
from workbench.storage import reviews as review_rows
from workbench.storage.assessments import Phase
from workbench.storage.audits import Audit
from workbench.storage.publications import Edition, EditionFile
from workbench.storage.reviews import Review
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

VERDICTS = {"approve": "approved", "request_changes": "changes_requested"}
STEPS = {
    "opened": later("The assessment began."),
    "assessment.submit": later("The project team handed the assessment to the ethics board."),
    "review.request_changes": later("The ethics board requested changes."),
    "review.approve": later("The ethics board approved the assessment."),
    "assessment.reopen": later("The project team opened the assessment again for changes."),
    "published": later("The town published this edition."),
}
NOT_APPROVED = later("An edition can be published once the ethics board has approved.")


@dataclass(frozen=True)
class Draft:
    """What would be published now; ``obstacle`` says why this person cannot publish it.

    ``kept_back`` says what is missing because of earlier editions.
    """

    system: System
    phase: Phase
    record: TransparencyRecord
    obstacle: str
    kept_back: tuple[Words, ...]


def preview(workspace: Workspace, actor: Actor, system_id: str) -> Draft:
    """The record as the public would get it now."""
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "edition.prepare")
        phase = _phase(session, system)
        try:
            lifecycle.check(
                "publish", phase.state, actor.id, access.authors(session, system, phase)
            )
            obstacle = ""
        except WrongState:
            obstacle = NOT_APPROVED
        except WorkbenchError as error:
            obstacle = error.message
        composed = _compose(workspace, session, system, phase, clock.now())
        return Draft(system, phase, composed, obstacle, editions.kept_back(composed))


def publish(workspace: Workspace, actor: Actor, system_id: str) -> tuple[str, int]:
    """Publish what is approved as the next edition; returns its slug and number.

    Snapshot, charts and the order for the PDF are one transaction. Raises Forbidden for an author
    of the assessment and WrongState unless the board has approved.
    """
    with workspace.database.transaction() as session:
        system = access.system(session, actor, system_id, "edition.publish")
        phase = _phase(session, system)
        session.refresh(phase, with_for_update=True)
        if phase.state != lifecycle.APPROVED:
            raise WrongState(NOT_APPROVED)
        lifecycle.check("publish", phase.state, actor.id, access.authors(session, system, phase))
        now = clock.now()
        composed = _compose(workspace, session, system, phase, now)
        content = exports.canonical_json(composed)
        edition = Edition(
            system_id=system.id,
            slug=system.slug,
            number=composed.number,
            record=content.decode(),
            sha256=exports.fingerprint(content),
            published_at=now,
            published_by=actor.id,
        )
        session.add(edition)
        session.flush()
        session.add_all(_charts(workspace, edition.id, composed))
        jobs.enqueue(session, "pdf", edition.id)
        journal.append(session, actor.id, "edition.publish", system.id, number=edition.number)
        return system.slug, edition.number


def chart(workspace: Workspace, actor: Actor, system_id: str, sha256: str) -> bytes:
    """A chart of the preview; NotFound for any file that is no chart of this system."""
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "edition.prepare")
        known = {
            name
            for audit in audits.of_system(session, system.id)
            for drawn in (audit.charts or {}).values()
            for name in drawn.values()
        }
    if sha256 not in known:
        raise NotFound(access.NOT_FOUND)
    return workspace.files.read(sha256)


def _phase(session: Session, system: System) -> Phase:
    assessment = assessments.of_system(session, system.id)
    found = assessments.phases(session, assessment.id) if assessment else []
    if not found:
        raise NotFound(access.NOT_FOUND)
    return found[-1]


def _charts(
    workspace: Workspace, edition_id: str, composed: TransparencyRecord
) -> list[EditionFile]:
    names = {
        name
        for audit in composed.audits
        for drawn in audit.charts.values()
        for name in (drawn.de, drawn.en)
    }
    return [
        EditionFile(
            edition_id=edition_id,
            name=name,
            media_type="image/svg+xml",
            content=workspace.files.read(name),
        )
        for name in sorted(names)
    ]


def _compose(
    workspace: Workspace, session: Session, system: System, phase: Phase, now: datetime
) -> TransparencyRecord:
    answers = assessments.current(session, phase.id)
    before = publications.of_system(session, system.id)
    decided = review_rows.reviews(session, phase.id)
    checks, withheld = editions.told(
        [
            _check(row)
            for row in reversed(audits.of_system(session, system.id))
            if _seen_by_board(row, decided)
        ],
        [exports.parse(edition.record.encode()) for edition in before],
    )
    return compose.compose(
        town=workspace.settings.town,
        example=system.example,
        number=before[0].number + 1 if before else 1,
        published_at=now,
        previous=before[0].number if before else None,
        system=record.System(
            slug=system.slug,
            name=system.name,
            purpose=system.purpose,
            department=system.department,
            contact=system.contact,
        ),
        phase=phase.name,
        questionnaire=record.QuestionnaireVersion(id=phase.questionnaire, version=phase.version),
        procedure=_procedure(session, phase, now),
        summary=summary.of(
            workspace.library.questionnaire(phase.questionnaire, phase.version),
            AnswerSheet({key: entry.value for key, entry in answers.items()}),
        ),
        decisions=[entry.body for entry in decisions.current(session, phase.id)],
        values={key: value.title.root for key, value in workspace.library.values.items()},
        audits=checks,
        reviews=[_review(row) for row in decided],
        withheld=withheld,
    )


def _seen_by_board(audit: Audit, decided: Sequence[Review]) -> bool:
    # What the board could not see when it approved is not part of what it approved.
    approvals = [review.decided_at for review in decided if review.verdict == "approve"]
    return bool(
        audit.state == "done"
        and audit.finished_at
        and (not approvals or audit.finished_at <= max(approvals))
    )


def _procedure(session: Session, phase: Phase, now: datetime) -> list[record.Step]:
    acts: list[tuple[date, str]] = [(phase.opened_at.date(), STEPS["opened"])]
    acts += [
        (entry.at.date(), STEPS[entry.action])
        for entry in journal.of(session, phase.id)
        if entry.action in STEPS
    ]
    acts.append((now.date(), STEPS["published"]))
    return [record.Step(on=on, what=compose.words(text)) for on, text in acts]


def _review(row: Review) -> record.Review:
    return record.Review.model_validate(
        {
            "on": row.decided_at.date(),
            "decision": VERDICTS[row.verdict],
            "reasons": row.reasons,
            "conditions": tuple(row.conditions),
            "minority_opinion": row.minority_opinion or None,
        }
    )


def _check(row: Audit) -> Check:
    return Check(
        row.id,
        on=row.planned_at.date(),
        result=AuditResult.model_validate(row.result),
        charts=row.charts or {},
    )
