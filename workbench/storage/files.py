"""Files by content: one gate for every path.

A file is named by the SHA-256 of its bytes, so a name never comes from a person, the same content
is kept once, and a damaged file is noticed.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workbench.basics.errors import NotFound, TooLarge
from workbench.basics.text import later

CHUNK = 1 << 20
NAME = re.compile(r"[0-9a-f]{64}")


class Files:
    """The store of uploads, charts and documents in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, source: BinaryIO, limit: int) -> str:
        """Keep a stream and return its SHA-256; raises TooLarge and keeps nothing past the limit.

        ``limit`` in bytes. The file appears whole or not at all, also when the power fails.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="tmp-", delete=False) as target:
            try:
                while chunk := source.read(CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise TooLarge(
                            later("The file is larger than {limit} MB. Send a smaller one."),
                            limit=limit // 1_000_000,
                        )
                    digest.update(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
                Path(target.name).replace(self.folder / digest.hexdigest())
                self._remember()
            except BaseException:
                Path(target.name).unlink(missing_ok=True)
                raise
        return digest.hexdigest()

    def _remember(self) -> None:
        # A row will name the file: its place in the folder has to outlast a power cut, too.
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def path(self, sha256: str) -> Path:
        """Where a kept file lies; NotFound for anything that is not the name of a kept file."""
        if not self.holds(sha256):
            raise NotFound(later("This file does not exist."))
        return self.folder / sha256

    def holds(self, sha256: str) -> bool:
        """Whether it is the name of a kept file."""
        return bool(NAME.fullmatch(sha256)) and (self.folder / sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """The bytes of a kept file; NotFound when missing or when its content no longer fits."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise NotFound(later("This file is damaged. Restore it from the backup."))
        return content

    def drop(self, sha256: str) -> None:
        """Delete a kept file; one that is not there is fine."""
        if NAME.fullmatch(sha256):
            (self.folder / sha256).unlink(missing_ok=True)

    def leftovers(self) -> Iterator[Path]:
        """Unfinished files of a process that died; ``serve`` sweeps them at start."""
        yield from self.folder.glob("tmp-*")
