"""``serve`` and ``worker`` start what they say, and only for this machine."""

import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import waitress

from tests.cli.conftest import Run
from workbench import worker
from workbench.services import Workspace
from workbench.settings import Settings


class Process:
    """A worker that only notes what happens to it."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.command, self.env, self.ended = command, env, False

    def terminate(self) -> None:
        """Told to stop."""
        self.ended = True

    def wait(self) -> int:
        """Stopped."""
        return 0


@pytest.fixture
def handlers() -> Iterator[None]:
    """The signal handlers of the test run come back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, handlers: None) -> dict[str, Any]:  # noqa: ARG001
    """What would be served, and the worker beside."""
    noted: dict[str, Any] = {}

    def popen(command: list[str], env: dict[str, str]) -> Process:
        noted["worker"] = Process(command, env)
        return noted["worker"]  # type: ignore[no-any-return]

    monkeypatch.setattr(waitress, "serve", lambda app, **options: noted.update(options, app=app))
    monkeypatch.setattr("workbench.serving.subprocess.Popen", popen)
    return noted


def test_it_serves_this_machine_with_a_worker_beside(
    run: Run, installed: Settings, served: dict[str, Any]
) -> None:
    """Loopback only; the worker gets the same settings and ends with the server."""
    done = run("serve", "--threads", "3")
    assert done.exit_code == 0
    assert done.output.startswith(installed.url)
    assert (served["host"], served["port"], served["threads"]) == ("127.0.0.1", 8000, 3)
    assert served["worker"].command[1:4] == ["-m", "workbench", "worker"]
    assert served["worker"].env["WORKBENCH_DATA"] == str(installed.data)
    assert served["worker"].ended


def test_workers_may_run_elsewhere(run: Run, installed: Settings, served: dict[str, Any]) -> None:  # noqa: ARG001
    """Without a worker beside only pages are served."""
    assert run("serve", "--no-worker").exit_code == 0
    assert "worker" not in served


@pytest.mark.parametrize(
    ("url", "port"),
    [("https://ki.example.org", 8000), ("http://127.0.0.1:8123", 8123)],
)
def test_the_port(
    run: Run,
    installed: Settings,  # noqa: ARG001
    served: dict[str, Any],
    url: str,
    port: int,
) -> None:
    """Behind a proxy that speaks https it is 8000, else that of the address."""
    run("serve", "--no-worker", env={"WORKBENCH_URL": url})
    assert (served["host"], served["port"]) == ("127.0.0.1", port)


def test_the_worker_ends_with_a_server_that_is_told_to_stop(
    run: Run,
    installed: Settings,  # noqa: ARG001
    served: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SIGTERM ends the server in order, and the worker beside with it."""
    monkeypatch.setattr(waitress, "serve", lambda *_, **__: signal.raise_signal(signal.SIGTERM))
    assert run("serve").exit_code == 0
    assert served["worker"].ended


def test_leftovers_are_swept_at_start(
    run: Run, installed: Settings, served: dict[str, Any]
) -> None:
    """Half files of a process that died go, kept files stay."""
    files = installed.data / "files"
    files.mkdir(exist_ok=True)
    for name in ("tmp-abc", "0" * 64):
        (files / name).touch()
    run("serve")
    assert [file.name for file in files.iterdir()] == ["0" * 64]
    assert served["app"]


def test_before_init_the_command_is_named(run: Run, tmp_path: Path) -> None:
    """Without an installation nothing starts."""
    for command in ("serve", "worker"):
        done = run(command)
        assert done.exit_code == 2
        assert "workbench init" in done.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_when_told(
    run: Run,
    installed: Settings,
    handlers: None,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    """SIGTERM and Ctrl+C ask it to stop after the job in hand; it does not die in the middle."""
    seen = []

    def work(workspace: Workspace, stop: Event, _parent: int | None) -> None:
        signal.raise_signal(number)
        seen.append((workspace.settings, stop.is_set()))

    monkeypatch.setattr(worker, "work", work)
    assert run("worker").exit_code == 0
    assert seen == [(installed, True)]
