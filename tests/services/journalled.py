"""Every act that the journal has to know: how it is done, and how it is refused."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from tests.examples import audit_results, audited, five_phases
from tests.examples import cast as examples
from tests.examples.cast import DECISION, PASSWORD, Cast, email
from tests.examples.newer import VERSION, newer, renamed
from tests.examples.rows import rows
from tests.services.test_audits import INSPECTION, PLAN, TABLE
from workbench.audit import resultfile
from workbench.audit.intake.inspection import Dialect
from workbench.governance.roles import TEAM
from workbench.services import (
    Workspace,
    assessments,
    audit_files,
    audit_imports,
    audits,
    calendars,
    comments,
    comparisons,
    conditions,
    datasets,
    decisions,
    evidence,
    gates,
    moving,
    people,
    phases,
    publications,
    questions,
    reviews,
    systems,
    tasks,
)
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
        evidence.add_link(self.workspace, self.cast.bob, self.phase, QUESTION, **LINK)
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
        key = audits.receive(
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


# Service → how far the system is, the act, the same act refused. An act is prepared first and done
# later, so that only its own lines are counted.
ACTS: dict[str, tuple[Stage, Act, Act]] = {
    "people.add": (
        open_phase,
        lambda s: partial(people.add, s.workspace, **person(), by=s.cast.frida),
        lambda s: partial(people.add, s.workspace, **person(name=""), by=s.cast.frida),
    ),
    "people.sign_in": (
        open_phase,
        lambda s: partial(people.sign_in, s.workspace, email("alice"), PASSWORD, ""),
        lambda s: partial(people.sign_in, s.workspace, email("alice"), "wrong", ""),
    ),
    "people.set_active": (
        open_phase,
        lambda s: partial(
            people.set_active, s.workspace, s.cast.frida, s.cast.bob.id, active=False
        ),
        lambda s: partial(
            people.set_active, s.workspace, s.cast.alice, s.cast.bob.id, active=False
        ),
    ),
    "people.change_password": (
        open_phase,
        lambda s: partial(people.change_password, s.workspace, s.cast.bob, PASSWORD, "x" * 12),
        lambda s: partial(people.change_password, s.workspace, s.cast.bob, "wrong", "x" * 12),
    ),
    "systems.create": (
        open_phase,
        lambda s: partial(systems.create, s.workspace, s.cast.alice, **DESCRIBED),
        lambda s: partial(systems.create, s.workspace, s.cast.dora, **DESCRIBED),
    ),
    "systems.change": (
        open_phase,
        lambda s: partial(systems.change, s.workspace, s.cast.alice, s.system, **DESCRIBED),
        lambda s: partial(systems.change, s.workspace, s.cast.charlie, s.system, **DESCRIBED),
    ),
    "systems.share": (
        open_phase,
        lambda s: partial(systems.share, s.workspace, s.cast.bob, s.system, email("charlie")),
        lambda s: partial(systems.share, s.workspace, s.cast.bob, s.system, email("dora")),
    ),
    "assessments.save_section": (
        open_phase,
        lambda s: partial(assessments.save_section, s.workspace, s.cast.bob, s.phase, GOAL, {}),
        lambda s: partial(assessments.save_section, s.workspace, s.cast.dora, s.phase, GOAL, {}),
    ),
    "phases.submit": (
        answered,
        lambda s: partial(phases.submit, s.workspace, s.cast.bob, s.phase),
        lambda s: partial(phases.submit, s.workspace, s.cast.charlie, s.phase),
    ),
    "phases.reopen": (
        examples.approve,
        lambda s: partial(phases.reopen, s.workspace, s.cast.bob, s.phase),
        lambda s: partial(phases.reopen, s.workspace, s.cast.dora, s.phase),
    ),
    "decisions.save": (
        open_phase,
        lambda s: partial(decisions.save, s.workspace, s.cast.bob, s.phase, DECISION),
        lambda s: partial(decisions.save, s.workspace, s.cast.frida, s.phase, DECISION),
    ),
    "decisions.withdraw": (
        open_phase,
        lambda s: partial(
            decisions.withdraw, s.workspace, s.cast.bob, s.decision, 1, withdrawn=True
        ),
        lambda s: partial(
            decisions.withdraw, s.workspace, s.cast.bob, s.decision, 7, withdrawn=True
        ),
    ),
    "comments.write": (
        examples.submit,
        lambda s: partial(comments.write, s.workspace, s.cast.dora, s.phase, "Gut."),
        lambda s: partial(comments.write, s.workspace, s.cast.charlie, s.phase, "Gut."),
    ),
    "comments.settle": (
        open_phase,
        lambda s: partial(
            comments.settle, s.workspace, s.cast.bob, s.phase, s.comment, resolved=True
        ),
        lambda s: partial(
            comments.settle, s.workspace, s.cast.charlie, s.phase, s.comment, resolved=True
        ),
    ),
    "questions.restore": (
        open_phase,
        lambda s: partial(questions.restore, s.workspace, s.cast.bob, s.twice(), QUESTION, 1, 2),
        lambda s: partial(questions.restore, s.workspace, s.cast.bob, s.twice(), QUESTION, 1, 1),
    ),
    "tasks.assign": (
        open_phase,
        lambda s: partial(
            tasks.assign, s.workspace, s.cast.bob, s.phase, "law", **task(s.cast.alice.id)
        ),
        lambda s: partial(
            tasks.assign, s.workspace, s.cast.bob, s.phase, "law", **task(s.cast.dora.id)
        ),
    ),
    "evidence.add_file": (
        open_phase,
        lambda s: partial(
            evidence.add_file, s.workspace, s.cast.bob, s.phase, QUESTION, **piece(b"%PDF-1")
        ),
        lambda s: partial(
            evidence.add_file, s.workspace, s.cast.bob, s.phase, QUESTION, **piece(b"")
        ),
    ),
    "evidence.add_link": (
        open_phase,
        lambda s: partial(evidence.add_link, s.workspace, s.cast.bob, s.phase, QUESTION, **LINK),
        lambda s: partial(evidence.add_link, s.workspace, s.cast.dora, s.phase, QUESTION, **LINK),
    ),
    "evidence.remove": (
        open_phase,
        lambda s: partial(evidence.remove, s.workspace, s.cast.bob, s.phase, s.evidence()),
        lambda s: partial(evidence.remove, s.workspace, s.cast.frida, s.phase, s.evidence()),
    ),
    "phases.open_next": (
        examples.approve,
        lambda s: partial(phases.open_next, s.workspace, s.cast.bob, s.system),
        lambda s: partial(phases.open_next, s.workspace, s.cast.frida, s.system),
    ),
    "moving.move": (
        open_phase,
        lambda s: partial(moving.move, newer(s.workspace), s.cast.bob, s.phase, VERSION),
        lambda s: partial(moving.move, s.workspace, s.cast.bob, s.phase, VERSION),
    ),
    "moving.accept": (
        open_phase,
        lambda s: partial(moving.accept, s.edited, s.cast.bob, s.phase, s.wording),
        lambda s: partial(moving.accept, s.edited, s.cast.bob, s.phase, "0" * 64),
    ),
    "gates.waive": (
        open_phase,
        lambda s: partial(gates.waive, s.workspace, s.cast.frida, s.phase, "required", "Eilt."),
        lambda s: partial(gates.waive, s.workspace, s.cast.bob, s.phase, "required", "Eilt."),
    ),
    "calendars.renew": (
        open_phase,
        lambda s: partial(
            calendars.renew, five_phases.renewed(s.workspace), s.cast.bob, s.system, "2026.2"
        ),
        lambda s: partial(calendars.renew, s.workspace, s.cast.bob, s.system, "2026.1"),
    ),
    "reviews.decide": (
        examples.submit,
        lambda s: partial(reviews.decide, s.workspace, s.cast.dora, s.phase, **APPROVAL),
        lambda s: partial(reviews.decide, s.workspace, s.cast.alice, s.phase, **APPROVAL),
    ),
    "reviews.withdraw": (
        examples.submit,
        lambda s: partial(reviews.withdraw, s.workspace, s.cast.bob, s.phase, "Ein Fehler."),
        lambda s: partial(reviews.withdraw, s.workspace, s.cast.dora, s.phase, "Ein Fehler."),
    ),
    "conditions.report": (
        under_conditions,
        lambda s: partial(conditions.report, s.workspace, s.cast.bob, s.review, 1, **REPORT),
        lambda s: partial(conditions.report, s.workspace, s.cast.dora, s.review, 1, **REPORT),
    ),
    "conditions.settle": (
        under_conditions,
        lambda s: partial(
            conditions.settle, s.workspace, s.cast.dora, s.reported(), 1, answer="confirm", words=""
        ),
        lambda s: partial(
            conditions.settle, s.workspace, s.cast.bob, s.reported(), 1, answer="confirm", words=""
        ),
    ),
    "audits.receive": (
        open_phase,
        lambda s: partial(
            audits.receive, s.workspace, s.cast.bob, s.system, data=io.BytesIO(TABLE), name="x.csv"
        ),
        lambda s: partial(audits.receive, s.workspace, s.cast.bob, s.system, **upload(b"")),
    ),
    "datasets.discard": (
        open_phase,
        lambda s: partial(datasets.discard, s.workspace, s.cast.bob, s.dataset()),
        lambda s: partial(datasets.discard, s.workspace, s.cast.charlie, s.dataset()),
    ),
    "datasets.reread": (
        open_phase,
        lambda s: partial(datasets.reread, s.workspace, s.cast.bob, s.dataset(), DIALECT),
        lambda s: partial(
            datasets.reread, s.workspace, s.cast.bob, s.dataset(ready=False), DIALECT
        ),
    ),
    "audit_imports.receive": (
        open_phase,
        lambda s: partial(audit_imports.receive, s.workspace, s.cast.bob, s.system, result()),
        lambda s: partial(
            audit_imports.receive, s.workspace, s.cast.bob, s.system, io.BytesIO(b"{}")
        ),
    ),
    "audit_files.ask_for_report": (
        open_phase,
        lambda s: partial(audit_files.ask_for_report, s.workspace, s.cast.dora, s.audits()[0]),
        lambda s: partial(audit_files.ask_for_report, s.workspace, s.cast.charlie, s.audits()[0]),
    ),
    "comparisons.ask": (
        open_phase,
        lambda s: partial(comparisons.ask, s.workspace, s.cast.dora, *s.audits()),
        lambda s: partial(comparisons.ask, s.workspace, s.cast.charlie, *s.audits()),
    ),
    "audits.plan": (
        open_phase,
        lambda s: partial(audits.plan, s.workspace, s.cast.bob, s.dataset(), PLAN),
        lambda s: partial(audits.plan, s.workspace, s.cast.bob, s.dataset(ready=False), PLAN),
    ),
    "publications.publish": (
        examples.approve,
        lambda s: partial(publications.publish, s.workspace, s.cast.bob, s.system),
        lambda s: partial(publications.publish, s.workspace, s.cast.alice, s.system),
    ),
}
