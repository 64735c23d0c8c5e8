"""A workbench that really runs: served on a port of this machine, with a worker beside it."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright
from waitress import wasyncore

from tests.conftest import settings_in
from tests.examples import cast as people
from tests.examples.compiled import TEMPLATES
from tests.examples.running import Running
from workbench import worker
from workbench.app import create_app
from workbench.services import open_workspace

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-smooth-scrolling",
)  # fmt: skip


@pytest.fixture
def running(prepared: Path, tmp_path: Path, fast_hashing: None) -> Iterator[Running]:  # noqa: ARG001
    """A workbench on a free port, ended with the test."""
    folder = Path(shutil.copytree(prepared, tmp_path / "served"))
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        workspace = open_workspace(settings_in(folder, url))
        people.invite(workspace)
        made = Running(url, workspace, threading.Event())
        made.quick.set()
        app = create_app(workspace.settings, workspace)
        app.jinja_env.bytecode_cache = TEMPLATES
        server = waitress.create_server(made.slowed(app), sockets=[door], threads=4)
        stop = threading.Event()
        threads = [
            threading.Thread(target=server.run, daemon=True),
            threading.Thread(target=worker.work, args=(workspace, stop), daemon=True),
        ]
        for thread in threads:
            thread.start()
        yield made
        stop.set()
        # In the server's own thread: with nothing left to listen to, it ends.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
        for thread in threads:
            thread.join(timeout=30)
        workspace.database.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The browser of this machine, without its own network habits; each visit is a fresh one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is missing: `apt-get install chromium`")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
