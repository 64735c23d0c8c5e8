"""What the worker does for publications: the PDF of exactly the published snapshot."""

from collections.abc import Callable

from workbench.basics.text import LANGUAGES, later
from workbench.disclosure import exports
from workbench.reporting import edition as report
from workbench.storage import jobs, journal, publications
from workbench.storage.jobs import Claim
from workbench.storage.publications import Edition, EditionFile
from workbench.storage.workspace import Workspace

STEP = later("The PDF is being made.")


def render(workspace: Workspace, claim: Claim, tell: Callable[[float, str], None]) -> None:
    """Make the PDF of an edition in every language and keep it with the edition.

    When workers died over it again and again, the job is buried instead.
    """
    if claim.attempts > jobs.ATTEMPTS:
        with workspace.database.transaction() as session:
            jobs.finish(session, claim, "dead")
        return
    with workspace.database.reading() as session:
        edition = session.get_one(Edition, claim.subject)
        names = publications.file_names(session, edition.id)
        charts = {
            name: content.decode()
            for name in names
            if (content := _svg(publications.file(session, edition.id, name)))
        }
    record = exports.parse(edition.record.encode())
    made = {}
    for position, language in enumerate(LANGUAGES):
        tell(position / len(LANGUAGES), STEP)
        made[language] = report.edition_pdf(record, language, charts, edition.sha256)
    with workspace.database.transaction() as session:
        if not jobs.finish(session, claim):
            return
        for language, content in made.items():
            session.add(
                EditionFile(
                    edition_id=edition.id,
                    name=f"pdf-{language}",
                    media_type="application/pdf",
                    content=content,
                )
            )
        journal.append(session, None, "edition.pdf", edition.system_id, number=edition.number)


def _svg(file: EditionFile | None) -> bytes | None:
    return file.content if file and file.media_type == "image/svg+xml" else None
