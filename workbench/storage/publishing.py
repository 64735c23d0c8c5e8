"""Puts together what the public would get of a system: its record, from all that is stored."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from workbench.audit.results import AuditResult
from workbench.basics import clock
from workbench.disclosure import compose, concluding, editions, exports, record
from workbench.disclosure.concluding import Basis
from workbench.disclosure.conclusions import Conclusions
from workbench.disclosure.editions import Check
from workbench.disclosure.phase_parts import Beside, Content
from workbench.disclosure.record import TransparencyRecord
from workbench.governance import ending, obligations, sustainability
from workbench.governance.decisions import weighed
from workbench.questionnaire import path, scoring, summary
from workbench.storage import (
    assessments,
    audits,
    conditions,
    decisions,
    evidence,
    guards,
    judging,
    publications,
    reviews,
    steps,
)
from workbench.storage.audits import Audit
from workbench.storage.conditions import Condition
from workbench.storage.decisions import Recorded
from workbench.storage.evidence import Evidence
from workbench.storage.reviews import Review
from workbench.storage.sheets import Answered
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

VERDICTS = {"approve": "approved", "request_changes": "changes_requested"}


def record_of(
    workspace: Workspace,
    session: Session,
    system: System,
    covered: Sequence[Answered],
    in_work: Sequence[Answered],
    now: datetime,
) -> TransparencyRecord:
    """The record over the phases ``covered`` (at least one); of those ``in_work`` only the state.

    It is numbered as the next edition.
    """
    before = publications.of_system(session, system.id)
    checks, withheld = checks_of(workspace, session, system, covered)
    contents = [_content(session, one) for one in covered]
    taken = (body for one in contents for body in one.decisions.values())
    values = workspace.library.values_for((one.questionnaire for one in covered), weighed(taken))
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
        phases=contents,
        in_work=[
            record.PhaseInWork(phase=one.phase.name, state=one.phase.state) for one in in_work
        ],
        procedure=steps.of(session, covered, now),
        conclusions=conclusions_of(workspace, session, system, covered, now),
        values={key: value.title.root for key, value in values.items()},
        audits=checks,
        withheld=withheld,
    )


def checks_of(
    workspace: Workspace, session: Session, system: System, covered: Sequence[Answered]
) -> tuple[tuple[record.Audit, ...], tuple[record.Withheld, ...]]:
    """The checks for discrimination as the next edition tells them, and those it keeps back.

    Beside earlier editions this takes seconds the first time it is asked.
    """
    decided = [row for one in covered for row in reviews.reviews(session, one.phase.id)]
    found = [
        _check(row)
        for row in reversed(audits.of_system(session, system.id))
        if _seen_by_board(row, decided)
    ]
    before = publications.of_system(session, system.id)
    earlier = [exports.parse(edition.record.encode()) for edition in before]
    return editions.told(found, earlier, guards.finder(workspace))


def _content(session: Session, answered: Answered) -> Content:
    phase = answered.phase
    decided = reviews.reviews(session, phase.id)
    recorded = decisions.current(session, phase.id)
    pieces = evidence.of_decisions(session, phase.id)
    followed = conditions.of_phases(session, [phase])
    approvals = [clock.day(row.decided_at) for row in decided if row.verdict == "approve"]
    approved = phase.state == "approved" and approvals
    return Content(
        phase=phase.name,
        questionnaire=record.QuestionnaireVersion(
            id=phase.questionnaire,
            version=phase.version,
            lists=answered.questionnaire.lists or None,
        ),
        approved_on=max(approvals) if approved else None,
        summary=summary.of(answered.questionnaire, answered.sheet, answered.before),
        feeds={
            question.id: str(question.feeds)
            for question in answered.questionnaire.questions()
            if question.feeds
        },
        decisions={entry.id: entry.body for entry in recorded},
        reviews=tuple(_review(row, followed) for row in decided),
        beside={entry.id: _beside(entry, pieces.get(entry.id, ())) for entry in recorded},
    )


def _beside(entry: Recorded, pieces: Sequence[Evidence]) -> Beside:
    links = [one for one in pieces if one.link]
    return Beside(
        dissents=entry.dissents,
        sources=tuple(record.Source(title=one.name, address=one.link) for one in links),
        files=len(pieces) - len(links),
    )


def conclusions_of(
    workspace: Workspace,
    session: Session,
    system: System,
    covered: Sequence[Answered],
    now: datetime,
) -> Conclusions:
    """What follows from the answers of these phases and of no other."""
    library, asked = workspace.library, [one.questionnaire for one in covered]
    answers = {key: value for one in covered for key, value in one.sheet.items()}
    counting = path.counting_in_all(asked, answers)
    assessment = assessments.of_system(session, system.id)
    calendar = library.calendars.get(assessment.calendar) if assessment else None
    day = clock.day(now)
    conditions_told = library.conditions_for(asked).values()
    ended_on = ending.ended_on(asked, counting, day, for_public=True)
    return concluding.conclude(
        Basis(
            questions=tuple(question for one in asked for question in one.questions()),
            counting=counting,
            judged_on={
                node.answer.question: clock.day(node.at)
                for node in judging.of(conditions_told, covered)
                if node.at
            },
            conditions=conditions_told,
            calendar=calendar,
            duties=obligations.of(calendar, counting, day, in_use=not ended_on)
            if calendar
            else None,
            profile=scoring.of(asked, answers),
            balance=sustainability.of(asked, counting, library.factors, day),
            ended_on=ended_on,
        )
    )


def _seen_by_board(audit: Audit, decided: Sequence[Review]) -> bool:
    # What the board could not see when it approved is not part of what it approved.
    approvals = [review.decided_at for review in decided if review.verdict == "approve"]
    return bool(
        audit.state == "done"
        and audit.finished_at
        and (not approvals or audit.finished_at <= max(approvals))
    )


def _review(row: Review, followed: Sequence[Condition]) -> record.Review:
    return record.Review.model_validate(
        {
            "on": clock.day(row.decided_at),
            "decision": VERDICTS[row.verdict],
            "reasons": row.reasons,
            "conditions": tuple(row.conditions),
            "standing": tuple(_standing(one) for one in followed if one.review_id == row.id),
            "minority_opinion": row.minority_opinion or None,
        }
    )


def _standing(condition: Condition) -> record.Standing:
    report, answer = condition.report, condition.answer
    return record.Standing.model_validate(
        {
            "state": condition.state,
            "report": report.words if report else None,
            "fulfilled_on": report.fulfilled_on if report else None,
            "answer": (answer.words or None) if answer else None,
            "answered_on": clock.day(answer.said_at) if answer else None,
        }
    )


def _check(row: Audit) -> Check:
    return Check(
        row.id,
        on=clock.day(row.planned_at),
        result=AuditResult.model_validate(row.result),
        charts=row.charts or {},
    )
