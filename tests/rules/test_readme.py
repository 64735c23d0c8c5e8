"""The README knows every setting and every command, so nobody has to read the code to run it."""

import re
from pathlib import Path

import click
import pytest

from workbench import settings
from workbench.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, before: str = "workbench") -> list[str]:
    """Every command, as one types it."""
    found = []
    for name, command in group.commands.items():
        typed = f"{before} {name}"
        found += commands(command, typed) if isinstance(command, click.Group) else [typed]
    return found


@pytest.mark.parametrize("name", sorted(settings.VARIABLES))
def test_every_setting_is_explained(name: str) -> None:
    """Each variable that is read stands in the README."""
    assert name in README


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_explained(command: str) -> None:
    """Each command that can be typed stands in the README."""
    assert re.search(rf"{command}\b", README), f"README does not mention `{command}`"


def test_no_setting_is_invented() -> None:
    """Twin: what the README calls a setting is one."""
    assert set(re.findall(r"WORKBENCH_[A-Z]+", README)) == set(settings.VARIABLES)


def test_no_command_is_invented() -> None:
    """Twin: what the README tells people to type exists."""
    typed = set(re.findall(r"\bworkbench ([a-z]+)\b(?=[^\n]*[`#])", README))
    assert typed <= set(main.commands)
