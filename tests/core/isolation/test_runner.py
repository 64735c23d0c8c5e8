"""A task in the jail reads one folder and answers; it does nothing else, and the parent goes on."""

from pathlib import Path

import pytest

from workbench.basics.errors import DataRefused, Unavailable
from workbench.isolation import runner
from workbench.isolation.probes import QUICK
from workbench.isolation.runner import run

ATTEMPT = "workbench.isolation.probes:attempt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.txt").write_text("given")
    return tmp_path


def test_it_works(folder: Path) -> None:
    """A task that only reads its folder and calculates gets its answer through."""
    steps: list[tuple[float, str]] = []

    answer = run(
        ATTEMPT,
        folder,
        {"probe": "healthy"},
        wall_seconds=20,
        report=lambda share, step: steps.append((share, step)),
    )

    assert answer == {"escaped": False, "seen": ["given", 499500]}
    assert steps == [(0.5, "healthy")]


@pytest.mark.parametrize("probe", QUICK)
def test_it_stops(folder: Path, probe: str) -> None:
    """Writing, changing rights, foreign files, sockets, programs, processes, signals: refused."""
    answer = run(ATTEMPT, folder, {"probe": probe}, wall_seconds=20)

    assert answer == {"escaped": False, "seen": "PermissionError"}
    assert [path.name for path in folder.iterdir()] == ["data.txt"]


@pytest.mark.parametrize(
    ("probe", "message"),
    [
        ("hang", runner.TIME_LIMIT),
        ("crash", runner.LOADER_CRASHED),
        ("flood", runner.ANSWER_TOO_LARGE),
    ],
)
def test_it_ends(folder: Path, probe: str, message: str) -> None:
    """A task that hangs, crashes or floods is ended, and the reason is a sentence."""
    with pytest.raises(DataRefused) as refused:
        run(ATTEMPT, folder, {"probe": probe}, wall_seconds=3)

    assert message == refused.value.message


def test_a_crash_at_the_end(folder: Path) -> None:
    """What libraries do when the interpreter ends does not make a good file a damaged one."""
    answer = run(ATTEMPT, folder, {"probe": "crash_at_the_end"}, wall_seconds=20)

    assert answer == {"escaped": False, "seen": "answered"}


def test_processor_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that uses up its computing time is told apart from one that waits too long."""
    monkeypatch.setattr(runner, "THREADS", 0.1)

    with pytest.raises(DataRefused) as refused:
        run(ATTEMPT, folder, {"probe": "spin"}, wall_seconds=10)

    assert refused.value.message == runner.PROCESSOR_LIMIT


def test_memory_limit(folder: Path) -> None:
    """A task that asks for more memory than allowed is refused with what to do."""
    with pytest.raises(DataRefused, match="more memory"):
        run(ATTEMPT, folder, {"probe": "grab_memory"}, wall_seconds=20)


def test_unforeseen_errors_are_logged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody foresaw reaches the log in full and the person as a sentence."""
    with pytest.raises(DataRefused) as refused:
        run(ATTEMPT, folder, {"probe": "no such probe"}, wall_seconds=20)

    assert refused.value.message == runner.UNFORESEEN
    assert "no such probe" in caplog.text


def test_only_listed_tasks_run(folder: Path) -> None:
    """A name that is not on the list is refused before a process starts."""
    with pytest.raises(LookupError):
        run("os:system", folder, {}, wall_seconds=1)


def test_it_fails_closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the jail cannot be built nothing is opened, and the person learns what to do."""
    broken = runner.START.replace(
        "from workbench.isolation.child",
        "from workbench.isolation import landlock; landlock.version = lambda: 0; "
        "from workbench.isolation.child",
    )
    monkeypatch.setattr(runner, "START", broken)

    with pytest.raises(Unavailable, match="Landlock"):
        run(ATTEMPT, folder, {"probe": "healthy"}, wall_seconds=20)
