"""Tests of pages start in a town where one system is published and one is being answered."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import settings_in
from tests.examples import town as towns
from tests.examples.browser import Browser
from tests.examples.cast import Cast, email
from tests.examples.town import Town
from workbench.settings import Settings


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, fast_hashing: None) -> Town:  # noqa: ARG001
    """The ids of all that exists; never write in its folder, every test has a copy."""
    return towns.shared(tmp_path_factory, settings_in)


@pytest.fixture
def settings(town: Town, tmp_path: Path) -> Settings:
    """Settings of a fresh copy of the town."""
    return settings_in(Path(shutil.copytree(town.data, tmp_path / "data")))


@pytest.fixture
def cast(town: Town) -> Cast:
    """The people of the town."""
    return town.cast


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """The browser of somebody who is not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def browser_of(client_of: Callable[[str], FlaskClient]) -> Callable[[str], Browser]:
    """The signed-in browser of a member of the cast, by first name."""
    return lambda name: Browser(client_of(email(name)))
