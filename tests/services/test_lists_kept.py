"""Shared lists have versions: an assessment keeps those it was made under until it is moved."""

from dataclasses import replace

import pytest

from tests.examples.cast import DECISION, Cast
from tests.examples.newer import VERSION, newer
from workbench.basics.clock import now
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Source, Text, Value
from workbench.questionnaire.library import Lists, Named
from workbench.services import (
    Workspace,
    cases,
    decision_log,
    decisions,
    moving,
    phases,
    profiles,
    publications,
)
from workbench.storage.assessments import Phase

NEVER = {"equals": ["purpose.goal", "never"]}
HOLDS = Condition.model_validate({"not": NEVER})


def listed(words: str, source: Source) -> Lists:
    """Lists of one value and one condition that holds for every system, in these words."""
    title = Text({"de": words, "en": words})
    return Lists(
        values={"equality": Value(id="equality", title=title, source=source)},
        indicators={},
        conditions={"always": Named(id="always", title=title, holds_if=HOLDS)},
    )


@pytest.fixture
def updated(workspace: Workspace) -> Workspace:
    """The workbench after an update that brought new lists, and a questionnaire that uses them."""
    changed = newer(workspace)
    library = changed.library
    source = next(iter(library.sources.values()))
    questionnaires = tuple(
        one.model_copy(update={"lists": "9999.2" if one.version == VERSION else "2026.1"})
        for one in library.questionnaires
    )
    lists = {"2026.1": listed("Alt", source), "9999.2": listed("Neu", source)}
    return replace(changed, library=replace(library, questionnaires=questionnaires, lists=lists))


def told(workspace: Workspace, cast: Cast, phase_id: str) -> dict[str, str]:
    """The words of the lists wherever somebody meets them."""
    system_id = phases.overview(workspace, cast.alice, phase_id).system.id
    (held,) = profiles.view(workspace, cast.alice, system_id).classification
    record = publications.preview(workspace, cast.alice, system_id).record
    (published,) = record.conclusions.holding
    vocabulary = decisions.view(workspace, cast.alice, phase_id).vocabulary
    return {
        "profile": held.title.in_language("de"),
        "record": published.text.de,
        "decisions": vocabulary["equality"].title.in_language("de"),
        "version": str(record.phases[0].questionnaire.lists),
    }


def test_what_was_said_stays_until_somebody_moves(
    updated: Workspace, cast: Cast, phase_id: str
) -> None:
    """New lists change nothing by themselves; with the newer questions they come."""
    old = dict.fromkeys(("profile", "record", "decisions"), "Alt")
    assert told(updated, cast, phase_id) == {**old, "version": "2026.1"}
    moving.move(updated, cast.bob, phase_id, VERSION)
    new = dict.fromkeys(("profile", "record", "decisions"), "Neu")
    assert told(updated, cast, phase_id) == {**new, "version": "9999.2"}


WEIGHED = DECISION.model_copy(update={"values": ("equality", "liberty"), "yielding": "liberty"})


def test_a_decision_keeps_the_value_that_newer_lists_gave_up(
    updated: Workspace, cast: Cast, phase_id: str
) -> None:
    """Team, board and public still read which value gave way."""
    old = updated.library.lists["2026.1"]
    (equality,) = old.values.values()
    liberty = equality.model_copy(
        update={"id": "liberty", "title": Text({"de": "Freiheit", "en": "Liberty"})}
    )
    kept = replace(old, values={**old.values, "liberty": liberty})
    lists = {**updated.library.lists, "2026.1": kept}
    workspace = replace(updated, library=replace(updated.library, lists=lists))
    made = decisions.save(workspace, cast.alice, phase_id, WEIGHED)
    moving.move(workspace, cast.bob, phase_id, VERSION)
    with workspace.database.transaction() as session:
        phase = session.get_one(Phase, phase_id)
        phase.state, phase.submitted_at, phase.submitted_by = "submitted", now(), cast.bob.id
        session.add(phase)

    system_id = phases.overview(workspace, cast.alice, phase_id).system.id
    (told_of,) = publications.preview(workspace, cast.alice, system_id).record.phases
    (published,) = told_of.value_decisions
    assert published.yielding
    assert published.yielding.de == "Freiheit"
    assert [one.de for one in published.values] == ["Neu", "Freiheit"]
    for view in (
        decisions.view(workspace, cast.alice, phase_id),
        decision_log.log(workspace, cast.alice, system_id),
        decision_log.history(workspace, cast.alice, made),
        cases.one(workspace, cast.dora, phase_id),
    ):
        assert view.vocabulary["liberty"].title.in_language("de") == "Freiheit"
