"""The board's conditions: what is open, what the team reports, what the board answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import InvalidInput, NotFound
from workbench.basics.text import later
from workbench.governance import conditions as rules
from workbench.governance import lifecycle, roles
from workbench.governance.roles import BOARD, TEAM, Actor
from workbench.storage import access, conditions, journal, people, reviews
from workbench.storage.assessments import Phase
from workbench.storage.conditions import Condition, ConditionStep
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

# Of what the team or the board says about one condition, in characters.
LONGEST = 1000


@dataclass(frozen=True)
class ConditionsView:
    """The conditions of a system in the order in which they were set.

    ``phases`` are those that the person may know of, in order.
    """

    system: System
    phases: list[Phase]
    conditions: list[Condition]

    @property
    def unsettled(self) -> list[Condition]:
        """Those that wait for the team or the board."""
        return [one for one in self.conditions if one.unsettled]


@dataclass(frozen=True)
class ConditionView:
    """One condition; ``answers``: what this member of the board may answer, move → words."""

    system: System
    condition: Condition
    names: Mapping[str, str]
    may_report: bool
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Waiting:
    """The conditions of one system on somebody's desk, the oldest first."""

    system: System
    conditions: list[Condition]


def of_system(workspace: Workspace, actor: Actor, system_id: str) -> ConditionsView:
    """Every condition that the board set for a system."""
    with workspace.database.reading() as session:
        system, phases = access.phases(session, actor, system_id, "condition.read")
        return ConditionsView(system, phases, conditions.of_phases(session, phases))


def one(workspace: Workspace, actor: Actor, review_id: str, position: int) -> ConditionView:
    """One condition, and what the person can do about it; NotFound when there is none."""
    with workspace.database.reading() as session:
        system, found = _find(session, actor, review_id, position, "condition.read")
        wrote = access.authors(session, system, found.phase)
        decides = actor.role == BOARD and actor.id not in wrote
        return ConditionView(
            system=system,
            condition=found,
            names=people.names(session, {step.person_id for step in found.steps}),
            may_report=actor.role == TEAM and found.state in rules.MOVES["report"].origin,
            answers=rules.possible(found.state) if decides else {},
        )


def waiting(workspace: Workspace, actor: Actor) -> list[Waiting]:
    """Where the person's side has to act: open ones for the team, reported ones for the board.

    Of the systems on the person's desk; the administration can only read them.
    """
    roles.require(actor, "desk.read")
    wanted = {TEAM: rules.OPEN, BOARD: rules.REPORTED}.get(actor.role)
    with workspace.database.reading() as session:
        found = [
            Waiting(
                system,
                [one for one in conditions.of_phases(session, phases) if one.state == wanted],
            )
            for system, phases in access.reach(session, actor)
        ]
    return [one for one in found if one.conditions]


def report(
    workspace: Workspace,
    actor: Actor,
    review_id: str,
    position: int,
    *,
    words: str,
    fulfilled_on: date | None,
) -> str:
    """Say for the team how a condition is fulfilled, and since when; returns the system's id.

    Raises InvalidInput without words or with a day to come, WrongState when it is not open.
    """
    wrong = _wrong_words(words, needed=True)
    if fulfilled_on is None or fulfilled_on > clock.today():
        wrong["fulfilled_on"] = later("Give the day since when it is fulfilled, today or earlier.")
    _refuse(wrong)
    with workspace.database.transaction() as session:
        system, found = _find(session, actor, review_id, position, "condition.report")
        step = _step(session, actor, system, found, "report")
        step.words, step.fulfilled_on = words.strip(), fulfilled_on
        session.add(step)
        return system.id


def settle(
    workspace: Workspace, actor: Actor, review_id: str, position: int, *, answer: str, words: str
) -> str:
    """Answer for the board: confirm, return or lift; returns the system's id.

    Words are needed unless it confirms. Raises InvalidInput for another answer or without words,
    Forbidden for an author of the assessment, WrongState when the answer does not fit its state.
    """
    wrong = _wrong_words(words, needed=answer != "confirm")
    if answer not in rules.ANSWERS:
        wrong["answer"] = later("Choose an answer.")
    _refuse(wrong)
    with workspace.database.transaction() as session:
        system, found = _find(session, actor, review_id, position, "condition.settle")
        step = _step(session, actor, system, found, answer)
        step.words = words.strip()
        session.add(step)
        return system.id


def _wrong_words(words: str, *, needed: bool) -> dict[str, str]:
    if needed and not words.strip():
        return {"words": later("Say it in a sentence.")}
    return {"words": later("This text is too long.")} if len(words.strip()) > LONGEST else {}


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise InvalidInput(later("This was not saved."), wrong)


def _step(
    session: Session, actor: Actor, system: System, found: Condition, move: str
) -> ConditionStep:
    """The next step of a condition, written down in the journal."""
    wrote = access.authors(session, system, found.phase)
    target = lifecycle.check(move, found.state, actor.id, wrote, rules.MOVES)
    place = {"review": found.review_id, "position": found.position}
    journal.append(session, actor.id, f"condition.{move}", found.phase.id, **place)
    return ConditionStep(
        review_id=found.review_id,
        position=found.position,
        number=len(found.steps) + 1,
        state=target,
        person_id=actor.id,
        said_at=clock.now(),
    )


def _find(
    session: Session, actor: Actor, review_id: str, position: int, action: str
) -> tuple[System, Condition]:
    roles.require(actor, action)
    review = session.get(reviews.Review, review_id)
    if review is None or not 0 < position <= len(review.conditions):
        raise NotFound(access.NOT_FOUND)
    system, phase = access.phase(session, actor, review.phase_id, action)
    found = conditions.of_phases(session, [phase])
    place = (review_id, position)
    return system, next(one for one in found if (one.review_id, one.position) == place)
