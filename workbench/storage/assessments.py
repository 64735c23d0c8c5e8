"""Assessments, their phases, and every answer ever saved.

An answer is never overwritten: each save adds an entry with the next number. Two people who save
the same answer at once want the same number, and the database lets only one of them have it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import CheckConstraint, UniqueConstraint, and_, bindparam, func, tuple_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.basics.errors import WrongState
from workbench.basics.identifiers import new_id
from workbench.basics.phases import PHASES
from workbench.basics.text import later
from workbench.governance.lifecycle import STATES
from workbench.storage.database import Json, Moment

ORDER = tuple(PHASES)
STATE_LIST = ", ".join(f"'{state}'" for state in sorted(STATES))


class Assessment(SQLModel, table=True):
    """One system's way through the phases.

    ``calendar`` is the version of the legal calendar it was made under, "" when there was none.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    system_id: str = Field(foreign_key="system.id", unique=True)
    calendar: str = ""
    opened_at: datetime = Field(sa_type=Moment)


class Phase(SQLModel, table=True):
    """One phase of an assessment, bound to the exact version of its questionnaire.

    ``fingerprint`` is what that version was when the phase was opened, moved to it or accepted it
    (``questionnaire.fingerprint``), "" where nobody knows any more.
    """

    __table_args__ = (
        UniqueConstraint("assessment_id", "name"),
        CheckConstraint(f"state in ({STATE_LIST})", name="state"),
        CheckConstraint(
            "(state = 'open') or (submitted_at is not null and submitted_by is not null)",
            name="submitted",
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    assessment_id: str = Field(foreign_key="assessment.id")
    name: str
    questionnaire: str
    version: str
    fingerprint: str = ""
    state: str = "open"
    opened_at: datetime = Field(sa_type=Moment)
    submitted_at: datetime | None = Field(default=None, sa_type=Moment)
    submitted_by: str | None = Field(default=None, foreign_key="person.id")


class AnswerEntry(SQLModel, table=True):
    """One save of one answer; the entry with the highest number is the present answer."""

    __tablename__ = "answer_entry"
    __table_args__ = (UniqueConstraint("phase_id", "question_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    phase_id: str = Field(foreign_key="phase.id", index=True)
    question_id: str
    number: int
    value: Any = Field(default=None, sa_type=Json, nullable=True)  # None: the answer was emptied
    person_id: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=Moment)


PHASE_ID, QUESTION_ID = col(AnswerEntry.phase_id), col(AnswerEntry.question_id)
NEWEST = (
    select(PHASE_ID, QUESTION_ID, func.max(AnswerEntry.number).label("number"))
    .where(PHASE_ID.in_(bindparam("phases", expanding=True)))
    .group_by(PHASE_ID, QUESTION_ID)
    .subquery()
)
# Made once, as those below: to put such a query together takes longer than to ask the database.
CURRENT = core_select(
    PHASE_ID,
    QUESTION_ID,
    col(AnswerEntry.value),
    col(AnswerEntry.number),
    col(AnswerEntry.person_id),
    col(AnswerEntry.saved_at),
).join(
    NEWEST,
    and_(
        NEWEST.c.phase_id == PHASE_ID,
        NEWEST.c.question_id == QUESTION_ID,
        col(AnswerEntry.number) == NEWEST.c.number,
    ),
)
OF_ASSESSMENT = select(Phase).where(Phase.assessment_id == bindparam("assessment"))
OLDER = core_select(QUESTION_ID, col(AnswerEntry.value)).where(
    col(AnswerEntry.phase_id) == bindparam("phase"),
    tuple_(QUESTION_ID, col(AnswerEntry.number)).in_(bindparam("saves", expanding=True)),
)


@dataclass(frozen=True)
class Current:
    """The present answer to a question: its value, how many saves it saw, by whom and when."""

    value: JsonValue
    number: int
    person_id: str
    saved_at: datetime


def of_system(session: Session, system_id: str) -> Assessment | None:
    """The assessment of a system."""
    return session.exec(select(Assessment).where(Assessment.system_id == system_id)).first()


def phases(session: Session, assessment_id: str) -> list[Phase]:
    """The phases opened so far, in the order of the phases."""
    found = session.exec(OF_ASSESSMENT, params={"assessment": assessment_id})
    return sorted(found, key=lambda phase: ORDER.index(phase.name))


def every(session: Session) -> list[Phase]:
    """All phases of all systems."""
    return list(session.exec(select(Phase).order_by(col(Phase.opened_at))))


def reworded(phase: Phase, present: str) -> bool:
    """Whether its version has another fingerprint now (``present``) than when it was opened."""
    return phase.fingerprint not in ("", present)


def following(name: str) -> str | None:
    """The phase after this one; None after the last."""
    position = ORDER.index(name) + 1
    return ORDER[position] if position < len(ORDER) else None


def current(session: Session, phase_id: str) -> dict[str, Current]:
    """Question id → present answer, for every question that was ever saved."""
    return currents(session, [phase_id])[phase_id]


def currents(session: Session, phase_ids: Iterable[str]) -> dict[str, dict[str, Current]]:
    """The same for several phases at once, by the id of the phase."""
    found: dict[str, dict[str, Current]] = {one: {} for one in phase_ids}
    for phase_id, question_id, *saved in session.execute(CURRENT, {"phases": list(found)}):
        found[phase_id][question_id] = Current(*saved)
    return found


def entries(session: Session, phase_id: str, question_id: str | None = None) -> list[AnswerEntry]:
    """Every save in the phase, or of one question's answer, oldest first."""
    query = select(AnswerEntry).where(AnswerEntry.phase_id == phase_id)
    if question_id is not None:
        query = query.where(AnswerEntry.question_id == question_id)
    return list(session.exec(query.order_by(col(AnswerEntry.number), col(AnswerEntry.id))))


def values_at(session: Session, phase_id: str, numbers: Mapping[str, int]) -> dict[str, JsonValue]:
    """Question id → the answer as it was at the save of that number; None before the first."""
    if not numbers:
        return {}
    rows = session.execute(OLDER, {"phase": phase_id, "saves": list(numbers.items())})
    return dict.fromkeys(numbers) | {row.question_id: row.value for row in rows}


def add(
    session: Session,
    phase_id: str,
    person_id: str,
    at: datetime,
    saved: Mapping[str, tuple[JsonValue, int]],
) -> None:
    """Save answers (question id → value and number); IntegrityError when a number is taken."""
    session.add_all(
        AnswerEntry(
            phase_id=phase_id,
            question_id=key,
            number=number,
            value=value,
            person_id=person_id,
            saved_at=at,
        )
        for key, (value, number) in saved.items()
    )
    session.flush()


def authors(session: Session, phase_id: str) -> set[str]:
    """The ids of everybody who saved an answer in the phase."""
    rows = session.exec(
        select(AnswerEntry.person_id).where(AnswerEntry.phase_id == phase_id).distinct()
    )
    return set(rows)


def move(session: Session, phase: Phase, target: str, **columns: object) -> None:
    """Change the state, unless somebody else was first (then WrongState)."""
    changed = session.connection().execute(
        update(Phase)
        .where(col(Phase.id) == phase.id, col(Phase.state) == phase.state)
        .values(state=target, **columns)
    )
    if changed.rowcount != 1:
        raise WrongState(
            later("This step is not possible now. Reload the page to see the present state.")
        )
    session.refresh(phase)
