"""The worker: a job is tried three times, survives kill -9, and is done exactly once."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from workbench import settings, worker
from workbench.basics.errors import Busy
from workbench.services import Workspace, audits, datasets, documents
from workbench.services.audit_runs import Report
from workbench.storage import jobs, journal
from workbench.storage.jobs import Claim, Job
from workbench.worker import Heart

# A worker that tells when it has begun a job and then never comes back from it.
STUCK = """
import sys
from workbench import settings, worker
from workbench.services import open_workspace

def stuck(workspace, claim, report):
    print(claim.token, flush=True)
    sys.stdin.read()

worker.KINDS["inspect"] = stuck
worker.work_once(open_workspace(settings.read()))
"""


def enqueue(workspace: Workspace, subject: str = "thing", kind: str = "inspect") -> None:
    """Ask for work."""
    with workspace.database.transaction() as session:
        jobs.enqueue(session, kind, subject)


def job(workspace: Workspace, subject: str = "thing", kind: str = "inspect") -> Job:
    """The job on a thing."""
    with workspace.database.reading() as session:
        found = jobs.of(session, kind, subject)
    assert found is not None
    return found


def expire(workspace: Workspace) -> None:
    """End all leases: a minute has passed without a heartbeat."""
    with workspace.database.transaction() as session:
        row = session.merge(job(workspace))
        row.lease_until = database_now(workspace) - 1
        session.add(row)


def database_now(workspace: Workspace) -> float:
    """The time by the database's clock."""
    with workspace.database.reading() as session:
        return workspace.database.epoch(session)


def note(workspace: Workspace, claim: Claim, report: Report) -> None:  # noqa: ARG001
    """A short job: its result is one line in the journal, if the claim still holds."""
    with workspace.database.transaction() as session:
        if jobs.finish(session, claim):
            journal.append(session, None, "result", claim.subject)


def results(workspace: Workspace) -> int:
    """How many results there are."""
    with workspace.database.reading() as session:
        return len(journal.of(session, "thing"))


