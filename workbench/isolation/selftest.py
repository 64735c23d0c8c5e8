"""Asks whether the jail holds on this machine: for ``workbench doctor``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.isolation.probes import QUICK
from workbench.isolation.runner import run

SECONDS = 20


def escapes() -> tuple[str, ...]:
    """The probes that got out: empty when the jail holds.

    Raises Unavailable, with what to do, when this machine cannot build the jail at all.
    """
    with TemporaryDirectory() as folder:
        return tuple(name for name in QUICK if _escaped(name, Path(folder)))


def _escaped(name: str, folder: Path) -> bool:
    task = "workbench.isolation.probes:attempt"
    return run(task, folder, {"probe": name}, wall_seconds=SECONDS)["escaped"] is True
