"""Takes jobs and calls the service that does them, until told to stop."""

import logging
import os
import threading
import time

from workbench.basics.errors import Busy
from workbench.services import audit_documents, audit_runs, documents
from workbench.storage import jobs
from workbench.storage.jobs import Claim
from workbench.storage.workspace import Workspace

log = logging.getLogger(__name__)

KINDS = {
    "inspect": audit_runs.inspect,
    "audit": audit_runs.run,
    "report": audit_documents.render,
    "compare": audit_runs.compare,
    "pdf": documents.render,
}
PAUSE = 0.5


def work(workspace: Workspace, stop: threading.Event, parent: int | None = None) -> None:
    """Work until ``stop`` is set; a job in hand is finished first.

    ``parent`` is the process that started this one: without it (it was killed) the work ends too.
    """
    while not stop.is_set() and parent in {None, os.getppid()}:
        try:
            worked = work_once(workspace)
        except Busy:
            worked = False
        if not worked:
            stop.wait(PAUSE)


def drain(workspace: Workspace) -> None:
    """Do all that waits, then return (demo and tests)."""
    while work_once(workspace):
        pass


def work_once(workspace: Workspace) -> bool:
    """Take one job and do it; False when there was none.

    After an error of the program itself the job is given back: it is tried at most three times, and
    the error stands in the log each time.
    """
    claim = jobs.claim(workspace.database)
    if claim is None:
        return False
    heart = Heart(workspace, claim)
    heart.start()
    try:
        KINDS[claim.kind](workspace, claim, heart.report)
    except Exception:
        log.exception("job %s (%s of %s) failed", claim.id, claim.kind, claim.subject)
        give_up = claim.attempts >= jobs.ATTEMPTS
        with workspace.database.transaction() as session:
            jobs.release(session, claim, dead=give_up)
    finally:
        heart.stop.set()
        heart.join()
    return True


class Heart(threading.Thread):
    """Renews the lease of a job while it is worked on, and tells the progress."""

    def __init__(self, workspace: Workspace, claim: Claim) -> None:
        super().__init__(daemon=True, name=f"heart-{claim.id}")
        self.workspace, self.claim = workspace, claim
        self.stop = threading.Event()
        self._told = 0.0

    def run(self) -> None:
        """Beat until stopped; a beat that finds the database busy is made up by the next."""
        while not self.stop.wait(jobs.BEAT):
            self._beat(None, None)

    def report(self, share: float, step: str) -> None:
        """Tell the progress, at most twice a second: ``share`` 0 to 1, ``step`` a message."""
        if time.monotonic() - self._told > PAUSE:
            self._told = time.monotonic()
            self._beat(share, step)

    def _beat(self, share: float | None, step: str | None) -> None:
        try:
            jobs.beat(self.workspace.database, self.claim, share, step)
        except Busy:
            log.warning("job %s: beat postponed, the database is busy", self.claim.id)
