"""The ONNX runtime, imported so that nothing is printed on the command line.

While it is imported it looks for graphics cards, and on machines without one it writes a warning
to the error stream itself, before any setting for its log could take effect. (Reported as issue
27092 of microsoft/onnxruntime.) What fails in Python is raised all the same.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

ERROR_STREAM = 2


@contextmanager
def silence() -> Iterator[None]:
    """Nothing reaches this process's error stream inside, whoever writes it.

    It goes into a pipe that nobody reads. The jail forbids that its streams are exchanged, and
    the workbench shows none of them; there it stays as it is.
    """
    kept = os.dup(ERROR_STREAM)
    unread, pipe = os.pipe()
    os.set_blocking(pipe, False)
    exchanged = _exchanged(pipe)
    try:
        yield
    finally:
        if exchanged:
            os.dup2(kept, ERROR_STREAM)
        for each in (kept, unread, pipe):
            os.close(each)


def _exchanged(pipe: int) -> bool:
    """Whether the error stream now ends in the pipe."""
    try:
        os.dup2(pipe, ERROR_STREAM)
    except PermissionError:
        return False
    return True


with silence():
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as state

__all__ = ["onnxruntime", "silence", "state"]
