"""What every service works on: settings, database, files, questionnaires."""

from dataclasses import dataclass
from pathlib import Path

from workbench import resources
from workbench.questionnaire.library import Library
from workbench.questionnaire.loading import load
from workbench.settings import Settings

# ``tables``: rows refer to each other, so a process must know all of them, also a worker.
from workbench.storage import schema, tables  # noqa: F401
from workbench.storage.database import Database
from workbench.storage.files import Files


@dataclass(frozen=True)
class Workspace:
    """Passed to every service as its first argument."""

    settings: Settings
    database: Database
    files: Files
    library: Library

    @property
    def scratch(self) -> Path:
        """Where jobs lay out the files a jailed process may read."""
        return self.settings.data / "jobs"


def open_workspace(settings: Settings) -> Workspace:
    """The workspace of an installation.

    Raises BrokenContent when a questionnaire is wrong, BadSetting when there is no database with
    the present schema.
    """
    database = Database(settings.database)
    schema.require(database)
    return Workspace(
        settings=settings,
        database=database,
        files=Files(settings.data / "files"),
        library=load(resources.folder("questionnaires"), settings.questionnaires),
    )
