"""How deeply a UBJSON file is nested and what it holds, before a library that recurses reads it.

UBJSON (https://ubjson.org) marks each value with one byte; XGBoost writes its models in it.
"""

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np

from workbench.audit.models.model import DAMAGED_MODEL
from workbench.basics.errors import DataRefused

# Marker → how many bytes follow it.
FIXED = {b"Z": 0, b"N": 0, b"T": 0, b"F": 0, b"i": 1, b"U": 1, b"C": 1}
FIXED |= {b"I": 2, b"l": 4, b"d": 4, b"L": 8, b"D": 8}
WHOLE = {b"i": ">b", b"U": ">B", b"I": ">h", b"l": ">i", b"L": ">q"}
OPEN = {b"{", b"["}
REAL = {b"d": ">f", b"D": ">d"}
PLAIN = {b"Z": None, b"T": True, b"F": False}
COUNTED_BY = b"L"  # the one form of a length that XGBoost writes


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


def content(data: bytes) -> Any:
    """The whole file as plain objects; lists of one type of numbers as NumPy arrays.

    Reads only the forms that XGBoost writes, so that nothing can mean one thing here and another
    there. Calls itself once per level: ask for the ``depth`` first. Raises DataRefused.
    """
    try:
        found, end = _value(data, 0)
    except (struct.error, KeyError, IndexError, ValueError) as error:
        raise DataRefused(DAMAGED_MODEL) from error
    if end != len(data):
        raise DataRefused(DAMAGED_MODEL)
    return found


def _value(data: bytes, at: int) -> tuple[Any, int]:
    """The value that starts there, and where it ends."""
    mark = data[at : at + 1]
    at += 1
    if mark == b"{":
        return _object(data, at)
    if mark == b"[":
        return _list(data, at)
    if mark == b"S":
        return _text(data, at)
    if mark in PLAIN:
        return PLAIN[mark], at
    form = (WHOLE | REAL)[mark]
    return struct.unpack_from(form, data, at)[0], at + struct.calcsize(form)


def _object(data: bytes, at: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while data[at : at + 1] != b"}":
        name, at = _text(data, at)
        if name in found:
            raise KeyError(name)
        found[name], at = _value(data, at)
    return found, at + 1


def _list(data: bytes, at: int) -> tuple[Any, int]:
    if data[at : at + 1] == b"$":
        form = np.dtype((WHOLE | REAL)[data[at + 1 : at + 2]])
        count, at = _counted(data, at + 3, data[at + 2 : at + 3])
        end = at + count * form.itemsize
        return np.frombuffer(data[at:end], form, count), end
    count, at = _counted(data, at + 1, data[at : at + 1])
    found = []
    for _ in range(count):
        each, at = _value(data, at)
        found.append(each)
    return found, at


def _counted(data: bytes, at: int, mark: bytes) -> tuple[int, int]:
    """The count of a list, and where its values start."""
    if mark != b"#" or data[at : at + 1] != COUNTED_BY:
        raise KeyError(mark)
    size, count = _length(data, at)
    return count, at + size


def _text(data: bytes, at: int) -> tuple[str, int]:
    if data[at : at + 1] != COUNTED_BY:
        raise KeyError(at)
    size, count = _length(data, at)
    end = at + size + count
    if end > len(data):
        raise IndexError(end)
    return data[at + size : end].decode(), end


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
