"""The parent's side: starts a jailed process for one task, listens, and always ends it."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench.basics.errors import DataRefused, Unavailable
from workbench.basics.text import later
from workbench.isolation.tasks import ALLOWED, Report

log = logging.getLogger(__name__)

GIB = 1 << 30
MEMORY_BYTES = 4 * GIB  # address space; the libraries alone reserve about one
ANSWER_BYTES = 32 << 20
CHUNK = 1 << 16
THREADS = 2

TIME_LIMIT = later(
    "The check was stopped after {seconds} seconds, the time limit. Send fewer rows or columns, or "
    "a smaller model."
)
ANSWER_TOO_LARGE = later(
    "The check was stopped because its result was too large. Choose fewer columns or groups."
)
LOADER_CRASHED = later(
    "The file made the program that reads it crash, so it is damaged or was built to do harm. "
    "Nothing else was touched. Export the file again at its source and send it once more."
)
PROCESSOR_LIMIT = later(
    "The check was stopped because it used up its computing time. Send fewer rows or columns, or a "
    "smaller model."
)
KILLED = later(
    "The check was stopped by the system, most likely because the file needs too much memory. Send "
    "fewer rows or columns."
)
TRIED_TO_WRITE = later(
    "The check was stopped because the file made it write to the disk, which no data file should "
    "do. Export the file again at its source."
)
NO_ANSWER = later(
    "The check ended without a result. Please try again; if it happens twice, tell those who run "
    "the workbench."
)
UNFORESEEN = later(
    "The check stopped with an error that nobody foresaw ({kind}). Your file is unchanged. Please "
    "tell those who run the workbench: the details stand in its log."
)
SIGNALS = {
    signal.SIGSEGV: LOADER_CRASHED,
    signal.SIGABRT: LOADER_CRASHED,
    signal.SIGBUS: LOADER_CRASHED,
    signal.SIGFPE: LOADER_CRASHED,
    signal.SIGILL: LOADER_CRASHED,
    signal.SIGTRAP: LOADER_CRASHED,
    signal.SIGXCPU: PROCESSOR_LIMIT,
    signal.SIGKILL: KILLED,
    signal.SIGXFSZ: TRIED_TO_WRITE,
}
# The package is found by its own place, whether installed or a checkout; -P keeps "" off the path.
START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from workbench.isolation.child import main; main(int(sys.argv[2]))"
)


def run(
    task: str,
    folder: Path,
    arguments: Mapping[str, object],
    *,
    wall_seconds: float,
    memory_bytes: int = MEMORY_BYTES,
    report: Report | None = None,
) -> dict[str, object]:
    """What ``task`` gives for ``arguments``, worked out in a jailed process that sees ``folder``.

    ``task`` is a name in ``tasks.ALLOWED``; arguments and result are plain JSON values.
    ``report`` is called while it works with a share between 0 and 1 and the name of the step.
    Raises DataRefused (the file or the plan cannot be judged, crashes its reader or exceeds a
    limit) and Unavailable (this machine has no jail; then nothing was opened).
    """
    if task not in ALLOWED:
        raise LookupError(f"{task} may not run in the jail")
    order = {
        "task": task,
        "folder": str(folder.resolve()),
        "arguments": dict(arguments),
        "memory_bytes": memory_bytes,
        "processor_seconds": wall_seconds * THREADS,
    }
    receiving, sending = os.pipe()
    process = _start(folder, sending)
    try:
        os.close(sending)
        _order(process, json.dumps(order))
        last = _listen(receiving, time.monotonic() + wall_seconds, wall_seconds, report)
        code = _farewell(process)
    finally:
        os.close(receiving)
        _end(process)
    return _answer(last, code)


def _start(folder: Path, sending: int) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-s", "-P", "-c", START, str(root), str(sending)]
    return subprocess.Popen(  # noqa: S603 — our own interpreter and module
        command,
        env=_environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(sending,),
        start_new_session=True,
        cwd="/",
    )


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the parent's: no secrets, no proxies, the same on every machine."""
    return {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
        "OMP_NUM_THREADS": str(THREADS),
        "OPENBLAS_NUM_THREADS": str(THREADS),
        "NUMBA_NUM_THREADS": str(THREADS),
        # The ONNX runtime would otherwise look for a place to send usage figures to.
        "ORT_DISABLE_TELEMETRY": "1",
        # joblib's pool of processes asks for shared memory, which the jail does not give.
        "JOBLIB_MULTIPROCESSING": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        # Exists, so that matplotlib looks no further; it cannot write there and does without.
        "MPLCONFIGDIR": str(folder.resolve()),
    }


def _order(process: subprocess.Popen[bytes], order: str) -> None:
    assert process.stdin is not None  # noqa: S101 — opened above
    try:
        process.stdin.write(order.encode())
        process.stdin.close()
    except BrokenPipeError:
        log.warning("The jailed process ended before it read its order.")


def _listen(
    receiving: int, end: float, wall_seconds: float, report: Report | None
) -> dict[str, object]:
    """The last line of the answer; progress goes to ``report`` as it comes."""
    begun, size, last = list[bytes](), 0, dict[str, object]()
    with selectors.DefaultSelector() as selector:
        selector.register(receiving, selectors.EVENT_READ)
        while True:
            left = end - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise DataRefused(TIME_LIMIT, seconds=wall_seconds)
            chunk = os.read(receiving, CHUNK)
            if not chunk:
                return last
            size += len(chunk)
            if size > ANSWER_BYTES:
                raise DataRefused(ANSWER_TOO_LARGE)
            *ended, rest = chunk.split(b"\n")
            for line in ended:
                last = _heard(b"".join([*begun, line]), report) or last
                begun = []
            begun.append(rest)


def _heard(line: bytes, report: Report | None) -> dict[str, object]:
    """A line as a mapping; empty for progress and for what is no line of ours."""
    try:
        words = json.loads(line)
    except ValueError:
        return {}
    if not isinstance(words, dict):
        return {}
    if "share" not in words:
        return words
    share = words["share"]
    if report is not None and isinstance(share, int | float):
        report(min(1.0, max(0.0, float(share))), str(words.get("step", "")))
    return {}


def _farewell(process: subprocess.Popen[bytes]) -> int | None:
    """How it ended: 0, a code, minus a signal; None when it stays though it has nothing to say."""
    try:
        return process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()


def _answer(last: Mapping[str, object], code: int | None) -> dict[str, object]:
    if code is not None and code < 0:
        ended = signal.Signals(-code)
        log.error("A jailed task was ended by %s; it had said: %.80s", ended.name, last)
        raise DataRefused(SIGNALS.get(ended, NO_ANSWER))
    result = last.get("result")
    if isinstance(result, dict):
        return result
    values = last.get("values")
    given = dict(values) if isinstance(values, dict) else {}
    errors: dict[str, Callable[..., Exception]] = {
        "refused": DataRefused,
        "unavailable": Unavailable,
    }
    for word, error in errors.items():
        if word in last:
            raise error(str(last[word]), **given)
    if "failed" in last:
        log.error("A jailed task failed: %s", last.get("trace"))
        raise DataRefused(UNFORESEEN, kind=str(last["failed"]))
    raise DataRefused(NO_ANSWER)
