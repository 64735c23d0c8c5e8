"""A phase that moved to newer questions leaves nobody with a task that is gone."""

from dataclasses import replace

from tests.examples.cast import Cast
from workbench.services import Workspace, moving, tasks


def without_law(workspace: Workspace) -> Workspace:
    """The same workbench after a version was installed that asks nothing about law."""
    first, *others = workspace.library.questionnaires
    sections = tuple(one for one in first.sections if one.id != "law")
    newest = first.model_copy(update={"version": "9999.2", "sections": sections})
    library = replace(workspace.library, questionnaires=(first, newest, *others))
    return replace(workspace, library=library)


def test_a_section_that_is_gone_waits_for_nobody(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """The desk shows the sections that are still there, as before."""
    for section in ("law", "effect"):
        tasks.assign(workspace, cast.alice, phase_id, section, person_id=cast.bob.id, due_on=None)
    updated = without_law(workspace)
    moving.move(updated, cast.alice, phase_id, "9999.2")
    assert [task.section.id for task in tasks.mine(updated, cast.bob)] == ["effect"]
