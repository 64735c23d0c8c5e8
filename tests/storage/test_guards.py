"""What must be hidden beside earlier editions is worked out once, and failures are not repeated."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.examples import audit_results
from workbench.audit.results import AuditResult, Guard, published
from workbench.basics import clock
from workbench.basics.errors import DataRefused
from workbench.isolation import runner
from workbench.storage import guards


@pytest.fixture
def results() -> tuple[AuditResult, AuditResult]:
    """A check, and one that was published before."""
    result = audit_results.classification()
    return result, published(result)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    for remembered in (guards._tried, guards._found):
        remembered.cache_clear()
    yield
    for remembered in (guards._tried, guards._found):
        remembered.cache_clear()


class Jail:
    """Answers as told, and counts how often it is asked."""

    def __init__(self, answer: object) -> None:
        self.answer, self.asked = answer, 0

    def run(self, *_given: object, **_limits: object) -> Any:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def finder(folder: Path) -> Any:
    return guards.finder(SimpleNamespace(scratch=folder / "scratch"))  # type: ignore[arg-type]


def test_what_was_not_found_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, results: tuple[AuditResult, AuditResult]
) -> None:
    """No second page waits for it within the hour; later it is tried again."""
    jail = Jail(DataRefused(runner.TIME_LIMIT, seconds=60))
    monkeypatch.setattr(runner, "run", jail.run)
    new, old = results
    now = clock.now().replace(minute=10)

    with clock.at(now):
        assert finder(tmp_path)(new, [old]) is None
        assert finder(tmp_path)(new, [old]) is None
    assert jail.asked == 1

    with clock.at(now + timedelta(hours=1)):
        assert finder(tmp_path)(new, [old]) is None
    assert jail.asked == 2


def test_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, results: tuple[AuditResult, AuditResult]
) -> None:
    """The twin: an answer stays, also in later hours."""
    jail = Jail(Guard(sizes=(("sex", "female"),)).model_dump(mode="json"))
    monkeypatch.setattr(runner, "run", jail.run)
    new, old = results

    for hours in (0, 1, 30):
        with clock.at(clock.now() + timedelta(hours=hours)):
            assert finder(tmp_path)(new, [old]) == Guard(sizes=(("sex", "female"),))
    assert jail.asked == 1
