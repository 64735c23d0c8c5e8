"""Look back at value decisions: the versions of one, and those of all phases."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.basics.errors import NotFound
from workbench.governance import drift
from workbench.governance.decisions import weighed
from workbench.governance.drift import Thread
from workbench.governance.roles import Actor
from workbench.governance.value_log import Logged
from workbench.questionnaire import path
from workbench.questionnaire.definition import Value
from workbench.storage import access, decisions, dissents, people, sheets
from workbench.storage.assessments import Phase
from workbench.storage.decisions import Recorded
from workbench.storage.dissents import Held
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class HistoryView:
    """Every version of one decision, oldest first, by people with these ``names`` (id → name).

    ``dissents`` are the minority opinions on it with their versions, also those taken back.
    """

    system: System
    phase: Phase
    versions: list[Recorded]
    dissents: list[Held]
    log: list[Logged]
    names: Mapping[str, str]
    vocabulary: Mapping[str, Value]


@dataclass(frozen=True)
class LogView:
    """The value decisions of a system over all phases, in the order of the phases.

    ``threads``: value → answers linked over phases.
    """

    system: System
    phases: list[Phase]
    log: list[Logged]
    threads: Mapping[str, tuple[Thread, ...]]
    vocabulary: Mapping[str, Value]


def history(workspace: Workspace, actor: Actor, decision_id: str) -> HistoryView:
    """Every version of a decision; NotFound when the person may not know of its phase."""
    with workspace.database.reading() as session:
        versions = decisions.versions(session, decision_id)
        if not versions:
            raise NotFound(access.NOT_FOUND)
        system, phase = access.phase(session, actor, versions[0].phase_id, "answers.trace")
        _, known = access.phases(session, actor, system.id, "answers.trace")
        said = dissents.of_phase(session, phase.id).get(decision_id, [])
        there = {one.person_id for one in versions}.union(*(one.people for one in said))
        return HistoryView(
            system=system,
            phase=phase,
            versions=versions,
            dissents=said,
            log=decisions.logged(session, known),
            names=people.names(session, there),
            vocabulary=sheets.vocabulary(workspace.library, [*known, phase], versions),
        )


def log(workspace: Workspace, actor: Actor, system_id: str) -> LogView:
    """Value decisions and linked answers of all phases; for the board of those submitted."""
    with workspace.database.reading() as session:
        system, phases = access.phases(session, actor, system_id, "values.read")
        known = {phase.id for phase in phases}
        everything = [
            one
            for phase in phases[:1]
            for one in sheets.of_assessment(session, workspace.library, phase.assessment_id)
            if one.phase.id in known
        ]
        taken = decisions.logged(session, phases)
    asked = [one.questionnaire for one in everything]
    answers = {key: value for one in everything for key, value in one.sheet.items()}
    return LogView(
        system=system,
        phases=phases,
        log=taken,
        threads=drift.threads(asked, path.counting_in_all(asked, answers)),
        vocabulary=workspace.library.values_for(asked, weighed(one.body for one in taken)),
    )
