"""What a new edition must hide of a check beside the earlier editions, found in the jail."""

import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from workbench.audit import resultfile
from workbench.audit.results import AuditResult, Guard
from workbench.basics import clock
from workbench.basics.errors import DataRefused, Unavailable
from workbench.disclosure.editions import FindGuard
from workbench.isolation import runner
from workbench.storage.workspace import Workspace

log = logging.getLogger(__name__)

# Usually it takes a second. A page waits for it, so it must not take long.
SECONDS = 60.0
REMEMBERED = 32


@dataclass(frozen=True)
class _Order:
    """A result and those published before it, the same when their files are."""

    files: tuple[bytes, ...] = field(compare=False)
    digests: tuple[str, ...]


def finder(workspace: Workspace) -> FindGuard:
    """Gives the guard of a result beside earlier ones, as ``audit.suppression.guarding`` does.

    None where the jail could not find it in time. The same question is worked out once; one that
    was not answered is asked again in the next hour at the earliest, so that no page after the
    first waits for it.
    """
    return partial(_find, workspace.scratch)


def _find(scratch: Path, result: AuditResult, earlier: Sequence[AuditResult]) -> Guard | None:
    files = tuple(resultfile.write(one) for one in (result, *earlier))
    order = _Order(files, tuple(sha256(one).hexdigest() for one in files))
    return _tried(scratch, order, clock.now().replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=REMEMBERED)
def _tried(scratch: Path, order: _Order, _hour: datetime) -> Guard | None:
    try:
        return _found(scratch, order)
    except (DataRefused, Unavailable) as error:
        log.warning("A check could not be set beside earlier editions: %s", error)
        return None


@lru_cache(maxsize=REMEMBERED)
def _found(scratch: Path, order: _Order) -> Guard:
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        names = [f"result-{number}" for number in range(len(order.files))]
        for each, content in zip(names, order.files, strict=True):
            (folder / each).write_bytes(content)
        answer = runner.run(
            "workbench.audit.tasks:guarded",
            folder,
            {"result": names[0], "earlier": names[1:]},
            wall_seconds=SECONDS,
        )
    return Guard.model_validate(answer)
