"""A phase moves to newer questions only on purpose; fitting answers stay, others are asked anew."""

import pytest

from tests.examples.cast import Cast
from tests.examples.newer import ADDED, GONE, SHORTER, VERSION, newer, renamed
from workbench.basics.errors import Forbidden, InvalidInput, WrongState
from workbench.services import Workspace, assessments, comments, evidence, moving, phases
from workbench.services.evidence import Backed

PROBLEM = "purpose.problem"
ANSWERS = {SHORTER: "Ein langes Ziel.", PROBLEM: "Ein Problem.", GONE: "Ein Grund."}


def test_nothing_moves_by_itself(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """After the update the phase still asks the old questions; the preview changes nothing."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    updated = newer(workspace)
    view = moving.preview(updated, cast.alice, phase_id)
    assert (view.before.version, view.after.version) == ("2026.1", VERSION)
    assert [(one.question.id, one.kind, one.answered) for one in view.moves] == [
        (SHORTER, "unfit", True),
        (ADDED, "new", False),
        (GONE, "gone", True),
    ]
    section = assessments.section(updated, cast.alice, phase_id, "purpose")
    assert section.questionnaire.version == "2026.1"


def test_it_moves_on_purpose(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """The fitting answer stays, the other is emptied by a save that the history shows."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    updated = newer(workspace)
    moving.move(updated, cast.bob, phase_id, VERSION)
    section = assessments.section(updated, cast.alice, phase_id, "purpose")
    assert section.questionnaire.version == VERSION
    assert dict(section.sheet) == {PROBLEM: "Ein Problem.", GONE: "Ein Grund."}
    assert section.numbers[SHORTER] == 2
    with pytest.raises(WrongState):
        moving.move(updated, cast.bob, phase_id, VERSION)


def test_only_what_was_shown(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Another version than the newest is refused, and so is somebody who may not write."""
    with pytest.raises(WrongState):
        moving.move(newer(workspace), cast.alice, phase_id, "2026.1")
    with pytest.raises(Forbidden):
        moving.move(newer(workspace), cast.dora, phase_id, VERSION)


def test_only_answers_to_the_present_questions_are_saved(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Of a page from before the move nothing is stored that is not asked, or does not fit."""
    updated = newer(workspace)
    moving.move(updated, cast.bob, phase_id, VERSION)
    for wrong in ({GONE: "Ein Grund."}, {SHORTER: "Ein langes Ziel."}, {PROBLEM: 7}):
        with pytest.raises(InvalidInput) as refused:
            assessments.save_section(
                updated,
                cast.alice,
                phase_id,
                {**wrong, "purpose.previous_procedure": "Zu Fuß."},
                {},
            )
        assert refused.value.fields.keys() == wrong.keys()
    assert dict(assessments.section(updated, cast.alice, phase_id, "purpose").sheet) == {}


def test_what_was_said_about_a_question_that_is_gone_stays_readable(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """With the old words: answer, remarks, evidence. Questions without any of them stay away."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    comments.write(workspace, cast.bob, phase_id, "Stimmt das?", question_id=GONE)
    evidence.add_link(
        workspace, cast.alice, phase_id, Backed(GONE), link="https://example.org/", name="Protokoll"
    )
    updated = newer(workspace)
    assert moving.preview(updated, cast.alice, phase_id).former == []
    assert phases.overview(updated, cast.alice, phase_id).former == 0
    moving.move(updated, cast.bob, phase_id, VERSION)
    view = moving.preview(updated, cast.alice, phase_id)
    (kept,) = view.former
    old = workspace.library.questionnaire("conception", "2026.1").question(GONE)
    assert (kept.question.title, kept.value) == (old.title, "Ein Grund.")
    assert [view.names[one.person_id] for one in kept.comments] == ["Bob"]
    assert [one.name for one in kept.evidence] == ["Protokoll"]
    assert phases.overview(updated, cast.alice, phase_id).former == 1


def test_an_edit_of_the_files_is_told(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """The version in use was edited in place: the phase says so until it moves to a newer one."""
    assert not phases.overview(workspace, cast.alice, phase_id).reworded
    changed = renamed(workspace, "Anders")
    assert phases.overview(changed, cast.alice, phase_id).reworded
    moved = newer(changed)
    moving.move(moved, cast.alice, phase_id, VERSION)
    assert not phases.overview(moved, cast.alice, phase_id).reworded
