"""Every act of a person leaves exactly one line in the journal; a refused one leaves none."""

from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import iter_modules

import pytest

from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.services.journalled import ACTS
from tests.services.scenes import Scene, Stage
from workbench import services
from workbench.basics.errors import WorkbenchError
from workbench.services import Workspace, visits
from workbench.storage.journal import JournalEntry

# What changes nothing, or no more than a browser's session (ending one has a test of its own), and
# the worker's tasks, which no person does.
READING = {
    "agenda": {"agenda"},
    "assessments": {"beside", "section"},
    "audit_documents": {"render"},
    "audit_files": {"chart", "result", "report"},
    "audit_runs": {"compare", "inspect", "run"},
    "audits": {"overview", "dataset", "view"},
    "calendars": {"preview"},
    "cases": {"every", "one"},
    "comments": {"new"},
    "comparisons": {"view"},
    "conditions": {"of_system", "one", "waiting"},
    "deadlines": {"mine"},
    "decision_log": {"log", "history"},
    "decisions": {"view", "phase_of"},
    "dissents": {"view", "unconfirmed"},
    "documents": {"render"},
    "evidence": {"read", "shortened"},
    "moving": {"preview"},
    "news": {"of_section"},
    "offline": {"preview", "take_along"},
    "other_forms": {"file", "overview", "view"},
    "people": {"everybody"},
    "phases": {"overview"},
    "profiles": {"view"},
    "publications": {"preview", "chart"},
    "questions": {"view"},
    "register": {"edition", "entries", "file"},
    "scopes": {"whole"},
    "systems": {"described_as", "view", "desk"},
    "tasks": {"mine"},
    "visits": {"end", "find", "keep"},
}


def scene(workspace: Workspace, cast: Cast, stage: Stage) -> Scene:
    """The system at that stage."""
    return Scene(workspace, cast, *stage(workspace, cast))


@pytest.mark.parametrize("name", list(ACTS))
def test_an_act_leaves_one_line(workspace: Workspace, cast: Cast, name: str) -> None:
    """One act, one line, with the person who did it."""
    stage, act, _ = ACTS[name]
    do = act(scene(workspace, cast, stage))
    before = len(rows(workspace, JournalEntry))
    do()
    new = rows(workspace, JournalEntry)[before:]
    assert len(new) == 1
    assert new[0].person_id in {person.id for person in vars(cast).values()}


@pytest.mark.parametrize("name", list(ACTS))
def test_a_refused_act_leaves_none(workspace: Workspace, cast: Cast, name: str) -> None:
    """What was refused has not happened."""
    stage, _, refused = ACTS[name]
    do = refused(scene(workspace, cast, stage))
    before = len(rows(workspace, JournalEntry))
    with pytest.raises(WorkbenchError):
        do()
    assert len(rows(workspace, JournalEntry)) == before


def test_signing_out_leaves_one_line(workspace: Workspace, cast: Cast) -> None:
    """The end of a session is an act; ending one that is not there is none."""
    token = visits.keep(workspace, None, {}, cast.alice.id)
    before = len(rows(workspace, JournalEntry))
    visits.end(workspace, token)
    visits.end(workspace, token)
    assert len(rows(workspace, JournalEntry)) == before + 1


@pytest.mark.parametrize("short", [found.name for found in iter_modules(services.__path__)])
def test_the_table_names_every_service(short: str) -> None:
    """A new service has to say above whether it is an act."""
    module = import_module(f"workbench.services.{short}")
    public = {
        name
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    listed = {name.split(".")[1] for name in ACTS if name.startswith(f"{short}.")}
    assert public == listed | READING.get(short, set())
