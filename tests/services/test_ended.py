"""A system whose use has ended: the profile and the public learn it, and the desk is quiet."""

from dataclasses import replace
from datetime import date

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from workbench.questionnaire.definition import FeedName
from workbench.services import Workspace, assessments, deadlines, decisions, profiles, publications

pytestmark = pytest.mark.usefixtures("time")
# A day that conception asks for; here it is the one on which the use ended.
DAY_ASKED = "effect.planned_start"
BEFORE, LATER = "2026-11-01", "2027-11-01"


def ending(workspace: Workspace, *, public: bool = True) -> Workspace:
    """The workbench whose conception asks when the use ended, and whose first duty goes on."""
    library = workspace.library
    fed = {"feeds": FeedName.ENDED_ON, "public": public}
    questionnaires = tuple(
        one.model_copy(
            update={
                "sections": tuple(
                    section.model_copy(
                        update={
                            "questions": tuple(
                                asked.model_copy(update=fed) if asked.id == DAY_ASKED else asked
                                for asked in section.questions
                            )
                        }
                    )
                    for section in one.sections
                )
            }
        )
        for one in library.questionnaires
    )
    first, *others = library.newest_calendar().duties
    duties = (first.model_copy(update={"after_end": True}), *others)
    calendar = library.newest_calendar().model_copy(update={"duties": duties})
    return replace(
        workspace,
        library=replace(
            library, questionnaires=questionnaires, calendars={calendar.version: calendar}
        ),
    )


def told(workspace: Workspace, cast: Cast, day: str) -> str:
    """A system of which Alice says that its use ended that day; its id."""
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    examples.answer(workspace, cast, phase_id)
    assessments.save_section(workspace, cast.alice, phase_id, {DAY_ASKED: day}, {})
    again = DECISION.model_copy(update={"review_on": date(2026, 12, 1)})
    decisions.save(workspace, cast.alice, phase_id, again)
    return system_id


def test_it_ends(workspace: Workspace, cast: Cast) -> None:
    """The profile names the day and the duties that go on; nothing is due on the desk."""
    changed = ending(workspace)
    view = profiles.view(changed, cast.alice, told(changed, cast, BEFORE))
    assert view.ended_on == date(2026, 11, 1)
    assert view.duties is not None
    assert [one.id for one in view.duties.now] == [changed.library.newest_calendar().duties[0].id]
    assert deadlines.mine(changed, cast.alice) == []


def test_a_system_in_use_keeps_everything(workspace: Workspace, cast: Cast) -> None:
    """The twin: the day is still ahead."""
    changed = ending(workspace)
    view = profiles.view(changed, cast.alice, told(changed, cast, LATER))
    assert view.ended_on is None
    assert view.duties is not None
    assert len(view.duties.now) > 1
    assert len(deadlines.mine(changed, cast.alice)) == 1


@pytest.mark.parametrize(
    ("public", "day", "expected"),
    [(True, BEFORE, date(2026, 11, 1)), (True, LATER, None), (False, BEFORE, None)],
)
def test_the_record_says_so_if_the_answer_is_public(
    workspace: Workspace, cast: Cast, public: bool, day: str, expected: date | None
) -> None:
    """Of an internal answer neither the day nor the duties that went with it tell anything."""
    changed = ending(workspace, public=public)
    shown = publications.preview(changed, cast.alice, told(changed, cast, day))
    conclusions = shown.record.conclusions
    assert conclusions.ended_on == expected
    assert conclusions.duties is not None
    assert (len(conclusions.duties.duties) == 1) is bool(expected)
