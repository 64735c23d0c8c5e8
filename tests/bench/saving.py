"""What a save costs while twenty people save in the same section: over HTTP, with SQLite."""

import logging
import socket
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

import waitress

from tests.bench import goals
from tests.conftest import settings_in
from tests.examples import cast as examples
from tests.examples import many
from workbench import install
from workbench.app import create_app
from workbench.services import open_workspace


def bench() -> None:
    """Print how 300 saves were answered, and their median, 95th percentile, maximum."""
    # Twenty people at four threads always wait in a queue; that is what is measured.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        settings = settings_in(Path(name) / "data", url)
        install.prepare(settings)
        workspace = open_workspace(settings)
        emails, section = many.gather(workspace, examples.invite(workspace))
        app = create_app(settings, workspace)
        server = waitress.create_server(app, sockets=[door], threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        # In a process of their own: on one, they would wait for themselves.
        with ProcessPoolExecutor(1, get_context("spawn")) as clients:
            sent = clients.submit(many.save, url, emails, section).result()
        server.close()
        workspace.database.engine.dispose()
    times = [one.seconds * 1000 for one in sent]
    conflicts = sum(one.status == 409 for one in sent)
    late = quantiles(times, n=20)[-1]
    print(  # noqa: T201
        f"{len(sent)} saves of {many.PEOPLE} people: {len(sent) - conflicts} kept, {conflicts} "
        f"answered with a conflict page; median {median(times):.0f} ms, "
        f"p95 {late:.0f} ms {goals.SAVING.said(late)}, longest {max(times):.0f} ms"
    )
