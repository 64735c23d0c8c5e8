"""An assessment keeps its legal calendar until somebody renews it on purpose."""

import pytest

from tests.examples import five_phases
from tests.examples.cast import Cast
from workbench.basics.errors import Forbidden, NotFound, WrongState
from workbench.services import Workspace, calendars, profiles


def duties(workspace: Workspace, cast: Cast, system_id: str) -> set[str]:
    """The duties that the profile shows, now and later."""
    found = profiles.view(workspace, cast.alice, system_id).duties
    assert found is not None
    return {duty.id for duty in (*found.now, *found.later)}


def test_a_new_calendar_changes_nothing_by_itself(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """The assessment was made under 2026.1 and keeps it when 2026.2 is installed."""
    later = five_phases.renewed(workspace)
    assert duties(later, cast, system_id) == {"gone", "moved", "same"}
    view = profiles.view(later, cast.alice, system_id)
    assert (view.calendar, view.newest) == (five_phases.OLD, five_phases.NEW)


def test_the_preview_names_what_changes(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """New, changed and dropped duties; what stays is not listed."""
    seen = calendars.preview(five_phases.renewed(workspace), cast.alice, system_id)
    assert [duty.id for duty in seen.added] == ["added"]
    assert [(one.applies_from, two.applies_from) for one, two in seen.changed] == [
        (five_phases.OLD.duties[1].applies_from, five_phases.NEW.duties[0].applies_from)
    ]
    assert [duty.id for duty in seen.gone] == ["gone"]


def test_renewing_takes_the_newest(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """From then on its duties are those of the new calendar; a second time there is nothing."""
    later = five_phases.renewed(workspace)
    calendars.renew(later, cast.bob, system_id, "2026.2")
    assert duties(later, cast, system_id) == {"added", "moved", "same"}
    with pytest.raises(WrongState):
        calendars.preview(later, cast.alice, system_id)
    with pytest.raises(WrongState):
        calendars.renew(later, cast.alice, system_id, "2026.2")


def test_only_what_was_shown_is_taken(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """A calendar that came after the preview has to be looked at first."""
    with pytest.raises(WrongState, match="newer calendar"):
        calendars.renew(five_phases.renewed(workspace), cast.alice, system_id, "2026.0")
    assert duties(workspace, cast, system_id) == {"gone", "moved", "same"}


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_renew(
    workspace: Workspace, cast: Cast, system_id: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing, other roles are refused."""
    with pytest.raises(error):
        calendars.renew(five_phases.renewed(workspace), getattr(cast, name), system_id, "2026.2")
