"""The profile: computed from the answers that count, for whoever may see them."""

from dataclasses import replace

import pytest
from pydantic import JsonValue

from tests.examples import cast as examples
from tests.examples import five_phases, quickly
from tests.examples.cast import Cast
from tests.services.conftest import Clock
from workbench.basics.errors import NotFound
from workbench.services import Workspace, assessments, phases, profiles


def test_it_works(workspace: Workspace, cast: Cast, phase_id: str, time: Clock) -> None:
    """Counts, duties of the day and places of the questions; nothing is invented."""
    assessments.save_section(workspace, cast.alice, phase_id, {"purpose.goal": "Ziel"}, {})
    system_id = phases.overview(workspace, cast.alice, phase_id).system.id
    view = profiles.view(workspace, cast.bob, system_id)
    assert (view.profile.answered, view.day) == (1, time.at.date())
    assert view.profile.impact.share is None  # nothing is scored in this version
    assert view.balance.per_year is None
    assert view.places["purpose.goal"] == (phase_id, "purpose")
    assert view.duties is not None
    assert [duty.id for duty in view.duties.later] == []
    assert [duty.id for duty in view.duties.now] == ["gone", "moved", "same"]


def test_the_board_sees_what_was_submitted(workspace: Workspace, cast: Cast) -> None:
    """A phase that is still being answered is no part of what the board sees."""
    system_id, conception = examples.approve(workspace, cast)
    design = phases.open_next(workspace, cast.alice, system_id)
    seen = {
        person.name: [phase.id for phase in profiles.view(workspace, person, system_id).phases]
        for person in (cast.alice, cast.frida, cast.dora)
    }
    assert seen == {
        "Alice": [conception, design],
        "Frida": [conception, design],
        "Dora": [conception],
    }


def test_strangers_and_an_early_board_find_nothing(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """Neither who is no member, nor the board before anything was submitted."""
    for person in (cast.charlie, cast.dora):
        with pytest.raises(NotFound):
            profiles.view(workspace, person, system_id)


def test_each_judgement_has_its_person_and_its_moment(
    workspace: Workspace, cast: Cast, time: Clock
) -> None:
    """Alice judged; Bob judged one anew an hour later. What nobody judged has neither."""
    real = quickly.library()
    workspace = replace(workspace, library=five_phases.library(real, version="2026.2"))
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    assert all(one.at is None for one in profiles.view(workspace, cast.bob, system_id).nodes)
    examples.answer(workspace, cast, phase_id)
    first = profiles.view(workspace, cast.alice, system_id)
    stated = [one for one in first.nodes if one.answer.stated]
    assert stated
    assert {first.names[one.person_id or ""] for one in stated} == {"Alice"}
    judged, started = stated[0].answer.question, time.at
    time.move(hours=1)
    said: JsonValue = {"choice": "yes", "reason": "Es lernt aus Bildern, geprüft von Bob."}
    assessments.save_section(workspace, cast.bob, phase_id, {judged: said}, {judged: 1})
    again = profiles.view(workspace, cast.alice, system_id)
    at = {one.answer.question: (again.names[one.person_id or ""], one.at) for one in again.nodes}
    assert at.pop(judged) == ("Bob", time.at)
    assert at[stated[1].answer.question] == ("Alice", started)
    assert "geprüft von Bob" in " ".join(again.nodes[0].answer.words["de"])
