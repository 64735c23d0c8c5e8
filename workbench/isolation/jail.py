"""The jail: limits, Landlock and seccomp around the current process, without any privilege.

Enter it before anything heavy is imported: the restrictions cover the calling thread and the
threads it starts, so a thread that some library started earlier would stay free.
"""

import math
import os
import platform
import resource
import signal
import site
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbench.basics.errors import Unavailable
from workbench.basics.text import later
from workbench.isolation import landlock, seccomp
from workbench.isolation.kernel import (
    ARCHITECTURES,
    SET_DUMPABLE,
    SET_NO_NEW_PRIVS,
    SET_PDEATHSIG,
    control,
)

NOT_LINUX = later(
    "Foreign files are only opened in a protected process, and that needs Linux on an x86_64 or "
    "aarch64 machine. Run the workbench there."
)
NO_LANDLOCK = later(
    "Foreign files are only opened in a protected process, and this Linux kernel offers no "
    "Landlock. Use Linux 5.13 or newer with “landlock” in the kernel parameter lsm=…, and a "
    "container runtime that does not block it."
)
KERNEL_REFUSED = later(
    "Foreign files are only opened in a protected process, and the kernel refused to set it up "
    "({reason}). Allow seccomp and Landlock for the workbench."
)
TOO_LATE = later(
    "The protected process had already started {count} threads. This is an error of the workbench; "
    "nothing was opened. Please tell those who run it."
)

OPEN_FILES = 128
# Seconds between the signal that can be explained and the one that cannot be caught.
GRACE = 2
# What the C library, Python and the numeric libraries read to find out where they run.
SURROUNDINGS = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/dev/null",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/filesystems",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
)


@dataclass(frozen=True)
class Limits:
    """What a jailed process may use: bytes of address space and seconds of processor time."""

    memory_bytes: int
    processor_seconds: float


def enter(folder: Path, package: Path, limits: Limits) -> None:
    """Lock this process in: it reads ``folder``, ``package`` and the interpreter, writes nothing.

    Nothing can be written, run, connected to or signalled afterwards; what it has to say leaves
    by the file descriptors that are already open. Cannot be undone.
    Raises Unavailable when the machine cannot do this; the process must then end.
    """
    if platform.system() != "Linux" or platform.machine() not in ARCHITECTURES:
        raise Unavailable(NOT_LINUX)
    if not landlock.version():
        raise Unavailable(NO_LANDLOCK)
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 — one call fewer than pathlib's
    if threads != 1:
        raise Unavailable(TOO_LATE, count=threads)
    try:
        _limit(limits)
        control(SET_PDEATHSIG, int(signal.SIGKILL))
        control(SET_DUMPABLE, 0)
        control(SET_NO_NEW_PRIVS, 1)
        landlock.restrict([*readable(), package, folder])
        seccomp.restrict()
    except OSError as error:
        raise Unavailable(KERNEL_REFUSED, reason=str(error)) from error


def readable() -> Iterable[Path]:
    """The interpreter, its installed packages and the files that tell libraries where they run."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    own = {sysconfig.get_path(name) for name in names} | set(site.getsitepackages())
    library = sysconfig.get_config_var("LIBDIR")
    # An interpreter in /usr or a home folder is not a reason to show the whole of it.
    yield from (Path(path) for path in sorted({*own, *SURROUNDINGS, library} - {None}))


def _limit(limits: Limits) -> None:
    seconds = math.ceil(limits.processor_seconds)
    table = {
        resource.RLIMIT_CPU: (seconds, seconds + GRACE),
        resource.RLIMIT_AS: (limits.memory_bytes, limits.memory_bytes),
        resource.RLIMIT_NOFILE: (OPEN_FILES, OPEN_FILES),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (0, 0),
        resource.RLIMIT_MSGQUEUE: (0, 0),
    }
    for kind, pair in table.items():
        resource.setrlimit(kind, pair)
