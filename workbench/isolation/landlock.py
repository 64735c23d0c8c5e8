"""Landlock: the process sees only named files, read-only, and no network.

The numbers are those of <linux/landlock.h>. Each later version of the interface adds rights that
can be taken away; what the kernel does not know yet is caught by seccomp.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from workbench.isolation.kernel import call

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_QUESTION, RULE_PATH_BENEATH = 1, 1

READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
# Execute, write, read, list, remove, make …: thirteen rights since version 1.
FIRST_RIGHTS = (1 << 13) - 1
LATER_RIGHTS = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # move elsewhere, truncate, device ioctl
TCP_BIND_AND_CONNECT, TCP_SINCE = 0b11, 4
SOCKETS_AND_SIGNALS, SCOPES_SINCE = 0b11, 6


def version() -> int:
    """The kernel's version of Landlock; 0 when it has none or it is switched off."""
    try:
        return call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION_QUESTION))
    except OSError:
        return 0


def restrict(readable: Iterable[Path]) -> None:
    """From now on this thread opens only what lies under ``readable``, and only to read.

    Needs "no new privileges" to be set. Cannot be undone. Raises OSError when the kernel refuses.
    """
    ruleset = _ruleset(version())
    for path in readable:
        _permit(ruleset, path)
    call(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    os.close(ruleset)


def _ruleset(known: int) -> int:
    files = FIRST_RIGHTS
    for since, right in LATER_RIGHTS.items():
        files |= right if known >= since else 0
    network = TCP_BIND_AND_CONNECT if known >= TCP_SINCE else 0
    scopes = SOCKETS_AND_SIGNALS if known >= SCOPES_SINCE else 0
    parts = 1 + (known >= TCP_SINCE) + (known >= SCOPES_SINCE)
    attributes = struct.pack("=QQQ", files, network, scopes)[: 8 * parts]
    return call(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))


def _permit(ruleset: int, path: Path) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # a machine without this folder needs no rule for it
    # Loading a library is reading and mapping; no file needs the right to be executed.
    rights = READ_FILE | READ_FOLDER if path.is_dir() else READ_FILE
    rule = struct.pack("=Qi", rights, handle)
    call(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(RULE_PATH_BENEATH), rule, ctypes.c_uint32(0))
    os.close(handle)
