"""Serves the pages with waitress, and one worker beside as a process of its own."""

import os
import signal
import subprocess
import sys

import waitress

from workbench import settings
from workbench.app import create_app
from workbench.settings import Settings

BEHIND_PROXY = 8000


def serve(chosen: Settings, *, with_worker: bool = True, threads: int = 8) -> None:
    """Serve until stopped.

    On plain http the port is that of ``WORKBENCH_URL``; behind a proxy that speaks https it is
    8000. Only this machine can connect: the proxy is the door to the network.
    """
    app = create_app(chosen)
    for leftover in app.extensions["workspace"].files.leftovers():
        leftover.unlink(missing_ok=True)
    # As Ctrl+C does: the worker beside must end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    worker = _worker(chosen) if with_worker else None
    port = BEHIND_PROXY if chosen.https else chosen.port
    try:
        waitress.serve(app, host="127.0.0.1", port=port, threads=threads, ident=None)
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait()


def _worker(chosen: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "workbench", "worker", "--parent", str(os.getpid())]
    environment = {**os.environ, **settings.environment(chosen)}
    return subprocess.Popen(command, env=environment)  # noqa: S603 - our own program
