"""The jail refuses to be entered where it would not hold."""

import threading
from pathlib import Path

import pytest

from workbench.basics.errors import Unavailable
from workbench.isolation import jail, landlock, seccomp, selftest, syscalls

LIMITS = jail.Limits(memory_bytes=1 << 30, processor_seconds=10)
# What a jailed process must never be able to do, by its numbers on x86_64.
FORBIDDEN = {"socket": 41, "connect": 42, "fork": 57, "vfork": 58, "execve": 59, "kill": 62}


def test_too_many_threads(tmp_path: Path) -> None:
    """A process with a second thread cannot enter: that thread would stay free."""
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()

    with pytest.raises(Unavailable) as refused:
        jail.enter(tmp_path, tmp_path, LIMITS)

    stop.set()
    other.join()
    assert refused.value.message == jail.TOO_LATE


def test_no_landlock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel without Landlock is refused with what to do."""
    monkeypatch.setattr(landlock, "version", lambda: 0)

    with pytest.raises(Unavailable, match=r"5\.13"):
        jail.enter(tmp_path, tmp_path, LIMITS)


def test_no_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another operating system is refused with what to do."""
    monkeypatch.setattr("platform.system", lambda: "Darwin")

    with pytest.raises(Unavailable, match="needs Linux"):
        jail.enter(tmp_path, tmp_path, LIMITS)


def test_nothing_personal_is_readable() -> None:
    """No home folder, no whole /etc, no root stands on the list of readable places."""
    readable = set(jail.readable())

    assert readable.isdisjoint({Path("/"), Path("/etc"), Path("/home"), Path("/root"), Path.home()})


def test_the_table_allows_nothing_dangerous() -> None:
    """No number of a dangerous call stands in the table, and no number twice."""
    numbers = [pair[0] for pair in syscalls.ALLOWED.values() if pair[0] is not None]

    assert len(set(numbers)) == len(numbers)
    assert set(FORBIDDEN.values()).isdisjoint(numbers)


@pytest.mark.parametrize("machine", [0, 1])
def test_the_filter_ends_with_a_refusal(machine: int) -> None:
    """Whatever is not listed is refused: the last instruction says so."""
    steps = seccomp.instructions(machine, process=1)

    assert int.from_bytes(steps[-1][4:], "little") == seccomp.REFUSE


def test_the_jail_holds_here() -> None:
    """The self-test that doctor runs finds no way out on this machine."""
    assert selftest.escapes() == ()
