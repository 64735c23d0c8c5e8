"""Sets the example town up: its people, then the way of its systems, day by day."""

import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from workbench import install, worker
from workbench.basics import clock
from workbench.basics.errors import BadSetting, WorkbenchError
from workbench.demo import days, example, telling, walking
from workbench.governance.roles import ADMINISTRATION, Actor
from workbench.services import Workspace, open_workspace, people, publications, register
from workbench.settings import Settings

CONTENT = Path(__file__).with_name("musterstadt.yaml")
BEGUN, COMPLETE = "demo-begun", "demo-complete"
PDF = "pdf-de"
AN_HOUR = timedelta(hours=1)
NO_PDF = (
    "The PDF of edition {number} of {slug} was not made. The log says why; set the demo up anew "
    "afterwards."
)
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
    examples = tuple(example.every().values())
    first = min(step.opened_on for one in examples for step in one.phases.values())
    say("1/3  Three people")
    with clock.at(days.morning(first) - AN_HOUR):
        cast = _cast(workspace, town)
    say(f"2/3  The way of {len(examples)} systems since {first}, day by day")
    systems = days.in_order(walking.walk(workspace, cast, one, say) for one in examples)
    approved = [system for system, one in zip(systems, examples, strict=True) if one.approved]
    say("3/3  A second person publishes; the smallest edition as PDF")
    with clock.at(days.morning(town["published_on"])):
        publish(workspace, cast[ADMINISTRATION], approved)


def publish(workspace: Workspace, actor: Actor, systems: Sequence[str]) -> None:
    """Publish every system; the PDF of the last, the smallest, is made at once.

    PDFs take longest. Those of the others are made by the worker as soon as there is one.
    Raises WorkbenchError when the PDF was not made.
    """
    *later, smallest = systems
    slug, number = publications.publish(workspace, actor, smallest)
    worker.drain(workspace)
    if PDF not in register.edition(workspace.database, slug, number).files:
        raise WorkbenchError(NO_PDF, slug=slug, number=number)
    for system_id in later:
        publications.publish(workspace, actor, system_id)


def _cast(workspace: Workspace, town: dict[str, Any]) -> dict[str, Actor]:
    return {
        role: people.add(workspace, role=role, password=town["password"], **person)
        for role, person in town["people"].items()
    }
