"""``workbench init`` makes what is missing and changes nothing that is there."""

import os
from pathlib import Path

import pytest
from sqlmodel import select

from tests.cli.conftest import Run
from workbench import settings
from workbench.storage import schema
from workbench.storage.database import Database
from workbench.storage.jobs import Job


def test_it_works(run: Run, variables: dict[str, str], tmp_path: Path) -> None:
    """Folder, key and database are there afterwards, and the command says what it made."""
    done = run("init")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert [line.split(" /")[0] for line in lines[:2]] == ["made: data folder", "made: secret key"]
    assert lines[2].startswith("made: database schema")
    assert {file.name for file in (tmp_path / "data").iterdir()} >= {"secret.key", "workbench.db"}
    schema.require(Database(settings.read(variables).database))


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read_the_key(run: Run, tmp_path: Path, umask: int) -> None:
    """Whatever the shell's umask: the key has mode 0600 and the folder 0700 at most."""
    before = os.umask(umask)
    try:
        assert run("init").exit_code == 0
    finally:
        os.umask(before)
    key = tmp_path / "data" / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o077 == 0
    assert key.stat().st_size >= 32


def test_twice_is_once(run: Run, tmp_path: Path) -> None:
    """The second time nothing is made, and the key stays: signed things stay valid."""
    run("init")
    key = (tmp_path / "data" / "secret.key").read_bytes()
    again = run("init")
    assert (again.exit_code, again.output) == (0, "Everything is there already.\n")
    assert (tmp_path / "data" / "secret.key").read_bytes() == key


def test_two_installations_have_different_keys(run: Run, tmp_path: Path) -> None:
    """A key is never a constant."""
    keys = set()
    for name in ("one", "two"):
        run("init", env={"WORKBENCH_DATA": str(tmp_path / name)})
        keys.add((tmp_path / name / "secret.key").read_bytes())
    assert len(keys) == 2


def test_only_what_is_missing_is_made(run: Run, tmp_path: Path) -> None:
    """A lost database comes back empty, beside the key that was kept."""
    run("init")
    (tmp_path / "data" / "workbench.db").unlink()
    done = run("init")
    assert done.output.startswith("made: database schema")
    assert len(done.output.splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WORKBENCH_DATA", "/dev/null/folder"),
        ("WORKBENCH_DATABASE", "sqlite:////nonexistent/folder/x.db"),
        ("WORKBENCH_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:1/x"),
    ],
)
def test_a_place_that_cannot_be_used_is_named(run: Run, variable: str, value: str) -> None:
    """One line that names the variable, no traceback."""
    done = run("init", env={variable: value})
    assert done.exit_code == 2
    assert f"workbench: {variable}" in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_failed_jobs_are_tried_again(run: Run, variables: dict[str, str]) -> None:
    """A job that was buried is queued with new attempts; one that is done stays done."""
    run("init")
    database = Database(settings.read(variables).database)
    with database.transaction() as session:
        session.add(Job(key="pdf:a", kind="pdf", subject="a", state="dead", attempts=3))
        session.add(Job(key="pdf:b", kind="pdf", subject="b", state="done", attempts=1))
    assert run("init").output.splitlines() == ["made: 1 failed jobs, to be tried again"]
    with database.reading() as session:
        states = {job.key: (job.state, job.attempts) for job in session.exec(select(Job))}
    assert states == {"pdf:a": ("queued", 0), "pdf:b": ("done", 1)}
    database.engine.dispose()
