"""The queue: every job is done once, whatever happens to the workers."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from tests.examples.race import race
from workbench.storage import jobs
from workbench.storage.database import Database
from workbench.storage.jobs import Claim, Job


def enqueue(database: Database, *subjects: str) -> None:
    """Ask for work on things, one after the other."""
    with database.transaction() as session:
        for subject in subjects:
            jobs.enqueue(session, "inspect", subject, why=subject)


def claimed(database: Database) -> Claim:
    """The next job, which must be there."""
    claim = jobs.claim(database)
    assert claim is not None
    return claim


def job(database: Database, subject: str) -> Job:
    """The job on a thing."""
    with database.reading() as session:
        found = jobs.of(session, "inspect", subject)
    assert found is not None
    return found


def lease_until(database: Database, claim: Claim, offset: float) -> None:
    """Set the end of a lease that many seconds from now."""
    with database.transaction() as session:
        held = jobs.held(session, claim)
        assert held is not None
        held.lease_until = database.epoch(session) + offset
        session.add(held)


def finish(database: Database, claim: Claim) -> bool:
    """Whether the claim could still close its job."""
    with database.transaction() as session:
        return jobs.finish(session, claim)


def test_jobs_are_done_in_the_order_they_were_asked_for(database: Database) -> None:
    """The oldest job comes first, with all that was said about it; then there is none."""
    enqueue(database, "first", "second")
    one, two = claimed(database), claimed(database)
    assert (one.kind, one.subject, one.attempts, one.arguments) == (
        "inspect", "first", 1, {"why": "first"},
    )  # fmt: skip
    assert two.subject == "second"
    assert jobs.claim(database) is None


def test_asking_twice_is_asking_once(database: Database) -> None:
    """A second request for the same work on the same thing changes nothing."""
    enqueue(database, "thing", "thing")
    enqueue(database, "thing")
    claimed(database)
    assert jobs.claim(database) is None


def test_a_job_asked_for_in_a_failed_act_does_not_exist(database: Database) -> None:
    """The request belongs to the transaction of the act."""
    with pytest.raises(KeyError), database.transaction() as session:  # noqa: PT012 - one act
        jobs.enqueue(session, "inspect", "thing")
        raise KeyError
    assert jobs.claim(database) is None


def test_claimers_at_the_same_moment_get_different_jobs(database: Database) -> None:
    """Eight workers that ask at once for six jobs: six get one each, two get none."""
    enqueue(database, *"abcdef")
    won, refused = race(lambda _: jobs.claim(database))
    taken = [claim.subject for claim in won if claim]
    assert sorted(taken) == list("abcdef")
    assert len(won) == 8
    assert refused == []


def test_a_worker_in_time_is_not_disturbed(database: Database) -> None:
    """While the lease runs, nobody else gets the job."""
    enqueue(database, "thing")
    lease_until(database, claimed(database), +1)
    assert jobs.claim(database) is None


def test_a_job_of_a_dead_worker_is_taken_over(database: Database) -> None:
    """When the lease has run out, another worker gets the job and a token of its own."""
    enqueue(database, "thing")
    first = claimed(database)
    lease_until(database, first, -1)
    second = claimed(database)
    assert (second.id, second.attempts) == (first.id, 2)
    assert second.token != first.token


def test_a_lease_from_a_wrong_clock_is_taken_over(database: Database) -> None:
    """A lease that lies hours ahead comes from a machine whose clock was wrong."""
    enqueue(database, "thing")
    lease_until(database, claimed(database), +7200)
    assert claimed(database).attempts == 2


def test_a_late_result_is_thrown_away(database: Database) -> None:
    """Who lost the lease cannot close the job; who has it now can, once."""
    enqueue(database, "thing")
    late = claimed(database)
    lease_until(database, late, -1)
    present = claimed(database)
    assert not finish(database, late)
    assert finish(database, present)
    assert not finish(database, present)
    assert (job(database, "thing").state, job(database, "thing").share) == ("done", 1.0)
    assert jobs.claim(database) is None


def test_a_heartbeat_keeps_the_job(database: Database) -> None:
    """A beat renews the lease and tells the progress; one that is too late says so."""
    enqueue(database, "thing")
    claim = claimed(database)
    lease_until(database, claim, -1)
    assert jobs.beat(database, claim, 0.5, "Half way.")
    assert jobs.claim(database) is None
    assert (job(database, "thing").share, job(database, "thing").step) == (0.5, "Half way.")
    assert jobs.beat(database, claim)
    assert job(database, "thing").share == 0.5
    assert not jobs.beat(database, replace(claim, token="somebody else"))


def test_a_released_job_comes_back(database: Database) -> None:
    """After an error of the program the job waits again, and its old token is worthless."""
    enqueue(database, "thing")
    claim = claimed(database)
    with database.transaction() as session:
        jobs.release(session, claim, dead=False)
    assert not finish(database, claim)
    assert claimed(database).attempts == 2


def test_a_buried_job_stays_buried(database: Database) -> None:
    """A job that was given up is not handed out again."""
    enqueue(database, "thing")
    claim = claimed(database)
    with database.transaction() as session:
        jobs.release(session, claim, dead=True)
    assert job(database, "thing").state == "dead"
    assert jobs.claim(database) is None


def test_an_unknown_state_is_refused(database: Database) -> None:
    """The database takes only the four states."""
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(Job(key="x", kind="inspect", subject="x", state="lost"))


def test_the_clock_of_the_database_counts_seconds(database: Database) -> None:
    """Both databases give the time as seconds since 1970, and it does not stand still."""
    with database.transaction() as session:
        first = database.epoch(session)
        second = database.epoch(session)
    assert 1_700_000_000 < first <= second < 5_000_000_000
