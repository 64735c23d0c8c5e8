"""Make an installation ready: data folder, secret key, database."""

import os
import secrets
from pathlib import Path

from workbench.basics.errors import BadSetting
from workbench.settings import KEY_BYTES, Settings
from workbench.storage import jobs, schema
from workbench.storage.database import Database


def prepare(settings: Settings) -> list[str]:
    """Do what is missing, try failed jobs again; returns what was done, line by line.

    Raises BadSetting when folder or database cannot be used.
    """
    done = []
    try:
        if not settings.data.is_dir():
            settings.data.mkdir(parents=True, mode=0o700)
            done.append(f"data folder {settings.data}")
        if not settings.key_file.exists():
            write_key(settings.key_file)
            done.append(f"secret key {settings.key_file}")
    except OSError as error:
        raise BadSetting(
            f"WORKBENCH_DATA is {settings.data}, which cannot be written: {error.strerror}."
        ) from error
    database = Database(settings.database)
    if schema.current(database) != schema.head():
        schema.upgrade(database)
        done.append(f"database schema {schema.head()}")
    with database.transaction() as session:
        # Somebody runs ``init`` after mending what made them fail, or after an update.
        if revived := jobs.revive(session):
            done.append(f"{revived} failed jobs, to be tried again")
    database.engine.dispose()
    return done


def write_key(file: Path) -> None:
    """A fresh key that only its owner can read, from the first moment on."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(secrets.token_bytes(2 * KEY_BYTES))
