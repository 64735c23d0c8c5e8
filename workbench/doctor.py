"""Whether this machine can run the workbench: one line per requirement, with the remedy."""

import ctypes.util
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbench import resources, settings
from workbench.basics.errors import WorkbenchError
from workbench.isolation import selftest
from workbench.questionnaire import checking, fingerprint
from workbench.settings import Settings
from workbench.storage import assessments, schema
from workbench.storage.database import SQLITE_VERSION, Database
from workbench.storage.workspace import open_workspace

# Versions in which two writers can corrupt the database (sqlite.org/wal.html, WAL-reset bug).
FIXED = (3, 51, 3)
BACKPORTS = ((3, 44, 6), (3, 50, 7))
OWN = "own questionnaires"
# Without these nobody can tell what phases were opened with.
NEEDED_TO_READ = frozenset({"questionnaires", OWN, "database"})


@dataclass(frozen=True)
class Finding:
    """One requirement: met or not, what was seen, and what to do if it is not met."""

    name: str
    met: bool
    seen: str
    remedy: str


def examine(environment: Mapping[str, str] = os.environ) -> list[Finding]:
    """Every requirement in the order in which one would mend them."""
    found = [_python(), _sqlite(), _pango(), _static(), _fonts(), _jail(), _questionnaires()]
    try:
        chosen = settings.read(environment)
    except WorkbenchError as error:
        remedy = "Set the variable; README lists them."
        return [*found, Finding("settings", met=False, seen=str(error), remedy=remedy)]
    found += [*_own_questionnaires(chosen), _folder(chosen), _key(chosen), _database(chosen)]
    readable = all(one.met for one in found if one.name in NEEDED_TO_READ)
    return [*found, *([_wording(chosen)] if readable else [])]


def _python() -> Finding:
    seen = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), seen, "Install Python 3.11 or newer.")


def sqlite_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is without the WAL-reset bug."""
    return version >= FIXED or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS
    )


def _sqlite() -> Finding:
    version = tuple(map(int, SQLITE_VERSION.split(".")))
    remedy = "Install the package pysqlite3 (Linux) or Python with SQLite 3.51.3 or newer."
    return Finding("SQLite", sqlite_is_safe(version), SQLITE_VERSION, remedy)


def _pango() -> Finding:
    found = ctypes.util.find_library("pango-1.0")
    remedy = "Install it: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return Finding("Pango", found is not None, found or "not found", remedy)


def _static() -> Finding:
    file = resources.PACKAGE / "web/static/vendor/kern/kern.min.css"
    remedy = "Install the package again; its build fetches the styles."
    return Finding("static files", file.is_file(), str(file), remedy)


def _fonts() -> Finding:
    folder = resources.PACKAGE / "web/static/vendor/kern/fonts"
    count = len(list(folder.rglob("*.woff2")))
    remedy = "Install the package again; its build fetches the fonts."
    return Finding("fonts", count > 0, f"{count} font files", remedy)


def _jail() -> Finding:
    remedy = "Audits need Linux 5.13 or newer with Landlock; everything else works without."
    try:
        escaped = selftest.escapes()
    except WorkbenchError as error:
        return Finding("sealed-off process", met=False, seen=str(error), remedy=remedy)
    seen = f"does not hold: {', '.join(escaped)}" if escaped else "holds"
    return Finding("sealed-off process", not escaped, seen, remedy)


def _questionnaires() -> Finding:
    folder = resources.folder("questionnaires")
    problems = checking.problems(folder)
    seen = str(problems[0]) if problems else str(folder)
    return Finding("questionnaires", not problems, seen, "Correct the file at that line.")


def _own_questionnaires(chosen: Settings) -> list[Finding]:
    """The folder of the town, checked beside the built-in one; nothing when it has none."""
    own = chosen.questionnaires
    if own is None:
        return []
    problems = checking.problems(resources.folder("questionnaires"), own)
    seen = str(problems[0]) if problems else str(own)
    return [Finding(OWN, not problems, seen, "Correct the file at that line.")]


def _folder(chosen: Settings) -> Finding:
    met = chosen.data.is_dir() and os.access(chosen.data, os.W_OK)
    return Finding("data folder", met, str(chosen.data), "Run `workbench init` as its owner.")


def _key(chosen: Settings) -> Finding:
    return _tried("secret key", lambda: f"{len(settings.secret_key(chosen))} bytes")


def _database(chosen: Settings) -> Finding:
    try:
        database = Database(chosen.database)
        present = schema.current(database)
    except WorkbenchError as error:
        return Finding("database", met=False, seen=str(error), remedy="Check WORKBENCH_DATABASE.")
    database.engine.dispose()
    remedy = "Run `workbench init`; it brings the database up to date."
    return Finding("database", present == schema.head(), f"schema {present}", remedy)


def _wording(chosen: Settings) -> Finding:
    """Whether the questions that phases were opened with are still the same."""
    remedy = (
        "Put the earlier files back and give the change a new version, see questionnaires/; "
        "or let the teams accept the present wording on the pages of their phases."
    )
    changed = reworded(chosen)
    seen = f"edited in use: {', '.join(changed)}" if changed else "as when the phases were opened"
    return Finding("wording", not changed, seen, remedy)


def reworded(chosen: Settings) -> tuple[str, ...]:
    """The versions of questionnaires that were edited although phases use them, "id version"."""
    workspace = open_workspace(chosen)
    library = workspace.library
    present = {
        (one.id, one.version): fingerprint.of(library, one) for one in library.questionnaires
    }
    try:
        with workspace.database.reading() as session:
            phases = assessments.every(session)
    finally:
        workspace.database.engine.dispose()
    kept = (one for one in phases if (one.questionnaire, one.version) in present)
    changed = {
        f"{one.questionnaire} {one.version}"
        for one in kept
        if assessments.reworded(one, present[one.questionnaire, one.version])
    }
    return tuple(sorted(changed))


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, met=True, seen=look(), remedy="")
    except WorkbenchError as error:
        return Finding(name, met=False, seen=str(error), remedy="Run `workbench init`.")
