"""Deadlines appear on the desk and at the system, for those who may know of them."""

from datetime import date

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.services.conftest import Clock
from workbench.services import Workspace, deadlines, decisions, systems

pytestmark = pytest.mark.usefixtures("time")
SOON = date(2026, 12, 1)


def test_it_works(workspace: Workspace, cast: Cast, system_id: str, phase_id: str) -> None:
    """A decision that is to be looked at again in a week is on Bob's desk and at the system."""
    body = DECISION.model_copy(update={"review_on": SOON})
    key = decisions.save(workspace, cast.alice, phase_id, body)
    (found,) = deadlines.mine(workspace, cast.bob)
    due = found.due
    assert (found.system.id, due.phase_id, due.deadline.place) == (system_id, phase_id, key)
    assert (due.deadline.on, due.deadline.office) == (SOON, "Leitung des Tiefbauamts")
    assert systems.view(workspace, cast.alice, system_id).due == [due]


def test_it_comes_and_passes(workspace: Workspace, cast: Cast, phase_id: str, time: Clock) -> None:
    """31 days before it is not there; afterwards it says that it has passed."""
    body = DECISION.model_copy(update={"review_on": date(2026, 12, 24)})
    decisions.save(workspace, cast.alice, phase_id, body)
    assert deadlines.mine(workspace, cast.alice) == []
    time.move(days=1)
    assert [one.due.deadline.passed for one in deadlines.mine(workspace, cast.alice)] == [False]
    time.move(days=31)
    assert [one.due.deadline.passed for one in deadlines.mine(workspace, cast.alice)] == [True]


def test_strangers_and_the_board_do_not_see_it(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Charlie never; the board once the phase was submitted; the administration always."""
    body = DECISION.model_copy(update={"review_on": SOON})
    examples.answer(workspace, cast, phase_id)
    decisions.save(workspace, cast.alice, phase_id, body)
    seen = {
        name: bool(deadlines.mine(workspace, getattr(cast, name)))
        for name in ("charlie", "dora", "frida")
    }
    assert seen == {"charlie": False, "dora": False, "frida": True}
    examples.hand_over(workspace, cast, phase_id)
    assert deadlines.mine(workspace, cast.dora)
    assert not deadlines.mine(workspace, cast.charlie)


def test_the_earliest_of_all_systems_comes_first(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Whatever the systems are called."""
    other = examples.phase_of(workspace, cast, examples.register(workspace, cast, "Ampeln"))
    for phase, day in ((other, date(2026, 12, 3)), (phase_id, SOON), (other, date(2026, 11, 30))):
        body = DECISION.model_copy(update={"review_on": day})
        decisions.save(workspace, cast.alice, phase, body)
    found = [(one.system.name[:3], one.due.deadline.on.day) for one in _mine(workspace, cast)]
    assert found == [("Amp", 30), ("Str", 1), ("Amp", 3)]


def _mine(workspace: Workspace, cast: Cast) -> list[deadlines.DueView]:
    return deadlines.mine(workspace, cast.alice)
