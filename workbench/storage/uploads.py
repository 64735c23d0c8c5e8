"""What a person hands in as a file: kept with the row that names it, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import BinaryIO

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.storage import audits
from workbench.storage.workspace import Workspace

EMPTY = sha256(b"").hexdigest()
EMPTY_FILE = later("The file is empty. Choose a file with content.")


@contextmanager
def kept(workspace: Workspace, source: BinaryIO | None, limit: int, *, field: str) -> Iterator[str]:
    """The SHA-256 under which the file is kept, "" without a file; ``limit`` in bytes.

    Nothing stays behind when the work inside is refused, unless something else uses the content.
    Raises TooLarge past the limit and InvalidInput for an empty file, naming the ``field``.
    """
    if source is None:
        yield ""
        return
    name = workspace.files.put(source, limit)
    try:
        if name == EMPTY:
            raise InvalidInput(EMPTY_FILE, {field: EMPTY_FILE})
        yield name
    except BaseException:
        with workspace.database.transaction() as session:
            if not audits.uses(session, name):
                workspace.files.drop(name)
        raise
