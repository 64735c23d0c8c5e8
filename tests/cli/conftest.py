"""Commands are run as people type them, with settings of their own."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench import settings
from workbench.cli import main
from workbench.settings import Settings

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def no_settings_of_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tester's shell says does not count."""
    for name in list(os.environ):
        if name.startswith("WORKBENCH_"):
            monkeypatch.delenv(name)


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """Settings of an installation that does not exist yet."""
    return {"WORKBENCH_TOWN": "Musterstadt", "WORKBENCH_DATA": str(tmp_path / "data")}


@pytest.fixture
def run(variables: dict[str, str]) -> Run:
    """Run a command; ``env`` changes settings, None takes one away."""

    def typed(*command: str, env: dict[str, str | None] | None = None) -> Result:
        merged: dict[str, str | None] = {**variables, **(env or {})}
        return CliRunner(env=merged).invoke(main, list(command))

    return typed


@pytest.fixture
def installed(variables: dict[str, str], prepared: Path, tmp_path: Path) -> Settings:
    """The installation, ready."""
    shutil.copytree(prepared, tmp_path / "data")
    return settings.read(variables)
