"""What was said about each condition of the board: steps that are only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from workbench.governance.conditions import CONFIRMED, OPEN, REPORTED, STATES, UNSETTLED
from workbench.storage.assessments import Phase
from workbench.storage.database import Moment
from workbench.storage.reviews import Review

STATE_LIST = ", ".join(f"'{state}'" for state in sorted(STATES))


class ConditionStep(SQLModel, table=True):
    """One step of a condition, named by its review and its place there from 1 (trigger).

    ``fulfilled_on``: since when it is fulfilled, as the team reports.
    """

    __tablename__ = "condition_step"
    __table_args__ = (
        UniqueConstraint("review_id", "position", "number"),
        CheckConstraint(f"state in ({STATE_LIST})", name="state"),
        CheckConstraint("words <> '' or state = 'confirmed'", name="words"),
        CheckConstraint("(fulfilled_on is not null) = (state = 'reported')", name="fulfilled"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: str = Field(foreign_key="review.id")
    position: int
    number: int
    state: str
    words: str = ""
    fulfilled_on: date | None = None
    person_id: str = Field(foreign_key="person.id")
    said_at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True)
class Condition:
    """One condition of the board with its steps, oldest first."""

    review_id: str
    position: int
    text: str
    phase: Phase
    since: datetime
    steps: tuple[ConditionStep, ...]

    @property
    def state(self) -> str:
        """Where it stands now, see ``governance.conditions.STATES``."""
        return self.steps[-1].state if self.steps else OPEN

    @property
    def unsettled(self) -> bool:
        """Whether the team still has to act, or the board to answer."""
        return self.state in UNSETTLED

    @property
    def report(self) -> ConditionStep | None:
        """What the team reported, as long as the board has not sent it back."""
        reports = [one for one in self.steps if one.state == REPORTED]
        return reports[-1] if reports and self.state in {REPORTED, CONFIRMED} else None

    @property
    def answer(self) -> ConditionStep | None:
        """What the board said last, as long as the team has not reported since."""
        return self.steps[-1] if self.steps and self.state != REPORTED else None


def of_phases(session: Session, phases: Sequence[Phase]) -> list[Condition]:
    """Every condition that the board set in these phases, in their order, oldest first."""
    rows = session.exec(
        select(Review)
        .where(col(Review.phase_id).in_([phase.id for phase in phases]))
        .order_by(col(Review.round))
    ).all()
    found = session.exec(
        select(ConditionStep)
        .where(col(ConditionStep.review_id).in_([row.id for row in rows]))
        .order_by(col(ConditionStep.number))
    )
    steps: dict[tuple[str, int], list[ConditionStep]] = {}
    for step in found:
        steps.setdefault((step.review_id, step.position), []).append(step)
    return [
        Condition(row.id, position, text, phase, row.decided_at, tuple(said))
        for phase in phases
        for row in rows
        if row.phase_id == phase.id
        for position, text in enumerate(row.conditions, start=1)
        for said in [steps.get((row.id, position), ())]
    ]
