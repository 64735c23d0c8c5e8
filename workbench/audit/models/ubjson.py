"""How deeply a UBJSON file is nested, before a library that recurses reads it.

UBJSON (https://ubjson.org) marks each value with one byte; XGBoost writes its models in it.
"""

import struct
from collections.abc import Iterator

from workbench.audit.models.model import DAMAGED_MODEL
from workbench.basics.errors import DataRefused

# Marker → how many bytes follow it.
FIXED = {b"Z": 0, b"N": 0, b"T": 0, b"F": 0, b"i": 1, b"U": 1, b"C": 1}
FIXED |= {b"I": 2, b"l": 4, b"d": 4, b"L": 8, b"D": 8}
WHOLE = {b"i": ">b", b"U": ">B", b"I": ">h", b"l": ">i", b"L": ">q"}
OPEN = {b"{", b"["}


def depth(data: bytes, most: int) -> int:
    """The deepest nesting of objects and arrays; stops counting beyond ``most``.

    Raises DataRefused for what is no UBJSON.
    """
    try:
        deepest = 0
        for deep in _depths(data):
            deepest = max(deepest, deep)
            if deepest > most:
                break
    except (struct.error, KeyError, IndexError, RecursionError) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    return deepest


def _depths(data: bytes) -> Iterator[int]:
    """The depth after each opened container; walks over the values without building them."""
    # Per open container: is it an object, and how many values are left (None: until it closes).
    open_now: list[tuple[bool, int | None]] = []
    at = 0
    while True:
        while open_now and open_now[-1][1] == 0:
            open_now.pop()
        if open_now or at:
            if not open_now:
                return
            at, closed = _next(data, at, open_now)
            if closed:
                continue
        mark = data[at : at + 1]
        at += 1
        if mark in OPEN:
            at, left = _header(data, at)
            open_now.append((mark == b"{", left))
            yield len(open_now)
        else:
            at = _over(data, at, mark)


def _next(data: bytes, at: int, open_now: list[tuple[bool, int | None]]) -> tuple[int, bool]:
    """Step to the next value of the innermost container, or over its end."""
    is_object, left = open_now[-1]
    while data[at : at + 1] == b"N":
        at += 1
    if left is None and data[at : at + 1] in {b"}", b"]"}:
        open_now.pop()
        return at + 1, True
    open_now[-1] = is_object, None if left is None else left - 1
    if is_object:
        at += sum(_length(data, at))
    return at, False


def _header(data: bytes, at: int) -> tuple[int, int | None]:
    """What follows an opening mark: for an array of one type, step over all of it."""
    if data[at : at + 1] == b"$":
        mark = data[at + 1 : at + 2]
        size, count = _length(data, at + 3)
        return at + 3 + size + FIXED[mark] * count, 0
    if data[at : at + 1] == b"#":
        size, count = _length(data, at + 1)
        return at + 1 + size, count
    return at, None


def _over(data: bytes, at: int, mark: bytes) -> int:
    if mark in {b"S", b"H"}:
        return at + sum(_length(data, at))
    return at + FIXED[mark]


def _length(data: bytes, at: int) -> tuple[int, int]:
    """How many bytes a length takes, and the length."""
    form = WHOLE[data[at : at + 1]]
    (found,) = struct.unpack_from(form, data, at + 1)
    if found < 0:
        raise IndexError(found)
    return 1 + struct.calcsize(form), int(found)
