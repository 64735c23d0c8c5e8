"""Sections are assigned to people of the team, with a date, and appear on their desk."""

from datetime import date

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.services.conftest import Clock
from workbench.basics.errors import InvalidInput, NotFound, WrongState
from workbench.services import Workspace, tasks

pytestmark = pytest.mark.usefixtures("time")
SOON, GONE = date(2026, 12, 1), date(2026, 11, 20)


def test_it_works(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Bob sees on his desk what Alice has given him, and until when."""
    tasks.assign(workspace, cast.alice, phase_id, "effect", person_id=cast.bob.id, due_on=SOON)
    (task,) = tasks.mine(workspace, cast.bob)
    assert (task.phase.id, task.section.id, task.due_on) == (phase_id, "effect", SOON)
    assert task.system.name == "Straßenzustand per Kamera"
    assert tasks.mine(workspace, cast.alice) == []


def test_the_earliest_date_comes_first_and_late_is_said(
    workspace: Workspace, cast: Cast, phase_id: str, time: Clock
) -> None:
    """Overdue, then soon, then without a date."""
    assert time.at.date() == date(2026, 11, 23)
    time.move(days=-4)
    for section, due in (("effect", None), ("law", SOON), ("people", GONE)):
        tasks.assign(workspace, cast.alice, phase_id, section, person_id=cast.bob.id, due_on=due)
    time.move(days=4)
    found = [(task.section.id, task.late) for task in tasks.mine(workspace, cast.bob)]
    assert found == [("people", True), ("law", False), ("effect", False)]


def test_no_date_is_set_that_has_passed(
    workspace: Workspace, cast: Cast, phase_id: str, time: Clock
) -> None:
    """Today may be set, yesterday not; a date that stood there already may stay."""

    def assign(person_id: str, due: date) -> None:
        tasks.assign(workspace, cast.alice, phase_id, "law", person_id=person_id, due_on=due)

    today = time.at.date()
    with pytest.raises(InvalidInput) as caught:
        assign(cast.bob.id, GONE)
    assert set(caught.value.fields) == {"due_on"}
    assert tasks.mine(workspace, cast.bob) == []
    assign(cast.bob.id, today)
    time.move(days=1)
    assign(cast.alice.id, today)
    assert [task.late for task in tasks.mine(workspace, cast.alice)] == [True]
    with pytest.raises(InvalidInput):
        assign(cast.alice.id, GONE)
    assign("", GONE)  # with nobody there is no date


def test_a_section_has_one_person_or_none(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Assigning anew takes it from the one before; an empty choice from everybody."""
    for person in (cast.bob.id, cast.alice.id, ""):
        tasks.assign(workspace, cast.alice, phase_id, "effect", person_id=person, due_on=SOON)
        owners = [one for one in (cast.alice, cast.bob) if tasks.mine(workspace, one)]
        assert [one.id for one in owners] == [person][: bool(person)]


def test_only_the_team_of_the_system_gets_and_gives(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Charlie can neither be chosen nor choose; an invented section is not found."""
    with pytest.raises(InvalidInput):
        tasks.assign(
            workspace, cast.alice, phase_id, "effect", person_id=cast.charlie.id, due_on=None
        )
    with pytest.raises(NotFound):
        tasks.assign(
            workspace, cast.charlie, phase_id, "effect", person_id=cast.bob.id, due_on=None
        )
    with pytest.raises(NotFound):
        tasks.assign(workspace, cast.alice, phase_id, "nowhere", person_id="", due_on=None)


def test_what_lies_with_the_board_is_on_nobodys_desk(workspace: Workspace, cast: Cast) -> None:
    """A submitted phase has no open task and takes none."""
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    tasks.assign(workspace, cast.alice, phase_id, "effect", person_id=cast.bob.id, due_on=SOON)
    examples.answer(workspace, cast, phase_id)
    examples.hand_over(workspace, cast, phase_id)
    assert tasks.mine(workspace, cast.bob) == []
    with pytest.raises(WrongState):
        tasks.assign(workspace, cast.alice, phase_id, "law", person_id=cast.bob.id, due_on=None)
