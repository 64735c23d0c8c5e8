"""Everything here holds on both databases: a test that takes ``database`` runs on each of them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import settings_in
from tests.examples import postgresql, quickly
from tests.examples.cast import Cast, invite
from tests.examples.postgresql import Cluster
from workbench import install
from workbench.services import Workspace
from workbench.storage.database import Database
from workbench.storage.tables import METADATA

NAMES = count(1)
BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for this run."""
    programs = postgresql.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgresql.running(programs) as started:
        yield started


@pytest.fixture(scope="session")
def migrated(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated PostgreSQL database, which the tests use one after the other."""
    settings = settings_in(tmp_path_factory.mktemp("migrated") / "data")
    address = cluster.create("migrated")
    install.prepare(replace(settings, database=address))
    return address


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.create(f"empty_{next(NAMES)}")


@pytest.fixture
def postgres_url(migrated: str) -> str:
    """The address of a migrated PostgreSQL database without any row."""
    database = Database(migrated)
    tables = ", ".join(f'"{table.name}"' for table in METADATA.tables.values())
    with database.transaction() as session:
        session.connection().exec_driver_sql(f"truncate {tables} restart identity")
    database.engine.dispose()
    return migrated


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> str:
    """The address of a migrated database."""
    if request.param == "sqlite":
        shutil.copy(prepared / "workbench.db", tmp_path / "copy.db")
        return f"sqlite:///{tmp_path / 'copy.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A migrated, empty database."""
    opened = Database(url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def anywhere(url: str, prepared: Path, tmp_path: Path, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """A workspace on either database."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    quick = quickly.opened(replace(settings_in(folder), database=url))
    yield quick
    quick.database.engine.dispose()


@pytest.fixture
def cast(anywhere: Workspace) -> Cast:
    """The cast in that workspace."""
    return invite(anywhere)
