"""The fixed cast and an empty workbench for every test: own folder, own database, no network."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from tests.examples import quickly
from tests.examples.cast import PASSWORD, Cast, invite
from tests.examples.compiled import TEMPLATES
from workbench import install, resources
from workbench.app import create_app
from workbench.questionnaire.library import Library
from workbench.questionnaire.loading import load
from workbench.services import Workspace, open_workspace, people
from workbench.settings import Settings
from workbench.storage import database

URL = "http://127.0.0.1:8000"
SHIPPED = database.PRAGMAS
# Every process of the tests, and of the many that they start, would compile all modules anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests come first: at the end no processor waits for one that began late."""
    items.sort(key=lambda one: "journeys" not in one.path.parts)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but this machine is an error."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and str(address[0]) not in {"127.0.0.1", "::1"}:  # type: ignore[index]
            raise AssertionError(f"a test wants to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(autouse=True, scope="session")
def read_once() -> Iterator[None]:
    """The shipped questionnaires are read once for all tests, which saves each 0.4 seconds."""
    shipped = resources.folder("questionnaires")
    library = quickly.library()

    def known(folder: Path, own: Path | None = None) -> Library:
        return library if own is None and folder == shipped else load(folder, own)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.storage.workspace.load", known)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_power_cut() -> Iterator[None]:
    """No test cuts the power: none waits at each commit, some 10 ms, until the disk has written."""
    waiting, at_once = "synchronous=full", "synchronous=off"
    assert waiting in SHIPPED
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            database, "PRAGMAS", tuple(at_once if one == waiting else one for one in SHIPPED)
        )
        yield


@pytest.fixture(scope="session")
def fast_hashing() -> Iterator[None]:
    """Passwords are hashed with the cheapest parameters: most tests are not about them."""
    slow = people._hasher
    people._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    people._hasher = slow


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as ``workbench init`` leaves it; each test gets a copy."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    install.prepare(settings_in(folder))
    return folder


def settings_in(folder: Path, url: str = URL) -> Settings:
    """Settings of the town of Musterstadt with everything in one folder."""
    return Settings(
        data=folder, database=f"sqlite:///{folder / 'workbench.db'}", url=url, town="Musterstadt"
    )


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    """Settings of a fresh, empty installation."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    return settings_in(folder)


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """What services work on."""
    opened = open_workspace(settings)
    yield opened
    opened.database.engine.dispose()


@pytest.fixture
def cast(workspace: Workspace) -> Cast:
    """Alice and Bob work on the same system, Charlie on none; Dora and Emil are the board."""
    return invite(workspace)


@pytest.fixture
def app(settings: Settings, workspace: Workspace) -> Flask:
    """The web app on the workspace."""
    made = create_app(settings, workspace)
    made.testing = True
    made.jinja_env.bytecode_cache = TEMPLATES
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def client_of(app: Flask) -> Callable[[str], FlaskClient]:
    """A signed-in browser for an e-mail address of the cast."""

    def signed_in(email: str) -> FlaskClient:
        browser = app.test_client()
        page = browser.get("/sign-in", base_url=URL)
        token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
        answer = browser.post(
            "/sign-in",
            base_url=URL,
            data={"csrf_token": token, "email": email, "password": PASSWORD},
        )
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return browser

    return signed_in
