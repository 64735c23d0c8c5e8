"""A workspace without reading all questionnaires again for every test."""

from functools import cache

from workbench import resources
from workbench.questionnaire import loading
from workbench.questionnaire.library import Library
from workbench.services import Workspace
from workbench.settings import Settings
from workbench.storage.database import Database
from workbench.storage.files import Files


@cache
def library() -> Library:
    """The built-in questionnaires, which nothing in a test changes."""
    return loading.load(resources.folder("questionnaires"))


def opened(settings: Settings) -> Workspace:
    """What ``open_workspace`` gives for an installation that is ready."""
    database, files = Database(settings.database), Files(settings.data / "files")
    return Workspace(settings, database, files, library())
