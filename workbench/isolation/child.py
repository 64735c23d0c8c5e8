"""The jailed side: lock in first, only then load the task, answer in lines of JSON.

Lines are {"share", "step"} while working and one last {"result"}, {"refused", "values"},
{"unavailable", "values"} or {"failed", "trace"}.
"""

import json
import os
import sys
import traceback
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

from workbench.basics.errors import DataRefused, Unavailable
from workbench.basics.text import later
from workbench.isolation import jail
from workbench.isolation.tasks import ALLOWED, Task

OUT_OF_MEMORY = later(
    "The file needs more memory than one check may use. Send fewer rows or columns, or ask those "
    "who run the workbench to allow more."
)
TRACE_CHARACTERS = 4_000


def main(channel: int) -> None:
    """Read the order from standard input, carry it out locked in, answer on ``channel``, end.

    It ends without what libraries do at the end of the interpreter: Arrow's threads sometimes
    crash then (apache/arrow issues 36980, 38352), and a good file would be called a damaged one.
    """
    order = json.load(sys.stdin)
    say = partial(_say, channel)
    try:
        package = Path(__file__).parents[1]
        limits = jail.Limits(order["memory_bytes"], order["processor_seconds"])
        jail.enter(Path(order["folder"]), package, limits)
        say(result=_carry_out(order, channel))
    except DataRefused as error:
        say(refused=error.message, values=error.values)
    except Unavailable as error:
        say(unavailable=error.message, values=error.values)
    except MemoryError:
        say(refused=OUT_OF_MEMORY, values={})
    except Exception as error:  # noqa: BLE001 — the parent logs it and tells the person
        trace = traceback.format_exc()[-TRACE_CHARACTERS:]
        say(failed=type(error).__name__, trace=trace)
    os._exit(0)


def _carry_out(order: Mapping[str, object], channel: int) -> dict[str, object]:
    name = str(order["task"])
    if name not in ALLOWED:
        raise LookupError(name)
    module, function = name.split(":")
    task: Task = getattr(import_module(module), function)
    arguments = order["arguments"]
    assert isinstance(arguments, dict)  # noqa: S101 — the parent built it
    return task(
        Path(str(order["folder"])),
        arguments,
        lambda share, step: _say(channel, share=share, step=step),
    )


def _say(channel: int, **words: object) -> None:
    line = json.dumps(words, default=str).encode() + b"\n"
    while line:
        line = line[os.write(channel, line) :]
