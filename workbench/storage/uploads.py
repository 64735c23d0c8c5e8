"""What a person hands in as a file: kept with the row that names it, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import BinaryIO

from sqlmodel import Session

from workbench.basics.errors import InvalidInput, TooLarge
from workbench.basics.text import later
from workbench.storage import audits, evidence
from workbench.storage.workspace import Workspace

EMPTY = sha256(b"").hexdigest()
EMPTY_FILE = later("The file is empty. Choose a file with content.")


@contextmanager
def kept(workspace: Workspace, source: BinaryIO | None, limit: int, *, field: str) -> Iterator[str]:
    """The SHA-256 under which the file is kept, "" without a file; ``limit`` in bytes.

    Nothing stays behind when the work inside is refused, unless something else uses the content.
    Raises TooLarge past the limit, with the ``field`` in its values, and InvalidInput for an empty
    file, naming the field.
    """
    if source is None:
        yield ""
        return
    try:
        name = workspace.files.put(source, limit)
    except TooLarge as error:
        raise TooLarge(error.message, **error.values, field=field) from error
    try:
        if name == EMPTY:
            raise InvalidInput(EMPTY_FILE, {field: EMPTY_FILE})
        yield name
    except BaseException:
        with workspace.database.transaction() as session:
            if not in_use(session, name):
                workspace.files.drop(name)
        raise


def in_use(session: Session, sha256: str, besides: str = "") -> bool:
    """Whether anything but the data set ``besides`` keeps the file; it may be dropped if not."""
    return audits.uses(session, sha256, besides) or evidence.uses(session, sha256)
