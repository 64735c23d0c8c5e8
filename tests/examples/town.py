"""A town with one system that is published and one that is just being answered."""

import fcntl
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.examples import cast as people
from tests.examples.cast import Cast
from workbench import install, worker
from workbench.audit.plan import planned
from workbench.services import (
    Workspace,
    audits,
    cases,
    comments,
    datasets,
    decisions,
    dissents,
    evidence,
    open_workspace,
    phases,
    publications,
    questions,
    reviews,
)
from workbench.services.evidence import Backed
from workbench.settings import Settings

REASONS = "Wer zu Unrecht gemeldet wird, hat Arbeit damit."


@dataclass(frozen=True)
class Town:
    """Ids of all that exists; everything of ``system`` is Alice's, Bob works on it too.

    ``review`` is the board's approval of ``phase``, under one condition.

    ``open_phase`` belongs to a second system, of which nothing is submitted; ``spare_dataset`` was
    read by the worker and is used by no audit.
    """

    data: Path
    cast: Cast
    system: str
    phase: str
    decision: str
    dissent: str
    dataset: str
    spare_dataset: str
    audit: str
    chart: str
    slug: str
    open_system: str
    open_phase: str
    open_decision: str
    comment: int
    evidence: str
    review: str


def table(rows: int = 400, columns: str = "sex,outcome,prediction") -> bytes:
    """A CSV of two equally large groups; predictions miss women more often."""
    lines = [columns]
    for number in range(rows):
        sex, outcome = ("f", "m")[number % 2], int(number % 5 < 3)
        missed = number % (6 if sex == "f" else 11) == 0
        lines.append(f"{sex},{outcome},{1 - outcome if missed else outcome}")
    return "\n".join(lines).encode()


def hand_in(workspace: Workspace, cast: Cast, system_id: str, name: str, content: bytes) -> str:
    """Alice hands in a table; returns the data set's id. The worker has not looked yet."""
    return datasets.receive(workspace, cast.alice, system_id, data=BytesIO(content), name=name)


def build(settings: Settings) -> Town:
    """Make the town in an empty data folder, audit and PDF by the real worker."""
    install.prepare(settings)
    workspace = open_workspace(settings)
    cast = people.invite(workspace)
    system, phase = _answered(workspace, cast)
    dataset, spare = (
        hand_in(workspace, cast, system, name, table()) for name in ("bilder.csv", "spare.csv")
    )
    worker.drain(workspace)
    refusal = audits.dataset(workspace, cast.alice, dataset).dataset.refusal
    assert refusal is None, refusal
    audit = _audit(workspace, cast, dataset)
    evidence.add_file(
        workspace,
        cast.alice,
        phase,
        Backed("purpose.problem"),
        source=BytesIO(b"%PDF-1.7 Beschluss"),
        name="Beschluss.pdf",
    )
    decision = decisions.view(workspace, cast.alice, phase).decisions[0].id
    dissent = dissents.add(
        workspace,
        cast.alice,
        decision,
        words="Die Bilder zeigen auch Haustüren.",
        capacity="data_protection",
        holder_id=cast.alice.id,
    )
    phases.submit(workspace, cast.alice, phase)
    comments.write(workspace, cast.dora, phase, "Wie lange werden die Bilder gespeichert?")
    comments.write(workspace, cast.bob, phase, "Wie oft?", question_id="purpose.problem")
    reviews.decide(
        workspace,
        cast.dora,
        phase,
        verdict="approve",
        reasons="Gut begründet.",
        conditions=["Nach einem Jahr wird wieder geprüft."],
        minority_opinion="Ein Mitglied hält die Kamera für entbehrlich.",
    )
    slug, _ = publications.publish(workspace, cast.frida, system)
    worker.drain(workspace)
    open_system = people.register(workspace, cast, "Chat der Bücherei")
    open_phase = people.phase_of(workspace, cast, open_system)
    question = questions.view(workspace, cast.alice, phase, "purpose.problem")
    charts = audits.view(workspace, cast.alice, audit).audit.charts or {}
    town = Town(
        data=settings.data,
        cast=cast,
        system=system,
        phase=phase,
        decision=decision,
        dissent=dissent,
        dataset=dataset,
        spare_dataset=spare,
        audit=audit,
        chart=next(name for drawn in charts.values() for name in drawn.values()),
        slug=slug,
        open_system=open_system,
        open_phase=open_phase,
        open_decision=decisions.save(workspace, cast.alice, open_phase, people.DECISION),
        comment=question.comments[0].id or 0,
        evidence=question.evidence[0].id,
        review=cases.one(workspace, cast.dora, phase).reviews[0].id,
    )
    workspace.database.engine.dispose()
    return town


def _answered(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    system = people.register(workspace, cast)
    phase = people.phase_of(workspace, cast, system)
    people.answer(workspace, cast, phase)
    return system, phase


def _audit(workspace: Workspace, cast: Cast, dataset: str) -> str:
    plan = planned(
        {
            "outcome": "outcome",
            "positive": "1",
            "prediction": "prediction",
            "attributes": ("sex",),
            "reason": REASONS,
        }
    )
    audit = audits.plan(workspace, cast.alice, dataset, plan)
    worker.drain(workspace)
    found = audits.view(workspace, cast.alice, audit)
    assert found.entry is not None, found.audit.refusal
    return audit


def shared(factory: pytest.TempPathFactory, settings_in: Callable[[Path], Settings]) -> Town:
    """The town that all tests of a run copy, made by whichever test process comes first."""
    folder = factory.getbasetemp()
    if folder.name.startswith("popen-"):
        folder = folder.parent
    kept = folder / "town.pickle"
    with (folder / "town.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            # A folder of its own for every attempt: the error of one is not hidden by the next's.
            town = build(settings_in(Path(mkdtemp(prefix="town-", dir=folder)) / "data"))
            kept.write_bytes(pickle.dumps(town))
        found: Town = pickle.loads(kept.read_bytes())
    return found
