"""A vendor computes a check with the command line; the town takes it in and sets it beside its own.

Everything as it runs: commands and the worker are processes of their own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.examples import cast as examples
from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast, email
from tests.examples.town import table
from workbench import settings
from workbench.services import Workspace

PLAN = {
    "outcome": "outcome",
    "positive": "1",
    "prediction": "prediction",
    "attributes": "sex",
    "reason": "Wer zu Unrecht gemeldet wird, hat Arbeit damit.",
}
SECONDS = 240
GAP = "Abstand bei erkannten günstigen Fällen"


@pytest.fixture
def worker(workspace: Workspace, cast: Cast) -> Iterator[subprocess.Popen[bytes]]:  # noqa: ARG001
    """A worker as `workbench worker` starts it, ended with the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "worker", "--parent", str(os.getpid())],
        env={**os.environ, **settings.environment(workspace.settings)},
    )
    yield process
    process.terminate()
    assert process.wait(timeout=60) == 0


def computed(folder: Path) -> bytes:
    """The result.json of a newer version of the system, which misses nobody."""
    better = table(400).replace(b"f,1,0", b"f,1,1")
    (folder / "decisions.csv").write_bytes(better)
    command = ["audit", "decisions.csv", "--outcome", "outcome", "--prediction", "prediction"]
    options = ["--positive", "1", "--group", "sex", "--no-pdf", "--out", "out"]
    done = subprocess.run(
        [sys.executable, "-m", "workbench", *command, *options],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return (folder / "out" / "result.json").read_bytes()


def waited(browser: Browser, path: str) -> str:
    """The page once nothing on it waits any more."""
    until = time.monotonic() + SECONDS
    while "<progress" in (html := browser.page(path)):
        assert time.monotonic() < until, path
        time.sleep(0.5)
    return html


def cells(html: str) -> list[list[str]]:
    """The texts of each row of the page's tables."""
    rows = [one for one in pages.elements(html) if one.tag == "tr"]
    return [["".join(cell.itertext()).strip() for cell in row] for row in rows]


def number(said: str) -> float:
    """A number as a German page writes it."""
    return float(said.split(maxsplit=1)[0].replace(",", "."))


def test_a_handed_over_check_beside_the_own_one(
    workspace: Workspace,
    cast: Cast,
    client_of: Callable[[str], FlaskClient],
    worker: subprocess.Popen[bytes],
    tmp_path: Path,
) -> None:
    system_id = examples.register(workspace, cast)
    browser, audits = Browser(client_of(email("alice"))), f"/systems/{system_id}/audits"
    handed_over = computed(tmp_path)

    # The town's own check of the version in use.
    data = browser.upload(f"{audits}/new", table=(table(400), "entscheidungen.csv")).location
    assert "<progress" not in waited(browser, data)
    own = browser.post(data, PLAN).location
    assert 'class="record-check"' in waited(browser, own)

    # The vendor's check of the next version.
    imported = browser.upload(f"{audits}/import", result=(handed_over, "result.json")).location
    html = waited(browser, imported)
    assert pages.problems(html) == []
    assert "Importiert" in html
    assert "importiert am" in browser.page(data)  # among the plans, where a plan can begin

    # Side by side: the gap in recognised cases became smaller.
    before = own.rpartition("/")[2]
    there = browser.post(f"{imported}/compare", {"before": before}).location
    read = waited(browser, there)
    assert pages.problems(read) == []
    earlier, later = next(row for row in cells(read) if row[0] == GAP)[1:3]
    assert number(earlier) > number(later) > 0
    charts = [one for one in pages.elements(read) if one.tag == "img"]
    assert charts
    for chart in charts:
        assert chart.get("alt")
        assert browser.get(chart.get("src") or "").mimetype == "image/svg+xml"
    assert worker.poll() is None
