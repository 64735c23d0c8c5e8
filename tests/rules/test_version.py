"""There is one version, and everybody tells the same."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

from click.testing import CliRunner

import workbench
from workbench.cli import main

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_command_tells_the_version_of_the_package() -> None:
    """``workbench --version`` is what the code says."""
    told = CliRunner().invoke(main, ["--version"]).output
    assert told.split()[-1] == workbench.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", workbench.__version__)


def test_the_package_takes_its_version_from_the_code() -> None:
    """It stands in one place: pyproject.toml reads it from there."""
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "workbench/__init__.py"
    assert metadata.version("ki-werkbank") == workbench.__version__


def test_every_dependency_has_bounds() -> None:
    """A dependency without a lower bound could be one with a known hole."""
    names = PROJECT["project"]["dependencies"]
    assert len(names) > 10
    assert [name for name in names if ">=" not in name] == []
