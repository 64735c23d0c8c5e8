"""Several threads that begin the same act at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from workbench.basics.errors import WorkbenchError

T = TypeVar("T")


def race(act: Callable[[int], T], runners: int = 8) -> tuple[list[T], list[WorkbenchError]]:
    """Who won with what, and the clean refusals of the others; any other error is raised."""
    start = Barrier(runners)

    def run(number: int) -> T | WorkbenchError:
        start.wait()
        try:
            return act(number)
        except WorkbenchError as error:
            return error

    with ThreadPoolExecutor(runners) as pool:
        outcomes = list(pool.map(run, range(runners)))
    won = [one for one in outcomes if not isinstance(one, WorkbenchError)]
    return won, [one for one in outcomes if isinstance(one, WorkbenchError)]
