"""Read-only: what the public may see. Reaches published editions and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from workbench.basics.errors import NotFound
from workbench.basics.text import later
from workbench.disclosure import exports
from workbench.disclosure.record import TransparencyRecord
from workbench.storage import publications
from workbench.storage.database import Database
from workbench.storage.publications import Edition

NOT_PUBLISHED = later("There is no such page in the register.")


@dataclass(frozen=True)
class Entry:
    """One system in the register, by its newest edition."""

    record: TransparencyRecord
    published_at: datetime


@dataclass(frozen=True)
class Published:
    """One edition: ``content`` is the exact JSON whose SHA-256 is ``sha256``.

    ``editions`` are the numbers and times of all editions of the system, newest first. Hashable, as
    pages made of it are kept.
    """

    content: bytes
    sha256: str
    editions: tuple[tuple[int, datetime], ...]
    files: frozenset[str]

    @property
    def record(self) -> TransparencyRecord:
        """The record that the content holds."""
        return _parsed(self.content)

    @property
    def newest(self) -> bool:
        """Whether there is no later edition."""
        return self.record.number == self.editions[0][0]


# Editions never change, so what was read once need not be read again.
_parsed = lru_cache(maxsize=512)(exports.parse)


def entries(database: Database, words: str = "") -> list[Entry]:
    """The published systems by name; with ``words``, those that contain each of them."""
    with database.reading() as session:
        found = [_entry(row) for row in publications.newest(session)]
    wanted = words.casefold().split()
    matching = [entry for entry in found if all(word in _haystack(entry) for word in wanted)]
    return sorted(matching, key=lambda entry: entry.record.system.name.casefold())


def _entry(row: Edition) -> Entry:
    return Entry(_parsed(row.record.encode()), row.published_at)


def _haystack(entry: Entry) -> str:
    system = entry.record.system
    texts: Sequence[str | None] = (system.name, system.purpose, system.department)
    return " ".join(filter(None, texts)).casefold()


def edition(database: Database, slug: str, number: int | None = None) -> Published:
    """An edition of a system, the newest by default; NotFound when there is none."""
    with database.reading() as session:
        row = publications.find(session, slug, number)
        if row is None:
            raise NotFound(NOT_PUBLISHED)
        return Published(
            content=row.record.encode(),
            sha256=row.sha256,
            editions=tuple(publications.numbers(session, slug).items()),
            files=frozenset(publications.file_names(session, row.id)),
        )


def file(database: Database, slug: str, number: int, name: str) -> tuple[bytes, str]:
    """A file of an edition with its media type; NotFound when the edition has none of the name."""
    with database.reading() as session:
        row = publications.find(session, slug, number)
        found = publications.file(session, row.id, name) if row else None
    if found is None:
        raise NotFound(NOT_PUBLISHED)
    return found.content, found.media_type