def test_a_killed_worker_loses_no_job(anywhere: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """After kill -9 in the middle of a job a second worker does it: exactly one result."""
    enqueue(anywhere)
    with subprocess.Popen(
        [sys.executable, "-c", STUCK],
        env={**os.environ, **settings.environment(anywhere.settings)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        token = first.stdout.readline().strip()
        first.kill()
    assert (job(anywhere).state, job(anywhere).token) == ("running", token)
    monkeypatch.setitem(worker.KINDS, "inspect", note)
    worker.drain(anywhere)
    assert results(anywhere) == 0  # the lease still runs: perhaps the first one lives
    expire(anywhere)
    worker.drain(anywhere)
    assert (job(anywhere).state, job(anywhere).attempts, results(anywhere)) == ("done", 2, 1)


def test_a_worker_that_comes_back_too_late_leaves_no_second_result(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that slept past its lease finds its result thrown away."""

    def slow(workspace: Workspace, claim: Claim, report: Report) -> None:
        expire(workspace)
        monkeypatch.setitem(worker.KINDS, "inspect", note)
        worker.drain(workspace)  # meanwhile somebody else does it
        note(workspace, claim, report)

    enqueue(workspace)
    monkeypatch.setitem(worker.KINDS, "inspect", slow)
    worker.drain(workspace)
    assert (job(workspace).state, results(workspace)) == ("done", 1)


def test_the_third_failure_buries_the_job(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of the program: tried three times, logged each time, then given up."""

    def broken(workspace: Workspace, claim: Claim, report: Report) -> None:  # noqa: ARG001
        raise RuntimeError("a fault of the program")

    enqueue(workspace)
    monkeypatch.setitem(worker.KINDS, "inspect", broken)
    states = []
    while worker.work_once(workspace):
        states.append(job(workspace).state)
    assert states == ["queued", "queued", "dead"]
    assert [record.message.split("(")[0] for record in caplog.records] == ["job 1 "] * 3


def test_a_failure_that_passes_is_forgiven(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twin: a job that works at the second try is done."""

    def once_broken(workspace: Workspace, claim: Claim, report: Report) -> None:
        if claim.attempts == 1:
            raise RuntimeError("passes")
        note(workspace, claim, report)

    enqueue(workspace)
    monkeypatch.setitem(worker.KINDS, "inspect", once_broken)
    worker.drain(workspace)
    assert (job(workspace).state, results(workspace)) == ("done", 1)


def test_a_pdf_that_kills_its_workers_is_given_up(workspace: Workspace) -> None:
    """Workers that died over an edition's PDF three times are not followed by a fourth."""
    enqueue(workspace, kind="pdf")
    with workspace.database.transaction() as session:
        row = session.merge(job(workspace, kind="pdf"))
        row.attempts = jobs.ATTEMPTS
        session.add(row)
    claim = jobs.claim(workspace.database)
    assert claim is not None
    documents.render(workspace, claim, lambda share, step: None)  # noqa: ARG005
    assert job(workspace, kind="pdf").state == "dead"


def test_progress_is_told_while_a_job_runs(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a job says about its progress can be read while it runs; too often is left out."""
    seen = []

    def telling(workspace: Workspace, claim: Claim, report: Report) -> None:
        for share in (0.25, 0.5):
            report(share, "The groups are compared.")
            seen.append((job(workspace).share, job(workspace).step))
        note(workspace, claim, report)

    enqueue(workspace)
    monkeypatch.setitem(worker.KINDS, "inspect", telling)
    worker.drain(workspace)
    assert seen == [(0.25, "The groups are compared.")] * 2


def test_the_heart_renews_the_lease(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a job is worked on, its lease is renewed; a busy database only postpones that."""
    enqueue(workspace)
    claim = jobs.claim(workspace.database)
    assert claim is not None
    expire(workspace)
    heart, answers = Heart(workspace, claim), iter((Busy("busy"), None))
    beaten = threading.Event()
    beat = jobs.beat

    def flaky(*arguments: object) -> bool:
        if error := next(answers, None):
            raise error
        done = beat(*arguments)  # type: ignore[arg-type]
        beaten.set()
        return done

    monkeypatch.setattr(jobs, "beat", flaky)
    monkeypatch.setattr(jobs, "BEAT", 0.01)
    heart.start()
    assert beaten.wait(30)
    heart.stop.set()
    heart.join()
    assert job(workspace).lease_until > database_now(workspace)


@pytest.mark.parametrize(
    ("parent", "state"), [(os.getppid(), "done"), (0, "queued")], ids=["lives", "gone"]
)
def test_the_worker_ends_with_its_server(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, parent: int, state: str
) -> None:
    """While its server lives it works; when that was killed it takes no further job."""
    stop = threading.Event()

    def last(workspace: Workspace, claim: Claim, report: Report) -> None:
        stop.set()
        note(workspace, claim, report)

    enqueue(workspace)
    monkeypatch.setitem(worker.KINDS, "inspect", last)
    worker.work(workspace, stop, parent)
    assert job(workspace).state == state


def test_the_worker_stops_when_told(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job in hand is finished, the next one is left to others."""
    stop = threading.Event()

    def last(workspace: Workspace, claim: Claim, report: Report) -> None:
        stop.set()
        note(workspace, claim, report)

    enqueue(workspace)
    enqueue(workspace, "another")
    monkeypatch.setitem(worker.KINDS, "inspect", last)
    worker.work(workspace, stop)
    assert (job(workspace).state, job(workspace, "another").state) == ("done", "queued")


def test_the_real_worker_process_does_a_job(anywhere: Workspace, cast: Cast) -> None:
    """Started as ``serve`` starts it, alone in its process, it reads a table and stores the result.

    What other tests import must not be what makes it work.
    """
    system_id = examples.register(anywhere, cast)
    rows = "\n".join(["gruppe,ergebnis,vorhersage", *["a,1,1", "b,0,1"] * 50])
    dataset_id = datasets.receive(
        anywhere, cast.alice, system_id, data=io.BytesIO(rows.encode()), name="fälle.csv"
    )
    command = [sys.executable, "-m", "workbench", "worker", "--parent", str(os.getpid())]
    environment = {**os.environ, **settings.environment(anywhere.settings)}
    process = subprocess.Popen(command, env=environment)
    try:
        state = wait_for(lambda: audits.dataset(anywhere, cast.alice, dataset_id).dataset.state)
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert state == "ready"
    assert job(anywhere, dataset_id).attempts == 1


def wait_for(look: Callable[[], str]) -> str:
    """The state once it is no longer "waiting", or after a minute."""
    for _ in range(600):
        if (state := look()) != "waiting":
            break
        threading.Event().wait(0.1)
    return state
