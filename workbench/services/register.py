"""Read-only: what the public may see. Reaches published editions and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """One edition: ``content`` is the exact JSON whose SHA-256 is ``sha256``."""

    record: TransparencyRecord
    content: bytes
    sha256: str
    editions: dict[int, datetime]
    files: set[str]

    @property
    def newest(self) -> bool:
        """Whether there is no later edition."""
        return self.record.number == max(self.editions)


def entries(database: Database, words: str = "") -> list[Entry]:
    """The published systems by name; with ``words``, those that contain each of them."""
    with database.reading() as session:
        found = [_entry(row) for row in publications.newest(session)]
    wanted = words.casefold().split()
    matching = [entry for entry in found if all(word in _haystack(entry) for word in wanted)]
    return sorted(matching, key=lambda entry: entry.record.system.name.casefold())


def _entry(row: Edition) -> Entry:
    return Entry(exports.parse(row.record.encode()), row.published_at)


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
            record=exports.parse(row.record.encode()),
            content=row.record.encode(),
            sha256=row.sha256,
            editions=publications.numbers(session, slug),
            files=publications.file_names(session, row.id),
        )


def file(database: Database, slug: str, number: int, name: str) -> tuple[bytes, str]:
    """A file of an edition with its media type; NotFound when the edition has none of the name."""
    with database.reading() as session:
        row = publications.find(session, slug, number)
        found = publications.file(session, row.id, name) if row else None
    if found is None:
        raise NotFound(NOT_PUBLISHED)
    return found.content, found.media_type
