"""Where the acts happen that the journal has to know, and what they are done with."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.examples import audit_results, audited
from tests.examples import cast as examples
from tests.examples.cast import DECISION, PASSWORD, Cast
from tests.examples.newer import renamed
from tests.examples.rows import rows
from tests.services.test_audits import INSPECTION, TABLE
from workbench.audit import resultfile
from workbench.audit.intake.inspection import Dialect
from workbench.governance.roles import TEAM
from workbench.services import (
    Workspace,
    assessments,
    comments,
    conditions,
    datasets,
    decisions,
    dissents,
    evidence,
    moving,
)
from workbench.services.evidence import Backed
from workbench.storage.audits import Dataset
from workbench.storage.evidence import Evidence
from workbench.storage.reviews import Comment, Review

DESCRIBED: dict[str, Any] = {
    "name": "Neu",
    "purpose": "Zweck",
    "department": "Amt",
    "contact": "Kontakt",
}
DIALECT = Dialect(encoding="cp1252", delimiter=";", decimal=",")
QUESTION = "purpose.goal"
BACKED = Backed(question_id=QUESTION)
GOAL = {QUESTION: "Ein Ziel."}
LINK = {"link": "https://example.org/a", "name": "Bericht"}
REPORT: dict[str, Any] = {"words": "Ist geprüft.", "fulfilled_on": date(2026, 5, 3)}
APPROVAL = {"verdict": "approve", "reasons": "Gut."}


@dataclass(frozen=True)
class Scene:
    """Where an act happens: a system as far as it has come, and what belongs to it."""

    workspace: Workspace
    cast: Cast
    system: str
    phase: str

    @property
    def decision(self) -> str:
        """The id of a new decision of Alice's."""
        return decisions.save(self.workspace, self.cast.alice, self.phase, DECISION)

    def dissent(self) -> str:
        """The id of Bob's opinion on a new decision."""
        return dissents.add(
            self.workspace, self.cast.bob, self.decision, **opinion(self.cast.bob.id)
        )

    @property
    def comment(self) -> int:
        """The id of a new comment on a question."""
        comments.write(self.workspace, self.cast.bob, self.phase, "Hm.", question_id=QUESTION)
        return rows(self.workspace, Comment)[-1].id or 0

    @property
    def edited(self) -> Workspace:
        """The workbench after somebody edited the questions in place."""
        return renamed(self.workspace, "Anders")

    @property
    def wording(self) -> str:
        """The fingerprint that the questions have after it."""
        found = moving.preview(self.edited, self.cast.bob, self.phase).edit
        return found.fingerprint if found else ""

    def evidence(self) -> str:
        """The id of a new piece of evidence."""
        evidence.add_link(self.workspace, self.cast.bob, self.phase, BACKED, **LINK)
        return rows(self.workspace, Evidence)[-1].id

    def twice(self) -> str:
        """The phase, with an answer that was changed once."""
        for number, text in enumerate(("alt", "neu")):
            assessments.save_section(
                self.workspace, self.cast.bob, self.phase, {QUESTION: text}, {QUESTION: number}
            )
        return self.phase

    @property
    def review(self) -> str:
        """The id of the board's newest decision."""
        return rows(self.workspace, Review)[-1].id

    def reported(self) -> str:
        """The same, after the team has reported its first condition as fulfilled."""
        conditions.report(self.workspace, self.cast.bob, self.review, 1, **REPORT)
        return self.review

    def dataset(self, *, ready: bool = True) -> str:
        """The id of a new data set."""
        key = datasets.receive(
            self.workspace, self.cast.alice, self.system, data=io.BytesIO(TABLE), name="x.csv"
        )
        if ready:
            with self.workspace.database.transaction() as session:
                row = session.get_one(Dataset, key)
                row.state, row.inspection = "ready", INSPECTION
                session.add(row)
        return key

    def audits(self) -> tuple[str, str]:
        """The ids of two finished audits, the later one first."""
        done = audit_results.classification()
        earlier, later = (
            audited.finished(self.workspace, self.cast.alice, self.system, done) for _ in range(2)
        )
        return later, earlier


def opinion(holder_id: str) -> dict[str, str]:
    """Another opinion of a person."""
    return {"words": "Nein.", "capacity": "law", "holder_id": holder_id}


Act = Callable[[Scene], Callable[[], object]]
Stage = Callable[[Workspace, Cast], tuple[str, str]]


def open_phase(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """A system with nothing answered."""
    system_id = examples.register(workspace, cast)
    return system_id, examples.phase_of(workspace, cast, system_id)


def answered(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """A system with everything answered."""
    system_id, phase_id = open_phase(workspace, cast)
    examples.answer(workspace, cast, phase_id)
    return system_id, phase_id


def under_conditions(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """A system that the board has approved under a condition."""
    return examples.approve(workspace, cast, ["Nach einem Jahr prüfen."])


def person(**changed: str) -> dict[str, Any]:
    """Somebody new."""
    new = {"name": "G", "email": "g@musterstadt.example", "role": TEAM, "password": PASSWORD}
    return new | changed


def result() -> io.BytesIO:
    """A result as the command line writes it."""
    return io.BytesIO(resultfile.write(audit_results.classification()))


def upload(content: bytes) -> dict[str, Any]:
    """A file to hand in."""
    return {"data": io.BytesIO(content), "name": "x.csv"}


def task(person_id: str) -> dict[str, Any]:
    """Who sees to a section."""
    return {"person_id": person_id, "due_on": None}


def piece(content: bytes) -> dict[str, Any]:
    """A file that backs an answer."""
    return {"source": io.BytesIO(content), "name": "x.pdf"}
