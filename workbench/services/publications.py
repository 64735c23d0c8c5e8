"""Prepare an edition, and publish it as a second person: from then on it never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import NotFound, WorkbenchError, WrongState
from workbench.basics.text import later
from workbench.disclosure import editions, exports
from workbench.disclosure.pieces import Words
from workbench.disclosure.record import TransparencyRecord
from workbench.governance import lifecycle
from workbench.governance.roles import Actor
from workbench.storage import access, assessments, audits, jobs, journal, publishing, sheets
from workbench.storage.assessments import Phase
from workbench.storage.publications import Edition, EditionFile
from workbench.storage.sheets import Answered
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

NOT_APPROVED = later("An edition can be published once the ethics board has approved.")


@dataclass(frozen=True)
class Draft:
    """What would be published now; ``obstacle`` says why this person cannot publish it.

    ``kept_back`` says what is missing because of earlier editions. ``reworded``: the names of the
    phases in it whose questions were edited in place after the phase had begun.
    """

    system: System
    record: TransparencyRecord
    obstacle: str
    kept_back: tuple[Words, ...]
    reworded: tuple[str, ...]


def preview(workspace: Workspace, actor: Actor, system_id: str) -> Draft:
    """The record as the public would get it now.

    While nothing is approved it shows the first phase as it stands.
    """
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "edition.prepare")
        everything = _opened(workspace, session, system)
        covered = _covered(everything)
        try:
            _check(session, actor, system, covered)
            obstacle = ""
        except WorkbenchError as error:
            obstacle = error.message
        shown = covered or everything[:1]
        composed = publishing.record_of(
            workspace, session, system, shown, everything[len(shown) :], clock.now()
        )
        return Draft(
            system=system,
            record=composed,
            obstacle=obstacle,
            kept_back=editions.kept_back(composed),
            reworded=tuple(
                one.phase.name for one in shown if sheets.reworded(workspace.library, one)
            ),
        )


def publish(workspace: Workspace, actor: Actor, system_id: str) -> tuple[str, int]:
    """Publish all phases that are approved as the next edition; returns its slug and number.

    Snapshot, charts and the order for the PDF are one transaction. Raises Forbidden for an author
    of one of the phases and WrongState while the board has approved none.
    """
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "edition.publish")
        # Beside earlier editions this takes seconds: others must not wait until then.
        publishing.checks_of(
            workspace, session, system, _covered(_opened(workspace, session, system))
        )
    with workspace.database.transaction() as session:
        system = access.system(session, actor, system_id, "edition.publish")
        for phase in _phases(session, system):
            session.refresh(phase, with_for_update=True)
        everything = _opened(workspace, session, system)
        covered = _covered(everything)
        _check(session, actor, system, covered)
        now = clock.now()
        composed = publishing.record_of(
            workspace, session, system, covered, everything[len(covered) :], now
        )
        content = exports.canonical_json(composed)
        edition = Edition(
            system_id=system.id,
            slug=system.slug,
            number=composed.number,
            record=content.decode(),
            sha256=exports.fingerprint(content),
            published_at=now,
            published_by=actor.id,
        )
        session.add(edition)
        session.flush()
        session.add_all(_charts(workspace, edition.id, composed))
        jobs.enqueue(session, "pdf", edition.id)
        journal.append(session, actor.id, "edition.publish", system.id, number=edition.number)
        return system.slug, edition.number


def _phases(session: Session, system: System) -> list[Phase]:
    assessment = assessments.of_system(session, system.id)
    return assessments.phases(session, assessment.id) if assessment else []


def _opened(workspace: Workspace, session: Session, system: System) -> list[Answered]:
    assessment = assessments.of_system(session, system.id)
    if assessment is None:
        raise NotFound(access.NOT_FOUND)
    return sheets.of_assessment(session, workspace.library, assessment.id)


def _covered(everything: Sequence[Answered]) -> list[Answered]:
    """The approved phases up to the first that is not.

    What comes after that one rests on answers that are being changed, and its questions may change
    with them: it is covered again once the earlier phase is.
    """
    return list(takewhile(lambda one: one.phase.state == lifecycle.APPROVED, everything))


def _check(session: Session, actor: Actor, system: System, covered: Sequence[Answered]) -> None:
    """Raises WrongState when nothing is approved, Forbidden for an author of a covered phase."""
    if not covered:
        raise WrongState(NOT_APPROVED)
    for one in covered:
        authors = access.authors(session, system, one.phase)
        lifecycle.check("publish", one.phase.state, actor.id, authors)


def chart(workspace: Workspace, actor: Actor, system_id: str, sha256: str) -> bytes:
    """A chart of the preview; NotFound for any file that is no chart of this system."""
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "edition.prepare")
        known = {
            name
            for audit in audits.of_system(session, system.id)
            for drawn in (audit.charts or {}).values()
            for name in drawn.values()
        }
    if sha256 not in known:
        raise NotFound(access.NOT_FOUND)
    return workspace.files.read(sha256)


def _charts(
    workspace: Workspace, edition_id: str, composed: TransparencyRecord
) -> list[EditionFile]:
    names = {
        name
        for audit in composed.audits
        for drawn in audit.charts.values()
        for name in (drawn.de, drawn.en)
    }
    return [
        EditionFile(
            edition_id=edition_id,
            name=name,
            media_type="image/svg+xml",
            content=workspace.files.read(name),
        )
        for name in sorted(names)
    ]
