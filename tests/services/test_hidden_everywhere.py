"""Hidden answers reach nobody: record, forms, linked answers, agenda, profile, desk, board.

The real questionnaires of all phases are answered at random, asked or not. What is computed is then
the same as after the hidden answers were taken back.
"""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.examples.answered import answer, phases
from tests.examples.cast import Cast, register
from tests.services.conftest import Clock
from workbench.basics import clock
from workbench.governance.lifecycle import APPROVED
from workbench.questionnaire import path
from workbench.services import (
    Workspace,
    agenda,
    cases,
    deadlines,
    decision_log,
    other_forms,
    profiles,
    publications,
)
from workbench.storage import assessments
from workbench.storage.assessments import Phase

pytestmark = pytest.mark.usefixtures("time")
MARK = "Das ist verborgen geblieben."


@pytest.fixture
def real(workspace: Workspace) -> Workspace:
    """What services work on, with the real questionnaires of all phases."""
    return replace(workspace, library=replace(workspace.library, questionnaires=phases()))


def opened(workspace: Workspace, cast: Cast, system_id: str, seed: int) -> dict[str, set[str]]:
    """Every phase, approved and answered at random; returns its id → the hidden answers.

    Each hidden text says MARK.
    """
    chance = Random(seed)
    given = {q.id: answer(q, chance) for one in phases() for q in one.questions()}
    counting = path.counting_in_all(phases(), given)
    hidden = given.keys() - counting.keys()
    for one in phases():
        given |= {q.id: MARK for q in one.questions() if q.id in hidden and q.type == "long_text"}
    ids: dict[str, set[str]] = {}
    with workspace.database.transaction() as session:
        assessment = assessments.of_system(session, system_id)
        assert assessment is not None
        there = {one.name: one for one in assessments.phases(session, assessment.id)}
        for one in phases():
            phase = there.get(one.phase) or Phase(
                assessment_id=assessment.id,
                name=one.phase,
                questionnaire=one.id,
                version=one.version,
                opened_at=clock.now(),
            )
            phase.questionnaire, phase.version, phase.state = one.id, one.version, APPROVED
            phase.submitted_at, phase.submitted_by = clock.now(), cast.bob.id
            session.add(phase)
            session.flush()
            saved = {q.id: (given[q.id], 1) for q in one.questions()}
            assessments.add(session, phase.id, cast.alice.id, clock.now(), saved)
            ids[phase.id] = hidden & saved.keys()
    return ids


def told(workspace: Workspace, cast: Cast, system_id: str, phase_ids: list[str]) -> list[Any]:
    """All that anybody gets to read, computed by the services."""
    profile = profiles.view(workspace, cast.alice, system_id)
    forms = [
        other_forms.file(workspace, cast.alice, system_id, one.id, kind, language)
        for one in other_forms.every()
        for kind in ("json", "csv")
        for language in ("de", "en")
    ]
    points = [agenda.agenda(workspace, cast.alice, one) for one in phase_ids]
    judged = [cases.one(workspace, cast.dora, one) for one in phase_ids]
    return [
        publications.preview(workspace, cast.frida, system_id).record,
        [one.content.decode() for one in forms],
        decision_log.log(workspace, cast.alice, system_id).threads,
        [(one.sections, one.minutes) for one in points],
        (profile.classification, profile.nodes, profile.profile, profile.duties),
        (profile.chains, profile.balance),
        [one.due.deadline for one in deadlines.mine(workspace, cast.alice)],
        [(one.summary, one.nodes, [each.unmet for each in one.obstacles]) for one in judged],
    ]


@pytest.mark.parametrize("seed", range(6))
def test_taking_hidden_answers_back_changes_nothing(
    real: Workspace, cast: Cast, time: Clock, seed: int
) -> None:
    """And no text that is hidden stands anywhere in what is told."""
    system_id = register(real, cast)
    hidden = opened(real, cast, system_id, seed)
    assert sum(len(names) for names in hidden.values()) > 10
    before = told(real, cast, system_id, list(hidden))
    with real.database.transaction() as session:
        for phase_id, names in hidden.items():
            gone = dict.fromkeys(names, (None, 2))
            assessments.add(session, phase_id, cast.alice.id, time.at, gone)
    after = told(real, cast, system_id, list(hidden))

    assert before == after
    assert MARK not in repr(before)


def test_an_answer_that_counts_is_told(real: Workspace, cast: Cast) -> None:
    """Twin: the same text in an answer that is asked stands in record, forms and profile."""
    system_id = register(real, cast)
    hidden = opened(real, cast, system_id, 0)
    before = told(real, cast, system_id, list(hidden))
    with real.database.transaction() as session:
        for phase_id in hidden:
            asked = {q.id: q.type for one in phases() for q in one.questions()}
            shown = [
                name
                for name in assessments.current(session, phase_id)
                if name not in hidden[phase_id] and asked[name] == "long_text"
            ]
            said = dict.fromkeys(shown, (MARK, 2))
            assessments.add(session, phase_id, cast.alice.id, clock.now(), said)
    after = told(real, cast, system_id, list(hidden))

    assert [one == other for one, other in zip(before, after, strict=True)][:3] == [False] * 3
    assert MARK in repr(after)
