"""Raw calls into the Linux kernel for which Python has no function."""

import ctypes
import os
import platform

C_LIBRARY = ctypes.CDLL(None, use_errno=True)
ARCHITECTURES = ("x86_64", "aarch64")

SET_PDEATHSIG, SET_DUMPABLE, SET_SECCOMP, SET_NO_NEW_PRIVS = 1, 4, 22, 38


def column() -> int:
    """Which column of the system-call table this machine uses; ValueError for another one."""
    return ARCHITECTURES.index(platform.machine())


def call(number: int, *arguments: object) -> int:
    """One system call by number, the same on both architectures; raises OSError."""
    answer = int(C_LIBRARY.syscall(ctypes.c_long(number), *arguments))
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), f"system call {number}")
    return answer


def control(option: int, first: object, second: object = 0) -> None:
    """One prctl on this process; raises OSError."""
    zero = ctypes.c_ulong(0)
    second = ctypes.c_ulong(second) if isinstance(second, int) else second
    first = ctypes.c_ulong(first) if isinstance(first, int) else first
    if C_LIBRARY.prctl(ctypes.c_int(option), first, second, zero, zero):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), f"prctl {option}")
