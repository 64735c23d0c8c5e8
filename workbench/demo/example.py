"""One example system as its file in ``examples/`` tells it, checked when it is read."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, JsonValue, model_validator

from workbench.basics.capacities import Capacity
from workbench.basics.errors import BrokenContent
from workbench.basics.phases import Phase
from workbench.governance.decisions import ValueDecision
from workbench.questionnaire import reading

FOLDER = Path(__file__).with_name("examples")
Role = Literal["team", "board", "administration"]


class Part(BaseModel):
    """Cannot be changed and takes no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class System(Part):
    """What the register says of the system."""

    name: str
    purpose: str
    department: str
    contact: str


class Said(Part):
    """A comment on the phase as a whole, or on one question of it."""

    by: Role
    body: str
    question: str = ""


class Waived(Part):
    """A condition that the administration waived, and why."""

    gate: str
    reason: str


class Review(Part):
    """How the board decided, and on which day."""

    decided_on: date
    verdict: Literal["approve", "request_changes"]
    reasons: str
    conditions: tuple[str, ...] = ()
    minority_opinion: str = ""


class Settled(Part):
    """A condition of an earlier phase, by its place there from 1: the team reports, and the board
    confirms it together with its decision, unless ``confirmed`` says no."""

    phase: Phase
    condition: int
    words: str
    fulfilled_on: date
    confirmed: bool = True


class Dissented(Part):
    """A minority opinion; ``speaker`` is who has no account, see ``governance.dissents``."""

    words: str
    capacity: Capacity
    speaker: str = ""


class Source(Part):
    """A link that a value decision rests on."""

    name: str
    link: str


class Decided(ValueDecision):
    """A value decision with what is put beside it."""

    dissents: tuple[Dissented, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def body(self) -> ValueDecision:
        """The decision itself."""
        return ValueDecision(**{name: getattr(self, name) for name in ValueDecision.model_fields})


class Step(Part):
    """One phase: opened, handed to the board; ``review`` is None while that has not decided."""

    opened_on: date
    submitted_on: date
    answers: Mapping[str, JsonValue]
    decisions: tuple[Decided, ...] = ()
    waivers: tuple[Waived, ...] = ()
    comments: tuple[Said, ...] = ()
    settled: tuple[Settled, ...] = ()
    review: Review | None = None


class Check(Part):
    """The audit, computed in the phase ``after``.

    Of two kinds of data there is one: ``table`` holds counts per group as CSV; ``trained`` asks for
    the model that ``demo.model`` makes. ``plan`` are fields of ``AuditPlan``.
    """

    after: Phase
    table: str = ""
    trained: bool = False
    plan: Mapping[str, Any]

    @model_validator(mode="after")
    def _one_kind_of_data(self) -> "Check":
        if bool(self.table) is self.trained:
            raise ValueError("either a table of counts or a model that is trained")
        return self


class Example(Part):
    """A system's whole way so far; ``phases`` in the order in which they were gone through."""

    system: System
    phases: Mapping[Phase, Step]
    audit: Check

    @property
    def approved(self) -> bool:
        """Whether the board approved the newest phase, so that an edition can be published."""
        newest = list(self.phases.values())[-1]
        return newest.review is not None and newest.review.verdict == "approve"


def read(file: Path) -> Example:
    """The example in a file; BrokenContent, with the line, when something in it is wrong."""
    problems: list[BrokenContent] = []
    found = reading.read(file, file.parent, Example, problems)
    if found is None:
        raise problems[0]
    return found.content


def every() -> Mapping[str, Example]:
    """All examples by the name of their file; those that got furthest come first."""
    found = {file.stem: read(file) for file in sorted(FOLDER.glob("*.yaml"))}
    return dict(sorted(found.items(), key=lambda one: -len(one[1].phases)))
