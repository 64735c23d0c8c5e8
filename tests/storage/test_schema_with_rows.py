"""The newest migration can be taken back, and done again, where a town has worked already."""

from alembic import command
from sqlalchemy import func
from sqlmodel import SQLModel, select

from tests.examples.cast import Cast, submit
from workbench.services import Workspace, comments
from workbench.storage import schema
from workbench.storage.assessments import AnswerEntry, Assessment, Phase
from workbench.storage.reviews import Comment


def count(workspace: Workspace, kind: type[SQLModel]) -> int:
    """How many rows there are."""
    with workspace.database.reading() as session:
        return session.exec(select(func.count()).select_from(kind)).one()


def test_down_and_up_again_with_rows(anywhere: Workspace, cast: Cast) -> None:
    """Assessments, phases and remarks on phases stay; remarks on questions had no place before."""
    workspace = anywhere
    _, phase_id = submit(workspace, cast)
    comments.write(workspace, cast.bob, phase_id, "Zur Phase.")
    comments.write(workspace, cast.bob, phase_id, "Zur Frage.", question_id="purpose.goal")
    kept = {kind: count(workspace, kind) for kind in (Assessment, Phase, AnswerEntry)}
    with workspace.database.engine.begin() as connection:
        command.downgrade(schema._config(connection), "0002")
    schema.upgrade(workspace.database)
    assert {kind: count(workspace, kind) for kind in kept} == kept
    assert kept[Assessment] == 1
    assert count(workspace, Comment) == 1
