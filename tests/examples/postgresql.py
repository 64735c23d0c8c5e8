"""A PostgreSQL of our own while the tests run: in a temporary folder, on a socket."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

# Nothing in it outlives the tests, so nothing has to reach the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"


@dataclass(frozen=True)
class Cluster:
    """A running server; ``folder`` holds its socket."""

    folder: Path

    def url(self, name: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str) -> str:
        """A new, empty database; returns its address."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"create database {name}")
        return self.url(name)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl; None when PostgreSQL is not installed."""
    folders = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True),
        *[Path(found).parent for found in [shutil.which("initdb")] if found],
    ]
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


def _version(folder: Path) -> float:
    return float(folder.parent.name)


@contextmanager
def running(bin_folder: Path) -> Iterator[Cluster]:
    """Start a cluster, stop and delete it at the end."""
    # A socket's path may have about 100 characters: pytest's own folders are too deep.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        owner = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        if owner:
            shutil.chown(folder, owner)

        def run(*command: str) -> None:
            done = subprocess.run(
                [bin_folder / command[0], *command[1:]],
                user=owner,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            assert done.returncode == 0, f"{command[0]} failed; see {folder}"

        data, log = str(folder / "data"), str(folder / "log")
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} {FAST}"
        run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        try:
            yield Cluster(folder)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
