"""Pages of audits are tested in a town without the engine: results are made up."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import settings_in
from tests.examples import audited
from tests.examples import cast as examples
from tests.examples.cast import Cast
from workbench.services import Workspace
from workbench.settings import Settings


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    """Settings of a fresh, empty installation."""
    return settings_in(Path(shutil.copytree(prepared, tmp_path / "data")))


@pytest.fixture
def cast(workspace: Workspace) -> Cast:
    """The people of the town."""
    return examples.invite(workspace)


@pytest.fixture
def system_id(workspace: Workspace, cast: Cast) -> str:
    """Alice's and Bob's system."""
    return examples.register(workspace, cast)


@pytest.fixture
def dataset_id(workspace: Workspace, cast: Cast, system_id: str) -> str:
    """A table that the worker has read and nobody has planned for."""
    return audited.handed_in(workspace, cast.alice, system_id)
