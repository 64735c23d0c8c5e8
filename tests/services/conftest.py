"""What tests of services share: a clock that can be moved, and Alice's and Bob's system."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.examples import cast as examples
from tests.examples import five_phases, quickly
from tests.examples.cast import Cast
from workbench.basics import clock
from workbench.services import Workspace
from workbench.settings import Settings


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
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """What services work on: the real conception, and small questionnaires for the other phases."""
    opened = quickly.opened(settings)
    quick = replace(opened, library=five_phases.library(opened.library))
    yield quick
    quick.database.engine.dispose()


@pytest.fixture
def system_id(workspace: Workspace, cast: Cast) -> str:
    """Alice's and Bob's system."""
    return examples.register(workspace, cast)


@pytest.fixture
def phase_id(workspace: Workspace, cast: Cast, system_id: str) -> str:
    """Its phase conception, still empty."""
    return examples.phase_of(workspace, cast, system_id)
