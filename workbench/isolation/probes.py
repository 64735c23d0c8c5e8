"""Harmless attempts to get out of the jail: the tests and ``workbench doctor`` run them in it."""

import atexit
import os
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench.isolation.tasks import Report

FOREIGN_FILE = Path("/etc/passwd")
SUM_UP_TO = 1_000


def attempt(folder: Path, arguments: Mapping[str, object], report: Report) -> dict[str, object]:
    """Try what ``arguments["probe"]`` names; gives {"escaped": bool, "seen": …}.

    An attempt that the jail stops raises OSError and so has not escaped. ``healthy`` is the twin
    that only does what is allowed.
    """
    name = str(arguments["probe"])
    report(0.5, name)
    try:
        seen = PROBES[name](folder)
    except OSError as error:
        return {"escaped": False, "seen": type(error).__name__}
    return {"escaped": name not in HARMLESS, "seen": seen}


def healthy(folder: Path) -> object:
    """Read the one folder and calculate."""
    return [*sorted(path.read_text() for path in folder.iterdir()), sum(range(SUM_UP_TO))]


def write_file(folder: Path) -> object:
    """Create a file in the one folder that can be read."""
    return (folder / "escaped").write_text("x")


def change_mode(folder: Path) -> object:
    """Change rights: Landlock alone does not stop this."""
    folder.chmod(0o777)
    return "changed"


def read_foreign_file(_folder: Path) -> object:
    """Read a file of the machine."""
    return len(FOREIGN_FILE.read_text())


def open_socket(_folder: Path) -> object:
    """Open a network socket."""
    with socket.socket() as connection:
        return connection.fileno()


def start_program(_folder: Path) -> object:
    """Run another program."""
    return subprocess.run(["/bin/true"], check=True).returncode


def fork(_folder: Path) -> object:
    """Leave a second process behind."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    return child


def signal_parent(_folder: Path) -> object:
    """Ask whether the parent could be signalled (signal 0 does nothing)."""
    os.kill(os.getppid(), 0)
    return "reached"


def hang(_folder: Path) -> object:
    """Do nothing, for ever."""
    while True:
        time.sleep(1)


def spin(_folder: Path) -> object:
    """Compute for ever."""
    while True:
        pass


def grab_memory(_folder: Path) -> object:
    """Ask for more memory than there is to have."""
    return len(bytearray(1 << 40))


def crash(_folder: Path) -> object:
    """End like a loader that a damaged file has crashed."""
    os.abort()


def crash_at_the_end(_folder: Path) -> object:
    """Answer, then end like a library whose threads do not stop in order."""
    atexit.register(os.abort)
    return "answered"


def flood(_folder: Path) -> object:
    """Answer without end."""
    return "x" * (64 << 20)


PROBES: Mapping[str, Callable[[Path], object]] = {
    probe.__name__: probe
    for probe in (
        healthy,
        write_file,
        change_mode,
        read_foreign_file,
        open_socket,
        start_program,
        fork,
        signal_parent,
        hang,
        spin,
        grab_memory,
        crash,
        crash_at_the_end,
        flood,
    )
}
HARMLESS = frozenset({"healthy", "crash_at_the_end"})
# Those that end by themselves: the self-test tries them one after the other.
QUICK = (
    "write_file",
    "change_mode",
    "read_foreign_file",
    "open_socket",
    "start_program",
    "fork",
    "signal_parent",
)
