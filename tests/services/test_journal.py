"""Every act of a person leaves exactly one line in the journal; a refused one leaves none."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from inspect import getmembers, isfunction
from typing import Any

import pytest

from tests.examples import audit_results, audited
from tests.examples import cast as examples
from tests.examples.cast import DECISION, PASSWORD, Cast, email
from tests.examples.rows import rows
from tests.services.test_audits import INSPECTION, PLAN, TABLE
from workbench.audit import resultfile
from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import WorkbenchError
from workbench.governance.roles import TEAM
from workbench.services import (
    Workspace,
    assessments,
    audit_files,
    audit_imports,
    audits,
    comparisons,
    datasets,
    decisions,
    people,
    publications,
    reviews,
    systems,
    visits,
)
from workbench.storage.audits import Dataset
from workbench.storage.journal import JournalEntry

DESCRIBED: dict[str, Any] = {
    "name": "Neu",
    "purpose": "Zweck",
    "department": "Amt",
    "contact": "Kontakt",
}
DIALECT = Dialect(encoding="cp1252", delimiter=";", decimal=",")
GOAL = {"purpose.goal": "Ein Ziel."}
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
    "assessments.submit": (
        answered,
        lambda s: partial(assessments.submit, s.workspace, s.cast.bob, s.phase),
        lambda s: partial(assessments.submit, s.workspace, s.cast.charlie, s.phase),
    ),
    "assessments.reopen": (
        examples.approve,
        lambda s: partial(assessments.reopen, s.workspace, s.cast.bob, s.phase),
        lambda s: partial(assessments.reopen, s.workspace, s.cast.dora, s.phase),
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
    "reviews.comment": (
        examples.submit,
        lambda s: partial(reviews.comment, s.workspace, s.cast.dora, s.phase, "Gut."),
        lambda s: partial(reviews.comment, s.workspace, s.cast.charlie, s.phase, "Gut."),
    ),
    "reviews.decide": (
        examples.submit,
        lambda s: partial(reviews.decide, s.workspace, s.cast.dora, s.phase, **APPROVAL),
        lambda s: partial(reviews.decide, s.workspace, s.cast.alice, s.phase, **APPROVAL),
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
# What changes nothing, or no more than a browser's session; ending one has a test of its own.
READING = {
    "assessments": {"overview", "section", "sheet_of", "missing", "number_of"},
    "audit_files": {"chart", "result", "report"},
    "audit_imports": set[str](),
    "audits": {"overview", "dataset", "view"},
    "comparisons": {"view"},
    "datasets": set[str](),
    "decisions": {"view", "phase_of"},
    "people": {"everybody"},
    "publications": {"preview", "chart"},
    "reviews": {"cases", "case"},
    "systems": {"described_as", "view", "desk"},
}


def scene(workspace: Workspace, cast: Cast, stage: Stage) -> Scene:
    """The system at that stage."""
    return Scene(workspace, cast, *stage(workspace, cast))


@pytest.mark.parametrize("name", list(ACTS))
def test_an_act_leaves_one_line(workspace: Workspace, cast: Cast, name: str) -> None:
    """One act, one line, with the person who did it."""
    stage, act, _ = ACTS[name]
    do = act(scene(workspace, cast, stage))
    before = len(rows(workspace, JournalEntry))
    do()
    new = rows(workspace, JournalEntry)[before:]
    assert len(new) == 1
    assert new[0].person_id in {person.id for person in vars(cast).values()}


@pytest.mark.parametrize("name", list(ACTS))
def test_a_refused_act_leaves_none(workspace: Workspace, cast: Cast, name: str) -> None:
    """What was refused has not happened."""
    stage, _, refused = ACTS[name]
    do = refused(scene(workspace, cast, stage))
    before = len(rows(workspace, JournalEntry))
    with pytest.raises(WorkbenchError):
        do()
    assert len(rows(workspace, JournalEntry)) == before


def test_signing_out_leaves_one_line(workspace: Workspace, cast: Cast) -> None:
    """The end of a session is an act; ending one that is not there is none."""
    token = visits.keep(workspace, None, {}, cast.alice.id)
    before = len(rows(workspace, JournalEntry))
    visits.end(workspace, token)
    visits.end(workspace, token)
    assert len(rows(workspace, JournalEntry)) == before + 1


@pytest.mark.parametrize(
    "module",
    [
        assessments,
        audit_files,
        audit_imports,
        audits,
        comparisons,
        datasets,
        decisions,
        people,
        publications,
        reviews,
        systems,
    ],
)
def test_the_table_names_every_service(module: object) -> None:
    """A new service has to say above whether it is an act."""
    short = module.__name__.rsplit(".", 1)[1]  # type: ignore[attr-defined]
    public = {
        name
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")  # type: ignore[attr-defined]
    }
    listed = {name.split(".")[1] for name in ACTS if name.startswith(f"{short}.")}
    assert public == listed | READING[short]
