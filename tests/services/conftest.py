"""What tests of services share: a clock that can be moved, and a count of what was journalled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from workbench.basics import clock
from workbench.services import Workspace
from workbench.storage import journal
from workbench.storage.journal import JournalEntry


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """What ``clock.now`` says."""
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time stands at noon of 23 November 2026 and passes only when the test says so."""
    standing = Clock()
    monkeypatch.setattr(clock, "now", standing.now)
    return standing


@pytest.fixture
def acts(workspace: Workspace) -> Callable[[str], list[str]]:
    """What the journal says about a thing."""

    def of(subject: str) -> list[str]:
        with workspace.database.reading() as session:
            return [entry.action for entry in journal.of(session, subject)]

    return of


@pytest.fixture
def journalled(workspace: Workspace) -> Callable[[], int]:
    """How many acts there are in all."""

    def count() -> int:
        return len(rows(workspace, JournalEntry))

    return count


@pytest.fixture
def system_id(workspace: Workspace, cast: Cast) -> str:
    """Alice's and Bob's system."""
    return examples.register(workspace, cast)


@pytest.fixture
def phase_id(workspace: Workspace, cast: Cast, system_id: str) -> str:
    """Its phase conception, still empty."""
    return examples.phase_of(workspace, cast, system_id)
