"""Sets the example town up: its people, then one system after the other."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from workbench import install, worker
from workbench.basics.errors import BadSetting
from workbench.demo import example, telling, walking
from workbench.governance.roles import ADMINISTRATION, Actor
from workbench.services import Workspace, open_workspace, people, publications
from workbench.settings import Settings

CONTENT = Path(__file__).with_name("musterstadt.yaml")
BEGUN, COMPLETE = "demo-begun", "demo-complete"
Say = Callable[[str], None]


def set_up(settings: Settings, say: Say) -> None:
    """Make the examples in the settings' data folder, or say that they are there already.

    Raises BadSetting when the folder holds something else than a demo.
    """
    town = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    if not (settings.data / COMPLETE).exists():
        _clear(settings.data)
        install.prepare(settings)
        (settings.data / BEGUN).touch()
        _make(open_workspace(settings), town, say)
        (settings.data / COMPLETE).touch()
    telling.show(settings, town, say)


def _clear(folder: Path) -> None:
    # Only what an interrupted demo left is deleted, never a town's data.
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / BEGUN).exists():
        raise BadSetting(f"{folder} holds something else. Choose an empty folder with --data.")
    shutil.rmtree(folder)


def _make(workspace: Workspace, town: dict[str, Any], say: Say) -> None:
    examples = example.every()
    steps = len(examples) + 2
    say(f"1/{steps}  Three people")
    cast = _cast(workspace, town)
    approved: list[str] = []
    for number, one in enumerate(examples.values(), start=2):
        say(f"{number}/{steps}  {one.system.name}")
        system_id = walking.walk(workspace, cast, one, say)
        approved += [system_id] if one.approved else []
    say(f"{steps}/{steps}  A second person publishes; the smallest edition as PDF")
    *later, smallest = approved
    publications.publish(workspace, cast[ADMINISTRATION], smallest)
    worker.drain(workspace)
    # PDFs take longest. Those of the others are made by the worker as soon as there is one.
    for system_id in later:
        publications.publish(workspace, cast[ADMINISTRATION], system_id)


def _cast(workspace: Workspace, town: dict[str, Any]) -> dict[str, Actor]:
    return {
        role: people.add(workspace, role=role, password=town["password"], **person)
        for role, person in town["people"].items()
    }
