"""A result that the command line computed elsewhere becomes an audit of the system."""

import json
from typing import BinaryIO

from workbench.audit import resultfile
from workbench.audit.results import AuditResult
from workbench.basics import clock
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.storage import access, audits, jobs, journal, uploads
from workbench.storage.audits import Audit
from workbench.storage.workspace import Workspace

RESULT_LIMIT = 20_000_000
TWICE = later("This is audit {n} of this system.")


def receive(workspace: Workspace, actor: Actor, system_id: str, result: BinaryIO) -> str:
    """Keep a result file and ask the worker to put it into words; returns the audit's id.

    The workbench has not seen the data: the audit is marked as imported, its plan as fixed when it
    came here. Raises TooLarge past 20 MB, InvalidInput when the file is no result, was changed,
    or is here already, imported or computed.
    """
    with workspace.database.reading() as session:
        access.system(session, actor, system_id, "audit.run")
    with uploads.kept(workspace, result, RESULT_LIMIT, field="result") as file:
        content = workspace.files.read(file)
        try:
            found = resultfile.read(content)
        except DataRefused as error:
            raise InvalidInput(error.message, {"result": error.message}, **error.values) from error
        with workspace.database.transaction() as session:
            system = access.system(session, actor, system_id, "audit.run")
            for known in audits.of_system(session, system.id):
                if _is(workspace, known, content, found):
                    raise InvalidInput(TWICE, {"result": TWICE}, n=known.number)
            audit = Audit(
                system_id=system.id,
                origin="imported",
                file=file,
                number=audits.next_number(session, system.id),
                plan=found.provenance.plan.model_dump(mode="json"),
                planned_at=clock.now(),
                planned_by=actor.id,
            )
            session.add(audit)
            session.flush()
            jobs.enqueue(session, "audit", audit.id)
            journal.append(session, actor.id, "audit.import", system.id, audit=audit.id, file=file)
            return audit.id


def _is(workspace: Workspace, known: Audit, content: bytes, found: AuditResult) -> bool:
    """Whether the audit has the result in the file, however the file is laid out."""
    if audits.data_of(known) not in ("", found.provenance.data_sha256):  # no need to read it
        return False
    if known.origin == "imported":
        return _checksum(workspace.files.read(known.file)) == _checksum(content)
    if known.result is None:
        return False
    own = resultfile.write(AuditResult.model_validate(known.result))
    return _checksum(own) == _checksum(content)


def _checksum(content: bytes) -> str:
    """The SHA-256 that a result file states of what it says; it was checked when it came here."""
    return str(json.loads(content)["sha256"])
