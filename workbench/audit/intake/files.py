"""What the file system refuses, as a sentence. Light: the command line uses it before reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.basics.errors import DataRefused
from workbench.basics.text import later

NO_FILE = later("There is no file or folder “{path}”. Check the name and the place.")
NOT_OPENED = later("“{path}” cannot be opened ({reason}). Check the rights to read it.")


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Raises DataRefused where a file or folder is not there or cannot be read."""
    try:
        yield
    except FileNotFoundError as error:
        raise DataRefused(NO_FILE, path=path.name) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DataRefused(NOT_OPENED, path=path.name, reason=reason) from error
