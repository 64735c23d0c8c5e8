"""Seccomp: a filter in the kernel that lets a listed system call pass and refuses every other.

The filter is a classic BPF program over struct seccomp_data: the call's number at offset 0, the
architecture at 4, the first argument at 16.
"""

import ctypes
import os
import struct

from workbench.isolation import syscalls
from workbench.isolation.kernel import SET_SECCOMP, column, control

LOAD, IF_EQUAL, IF_AT_LEAST, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
REFUSE, UNKNOWN_CALL, KILL, PASS = 0x00050001, 0x00050026, 0x80000000, 0x7FFF0000
ARCHITECTURE_CODES = (0xC000003E, 0xC00000B7)
X32_CALLS = 0x40000000  # x86_64 numbers from here on mean another calling convention
CLONE_THREAD = 0x00010000
FILTER_MODE = 2


class Program(ctypes.Structure):
    """struct sock_fprog: how many instructions, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def restrict() -> None:
    """From now on this thread makes only the calls of ``syscalls.ALLOWED``.

    Threads may be started, processes not; limits and signals reach only this process itself.
    Needs "no new privileges" to be set. Cannot be undone. Raises OSError when the kernel refuses.
    """
    steps = instructions(column(), os.getpid())
    code = ctypes.create_string_buffer(b"".join(steps))
    program = Program(len(steps), ctypes.addressof(code))
    control(SET_SECCOMP, FILTER_MODE, ctypes.byref(program))


def instructions(machine: int, process: int) -> list[bytes]:
    """The filter for a column of the table and a process id, one entry per instruction."""
    steps = [
        _step(LOAD, ARCHITECTURE),
        _step(IF_EQUAL, ARCHITECTURE_CODES[machine], then=1),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
    ]
    if machine == 0:
        steps += [_step(IF_AT_LEAST, X32_CALLS, otherwise=1), _step(RETURN, KILL)]
    steps += _answer(syscalls.CLONE3[machine], UNKNOWN_CALL)
    steps += _when(syscalls.CLONE[machine], _step(IF_ANY_BIT, CLONE_THREAD, then=1))
    steps += _when(syscalls.PRLIMIT[machine], _step(IF_EQUAL, 0, then=1))
    steps += _when(syscalls.TGKILL[machine], _step(IF_EQUAL, process, then=1))
    for numbers in syscalls.ALLOWED.values():
        steps += _answer(numbers[machine], PASS)
    return [*steps, _step(RETURN, REFUSE)]


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def _answer(number: int | None, answer: int) -> list[bytes]:
    if number is None:
        return []
    return [_step(IF_EQUAL, number, otherwise=1), _step(RETURN, answer)]


def _when(number: int | None, test: bytes) -> list[bytes]:
    """Pass the call if ``test`` on its first argument skips one step, else refuse it."""
    if number is None:
        return []
    return [
        _step(IF_EQUAL, number, otherwise=4),
        _step(LOAD, FIRST_ARGUMENT),
        test,
        _step(RETURN, REFUSE),
        _step(RETURN, PASS),
    ]
