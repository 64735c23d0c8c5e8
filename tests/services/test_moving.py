"""A phase moves to newer questions only on purpose; fitting answers stay, others are asked anew."""

from dataclasses import replace

import pytest

from tests.examples.cast import Cast
from tests.examples.five_phases import asked, part
from workbench.basics.errors import Forbidden, WrongState
from workbench.questionnaire.definition import Questionnaire
from workbench.services import Workspace, assessments, moving

ANSWERS = {"purpose.goal": "Ein langes Ziel.", "purpose.problem": "Ein Problem."}


def newer(workspace: Workspace) -> Workspace:
    """The same workbench after a newer version was installed: a shorter goal, a question more."""
    first, *others = workspace.library.questionnaires

    def shorter(questionnaire: Questionnaire) -> Questionnaire:
        section, *rest = questionnaire.sections
        questions = tuple(
            one.model_copy(update={"max_length": 5}) if one.id == "purpose.goal" else one
            for one in section.questions
        )
        sections = (section.model_copy(update={"questions": questions}), *rest)
        return questionnaire.model_copy(
            update={
                "version": "9999.2",
                "sections": (*sections, part("added", asked("added.question"))),
            }
        )

    library = replace(workspace.library, questionnaires=(first, shorter(first), *others))
    return replace(workspace, library=library)


def test_nothing_moves_by_itself(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """After the update the phase still asks the old questions; the preview changes nothing."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    updated = newer(workspace)
    view = moving.preview(updated, cast.alice, phase_id)
    assert (view.before.version, view.after.version) == ("2026.1", "9999.2")
    assert [(one.question.id, one.kind, one.answered) for one in view.moves] == [
        ("purpose.goal", "unfit", True),
        ("added.question", "new", False),
    ]
    section = assessments.section(updated, cast.alice, phase_id, "purpose")
    assert section.questionnaire.version == "2026.1"


def test_it_moves_on_purpose(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """The fitting answer stays, the other is emptied by a save that the history shows."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    updated = newer(workspace)
    moving.move(updated, cast.bob, phase_id, "9999.2")
    section = assessments.section(updated, cast.alice, phase_id, "purpose")
    assert section.questionnaire.version == "9999.2"
    assert dict(section.sheet) == {"purpose.problem": "Ein Problem."}
    assert section.numbers["purpose.goal"] == 2
    with pytest.raises(WrongState):
        moving.move(updated, cast.bob, phase_id, "9999.2")


def test_only_what_was_shown(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Another version than the newest is refused, and so is somebody who may not write."""
    with pytest.raises(WrongState):
        moving.move(newer(workspace), cast.alice, phase_id, "2026.1")
    with pytest.raises(Forbidden):
        moving.move(newer(workspace), cast.dora, phase_id, "9999.2")
