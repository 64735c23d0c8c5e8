"""`workbench demo --once`: the whole example as somebody gets it who has just installed."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.examples import pages
from workbench.demo import example

LONGEST = 600  # seconds, on a machine that does much else
AGAIN = 30


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, in an environment without settings."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("WORKBENCH_")}
    return subprocess.run(
        [sys.executable, "-m", "workbench", "demo", "--once", "--data", str(folder)],
        env=clean,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


def contents(folder: Path) -> dict[str, str]:
    """The files of the folder with the hash of what is in them."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }


def test_the_demo_is_made_once(tmp_path: Path) -> None:
    """It ends with 0 and editions as files that fit together; a second run changes nothing.

    What an earlier demo left unfinished may go: the folder says that it is one.
    """
    folder = tmp_path / "musterstadt"
    folder.mkdir()
    (folder / "demo-begun").touch()
    (folder / "half").write_text("half", encoding="utf-8")
    first = demo(folder)
    assert (first.returncode, first.stderr) == (0, "")
    assert not (folder / "half").exists()
    document = next(folder.glob("*-1.pdf"))
    page, data = document.with_suffix(".html"), document.with_suffix(".json")
    for shown in (page, data, document, "http://127.0.0.1:8000/register", "team@musterstadt"):
        assert str(shown) in first.stdout
    html = page.read_text(encoding="utf-8")
    assert pages.problems(html) == []
    assert hashlib.sha256(data.read_bytes()).hexdigest() in html.replace("<wbr>", "")
    assert document.read_bytes().startswith(b"%PDF-")
    published = [json.loads(file.read_bytes()) for file in folder.glob("*-1.json")]
    assert all(one["example"] for one in published)
    approved = {one.system.name for one in example.every().values() if one.approved}
    assert {one["system"]["name"] for one in published} == approved
    # Every system went through its own months, and the journal was written in their order.
    days = [step["on"] for one in published for step in one["procedure"]]
    assert len(set(days)) > 3 * len(published)
    with closing(sqlite3.connect(folder / "workbench.db")) as database:
        written = [at for (at,) in database.execute("select at from journal order by id")]
    assert written == sorted(written)
    assert written[0][:10] == min(days) < max(days) == written[-1][:10]
    before, started = contents(folder), time.monotonic()
    second = demo(folder)
    assert (second.returncode, contents(folder)) == (0, before)
    assert "Three people" not in second.stdout
    assert str(page) in second.stdout
    assert time.monotonic() - started < AGAIN


@pytest.mark.parametrize("content", ["notes.txt", "workbench.db"])
def test_a_folder_of_somebody_else_is_refused(content: str, tmp_path: Path) -> None:
    """A folder that holds something else stays as it is; the message says what to do."""
    (tmp_path / content).write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    refused = demo(tmp_path)
    assert refused.returncode == 2
    assert f"{tmp_path} holds something else" in refused.stderr
    assert contents(tmp_path) == before
